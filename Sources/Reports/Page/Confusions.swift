import Files
import Pages
import RunAnalyses
import Runs

/// The classes whose images are taken for another class most, at the highest level of a kind of noise.
enum Confusions {
  /// The most pairs of classes that are listed.
  static let limit = 100

  /// A pair of classes.
  private struct Pair {
    let name: String
    let predicted: String
    let count: Int
  }

  /// How often images of each class are taken for which under a condition, of classes that are not the same.
  ///
  /// - Throws: `FileError` naming a table that is damaged.
  private static func pairs(_ run: ReportedRun, _ condition: Condition) throws -> [Pair]? {
    let (file, pairFile) = (ConfusionColumns.file, ConfusionPairColumns.file)
    var pairs: [Pair] = []
    if let table = try run.table(file, at: file.pattern.path(condition)) {
      let names = try table[ConfusionColumns.className]
      for predicted in run.classes {
        for (name, count) in try zip(names, table[ConfusionColumns.predicted(predicted)]) {
          pairs.append(Pair(name: name, predicted: predicted, count: count))
        }
      }
    } else if let table = try run.table(pairFile, at: pairFile.pattern.path(condition)) {
      let names = try zip(
        table[ConfusionPairColumns.className], table[ConfusionPairColumns.predicted])
      pairs = try zip(names, table[ConfusionPairColumns.count]).map {
        Pair(name: $0.0, predicted: $0.1, count: $1)
      }
    } else {
      return nil
    }
    return pairs.filter { $0.name != $0.predicted && $0.count > 0 }
  }

  /// The largest, as a table with links to their images.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - condition: The condition that is shown.
  ///   - id: The id of the table's heading.
  ///   - links: Links to the map; nil without one.
  /// - Returns: Its markup; nothing without a table of confusion, and where no image is taken for another class.
  /// - Throws: `FileError` naming a table that is damaged.
  static func html(
    _ run: ReportedRun, at condition: Condition, id: String, links: MapLinks?
  ) throws -> HTML {
    guard let pairs = try pairs(run, condition), !pairs.isEmpty else { return "" }
    let sizes = run.labels.reduce(into: [String: Int]()) { $0[run.classes[$1], default: 0] += 1 }
    let ordered = pairs.enumerated().sorted {
      ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
    }.map(\.element)
    var table = SortableTable(columns: [
      .init(title: "class", isNumeric: false), .init(title: "taken for", isNumeric: false),
      .init(title: "images", isNumeric: true), .init(title: "share of the class", isNumeric: true),
    ])
    for pair in ordered.prefix(limit) {
      let share = Double(pair.count) / Double(max(1, sizes[pair.name] ?? 0))
      let name = links?.link(
        pair.name, to: [pair.name], predicted: pair.predicted, condition: condition)
      let predicted = links?.link(pair.predicted, to: [pair.predicted], condition: condition)
      table.append([
        name ?? "\(pair.name)", predicted ?? "\(pair.predicted)", "\(pair.count)",
        "\(HTML.unbroken(Quantity.share.text(share)))",
      ])
    }
    let way =
      links == nil ? "" : " A class leads to its images that are taken for the other, in the map."
    return """
      <h3 id="\(id)">What images are taken for</h3>
      \(HTML.paragraph(
        "The pairs of classes that are confused most at \(Wording.level(condition)).\(way)", class: "note"))\
      \(table.html(labelledBy: id))
      """
  }
}
