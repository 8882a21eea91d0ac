import CKernels

/// The kernels of this process on this CPU: with others, sums are in another order and last bits differ.
public enum Kernels {
  /// OpenBLAS with its version and the processor whose kernels it chose, and the instructions of the
  /// program's own kernels: `OpenBLAS 0.3.21 SkylakeX, own AVX-512`.
  public static let description: String = {
    // The library's own words: its name, its version, options of its build.
    let library = BLAS.configuration.split(separator: " ").prefix(2).joined(separator: " ")
    return "\(library) \(BLAS.coreName), own \(instructions)"
  }()

  /// The instructions of the program's own kernels: `AVX-512`, `AVX2` or `baseline`.
  public static var instructions: String {
    unsafe String(cString: kernel_product_instructions(0))
  }
}
