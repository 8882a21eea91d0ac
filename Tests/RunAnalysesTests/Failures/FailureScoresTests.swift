import Analyses
import LinearAlgebra
import Testing

@testable import RunAnalyses

struct FailureScoresTests {
  private let labels = MadeUpSignals.labels(classes: 8, each: 15)

  private func scores(
    _ levels: [(level: Double, seeds: [ImageSignals])], labels: [Int]? = nil
  ) throws -> [FailureScore] {
    var settings = StatisticsSettings()
    settings.permutations = 999
    return try FailureScores(
      noise: "gaussian", clean: MadeUpSignals.clean(labels ?? self.labels), levels: levels,
      labels: labels ?? self.labels, settings: settings, control: ComputationControl()
    ).all()
  }

  private func score(
    _ scores: [FailureScore], _ level: Double?, _ event: FailureEvent, _ signal: FailureSignal
  ) throws -> FailureScore {
    try #require(
      scores.first { $0.level == level && $0.event == event && $0.signal == signal })
  }

  @Test func `means come first, then every level, the signals in their order`() throws {
    let scores = try scores([
      (1, [MadeUpSignals.noisy(labels, seed: 1), MadeUpSignals.noisy(labels, seed: 2)]),
      (2, [MadeUpSignals.noisy(labels, seed: 3, share: 0.6)]),
    ])
    #expect(scores.count == 2 * 3 * 9)
    #expect(
      scores.map(\.level).prefix(27) == [nil, 1, 2].flatMap { Array(repeating: $0, count: 9) }[...])
    #expect(scores.map(\.signal).prefix(9) == FailureSignal.allCases[...])
    let one = try score(scores, 1, .wrong, .margin)
    #expect(one.images == 240 && one.events == 72 && one.notes == [])
    // Margins of smaller values are those that fail, and all margins say more than confidence.
    #expect(one.auroc ?? 0 > 0.9 && one.difference ?? 0 > 0.1 && one.adjusted ?? 1 < 0.05)
    let (low, high) = (one.aurocInterval?.low ?? 1, one.aurocInterval?.high ?? 0)
    #expect(low < one.auroc ?? 0 && one.auroc ?? 1 < high && low > 0.8 && high < 1)
    #expect(try #require(one.adjusted) >= #require(one.p))
    let plain = try score(scores, 1, .wrong, .confidence)
    #expect(plain.difference == nil && plain.p == nil && plain.adjusted == nil)
    let (first, second) = (
      try score(scores, 1, .wrong, .confidence).auroc ?? 0,
      try score(scores, 2, .wrong, .confidence).auroc ?? 0
    )
    let mean = try score(scores, nil, .wrong, .confidence)
    #expect(abs((mean.auroc ?? 0) - (first + second) / 2) < 1e-15 && mean.events == 72 + 72)
    // No error: an area of 1 has no interval.
    let perfect = try score(scores, nil, .wrong, .predictedDistance)
    #expect(perfect.notes == ["no interval of an area of 0 or 1"] || perfect.auroc ?? 1 < 1)
    // All clean images are right: a flip is an error.
    #expect(try score(scores, 2, .flip, .margin).auroc == score(scores, 2, .wrong, .margin).auroc)
  }

  @Test func `images without a value are left out of both signals`() throws {
    let scores = try scores([(1, [MadeUpSignals.noisy(labels, seed: 1)])])
    let dimension = try score(scores, 1, .wrong, .dimension)
    #expect(dimension.images == 114 && dimension.notes == ["6 images without a value left out"])
    let plain = try score(scores, 1, .wrong, .confidence)
    // Confidence is that of the same images.
    #expect(dimension.difference != (dimension.auroc ?? 0) - (plain.auroc ?? 0))
  }

  @Test func `too few failures or classes are told, and no interval is made`() throws {
    let rare = try scores([
      (1, [MadeUpSignals.noisy(labels, seed: 1, share: 0.05)]),
      (2, [MadeUpSignals.noisy(labels, seed: 2, share: 0.5)]),
      (3, [MadeUpSignals.noisy(labels, seed: 3, share: 1)]),
    ])
    let first = try score(rare, 1, .wrong, .margin)
    #expect(first.notes == ["no interval: fewer than 10 images with the event"])
    #expect(first.auroc != nil && first.aurocInterval == nil && first.p == nil)
    let third = try score(rare, 3, .wrong, .margin)
    #expect(third.notes == ["all images have the event"] && third.auroc == nil)
    let mean = try score(rare, nil, .wrong, .margin)
    #expect(
      mean.notes == ["levels left out for too few images with or without the event: 1, 3"])
    #expect(try mean.auroc == score(rare, 2, .wrong, .margin).auroc && mean.aurocInterval != nil)

    let labels = MadeUpSignals.labels(classes: 3, each: 40)
    let few = try scores([(1, [MadeUpSignals.noisy(labels, seed: 1)])], labels: labels)
    #expect(try score(few, nil, .wrong, .margin).notes == ["no interval: fewer than 6 classes"])
    #expect(few.allSatisfy { $0.aurocInterval == nil && $0.p == nil && $0.adjusted == nil })
    let none = try scores([(1, [MadeUpSignals.noisy(self.labels, seed: 1, share: 0.05)])])
    #expect(
      try score(none, nil, .flip, .margin).notes == [
        "no interval: no level has 10 images with the event and as many without"
      ])
    #expect(try score(none, nil, .flip, .margin).auroc != nil)
  }

  @Test func `seeds of an image are no more images`() throws {
    // Three seeds in which the same four images fail are four images.
    let noisy = MadeUpSignals.noisy(labels, seed: 1, share: 4.0 / 120)
    let scores = try scores([(1, [noisy, noisy, noisy])])
    let one = try score(scores, 1, .wrong, .margin)
    #expect(one.events >= 10 && one.images == 360)
    #expect(one.notes == ["no interval: fewer than 10 images with the event"])
  }

  @Test func `the best signal is said, and how sure that is`() throws {
    let scores = try scores([(1, [MadeUpSignals.noisy(labels, seed: 1)])])
    let said = FailureSentences(
      noise: "gaussian", scores: scores.filter { $0.signal != .predictedDistance })
    let sentence = try #require(said.sentence(.wrong))
    #expect(
      sentence.hasPrefix(
        "gaussian: of the signals that do without the clean image, margin predicts wrong answers "
          + "best, AUROC 0.9"
      ))
    #expect(sentence.contains("is more than chance (adjusted p"))
    let markdown = FailureSentences.markdown([said])
    #expect(markdown.contains("| gaussian | margin | no | 0.9"))
    let plain = FailureSentences(
      noise: "fog", scores: scores.filter { [.confidence, .displacement].contains($0.signal) })
    #expect(
      plain.sentence(.flip)?.hasPrefix(
        "fog: no signal that does without the clean image predicts flips of the prediction better")
        == true)
    #expect(FailureSentences(noise: "fog", scores: []).sentence(.wrong) == nil)
  }
}
