import Files
import Testing

@testable import CLIP

struct MatrixBackendTests {
  @Test func `the manifest's words name library and kernels`() {
    #expect(MatrixBackend.panels.kernels(.float32).hasPrefix("panels, "))
    #expect(MatrixBackend.oneDNN.kernels(.float32).hasPrefix("oneDNN "))
    #expect(MatrixBackend.openBLAS.kernels(.float32).hasPrefix("OpenBLAS, "))
  }

  @Test func `every backend has float32, and the best has bfloat16`() throws {
    for backend in MatrixBackend.allCases { try backend.require(.float32) }
    try MatrixBackend.best(.bfloat16).require(.bfloat16)
    try MatrixBackend.panels.require(.bfloat16)
  }

  @Test func `a precision without kernels is refused with what to use`() {
    do {
      try MatrixBackend.oneDNN.require(.bfloat16)
      #expect(MatrixBackend.best(.float32) == .oneDNN)  // a CPU with AVX-512
    } catch {
      #expect("\(error)".contains("Use the backend panels"))
    }
  }
}
