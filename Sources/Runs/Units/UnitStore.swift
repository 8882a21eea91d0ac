package import Files
package import Foundation
import Logging
import Synchronization

/// Results of finished units: in memory for this run, and as files named by their keys for those that come after.
///
/// A file is one line, `topoclip unit KEY SHA256`, and JSON whose SHA-256 that is.
package final class UnitStore: Sendable {
  /// The folder of the files; nil to keep results in memory alone.
  private let folder: String?
  /// Folders of other runs, in which results are looked for too and nothing is written.
  private let others: [String]
  private let values = Mutex<[Digest: any Sendable]>([:])
  private let listed = Mutex<[Digest: UnitKey]>([:])

  /// A store of files in a folder, which need not exist yet, or in memory alone.
  ///
  /// - Parameters:
  ///   - folder: The folder; nil to keep results in memory alone.
  ///   - others: Folders in which results are looked for too, and nothing is written.
  package init(folder: String?, readingToo others: [String] = []) {
    self.folder = folder
    self.others = others
  }

  /// The file that a unit's result is kept in; nil where results are kept in memory alone.
  package func path(_ key: UnitKey) -> String? { folder.map { Self.path(key, in: $0) } }

  private static func path(_ key: UnitKey, in folder: String) -> String {
    "\(folder)/\(key.digest).json"
  }

  /// The file of a finished unit, in the first of the folders that has one.
  ///
  /// - Throws: `FileError` where the system does not say whether it is there.
  private func file(_ key: UnitKey) throws -> String? {
    for folder in [folder].compactMap(\.self) + others {
      let path = Self.path(key, in: folder)
      if try FileStatus(path) != nil { return path }
    }
    return nil
  }

  /// Whether the unit is finished: its file is there, and every bit is what was written.
  ///
  /// One that cannot be read is not finished here, and an error when it is asked for.
  ///
  /// - Complexity: Reads the file.
  package func contains(_ key: UnitKey) -> Bool {
    if values.withLock({ $0[key.digest] != nil }) { return true }
    guard let path = try? file(key), let body = try? Self.body(key, at: path) else { return false }
    return !body.isEmpty
  }

  /// Whether there is a result, whole or damaged.
  package func hasResult(_ key: UnitKey) -> Bool {
    if values.withLock({ $0[key.digest] != nil }) { return true }
    return (try? file(key)) != nil
  }

  /// The result of a unit: as it was kept, or computed now and kept.
  ///
  /// A file that is not what was written, which only a failing disk or another program can bring about, is
  /// computed again, with a warning.
  ///
  /// - Throws: What the computation throws; `FileError` when the disk refuses.
  package func value<Value>(_ unit: CachedUnit<Value>) throws -> Value {
    if let known = values.withLock({ $0[unit.key.digest] }) as? Value { return known }
    if let saved: Value = try saved(unit.key) {
      keep(saved, unit.key)
      return saved
    }
    let value = try unit.compute()
    if let path = path(unit.key) {
      let encoder = JSONEncoder()
      encoder.nonConformingFloatEncodingStrategy = .convertToString(
        positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
      let body = try encoder.encode(value)
      let head = "topoclip unit \(unit.key.digest) \(Digest(of: body))\n"
      try AtomicFile.write(Data(head.utf8) + body, to: path)
    }
    keep(value, unit.key)
    return value
  }

  /// Sees to it that the result of a unit is there, for an analysis that lists it.
  func finish<Value>(_ unit: CachedUnit<Value>) throws {
    listed.withLock { $0[unit.key.digest] = unit.key }
    _ = try value(unit)
  }

  /// The units that analyses have listed.
  ///
  /// What these read in turn is not among them: whether it was asked for depends on what was finished already.
  package var used: [UnitKey] { listed.withLock { Array($0.values) } }

  private func keep(_ value: some Sendable, _ key: UnitKey) {
    values.withLock { $0[key.digest] = value }
  }

  private func saved<Value: Decodable>(_ key: UnitKey) throws -> Value? {
    guard let path = try file(key) else { return nil }
    let decoder = CheckedJSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let body = try Self.body(key, at: path),
      let value = try? decoder.decode(Value.self, from: body)
    else {
      Logger(label: "topoclip").warning("\(path) is damaged; \(key.name) is computed again")
      return nil
    }
    return value
  }

  /// The JSON of a unit's file; nil when there is no file, or not one that was written for the key.
  private static func body(_ key: UnitKey, at path: String) throws -> Data? {
    guard try FileStatus(path) != nil else { return nil }
    return body(key.digest, in: try FileContents.read(path))
  }

  /// The JSON in the bytes of a unit's file; nil where they are not what was written for the key.
  private static func body(_ key: Digest, in data: Data) -> Data? {
    let end = data.firstIndex(of: UInt8(ascii: "\n")) ?? data.startIndex
    let body = Data(data.dropFirst(data.distance(from: data.startIndex, to: end) + 1))
    let head = "topoclip unit \(key) \(Digest(of: body))"
    return data[..<end].elementsEqual(head.utf8) ? body : nil
  }

  /// Whether the bytes of a file are those of the finished unit that its name says.
  ///
  /// - Parameters:
  ///   - data: The whole file.
  ///   - key: The key that the file is named by.
  /// - Returns: Whether every bit is what was written.
  /// - Complexity: O(bytes).
  package static func isWhole(_ data: Data, _ key: Digest) -> Bool { body(key, in: data) != nil }
}
