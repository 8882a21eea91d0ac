import LinearAlgebra

/// The clean images of every class, added up: means of them that leave one out.
struct CleanClasses: Sendable {
  private let images: Matrix<Float>
  private let sums: [[Double]]
  private let counts: [Int]

  /// Adds up.
  ///
  /// - Parameters:
  ///   - images: The clean embeddings, unit rows, [images, dimension].
  ///   - labels: The class of each.
  ///   - count: How many classes there are.
  init(_ images: Matrix<Float>, labels: [Int], count: Int) {
    var sums = [[Double]](
      repeating: [Double](repeating: 0, count: images.columns), count: count)
    var counts = [Int](repeating: 0, count: count)
    for (row, label) in labels.enumerated() {
      counts[label] += 1
      for (column, value) in images.row(row).enumerated() { sums[label][column] += Double(value) }
    }
    (self.images, self.sums, self.counts) = (images, sums, counts)
  }

  /// The mean of a class.
  ///
  /// - Parameters:
  ///   - label: The class.
  ///   - left: One of its images that is left out; nil for none.
  /// - Returns: The mean, not of unit length; nil where no image is left.
  func mean(of label: Int, without left: Int?) -> [Double]? {
    let count = counts[label] - (left == nil ? 0 : 1)
    guard count > 0 else { return nil }
    guard let left else { return sums[label].map { $0 / Double(count) } }
    return zip(sums[label], images.row(left)).map { ($0 - Double($1)) / Double(count) }
  }
}
