import Testing

@testable import LinearAlgebra

struct ElementCountTests {
  @Test func `what fits into memory has its product`() {
    #expect(ElementCount.product(3, 4, of: Double.self) == 12)
    #expect(ElementCount.product(7, of: UInt8.self) == 7)
    #expect(ElementCount.product(0, .max, of: Double.self) == 0)
    #expect(ElementCount.checked(1000, 1000, of: Float.self) == 1_000_000)
  }

  @Test(arguments: [
    (Int.max, 1), (Int.max, 2), (1 << 32, 1 << 32), (Int.max / 8, 1), (1, Int.max / 8 + 1),
    (1 << 60, 1), (-1, 1), (1, -1), (.min, 1),
  ])
  func `what does not is refused`(first: Int, second: Int) {
    #expect(ElementCount.product(first, second, of: Double.self) == nil)
    #expect(
      throws: LinearAlgebraError.tooManyElements(what: "the table", advice: "use fewer rows")
    ) {
      try ElementCount.require(
        first, second, of: Double.self, what: "the table", advice: "use fewer rows")
    }
  }

  @Test func `work that asks for more ends with a message, not with a signal`() async {
    // 8 · (2⁶³ − 1) bytes are 2⁶⁶: without the check a block of a few bytes, and a broken heap.
    await #expect(processExitsWith: .exitCode(1)) { _ = Parallel.map(count: .max) { $0 } }
    await #expect(processExitsWith: .exitCode(1)) {
      _ = Matrix<Double>(rows: 1 << 31, columns: 1 << 31)
    }
    await #expect(processExitsWith: .exitCode(1)) {
      _ = RandomStream(domain: "test", seed: 0).normals(count: 1 << 61)
    }
  }
}
