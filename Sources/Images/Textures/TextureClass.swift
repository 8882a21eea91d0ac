/// Kinds of texture, each with a generator of its own: the 47 attributes of the Describable Textures
/// Dataset, and further patterns that are none of them.
///
/// Source of the 47: Cimpoi et al. 2014, doi:10.1109/CVPR.2014.461.
public enum TextureClass: String, Sendable, CaseIterable {
  case banded
  case blotchy
  case braided
  case bubbly
  case bumpy
  case chequered
  case cobwebbed
  case cracked
  case crosshatched
  case crystalline
  case dotted
  case fibrous
  case flecked
  case freckled
  case frilly
  case gauzy
  case grid
  case grooved
  case honeycombed
  case interlaced
  case knitted
  case lacelike
  case lined
  case marbled
  case matted
  case meshed
  case paisley
  case perforated
  case pitted
  case pleated
  case polkaDotted = "polka-dotted"
  case porous
  case potholed
  case scaly
  case smeared
  case spiralled
  case sprinkled
  case stained
  case stratified
  case striped
  case studded
  case swirly
  case veined
  case waffled
  case woven
  case wrinkled
  case zigzagged

  case argyle
  case bricked
  case camouflaged
  case herringbone
  case houndstooth
  case rippled
  case starry
  case tartan

  /// The 47 of the Describable Textures Dataset, in alphabetical order, as its folders.
  public static let describable = Array(allCases.prefix { $0 != .argyle })

  /// The patterns that are none of the 47, in alphabetical order: new classes for a model that knows those.
  public static let further = Array(allCases.drop { $0 != .argyle })

  /// What an image of the class shows, as a noun: `stripes` for `striped`.
  public var noun: String {
    switch self {
    case .banded: "bands"
    case .blotchy: "blotches"
    case .braided: "braids"
    case .bubbly: "bubbles"
    case .bumpy: "bumps"
    case .chequered: "checks"
    case .cobwebbed: "cobwebs"
    case .cracked: "cracks"
    case .crosshatched: "crosshatching"
    case .crystalline: "crystals"
    case .dotted: "dots"
    case .fibrous: "fibers"
    case .flecked: "flecks"
    case .freckled: "freckles"
    case .frilly: "frills"
    case .gauzy: "gauze"
    case .grid: "grid lines"
    case .grooved: "grooves"
    case .honeycombed: "honeycomb cells"
    case .interlaced: "interlaced ribbons"
    case .knitted: "knitted stitches"
    case .lacelike: "lace"
    case .lined: "lines"
    case .marbled: "marbling"
    case .matted: "matted hair"
    case .meshed: "wire mesh"
    case .paisley: "paisley drops"
    case .perforated: "punched holes"
    case .pitted: "pits"
    case .pleated: "pleats"
    case .polkaDotted: "polka dots"
    case .porous: "pores"
    case .potholed: "potholes"
    case .scaly: "scales"
    case .smeared: "smears"
    case .spiralled: "spirals"
    case .sprinkled: "sprinkles"
    case .stained: "stains"
    case .stratified: "strata"
    case .striped: "stripes"
    case .studded: "studs"
    case .swirly: "swirls"
    case .veined: "veins"
    case .waffled: "waffle squares"
    case .woven: "woven threads"
    case .wrinkled: "wrinkles"
    case .zigzagged: "zigzags"
    case .argyle: "argyle diamonds"
    case .bricked: "bricks"
    case .camouflaged: "camouflage"
    case .herringbone: "herringbone planks"
    case .houndstooth: "houndstooth checks"
    case .rippled: "ripples"
    case .starry: "stars"
    case .tartan: "tartan bands"
    }
  }
}

extension TextureContext {
  /// Draws an image of the class.
  mutating func draw(_ texture: TextureClass) -> Painting {
    switch texture {
    case .banded: banded()
    case .blotchy: blotchy()
    case .braided: braided()
    case .bubbly: bubbly()
    case .bumpy: bumpy()
    case .chequered: chequered()
    case .cobwebbed: cobwebbed()
    case .cracked: cracked()
    case .crosshatched: crosshatched()
    case .crystalline: crystalline()
    case .dotted: dotted()
    case .fibrous: fibrous()
    case .flecked: flecked()
    case .freckled: freckled()
    case .frilly: frilly()
    case .gauzy: gauzy()
    case .grid: grid()
    case .grooved: grooved()
    case .honeycombed: honeycombed()
    case .interlaced: interlaced()
    case .knitted: knitted()
    case .lacelike: lacelike()
    case .lined: lined()
    case .marbled: marbled()
    case .matted: matted()
    case .meshed: meshed()
    case .paisley: paisley()
    case .perforated: perforated()
    case .pitted: pitted()
    case .pleated: pleated()
    case .polkaDotted: polkaDotted()
    case .porous: porous()
    case .potholed: potholed()
    case .scaly: scaly()
    case .smeared: smeared()
    case .spiralled: spiralled()
    case .sprinkled: sprinkled()
    case .stained: stained()
    case .stratified: stratified()
    case .striped: striped()
    case .studded: studded()
    case .swirly: swirly()
    case .veined: veined()
    case .waffled: waffled()
    case .woven: woven()
    case .wrinkled: wrinkled()
    case .zigzagged: zigzagged()
    case .argyle: argyle()
    case .bricked: bricked()
    case .camouflaged: camouflaged()
    case .herringbone: herringbone()
    case .houndstooth: houndstooth()
    case .rippled: rippled()
    case .starry: starry()
    case .tartan: tartan()
    }
  }
}
