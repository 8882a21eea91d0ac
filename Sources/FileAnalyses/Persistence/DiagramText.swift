import Files
import Foundation
import RunAnalyses
import Runs
import Topology

/// A diagram in the text of another program: GUDHI's lines of three numbers, or what Ripser prints.
///
/// GUDHI writes dimension, birth and death without names above, the characteristic of the field before them perhaps.
/// Ripser writes an interval a line below `persistence intervals in dim 0:`, that of a bar that never dies as `[0, )`.
struct DiagramText {
  /// The bars in the order of the file.
  private(set) var bars: [PersistenceBar] = []
  /// The dimensions that there is a diagram of, with bars or without.
  private(set) var dimensions: Set<Int> = []
  /// What is to be said of how it was read; nil where the file says it itself.
  private(set) var remark: String?

  /// A line that is not blank, and its number from 1.
  private typealias Line = (number: Int, text: Substring)

  private static let intervals = "persistence intervals in dim "
  /// Ripser says what it has read before the first of these lines.
  private static let linesBeforeIntervals = 20

  /// Reads the file at `path`; nil where it is neither.
  ///
  /// - Throws: `FileError` naming the line.
  /// - Complexity: O(bytes of the file).
  init?(_ path: String) throws {
    let text = try FileContents.readText(path)
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated().map { (number: $0 + 1, text: Self.trimmed($1)) }
      .filter { !$0.text.isEmpty && $0.text.utf8.first != UInt8(ascii: "#") }
    guard let first = lines.first else { return nil }
    if let start = lines.prefix(Self.linesBeforeIntervals).firstIndex(where: {
      $0.text.hasPrefix(Self.intervals)
    }) {
      try read(intervals: lines[start...], path)
    } else if Self.fields(first.text).allSatisfy({ Self.number($0) != nil }) {
      try read(numbers: lines, path)
    } else {
      return nil
    }
  }

  private mutating func read(intervals lines: ArraySlice<Line>, _ path: String) throws {
    var dimension = 0
    for line in lines {
      if line.text.hasPrefix(Self.intervals) {
        let name = line.text.dropFirst(Self.intervals.count).prefix { $0 != ":" }
        dimension = try Self.dimension(name, line, path)
        dimensions.insert(dimension)
        continue
      }
      let parts = line.text.dropFirst().prefix { $0 != ")" }
        .split(separator: ",", omittingEmptySubsequences: false).map { Self.trimmed($0.utf8) }
      guard line.text.hasPrefix("["), parts.count == 2, let birth = Self.number(parts[0]),
        let death = parts[1].isEmpty ? .infinity : Self.number(parts[1])
      else {
        throw FileError(
          path,
          "line \(line.number): \"\(line.text.prefix(40))\"; expected an interval as Ripser prints it, [birth,death)"
        )
      }
      try append(dimension, birth, death, line, path)
    }
  }

  private mutating func read(numbers lines: [Line], _ path: String) throws {
    let words =
      "lines of numbers without names above are dimension, birth and death, as GUDHI writes them"
    let first = Self.fields(lines[0].text)
    guard first.count == 3 || first.count == 4 && ["2", "3", "5", "7", "11"].contains(first[0])
    else {
      throw FileError(
        path,
        "line \(lines[0].number): \(first.count == 1 ? "1 number" : "\(first.count) numbers"); \(words). "
          + "Expected these three, or a first line dimension,birth,death that names the columns")
    }
    for line in lines {
      let fields = Self.fields(line.text)
      guard fields.count == first.count, first.count == 3 || fields[0] == first[0] else {
        throw FileError(
          path,
          "line \(line.number): \"\(line.text.prefix(40))\"; \(words), here as on line "
            + "\(lines[0].number)")
      }
      let bar = fields.suffix(3).map { $0 }
      let dimension = try Self.dimension(bar[0], line, path, words)
      guard let birth = Self.number(bar[1]), let death = Self.number(bar[2]) else {
        throw FileError(
          path,
          "line \(line.number): birth is \"\(bar[1])\" and death \"\(bar[2])\"; expected numbers, or inf"
        )
      }
      try append(dimension, birth, death, line, path)
    }
    dimensions = Set(bars.map(\.dimension))
    remark =
      "\(path): has no names of columns; its numbers are taken for \(first.count == 4 ? "the field, " : "")dimension, "
      + "birth and death, as GUDHI writes them"
  }

  private mutating func append(
    _ dimension: Int, _ birth: Double, _ death: Double, _ line: Line, _ path: String
  ) throws {
    guard birth < .infinity, death >= birth else {
      throw FileError(
        path,
        "line \(line.number): birth \(birth.shortestText), death \(death.shortestText); expected a birth before "
          + "infinity, and a death no less than it")
    }
    bars.append(PersistenceBar(dimension: dimension, birth: birth, death: death))
  }

  private static func dimension(
    _ field: Substring, _ line: Line, _ path: String, _ words: String? = nil
  ) throws -> Int {
    guard let number = Int(wholeNumber: String(field)),
      let dimension = DiagramColumns.dimension.value("\(number)")
    else {
      throw FileError(
        path,
        "line \(line.number): dimension is \"\(field.prefix(40))\"; expected \(DiagramColumns.dimension.expected)"
          + (words.map { ": \($0)" } ?? ""))
    }
    return dimension
  }

  /// A number in decimal digits, or infinity; nil for any other text.
  private static func number(_ field: Substring) -> Double? {
    guard !field.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "x") }) else { return nil }
    return Double(field).flatMap { $0.isNaN ? nil : $0 }
  }

  private static func fields(_ line: Substring) -> [Substring] {
    line.split { " \t,;".contains($0) }
  }

  private static func trimmed(_ line: Substring.UTF8View) -> Substring {
    func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0D].contains(byte) }
    let start = line.drop(while: isBlank)
    guard let end = start.lastIndex(where: { !isBlank($0) }) else { return "" }
    return Substring(start[...end])
  }
}
