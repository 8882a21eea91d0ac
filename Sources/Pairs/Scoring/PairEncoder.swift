import Files
import Foundation
import LinearAlgebra
import Runs

/// Embeds rows piece by piece into a store: what occurs several times is decoded and embedded once, images by the bytes
/// of their files and captions by their text.
///
/// A piece is cut by the number of rows alone, and what is new in it is found in the order of the rows: a store holds
/// the same bytes for any number of threads, and whether or not it was left and taken up in between.
struct PairEncoder {
  /// The rows of a piece.
  static let pieceSize = 2048
  /// New image files of a piece that are prepared together.
  private static let group = 256

  private let towers: PairTowers
  private let source: any PairSource
  private let store: PairStore
  /// The image, or −1 − its message, of every image by its name; a name is looked at once.
  private var names: [ShortDigest: Int32] = [:]
  private var contents: [ShortDigest: Int32] = [:]
  private var captions: [ShortDigest: Int32] = [:]
  private var messages: [String: Int32] = [:]
  private var newMessages: [String] = []
  /// Images that were decoded, for the count of what was spared.
  private(set) var decodedImages = 0

  /// An encoder that goes on where a store ends.
  ///
  /// - Parameters:
  ///   - towers: The model.
  ///   - source: The rows.
  ///   - store: What is embedded, of the first rows.
  ///   - rows: The source's rows, which are read as far as the store goes.
  /// - Throws: `FileError`.
  init(
    _ towers: PairTowers, source: any PairSource, store: PairStore, rows: inout any PairRows
  ) throws {
    (self.towers, self.source, self.store) = (towers, source, store)
    for (index, digest) in try store.digests().enumerated() { contents[digest] = Int32(index) }
    for (index, message) in try store.messages().enumerated() { messages[message] = Int32(index) }
    try store.forEachRecord { _, record in
      guard let row = try rows.next() else {
        throw FileError(source.name, "has changed while it was read")
      }
      guard row.problem == nil else { return }
      if record.image >= 0 {
        names[ShortDigest(of: row.image)] = record.image
        if record.text >= 0 { captions[ShortDigest(of: row.caption)] = record.text }
      } else {
        names[ShortDigest(of: row.image)] = -1 - record.error
      }
    }
  }

  /// Embeds the next rows and appends them to the store.
  ///
  /// - Returns: Their records.
  /// - Throws: `FileError` when the system fails; `RunError.interrupted`, and the store is then to be restored.
  mutating func append(_ rows: [PairRow]) throws -> [PairRecord] {
    try findImages(rows.filter { $0.problem == nil }.map(\.image))
    var records = [PairRecord](repeating: PairRecord(), count: rows.count)
    for (index, row) in rows.enumerated() {
      if let problem = row.problem {
        records[index].error = number(of: problem)
      } else if let place = names[ShortDigest(of: row.image)], place >= 0 {
        records[index].image = place
      } else if let place = names[ShortDigest(of: row.image)] {
        records[index].error = -1 - place
      }
    }
    try findTexts(rows, &records)
    try compare(&records)
    try store.append(messages: newMessages)
    newMessages = []
    try store.append(records: records)
    return records
  }

  private mutating func number(of message: String) -> Int32 {
    if let number = messages[message] { return number }
    let number = Int32(messages.count)
    messages[message] = number
    newMessages.append(message)
    return number
  }

  // MARK: Images

  /// What a file of a new name turned out to be.
  private enum Found: Sendable {
    case known(Int32)
    case prepared(PairTowers.PreparedImage)
    case failed(String)
  }

  private mutating func findImages(_ images: [String]) throws {
    var new: [(name: ShortDigest, image: String)] = []
    var seen: Set<ShortDigest> = []
    for image in images {
      let name = ShortDigest(of: image)
      if names[name] == nil, seen.insert(name).inserted { new.append((name, image)) }
    }
    for start in stride(from: 0, to: new.count, by: Self.group) {
      let part = Array(new[start..<min(new.count, start + Self.group)])
      let (towers, source, contents) = (towers, source, contents)
      let found = try Parallel.tryMap(count: part.count) { index in
        try Interruption.check()
        return try Self.find(part[index].image, towers, source, contents)
      }
      try take(found, names: part.map(\.name))
    }
  }

