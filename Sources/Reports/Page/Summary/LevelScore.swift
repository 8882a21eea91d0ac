import Runs

/// The scores at a level of noise, as `levels.csv` or, without it, `accuracy.csv` gives them.
struct LevelScore: Sendable {
  let noise: String
  let level: String
  let top1: Double
  let interval: Interval?
  /// Clean top-1 accuracy less this one.
  let drop: Double?
  let dropInterval: Interval?
  let ece: Double?
  let eceInterval: Interval?
  let eceScaled: Double?
  /// The number of noise seeds.
  let seeds: Int?

  /// As a sentence names it.
  var name: String { Wording.level(noise: noise, level: level) }

  /// A row a level; of several seeds the first where the table does not pool them.
  ///
  /// - Throws: `FileError` naming what is damaged.
  static func all(_ table: ReportTable) throws -> [LevelScore] {
    func numbers(_ column: String) throws -> [Double?] {
      table.has(column)
        ? try table.numbers(column) : [Double?](repeating: nil, count: table.rows.count)
    }
    func intervals(_ stem: String) throws -> [Interval?] {
      try zip(numbers(stem + "_low"), numbers(stem + "_high")).map { Interval($0, $1) }
    }
    let (noises, levels) = (try table.texts("noise"), try table.texts("level"))
    let (top1, top1Intervals) = (try numbers("top1"), try intervals("top1"))
    let (drops, dropIntervals) = (try numbers("drop"), try intervals("drop"))
    let (ece, eceIntervals) = (try numbers("ece"), try intervals("ece"))
    let (eceScaled, seeds) = (try numbers("ece_scaled"), try numbers("seeds"))
    var scores: [LevelScore] = []
    for i in noises.indices {
      guard let accuracy = top1[i],
        !scores.contains(where: { $0.noise == noises[i] && $0.level == levels[i] })
      else { continue }
      scores.append(
        LevelScore(
          noise: noises[i], level: levels[i], top1: accuracy, interval: top1Intervals[i],
          drop: drops[i], dropInterval: dropIntervals[i], ece: ece[i],
          eceInterval: eceIntervals[i], eceScaled: eceScaled[i],
          seeds: seeds[i].flatMap { Int(exactly: $0) }))
    }
    return scores
  }
}
