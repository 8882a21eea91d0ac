public import LinearAlgebra

/// The distance between the mean of the image embeddings and that of the text embeddings.
///
/// Method: Liang et al. 2022, arXiv:2203.02053, on unit rows.
///
/// - Parameters:
///   - images: Image embeddings, shape [n, d].
///   - text: Text embeddings, shape [m, d].
/// - Returns: A length from 0 to 2.
/// - Throws: `AnalysisError` for different dimensions, no rows, and a row of zeros.
public func modalityGap(images: Matrix<Float>, text: Matrix<Float>) throws -> Double {
  guard images.columns == text.columns else {
    throw AnalysisError.ambientDimensionsDiffer(images.columns, text.columns)
  }
  guard images.rows > 0, text.rows > 0 else {
    throw AnalysisError.invalid("a modality gap needs images and texts; one of them is empty")
  }
  let (a, b) = (try meanRow(images.unitRows()), try meanRow(text.unitRows()))
  return zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
}
