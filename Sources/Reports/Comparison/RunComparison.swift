import Files
import Foundation
import RunAnalyses
import Runs
import Version

/// What differs between two runs: settings, model and data, conditions, accuracy image by image, tables number by
/// number, files byte by byte.
package struct RunComparison {
  /// The most differences of a table that the text shows; the CSV has all.
  private static let shown = 5

  private let a: ComparedRun
  private let b: ComparedRun
  private let paired: Result<[PairedAccuracy], PairedAccuracy.Reason>
  private let tables: [(layout: TableComparison.Layout, comparison: TableComparison)]
  private let filesA: Set<String>
  private let filesB: Set<String>
  /// The files in both whose bytes differ.
  private let differing: [String]
  /// What is to be known of the runs' files.
  package let remarks: [String]

  /// Compares two run directories.
  ///
  /// - Parameters:
  ///   - pathA: The first.
  ///   - pathB: The second.
  ///   - verifies: Whether files that are not as a manifest has recorded them are refused; else `remarks` and `text`
  ///     name them.
  /// - Throws: `FileError` when one is no run directory, is being written by another process, has files that were
  ///   changed, or naming the table that is damaged; `RunError.interrupted`.
  package init(_ pathA: String, _ pathB: String, verifies: Bool = true) throws {
    self = try RunLock.holdForReading(pathA) {
      try RunLock.holdForReading(pathB) { try Self(locked: pathA, pathB, verifies: verifies) }
    }
  }

  private init(locked pathA: String, _ pathB: String, verifies: Bool) throws {
    remarks = try [pathA, pathB].uniqued.flatMap { path in
      let run = RunDirectory(path)
      // What a sweep had not finished is not recorded yet.
      let unfinished = try Manifest.read(run).flatMap {
        $0.startedAt != nil ? $0.unfinished(path) : nil
      }
      return try (unfinished.map { [$0] } ?? [])
        + Verification(ofReadable: run).remarks(on: path, verifies: verifies)
    }
    a = try ComparedRun(pathA)
    b = try ComparedRun(pathB)
    paired = try PairedAccuracy.all(a, b)
    var tables: [(TableComparison.Layout, TableComparison)] = []
    for layout in TableComparison.layouts {
      try Interruption.check()
      guard let first = try a.run.table(layout.file), let second = try b.run.table(layout.file)
      else { continue }
      tables.append((layout, try TableComparison(layout, first, second)))
    }
    self.tables = tables
    filesA = try a.files()
    filesB = try b.files()
    differing = try filesA.intersection(filesB).sorted().filter { [a, b] file in
      try Interruption.check()
      return !FileManager.default.contentsEqual(
        atPath: a.run.directory.file(file), andPath: b.run.directory.file(file))
    }
  }

  /// Every number that both runs have, as CSV `table,key,column,a,b,difference`; the difference is b − a.
  package var csv: String {
    CSV.line(["table", "key", "column", "a", "b", "difference"])
      + tables.flatMap(\.comparison.entries).map { entry in
        CSV.line([
          entry.file, entry.key, entry.column, entry.a.shortestText, entry.b.shortestText,
          entry.difference.shortestText,
        ])
      }.joined()
  }

  /// The comparison in Markdown, for a person.
  package var text: String {
    ([
      "# A: \(a.run.directory.path), B: \(b.run.directory.path)\n",
      remarks.map { "- \($0)\n" }.joined(), identity, settings, conditions,
      accuracy,
    ] + tables.map(section) + [files]).filter { !$0.isEmpty }.joined(separator: "\n")
  }

  // MARK: What went in

  private var identity: String {
    func line(_ name: String, _ value: (Manifest) -> String?) -> String? {
      let (one, other) = (a.manifest.flatMap(value), b.manifest.flatMap(value))
      guard one != nil || other != nil else { return nil }
      if let one, one == other { return "- \(name): the same, \(one)" }
      return "- \(name): A \(one ?? "unknown"), B \(other ?? "unknown")"
    }
    guard a.manifest != nil || b.manifest != nil else {
      return "Neither run has a manifest.json, so settings, model and data cannot be compared.\n"
    }
    return
      ([
        line("Program") { $0.program?.description }, line("Model") { $0.model?.name },
        line("Model's digest") { $0.model?.digest },
        line("Data") { $0.data.flatMap { $0.source.isEmpty ? nil : $0.source } },
        line("Data's digest") { $0.data?.digest },
      ].compactMap(\.self) + [samples]).joined(separator: "\n") + "\n"
  }

  private var samples: String {
    let (one, other) = (a.run.paths.count, b.run.paths.count)
    return one == other
      ? "- Images: \(one) in both" : "- Images: A \(one), B \(other)"
  }

  private var settings: String {
    guard let one = a.manifest?.configuration, let other = b.manifest?.configuration else {
      return ""
    }
    let keys = Set(one.keys).union(other.keys).filter { one[$0] != other[$0] }.sorted()
    guard !keys.isEmpty else { return "## Settings\n\nAll \(one.count) settings are the same.\n" }
    return "## Settings that differ\n\n"
      + Self.table(
        ["setting", "A", "B"],
        keys.map { [$0, one[$0] ?? "(not set)", other[$0] ?? "(not set)"] })
  }

  private var conditions: String {
    let (one, other) = (Set(a.run.conditions), Set(b.run.conditions))
    func names(_ conditions: Set<Condition>) -> String {
      conditions.isEmpty ? "none" : conditions.sorted().map(\.name).joined(separator: ", ")
    }
    var text = "## Conditions\n\nIn common: \(names(one.intersection(other))).\n"
    if one != other {
      text +=
        "Only A: \(names(one.subtracting(other))). Only B: \(names(other.subtracting(one))).\n"
    }
    return text
  }

  // MARK: Numbers

  private var accuracy: String {
    switch paired {
    case .failure(let reason):
      return "## Top-1 accuracy, image by image\n\nNot compared: \(reason.text).\n"
    case .success(let rows):
      guard !rows.isEmpty else {
        return
          "## Top-1 accuracy, image by image\n\nNot compared: no condition has predictions in both runs.\n"
      }
      return "## Top-1 accuracy, image by image\n\n"
        + Self.table(
          [
            "noise", "level", "seed", "images", "A", "B", "B − A", "right in A only",
            "right in B only", "p",
          ],
          rows.map { row in
            let shares = [row.rightA, row.rightB, row.rightB - row.rightA].map {
              Quantity.plain.text(Double($0) / Double(row.count))
            }
            return row.condition.tableFields + ["\(row.count)"] + shares
              + ["\(row.onlyA)", "\(row.onlyB)", String(format: "%.4g", row.p)]
          })
        + "\np: McNemar's exact test on the images that only one run has right, one condition at a time.\n"
    }
  }

  private func section(
    _ table: (layout: TableComparison.Layout, comparison: TableComparison)
  ) -> String {
    let (layout, comparison) = table
    let different = comparison.entries.filter { $0.difference != 0 }
    var text = "## \(layout.title) (\(layout.file.pattern.text))\n\n"
    if comparison.onlyA + comparison.onlyB > 0 {
      text += "Rows only A has: \(comparison.onlyA); only B: \(comparison.onlyB).\n"
    }
    if comparison.entries.isEmpty { return text + "No number is in both.\n" }
    if different.isEmpty {
      return text + "All \(comparison.entries.count) numbers in both are equal.\n"
    }
    text += "\(different.count) of \(comparison.entries.count) numbers in both differ. "
    if !layout.headline.isEmpty {
      let names = layout.headline.map(\.name)
      let scores = comparison.entries.filter { names.contains($0.column) }
      return text + "The accuracies:\n\n" + Self.table(scores)
    }
    let largest = different.sorted { abs($0.difference) > abs($1.difference) }.prefix(Self.shown)
    return text + "The largest differences:\n\n" + Self.table(Array(largest))
  }

  private var files: String {
    let count = filesA.intersection(filesB).count
    func names(_ files: [String]) -> String {
      let rest = files.count > 10 ? " and \(files.count - 10) more" : ""
      return files.prefix(10).joined(separator: ", ") + rest
    }
    var text = "## Files\n\n"
    text +=
      differing.isEmpty
      ? "All \(count) files of results in both are the same bytes.\n"
      : "\(count - differing.count) of \(count) files of results in both are the same bytes; others: \(names(differing)).\n"
    let (onlyA, onlyB) = (filesA.subtracting(filesB).sorted(), filesB.subtracting(filesA).sorted())
    if !onlyA.isEmpty { text += "Only A has \(onlyA.count): \(names(onlyA)).\n" }
    if !onlyB.isEmpty { text += "Only B has \(onlyB.count): \(names(onlyB)).\n" }
    return text
  }

  // MARK: Markdown

  private static func table(_ entries: [TableComparison.Entry]) -> String {
    table(
      ["row", "column", "A", "B", "B − A"],
      entries.map {
        [
          $0.key, $0.column, Quantity.plain.cell($0.a.shortestText),
          Quantity.plain.cell($0.b.shortestText),
          Quantity.plain.cell($0.difference.shortestText),
        ]
      })
  }

  private static func table(_ head: [String], _ rows: [[String]]) -> String {
    func line(_ fields: [String]) -> String {
      "| "
        + fields.map { $0.replacingBytes(of: "|", with: "\\|").replacingBytes(of: "\n", with: " ") }
        .joined(separator: " | ") + " |\n"
    }
    return line(head) + "|" + String(repeating: "---|", count: head.count) + "\n"
      + rows.map(line).joined()
  }
}
