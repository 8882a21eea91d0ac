/// The weights with which one axis of an image is resampled, equal to Pillow's to the last bit.
///
/// Method: the filter is widened by the scale when the image shrinks, so that it also filters out what
/// the smaller grid cannot hold. Windows are cut at the border and renormalised; weights are rounded to
/// 22 fractional bits.
struct ResamplingAxis {
  private let filter: ResamplingFilter
  private let inputCount: Int
  private let scale: Double  // input samples an output sample
  private let widening: Double
  private var exact: [Double] = []

  init(from inputCount: Int, to outputCount: Int, filter: ResamplingFilter) {
    self.filter = filter
    self.inputCount = inputCount
    scale = Double(inputCount) / Double(outputCount)
    widening = max(scale, 1)
  }

  private func center(of output: Int) -> Double { (Double(output) + 0.5) * scale }

  /// The input samples that an output sample is a sum of.
  func window(of output: Int) -> Range<Int> {
    let center = center(of: output)
    let support = filter.support * widening
    return max(0, Int(center - support + 0.5))..<min(inputCount, Int(center + support + 0.5))
  }

  /// The input samples that a range of output samples, not empty, is made of.
  func window(of outputs: Range<Int>) -> Range<Int> {
    window(of: outputs.lowerBound).lowerBound..<window(of: outputs.upperBound - 1).upperBound
  }

  /// Replaces `weights` by those of the samples in `window(of: output)`.
  mutating func computeWeights(of output: Int, into weights: inout [Int32]) {
    let center = center(of: output)
    // Pillow multiplies by the reciprocal; a division would differ in the last bit.
    let narrowing = 1 / widening
    exact.removeAll(keepingCapacity: true)
    weights.removeAll(keepingCapacity: true)
    var sum = 0.0
    for input in window(of: output) {
      let weight = filter.weight((Double(input) - center + 0.5) * narrowing)
      exact.append(weight)
      sum += weight
    }
    for weight in exact {
      let fixed = weight / sum * Double(1 << 22)
      weights.append(Int32(fixed < 0 ? fixed - 0.5 : fixed + 0.5))  // the conversion cuts off
    }
  }
}
