import Testing

@testable import LinearAlgebra

struct ElementPrecisionTests {
  @Test func `the spacings are the types'`() {
    #expect(ElementPrecision.float16.spacing == Double(Float16.ulpOfOne))
    #expect(ElementPrecision.float32.spacing == Double(Float.ulpOfOne))
    #expect(ElementPrecision.float64.spacing == Double.ulpOfOne)
    #expect(ElementPrecision.float16.leastSpacing == Double(Float16.leastNonzeroMagnitude))
    #expect(ElementPrecision.float32.leastSpacing == Double(Float.leastNonzeroMagnitude))
    #expect(ElementPrecision.bfloat16.spacing == 1 / 128.0)
  }

  @Test func `the bound holds what rounding does, at any size`() {
    let numbers: [Double] = [3, -4, 0, 1e-9]
    let matrix = Matrix(rows: 2, columns: 2, values: numbers)
    let bound = matrix.rounding(storedIn: .float16)
    #expect(abs(bound - (5 * 0x1p-10 + 2 * 0x1p-24)) < 1e-9)
    let change = numbers.map { abs($0 - Double(Float16($0))) }.reduce(0, +)
    #expect(change <= bound / 2)
    let large = Matrix<Double>(rows: 1, columns: 2, values: [1e300, 1e300])
    #expect(large.rounding(storedIn: .float64).isFinite)
    #expect(Matrix<Double>(rows: 1, columns: 2).rounding(storedIn: .float32) == 0)
  }

  @Test func `the narrowest type is that of the numbers`() {
    func narrowest(_ values: [Float]) -> ElementPrecision {
      Matrix(rows: 1, columns: values.count, values: values).narrowestPrecision
    }
    #expect(narrowest([Float(Float16(0.1)), 3]) == .float16)
    #expect(narrowest([Float(bitPattern: 0x3F81_0000), 0x1p100]) == .bfloat16)
    #expect(narrowest([0.1, 3]) == .float32)
    #expect(narrowest([1, -7, 2048]) == .float32)
  }
}
