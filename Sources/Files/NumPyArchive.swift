public import Foundation
public import LinearAlgebra

/// NumPy's `.npz` format: named arrays in a zip archive, as `numpy.load` opens it.
public enum NumPyArchive {
  /// The bytes of an archive of float64 matrices, stored uncompressed; the same bytes every time.
  ///
  /// - Parameter arrays: The members in order; a name appears once, without `.npy`.
  /// - Returns: The archive.
  /// - Throws: `FileError` when the system's temporary folder cannot hold it.
  public static func encode(_ arrays: [(name: String, matrix: Matrix<Double>)]) throws -> Data {
    try ZipArchive.encode(
      arrays.map { (name: $0.name + ".npy", data: NumPyFile.encode($0.matrix)) })
  }
}
