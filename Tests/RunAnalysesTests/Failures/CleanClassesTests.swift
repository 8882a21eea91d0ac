import LinearAlgebra
import Testing

@testable import RunAnalyses

struct CleanClassesTests {
  @Test func `means with and without an image`() {
    let images = Matrix<Float>([[1, 0], [0, 1], [0, -1], [1, 0]])
    let means = CleanClasses(images, labels: [0, 0, 1, 0], count: 3)
    #expect(means.mean(of: 0, without: nil) == [2.0 / 3, 1.0 / 3])
    #expect(means.mean(of: 0, without: 1) == [1, 0])
    #expect(means.mean(of: 0, without: 0) == [0.5, 0.5])
    #expect(means.mean(of: 1, without: nil) == [0, -1])
    // Nothing is left of a class of one image, and nothing is there of one without.
    #expect(means.mean(of: 1, without: 2) == nil && means.mean(of: 2, without: nil) == nil)
  }
}
