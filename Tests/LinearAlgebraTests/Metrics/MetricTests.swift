import LinearAlgebra
import Testing

/// The registry of metrics, and what a value says of itself.
struct MetricTests {
  @Test func `names and words are there and different`() {
    #expect(
      Metric.all.map(\.name) == [
        "euclidean", "cosine", "angular", "correlation", "cityblock", "chebyshev",
      ])
    #expect(Set(Metric.all.map(\.words)).count == Metric.all.count)
    for metric in Metric.all {
      #expect(Metric.named(metric.name) == metric)
      #expect("\(metric)" == metric.name)
      #expect(!metric.words.isEmpty)
    }
    #expect(Set(Metric.all).count == Metric.all.count)
    #expect(Metric.named("Euclidean") == nil && Metric.named("") == nil)
  }

  @Test func `a distance comes of a square where it is a function of it`() {
    // Of unit vectors at right angles, whose difference has the square 2.
    let distances: [(metric: Metric, distance: Double)] = [
      (.euclidean, 2.0.squareRoot()), (.cosine, 1), (.angular, .pi / 2),
    ]
    for (metric, distance) in distances {
      let finish = metric.finishOfSquares
      #expect(abs((finish?.distance(ofSquare: 2) ?? .nan) - distance) < 1e-15)
      #expect(abs((finish?.square(ofDistance: distance) ?? .nan) - 2) < 1e-15)
    }
    #expect(Metric.cityblock.finishOfSquares == nil && Metric.chebyshev.finishOfSquares == nil)
    let squared = Metric(
      name: "squared", words: "the square", isMetric: false, displacementBound: nil,
      computation: .kernel(Metric.Kernel(.squares, .itself)))
    #expect(squared.finishOfSquares?.distance(ofSquare: 9) == 9)
    #expect(squared.finishOfSquares?.square(ofDistance: 9) == 9)
    // A square that is rounded up is no angle beyond π.
    #expect(Metric.angular.finishOfSquares?.distance(ofSquare: 4.0.nextUp) == .pi)
  }

  @Test func `a distance that is 1 less a product has a similarity`() {
    #expect(Metric.cosine.isOneLessProduct)
    for metric in [Metric.euclidean, .angular, .cityblock, .chebyshev] {
      #expect(!metric.isOneLessProduct)
    }
    // Half the square of points as they are given is none.
    let half = Metric(
      name: "half", words: "half the square", isMetric: false, displacementBound: nil,
      computation: .kernel(Metric.Kernel(.squares, .half)))
    #expect(!half.isOneLessProduct)
  }
}