  private static func find(
    _ image: String, _ towers: PairTowers, _ source: any PairSource,
    _ contents: [ShortDigest: Int32]
  ) throws -> Found {
    do {
      let file = try source.imageFile(image)
      let data = try FileContents.read(file)
      let digest = Digest(of: data)
      if let place = contents[ShortDigest(digest)] { return .known(place) }
      return .prepared(try towers.prepare(data, digest: digest, file: file))
    } catch let error as FileError {
      // A file that may not be read is that row's fault; a disk that fails is none's.
      if case .system(let number) = error.kind, number != EACCES, number != EPERM { throw error }
      return .failed(error.problem)
    }
  }

  private mutating func take(_ found: [Found], names part: [ShortDigest]) throws {
    var distinct: [PairTowers.PreparedImage] = []
    var places: [ShortDigest: Int] = [:]
    for case .prepared(let image) in found {
      decodedImages += 1
      let digest = ShortDigest(image.digest)
      if places.updateValue(places[digest] ?? distinct.count, forKey: digest) == nil {
        distinct.append(image)
      }
    }
    let embeddings = try towers.embed(distinct)
    var results = [Int32](repeating: -1, count: distinct.count)
    var values: [Float] = []
    var digests: [ShortDigest] = []
    let first = store.imageCount
    for (index, embedding) in embeddings.enumerated() {
      guard let embedding else {
        results[index] = -1 - number(of: PairTowers.noDirection)
        continue
      }
      results[index] = Int32(first + digests.count)
      digests.append(ShortDigest(distinct[index].digest))
      contents[ShortDigest(distinct[index].digest)] = results[index]
      values += embedding
    }
    try store.append(images: values, digests: digests)
    for (name, found) in zip(part, found) {
      switch found {
      case .known(let place): names[name] = place
      case .failed(let problem): names[name] = -1 - number(of: problem)
      case .prepared(let image):
        names[name] = places[ShortDigest(image.digest)].map { results[$0] }
      }
    }
  }

  // MARK: Texts

  /// The tokens of all captions, and the embeddings of those that belong to an image.
  private mutating func findTexts(_ rows: [PairRow], _ records: inout [PairRecord]) throws {
    let towers = towers
    let prepared = Parallel.map(count: rows.count) { towers.prepare(rows[$0].caption) }
    let keys = Parallel.map(count: rows.count) { ShortDigest(of: rows[$0].caption) }
    var new: [Int] = []
    var seen: Set<ShortDigest> = []
    for index in rows.indices {
      records[index].tokens = Int32(clamping: prepared[index].tokens)
      records[index].truncated = Int32(
        clamping: prepared[index].tokens - prepared[index].ids.count)
      if records[index].image >= 0, captions[keys[index]] == nil, seen.insert(keys[index]).inserted
      {
        new.append(index)
      }
    }
    let embeddings = try towers.embed(new.map { prepared[$0] })
    var values: [Float] = []
    var count = Int32(store.textCount)
    for (index, embedding) in zip(new, embeddings) {
      guard let embedding else { continue }
      captions[keys[index]] = count
      count += 1
      values += embedding
    }
    try store.append(texts: values)
    for index in rows.indices where records[index].image >= 0 {
      if let place = captions[keys[index]] {
        records[index].text = place
      } else {
        records[index].error = number(of: "its caption: " + PairTowers.noDirection)
      }
    }
  }

  // MARK: Cosines

  private func compare(_ records: inout [PairRecord]) throws {
    let scored = records.indices.filter { records[$0].isScored }
    let images = try store.images(scored.map { Int(records[$0].image) })
    let texts = try store.texts(scored.map { Int(records[$0].text) })
    let columns = store.dimension
    for (row, index) in scored.enumerated() {
      var sum = 0.0
      for place in row * columns..<(row + 1) * columns {
        sum += Double(images.values[place]) * Double(texts.values[place])
      }
      // Rounding may lead a hair beyond 1.
      records[index].cosine = Float(min(1, max(-1, sum)))
    }
  }
}
