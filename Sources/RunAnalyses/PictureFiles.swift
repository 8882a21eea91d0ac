package import Runs

/// The pictures of a run: what the model sees, and a thumbnail an image.
package enum PictureFiles {
  /// What `examples.csv` says of a picture.
  package static let kind = Column<String>(
    "kind", "class: the first image of a class; noise: the same image under a condition.")
  package static let className = Column<String>("class", "The image's class.")
  package static let row = Column<Int>("row", in: 0..., "The image's row in samples.csv.")
  package static let file = Column<String>("file", "The picture, as a path in the run directory.")

  /// The list of examples: which picture shows what.
  package static let examples = RunFile(
    "examples.csv",
    "The pictures in examples/, an image of every class and some under every condition.",
    columns: [kind, className] + ConditionColumns.all + [row, file])

  /// The first image of a class.
  package static let classExample = RunFile(
    "examples/class-NUMBER.png", "The first image of a class as the model sees it.", role: .view)

  /// An image under a condition.
  package static let noiseExample = RunFile(
    "examples/noise-NUMBER-CONDITION.png", "An image as the model sees it under a condition.",
    role: .view)

  /// The picture of a row.
  package static let thumbnail = RunFile(
    "thumbnails/ROW.jpg", "A small picture of the image of a row.", role: .view)

  /// All kinds of files.
  package static let all = [examples, classExample, noiseExample, thumbnail]

  /// The names of the analyses whose readers look at images.
  package static let readers: Set<String> = [
    ZeroShotAnalysis.name, LayoutsAnalysis.name, TopologyAnalysis.name,
  ]
}
