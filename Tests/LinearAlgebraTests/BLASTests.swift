import Testing

@testable import LinearAlgebra

// The number of threads belongs to the whole process; other suites ask for one thread at times, so
// only upper bounds are certain.
@Suite(.serialized)
struct BLASTests {
  private struct Fault: Error {}

  @Test func `one thread is used inside`() {
    #expect(BLAS.withThreads(1) { BLAS.threads } == 1)
  }

  @Test func `the least count of nested calls holds`() {
    BLAS.withThreads(1) {
      #expect(BLAS.withThreads(2) { BLAS.threads } == 1)
      #expect(BLAS.threads == 1)
    }
    BLAS.withThreads(2) {
      #expect(BLAS.withThreads(1) { BLAS.threads } == 1)
      #expect(BLAS.threads <= 2)
    }
  }

  @Test func `the result and the error pass through`() {
    #expect(BLAS.withThreads(1) { "value" } == "value")
    #expect(throws: Fault.self) { try BLAS.withThreads(1) { throw Fault() } }
  }

  @Test func `the library names itself`() {
    #expect(!BLAS.coreName.isEmpty)
    #expect(BLAS.configuration.contains("OpenBLAS"))
  }
}
