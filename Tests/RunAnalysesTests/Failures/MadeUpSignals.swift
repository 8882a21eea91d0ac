import LinearAlgebra

@testable import RunAnalyses

/// What images of made-up classes are, without embeddings.
enum MadeUpSignals {
  /// The class of every image: `each` of every class, one after the other.
  static func labels(classes: Int, each: Int) -> [Int] {
    (0..<classes * each).map { $0 / each }
  }

  /// Clean images, all of which are right.
  static func clean(_ labels: [Int]) -> ImageSignals {
    let numbers = RandomStream(domain: "test/clean signals", seed: 0).normals(
      count: labels.count)
    return ImageSignals(
      predicted: labels, confidence: numbers.map { 0.8 + 0.1 * tanh($0) },
      margin: numbers.map { 0.2 + 0.1 * tanh($0) },
      dimension: numbers.map { 5 + Double($0) }, displacement: nil, neighborLoss: nil,
      predictedDistance: nil)
  }

  private static func tanh(_ x: Float) -> Double { Double(max(-1, min(1, x))) }

  /// Noisy images, of which those of the smallest margins are wrong, but for chance; confidence says less,
  /// and the displacement nothing.
  static func noisy(_ labels: [Int], seed: UInt64, share: Double = 0.3) -> ImageSignals {
    let count = labels.count
    let numbers = RandomStream(domain: "test/noisy signals", seed: seed).normals(count: 6 * count)
    func normal(_ row: Int, _ which: Int) -> Double { Double(numbers[6 * row + which]) }
    let classCount = (labels.max() ?? 0) + 1
    let difficulties = (0..<count).map { normal($0, 0) }
    let limit = difficulties.sorted()[Int(Double(count) * (1 - share))]
    return ImageSignals(
      predicted: (0..<count).map {
        difficulties[$0] >= limit ? (labels[$0] + 1) % classCount : labels[$0]
      },
      confidence: (0..<count).map { 0.5 - 0.05 * (0.3 * difficulties[$0] + normal($0, 1)) },
      margin: (0..<count).map { 1 - 0.1 * (difficulties[$0] + 0.5 * normal($0, 2)) },
      dimension: (0..<count).map { $0 % 20 == 0 ? nil : 8 + normal($0, 3) },
      displacement: (0..<count).map { 0.5 + 0.01 * normal($0, 4) },
      neighborLoss: (0..<count).map { Double(Int(normal($0, 5) * 3).magnitude) / 10 },
      predictedDistance: difficulties.map { 1 + 0.1 * $0 })
  }
}
