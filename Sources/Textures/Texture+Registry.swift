extension Texture {
  /// The 47 attributes of the Describable Textures Dataset, in alphabetical order, as its folders.
  ///
  /// Source: Cimpoi et al. 2014, doi:10.1109/CVPR.2014.461.
  public static let describable: [Texture] = [
    .banded,
    .blotchy,
    .braided,
    .bubbly,
    .bumpy,
    .chequered,
    .cobwebbed,
    .cracked,
    .crosshatched,
    .crystalline,
    .dotted,
    .fibrous,
    .flecked,
    .freckled,
    .frilly,
    .gauzy,
    .grid,
    .grooved,
    .honeycombed,
    .interlaced,
    .knitted,
    .lacelike,
    .lined,
    .marbled,
    .matted,
    .meshed,
    .paisley,
    .perforated,
    .pitted,
    .pleated,
    .polkaDotted,
    .porous,
    .potholed,
    .scaly,
    .smeared,
    .spiralled,
    .sprinkled,
    .stained,
    .stratified,
    .striped,
    .studded,
    .swirly,
    .veined,
    .waffled,
    .woven,
    .wrinkled,
    .zigzagged,
  ]

  /// Patterns that are none of the 47, in alphabetical order: new classes for a model that knows those.
  public static let further: [Texture] = [
    .argyle,
    .bricked,
    .camouflaged,
    .herringbone,
    .houndstooth,
    .rippled,
    .starry,
    .tartan,
  ]

  /// Every texture: the 47, then the further ones.
  public static let all = describable + further

  /// The texture of that name; nil when there is none.
  public static func named(_ name: String) -> Texture? { all.first { $0.name == name } }
}
