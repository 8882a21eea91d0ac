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
    var products = [Double](repeating: 0, count: width * width)
    for stratum in 0..<rows.strata where rows.counts[stratum] > 0 {
      let (start, count) = (stratum * width, rows.counts[stratum])
      for i in 0..<width {
        let (mean, sum, scale) = (means[start + i], rows.sums[start + i], scales[start + i])
        if scale == 0 { continue }
        let row = (start + i) * width
        for j in i..<width {
          // Σ (a − m)(b − n) = Σ ab − m Σ b − n Σ a + count · m · n.
          let other = means[start + j]
          let product =
            rows.products[row + j] - mean * rows.sums[start + j] - other * sum
            + count * mean * other
          products[i * width + j] += scale * scales[start + j] * product
        }
      }
    }
    for i in 0..<width {
      for j in 0..<i { products[i * width + j] = products[j * width + i] }
    }
    return RidgeSystem(width: width, products: products)
  }
}
