import Files
import Foundation
import LinearAlgebra
import Runs

/// A folder of drawn signs, each file named by the MD5 of its FSW: `<md5>.png`.
///
/// Files that are there stay, so that a run that was ended goes on. `rendering.json` says how they were drawn, and a
/// folder is not gone on with in another way.
struct SignImageFolder: Sendable {
  /// What became of a column.
  enum Outcome: Sendable, Equatable {
    case drawn
    /// It was there.
    case kept
    case refused(SignRenderingError)
  }

  static let recordName = "rendering.json"
  private static let chunk = 512

  /// The folder's path.
  let path: String
  private let renderer: SignRenderer
  private let isQuiet: Bool

  /// A folder, made when it is not there.
  ///
  /// - Throws: `FileError` when it was begun with other settings or fonts, or cannot be written.
  init(_ path: String, renderer: SignRenderer, isQuiet: Bool) throws {
    self.path = path
    self.renderer = renderer
    self.isQuiet = isQuiet
    AtomicFile.removeLeftovers(in: path, isOurs: false)
    let file = path + "/" + Self.recordName
    let record = try renderer.record
    let data = try JSONSerialization.data(
      withJSONObject: record, options: [.prettyPrinted, .sortedKeys])
    guard try FileStatus(file) != nil else {
      try AtomicFile.write(data + Data("\n".utf8), to: file)
      return
    }
    let known = try JSONValue(
      FileContents.read(file), file: file, expecting: "how the folder's signs were drawn")
    guard case .object(let members) = known else {
      throw FileError(file, "is not how the folder's signs were drawn; give another --output")
    }
    for (name, value) in record.sorted(by: { $0.key < $1.key })
    where members[name] != .string(value) {
      let other = if case .string(let text)? = members[name] { text } else { "unknown" }
      throw FileError(
        file,
        "the signs there were drawn with \(name) \(other), now it is \(value); give another --output, or "
          + "remove the folder to draw them anew")
    }
  }

  /// The name of the file of a text in FSW.
  static func name(of fsw: String) -> String { MD5.hexadecimal(of: fsw) + ".png" }

  /// Draws columns that are not there yet, on all workers.
  ///
  /// - Returns: What became of each, in order; equal ones are drawn once.
  /// - Throws: `FileError`; `RunError.interrupted`, all that is drawn being kept.
  func draw(_ columns: [SignColumn]) throws -> [Outcome] {
    var places: [String: Int] = [:]
    var distinct: [SignColumn] = []
    let numbers = columns.map { column in
      if let number = places[column.fsw] { return number }
      places[column.fsw] = distinct.count
      distinct.append(column)
      return distinct.count - 1
    }
    let progress = StageProgress(isQuiet: isQuiet)
    let shown = distinct
    var outcomes: [Outcome] = []
    outcomes.reserveCapacity(distinct.count)
    for start in stride(from: 0, to: shown.count, by: Self.chunk) {
      try Interruption.check()
      let count = min(Self.chunk, shown.count - start)
      outcomes += try Parallel.tryMap(count: count) { offset in try draw(shown[start + offset]) }
      progress.report(stage: "signs", done: start + count, total: shown.count)
    }
    if outcomes.contains(.drawn) { sync() }
    return numbers.map { outcomes[$0] }
  }

  private func draw(_ column: SignColumn) throws -> Outcome {
    let name = Self.name(of: column.fsw)
    // Of an ended machine a file may be left that is empty.
    if let status = try FileStatus(path + "/" + name), status.kind == .file, status.size > 0 {
      return .kept
    }
    do {
      try AtomicFile.writeUnsynced(renderer.png(of: column), to: name, in: path)
      return .drawn
    } catch let error as SignRenderingError {
      return .refused(error)
    }
  }
}
