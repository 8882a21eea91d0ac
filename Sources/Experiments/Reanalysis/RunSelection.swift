import Datasets
import Files
import Images
import RunAnalyses
import Runs

/// Which images of a finished run are analysed; nothing chosen are all.
///
/// It is what a sweep chooses from a data set: a split, then classes, then so many of each and in all.
struct RunSelection: Sendable, Equatable {
  private var selection = Dataset.Selection()
  /// What was said, by key, for the manifest.
  private(set) var settings: [(key: String, value: String)] = []

  static func == (a: RunSelection, b: RunSelection) -> Bool { a.selection == b.selection }

  /// The section of a configuration, and of a manifest's keys.
  static let section = "analyse"

  /// Everything.
  init() {}

  /// What a section says.
  ///
  /// - Throws: `RunError.setting` with the place of what is wrong.
  init(_ section: ConfigurationSection) throws {
    settings = section.names.compactMap { key in section.text(key).map { (key: key, value: $0) } }
    selection.split = try section.choice("split", default: .all)
    selection.classes = try section.classSelection(key: "classes", fallback: .all)
    selection.perClass = try section.optionalCount("per-class", in: .imagesOfClass)
    selection.limit = try section.optionalCount("limit", in: .images)
    try section.finish()
  }

  /// Whether all images are chosen.
  var isWhole: Bool { selection == Dataset.Selection() }

  /// The chosen images and classes of a run.
  ///
  /// - Parameters:
  ///   - samples: The run's.
  ///   - file: The file that lists them, for messages.
  /// - Returns: Rows and classes, both as indices among those of the run, ascending.
  /// - Throws: `FileError` for a class that is not there, and when nothing is left.
  func choose(from samples: SampleTable, file: String) throws -> (rows: [Int], classes: [Int]) {
    let classes = try selection.classes.indices(of: samples.classes, source: file)
    let isChosen = Set(classes)
    var rows = samples.labels.indices.filter {
      isChosen.contains(samples.labels[$0])
        && (selection.split == .all || samples.splits[$0] == selection.split.rawValue)
    }
    guard !rows.isEmpty else {
      throw FileError(
        file,
        "has no image of the split \(selection.split)"
          + (classes.count < samples.classes.count ? " in the chosen classes" : ""))
    }
    rows = Dataset.kept(
      rows.map { samples.labels[$0] }, perClass: selection.perClass, limit: selection.limit
    ).map { rows[$0] }
    return (rows, classes)
  }
}
