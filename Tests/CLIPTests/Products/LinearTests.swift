import Foundation
import LinearAlgebra
import Testing

@testable import CLIP

/// Products of every backend against plain sums in float64.
struct LinearTests {
  private func normals(_ count: Int, _ seed: UInt64) -> [Float] {
    RandomStream(domain: "test/linear", seed: seed).normals(count: count)
  }

  private struct Case {
    let x: [Float]
    let matrix: WeightMatrix
    let start: [Float]
    let rows: Int
  }

  private func example(_ rows: Int, _ inputs: Int, _ outputs: Int) -> Case {
    let scale = 1 / Float(inputs).squareRoot()
    return Case(
      x: normals(rows * inputs, 0),
      matrix: WeightMatrix(
        inputs: inputs, outputs: outputs,
        weight: normals(inputs * outputs, 1).map { $0 * scale }, bias: normals(outputs, 2)),
      start: normals(rows * outputs, 3), rows: rows)
  }

  private func product(
    _ example: Case, _ arithmetic: Arithmetic, adding: Bool = false, activation: Activation? = nil,
    workers: Int = 1
  ) -> [Float] {
    let linear = Linear(example.matrix, arithmetic)
    let y = AlignedBuffer(example.start)
    let scratch = ProductScratch()
    scratch.workers = workers
    linear.apply(
      AlignedBuffer(example.x), rows: example.rows, into: y, adding: adding,
      activation: activation, scratch: scratch)
    return y.prefix(y.count)
  }

  /// The sums in float64 of factors as `factor` gives them, with the sums of absolute values.
  private func sums(
    _ example: Case, _ factor: (Float) -> Double
  ) -> [(value: Double, magnitude: Double)] {
    let matrix = example.matrix
    let x = example.x.map(factor)
    let weight = matrix.weight.map(factor)
    return (0..<example.rows).flatMap { i in
      (0..<matrix.outputs).map { j in
        (0..<matrix.inputs).reduce((value: Double(matrix.bias[j]), magnitude: 0.0)) { sum, k in
          let term = x[i * matrix.inputs + k] * weight[j * matrix.inputs + k]
          return (sum.value + term, sum.magnitude + abs(term))
        }
      }
    }
  }

  /// To the nearest bfloat16, ties to even, by the definition.
  private func rounded(_ value: Float) -> Double {
    guard value != 0 else { return 0 }
    let unit = Double(sign: .plus, exponent: Int(value.exponent) - 7, significand: 1)
    return (Double(value) / unit).rounded(.toNearestOrEven) * unit
  }

  static let shapes = [
    (1, 1, 1), (1, 8, 16), (5, 3, 17), (6, 30, 48), (7, 588, 33), (50, 64, 96), (13, 1000, 40),
    (200, 400, 32),
  ]

  @Test(arguments: MatrixBackend.allCases, shapes)
  func `float32 products, their bias, sums and activations`(
    backend: MatrixBackend, shape: (Int, Int, Int)
  ) {
    let example = example(shape.0, shape.1, shape.2)
    let expected = sums(example) { Double($0) }
    let arithmetic = Arithmetic(.float32, backend: backend)
    func expect(_ found: [Float], _ name: String, _ value: (Int) -> Double) {
      let worst = found.indices.reduce(0.0) { max($0, abs(Double(found[$1]) - value($1))) }
      #expect(worst < 2e-5, "\(name)")
    }
    expect(product(example, arithmetic), "affine") { expected[$0].value }
    expect(product(example, arithmetic, adding: true), "adding") {
      expected[$0].value + Double(example.start[$0])
    }
    expect(product(example, arithmetic, activation: .quickGELU), "quick GELU") {
      expected[$0].value / (1 + exp(-1.702 * expected[$0].value))
    }
    expect(product(example, arithmetic, activation: .gelu), "GELU") {
      expected[$0].value * 0.5 * erfc(-expected[$0].value / 2.0.squareRoot())
    }
  }

  @Test(arguments: MatrixBackend.allCases, shapes)
  func `bfloat16 products are float32 sums of rounded factors`(
    backend: MatrixBackend, shape: (Int, Int, Int)
  ) throws {
    guard (try? backend.require(.bfloat16)) != nil else { return }  // this CPU has no such kernels
    let example = example(shape.0, shape.1, shape.2)
    let found = product(example, Arithmetic(.bfloat16, backend: backend))
    let meant = sums(example, rounded)
    let exact = sums(example) { Double($0) }
    for index in found.indices {
      #expect(abs(Double(found[index]) - meant[index].value) < 2e-5)
      // Each factor is off by 2⁻⁸ of itself at most, a term by 2⁻⁷ and a little.
      let bound = exact[index].magnitude * (0x1p-7 + 0x1p-16) + 2e-5
      #expect(abs(Double(found[index]) - exact[index].value) <= bound)
    }
  }

  @Test(arguments: Precision.allCases)
  func `threads inside a product, and rows beside a row, change no bit`(precision: Precision) {
    let arithmetic = Arithmetic(precision, backend: .panels)
    let whole = example(50, 800, 200)
    let expected = product(whole, arithmetic, activation: .quickGELU)
    for workers in [2, 3, 7] {
      #expect(product(whole, arithmetic, activation: .quickGELU, workers: workers) == expected)
    }
    for row in [0, 7, 49] {
      let alone = Case(
        x: Array(whole.x[row * 800..<(row + 1) * 800]), matrix: whole.matrix,
        start: Array(whole.start.prefix(200)), rows: 1)
      #expect(
        product(alone, arithmetic, activation: .quickGELU)
          == Array(expected[row * 200..<(row + 1) * 200]))
    }
  }
}
