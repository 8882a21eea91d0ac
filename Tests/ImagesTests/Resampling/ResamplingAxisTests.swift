import Testing

@testable import Images

struct ResamplingAxisTests {
  @Test func `weights of a window sum to one and mirror each other`() {
    var axis = ResamplingAxis(from: 37, to: 11, filter: .bicubic)
    var weights: [Int32] = []
    var mirrored: [Int32] = []
    for output in 0..<11 {
      axis.computeWeights(of: output, into: &weights)
      #expect(weights.count == axis.window(of: output).count)
      #expect(abs(weights.reduce(0, +) - (1 << 22)) <= Int32(weights.count))
      axis.computeWeights(of: 10 - output, into: &mirrored)
      // Which of the two includes a sample of weight zero at the rim is a matter of rounding.
      let differences = zip(weights.filter { $0 != 0 }, mirrored.reversed().filter { $0 != 0 })
        .map { abs($0 - $1) }
      #expect(differences.allSatisfy { $0 <= 1 })
    }
  }

  @Test func `a window of the box is what a sample covers, in equal parts`() {
    var axis = ResamplingAxis(from: 10, to: 4, filter: .box)  // samples of 2.5
    #expect((0..<4).map { axis.window(of: $0) } == [0..<3, 3..<5, 5..<8, 8..<10])
    #expect(axis.window(of: 1..<3) == 3..<8)
    var weights: [Int32] = []
    axis.computeWeights(of: 1, into: &weights)
    #expect(weights == [1 << 21, 1 << 21])
    axis.computeWeights(of: 2, into: &weights)
    #expect(weights == [1_398_101, 1_398_101, 1_398_101])  // 2²² / 3
  }
}
