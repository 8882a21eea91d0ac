import CDNNL
import Files
import LinearAlgebra

/// Whose kernels compute the matrix products of a tower.
public enum MatrixBackend: String, Sendable, CaseIterable {
  /// The program's own, which pack weights in panels and finish each product in the cache.
  case panels
  /// oneDNN's primitives with weights packed by it.
  case oneDNN = "onednn"
  /// OpenBLAS.
  case openBLAS = "openblas"

  /// The fastest on this CPU.
  ///
  /// oneDNN where it packs weights and has the CPU's instructions for the precision: with AVX-512, but
  /// for matrix tiles (AMX), which it does not fill. Elsewhere our own panels, which are faster there
  /// (`topoclip benchmark encoder`).
  public static func best(_ precision: Precision) -> MatrixBackend {
    let instructions = PanelWeights.instructions(precision)
    return switch precision {
    case .float32: instructions.hasPrefix("AVX-512") ? .oneDNN : .panels
    case .bfloat16: instructions == "AVX-512 BF16" ? .oneDNN : .panels
    }
  }

  /// What is computed with, for the manifest: library, version and the kernels it chose.
  public func kernels(_ precision: Precision) -> String {
    switch self {
    case .panels: "panels, \(PanelWeights.instructions(precision))"
    case .oneDNN: OneDNN.description(precision)
    case .openBLAS: "OpenBLAS, \(BLAS.coreName)"
    }
  }

  /// Refuses a precision that the backend has no kernels for on this CPU.
  ///
  /// - Throws: `FileError` that names the backends to use in its place.
  public func require(_ precision: Precision) throws {
    if self == .oneDNN, !OneDNN.supports(precision) {
      throw FileError(
        "backend \(rawValue)",
        "oneDNN \(OneDNN.version) has no \(precision) products on this CPU; expected AVX-512. Use "
          + "the backend \(MatrixBackend.panels.rawValue), which has them on every CPU")
    }
  }

  /// The weights of `matrix`, packed.
  func pack(_ matrix: WeightMatrix, precision: Precision) -> any PackedWeights {
    switch self {
    case .panels: PanelWeights(matrix, precision: precision)
    case .oneDNN: OneDNNWeights(matrix, precision: precision)
    case .openBLAS: OpenBLASWeights(matrix, precision: precision)
    }
  }
}

/// How the products of a tower are computed.
public struct Arithmetic: Sendable, Equatable {
  /// The numbers.
  public var precision: Precision
  /// The kernels.
  public var backend: MatrixBackend

  /// Precision and backend; nil for the fastest one.
  public init(_ precision: Precision = .float32, backend: MatrixBackend? = nil) {
    self.precision = precision
    self.backend = backend ?? .best(precision)
  }

  /// All that decides the bits of an embedding besides weights and pixels: the kernels of the products,
  /// and those of what the program computes between them on this CPU.
  public var kernels: String {
    let own = PanelWeights.instructions(precision)
    return backend == .panels
      ? backend.kernels(precision) : "\(backend.kernels(precision)), panels, \(own)"
  }

  /// That of the projection after the last block: a thousandth of the work, and kept exact.
  var projection: Arithmetic { Arithmetic(.float32, backend: backend) }
}
