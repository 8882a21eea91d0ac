import Files
import LinearAlgebra
import Runs

/// Distinct signs with their drawings, in the order of the rows of embeddings.
struct SignSample: Sendable {
  /// A sign.
  struct Entry: Sendable, Equatable {
    let column: SignColumn
    /// What it means; empty where that is not known.
    let text: String
  }

  let entries: [Entry]
  /// The folder of drawings.
  let images: SignImageFolder

  /// The file of the drawing of a sign.
  func file(_ entry: Entry) -> String {
    images.path + "/" + SignImageFolder.name(of: entry.column.fsw)
  }

  /// Draws a sample of the distinct signs of a table; what cannot be drawn on the canvas gives way to another.
  ///
  /// - Parameters:
  ///   - known: The distinct signs.
  ///   - count: How many; fewer where the table has not so many.
  ///   - seed: The seed that draws them.
  ///   - images: The folder of drawings.
  /// - Returns: The sample in the order of the table, and how many signs could not be drawn.
  /// - Throws: `FileError`; `RunError.interrupted`.
  static func drawn(
    from known: [Entry], count: Int, seed: UInt64, images: SignImageFolder
  ) throws -> (sample: SignSample, undrawable: Int) {
    var stream = RandomStream(domain: "signwriting/sample", seed: seed)
    let order = known.indices.shuffled(using: &stream)
    var chosen: [Int] = []
    var next = 0
    while chosen.count < count, next < order.count {
      let part = order[next..<min(order.count, next + count - chosen.count)]
      next += part.count
      let outcomes = try images.draw(part.map { known[$0].column })
      chosen += zip(part, outcomes).compactMap { place, outcome in
        if case .refused = outcome { nil } else { place }
      }
    }
    return (
      SignSample(entries: chosen.sorted().map { known[$0] }, images: images), next - chosen.count
    )
  }

  /// Draws given signs.
  ///
  /// - Throws: `FileError` naming a sign that cannot be drawn; `RunError.interrupted`.
  static func drawn(_ entries: [Entry], images: SignImageFolder) throws -> SignSample {
    let outcomes = try images.draw(entries.map(\.column))
    for (entry, outcome) in zip(entries, outcomes) {
      if case .refused(let error) = outcome {
        throw RunError.failure("--signs: \(entry.column.fsw) cannot be drawn: \(error)")
      }
    }
    return SignSample(entries: entries, images: images)
  }

  /// The sample as a table, with the files of drawings as the folder of results has them.
  func table(_ declared: RunFile, folder: String) -> Table {
    var table = Table(declared)
    for (row, entry) in entries.enumerated() {
      table.append([
        SignColumns.row(row), SignColumns.sign(entry.column.fsw), SignColumns.text(entry.text),
        SignColumns.image("\(folder)/\(SignImageFolder.name(of: entry.column.fsw))"),
      ])
    }
    return table
  }
}
