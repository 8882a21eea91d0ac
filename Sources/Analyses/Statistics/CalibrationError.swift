public import LinearAlgebra

/// The expected calibration error of a classifier, beside what a calibrated one of the same confidences would
/// have.
///
/// The error is a mean of absolute values and so never 0 on a sample: of calibrated classifiers with 47, 240
/// and 940 images and 15 bins it is some .17, .08 and .04. Method: consistency resamples (Bröcker and Smith
/// 2007, doi:10.1175/WAF993.1), in which every image is right with the probability that its confidence
/// states; the mean of their errors is what sampling alone gives, and is taken off (Vaicenavicius et al.
/// 2019, arXiv:1902.06977, test the same hypothesis by the same draws). What is left has no bias for a
/// calibrated classifier and may be negative; far from calibration, where deviations all have one sign and
/// sampling adds little to their absolute values, too much is taken off, by the expected error at most.
///
/// Of several replicates, such as noise seeds, every number is the mean of theirs. A draw uses one random
/// number an image for all of them: they vary together, as those of one label do that are predicted alike,
/// and more than others.
public struct CalibrationError: Sendable, Equatable, Codable {
  /// How images are put into bins.
  public enum Binning: Sendable {
    /// Into equal parts of (0, 1] (Guo et al. 2017, arXiv:1706.04599).
    case equalWidth
    /// Into bins of as many images each, by the ranks of their confidences, equal ones together (Nguyen and
    /// O'Connor 2015, doi:10.18653/v1/D15-1182).
    case equalCount
  }

  /// The mean over images of |accuracy − mean confidence| of their bin.
  public let value: Double
  /// Its mean over consistency resamples.
  public let expected: Double
  /// The probability, of a calibrated classifier, of an error as large, or larger: (b + 1) / (m + 1) of m
  /// resamples (Phipson and Smyth 2010, doi:10.2202/1544-6115.1585).
  public let pValue: Double

  /// The error less what a calibrated classifier would have; negative where it is smaller.
  public var debiased: Double { value - expected }

  /// The errors with several kinds of bins, on the same draws.
  ///
  /// - Parameters:
  ///   - calibrations: Those of the same images under each replicate, one at least, of one image at least.
  ///   - binnings: The kinds of bins.
  ///   - bins: How many bins, up to 256.
  ///   - resampling: How many draws. The same for any number of threads.
  ///   - control: Asked before every draw.
  /// - Returns: One a kind.
  /// - Throws: `CancellationError`.
  /// - Complexity: O(images · replicates · kinds) a draw.
  public static func of(
    _ calibrations: [Calibration], _ binnings: [Binning], bins: Int = 15, resampling: Resampling,
    control: ComputationControl = ComputationControl()
  ) throws -> [CalibrationError] {
    let count = calibrations[0].confidences.count
    precondition(count > 0 && (1...256).contains(bins))
    precondition(calibrations.allSatisfy { $0.confidences.count == count })
    let stated = calibrations.map(Stated.init)
    let placed = binnings.map { binning in
      calibrations.map { Placed($0.confidences, binning, bins: bins) }
    }
    @Sendable func errors(_ right: [[Bool]]) -> [Double] {
      placed.map { placed in
        zip(placed, right).reduce(0) { $0 + $1.0.error($1.1) } / Double(placed.count)
      }
    }
    let values = errors(calibrations.map(\.isCorrect))
    let stream = resampling.stream("stated confidences")
    let drawn = try Parallel.tryMap(count: resampling.replicates) { replicate in
      try control.check()
      let words = stream.words(part: replicate, count: count)
      return errors(stated.map { $0.right(words) })
    }
    return values.enumerated().map { kind, value in
      // Sums that are equal but for rounding are equal.
      let extreme = drawn.count { $0[kind] >= value - 1e-12 }
      return CalibrationError(
        value: value, expected: drawn.reduce(0) { $0 + $1[kind] } / Double(drawn.count),
        pValue: Double(extreme + 1) / Double(drawn.count + 1))
    }
  }

  /// The confidences of images, as what a word must be below.
  private struct Stated: Sendable {
    let thresholds: [UInt64]

    init(_ calibration: Calibration) {
      thresholds = calibration.confidences.map { UInt64(min(max($0, 0), 1) * 0x1p32) }
    }

    /// Which images are right, of a word each.
    func right(_ words: [UInt32]) -> [Bool] {
      precondition(words.count == thresholds.count)
      return words.indices.map { UInt64(words[$0]) < thresholds[$0] }
    }
  }

  /// Images in bins.
  private struct Placed: Sendable {
    let places: [UInt8]
    /// The sum of the confidences of a bin.
    let confidences: [Double]

    init(_ confidences: [Double], _ binning: Binning, bins: Int) {
      let places: [Int]
      switch binning {
      case .equalWidth: places = confidences.map { Calibration.bin(of: $0, among: bins) }
      case .equalCount: places = Self.ranked(confidences, bins: bins)
      }
      var sums = [Double](repeating: 0, count: bins)
      for (place, confidence) in zip(places, confidences) { sums[place] += confidence }
      self.places = places.map(UInt8.init)
      self.confidences = sums
    }

    /// The bins of equal counts: those of the mean rank of the images of one confidence.
    private static func ranked(_ confidences: [Double], bins: Int) -> [Int] {
      let order = confidences.indices.sorted { confidences[$0] < confidences[$1] }
      var places = [Int](repeating: 0, count: order.count)
      var start = 0
      for end in 1...order.count
      where end == order.count || confidences[order[end]] > confidences[order[start]] {
        for rank in start..<end { places[order[rank]] = bins * (start + end) / (2 * order.count) }
        start = end
      }
      return places
    }

    /// Σ over bins of |right − confidence|, over the images.
    func error(_ right: [Bool]) -> Double {
      precondition(right.count == places.count)
      var counts = [Int](repeating: 0, count: confidences.count)
      for image in right.indices { counts[Int(places[image])] += right[image] ? 1 : 0 }
      let sum = zip(counts, confidences).reduce(0) { $0 + abs(Double($1.0) - $1.1) }
      return sum / Double(places.count)
    }
  }
}
