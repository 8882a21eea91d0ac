/// How the classes that a model is trained on standardise columns: in each stratum the training mean is
/// taken away, and columns are divided by their training standard deviation and multiplied by that of the
/// outcome.
///
/// One slope a column is then one correlation for all strata, whatever the spread of the column or of the
/// outcome in each: where hardly a class loses anything, hardly anything is predicted. Errors stay in the
/// outcome's unit.
struct TrainingScale: Sendable {
  /// Of the training rows.
  let system: RidgeSystem
  /// What a penalty of 1 a row is: the rows of each stratum times the outcome's variance there.
  let size: Double
  private let width: Int
  private let means: [Double]
  private let scales: [Double]

  /// The scale of training rows.
  init(_ training: StratifiedMoments) {
    let width = training.width
    var means = [Double](repeating: 0, count: training.strata * width)
    var scales = means
    var size = 0.0
    for stratum in 0..<training.strata {
      let count = training.counts[stratum]
      guard count > 0 else { continue }
      let start = stratum * width
      func variance(_ column: Int) -> Double {
        let mean = means[start + column]
        return training.products[(start + column) * width + column] / count - mean * mean
      }
      for column in 0..<width { means[start + column] = training.sums[start + column] / count }
      let outcome = max(variance(width - 1), 0)
      size += count * outcome
      scales[start + width - 1] = 1
      for column in 0..<width - 1 {
        // Columns have a variance of about 1 over all classes: what is far below is rounding.
        let square = variance(column)
        scales[start + column] = square > 1e-12 ? (outcome / square).squareRoot() : 0
      }
    }
    self.size = size
    self.width = width
    self.means = means
    self.scales = scales
    system = Self.system(training, means, scales)
  }

  /// Other rows on this scale.
  func system(_ rows: StratifiedMoments) -> RidgeSystem { Self.system(rows, means, scales) }

  private static func system(
    _ rows: StratifiedMoments, _ means: [Double], _ scales: [Double]
  ) -> RidgeSystem {
    let width = rows.width
    var products: [Double] = []
    products.reserveCapacity(width * width)
    for i in 0..<width {
      // From the diagonal on.
      var row = [Double](repeating: 0, count: width - i)
      for stratum in 0..<rows.strata where rows.counts[stratum] > 0 {
        let start = stratum * width
        let (mean, scale) = (means[start + i], scales[start + i])
        if scale == 0 { continue }
        // Σ (a − m)(b − n) = Σ ab − m Σ b − n (Σ a − count · m).
        let rest = rows.sums[start + i] - rows.counts[stratum] * mean
        let end = start + width
        let own = rows.products.span.extracting((start + i) * width + i..<(start + i + 1) * width)
        let sums = rows.sums.span.extracting(start + i..<end)
        let others = means.span.extracting(start + i..<end)
        let factors = scales.span.extracting(start + i..<end)
        for j in row.indices {
          row[j] += scale * factors[j] * (own[j] - mean * sums[j] - rest * others[j])
        }
      }
      for _ in 0..<i { products.append(0) }
      products += row
    }
    for i in 0..<width {
      for j in 0..<i { products[i * width + j] = products[j * width + i] }
    }
    return RidgeSystem(width: width, products: products)
  }
}
