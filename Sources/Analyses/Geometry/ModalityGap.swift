import LinearAlgebra

/// The distance between the mean of the image embeddings and that of the text embeddings.
///
/// Method: Liang et al. 2022, arXiv:2203.02053, on unit rows.
///
/// - Parameters:
///   - images: Image embeddings, shape [n, d].
///   - text: Text embeddings, shape [m, d].
/// - Returns: A length from 0 to 2.
/// - Throws: `AnalysisError` for different dimensions, and no rows.
/// - Complexity: O((n + m) · d).
public func modalityGap(images: UnitRows, text: UnitRows) throws -> Double {
  guard images.rows.columns == text.rows.columns else {
    throw AnalysisError.ambientDimensionsDiffer(images.rows.columns, text.rows.columns)
  }
  guard images.rows.rows > 0, text.rows.rows > 0 else {
    throw AnalysisError.invalid("a modality gap needs images and texts; one of them is empty")
  }
  let means = [images, text].map { $0.mean(of: 0..<$0.rows.rows) }
  return zip(means[0], means[1]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
}
