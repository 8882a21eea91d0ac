import CKernels
import Foundation
import LinearAlgebra
import Testing

/// The backward kernels against central differences of plain loops in float64.
struct TrainingKernelTests {
  private func normals(_ count: Int, _ seed: UInt64) -> [Float] {
    RandomStream(domain: "test/training-kernels", seed: seed).normals(count: count)
  }

  @Test(arguments: [1, 5, 48, 200])
  func `layer norm`(width: Int) {
    let rows = 3
    let x = normals(rows * width, 0).map { $0 * 2 + 1 }
    let gain = normals(width, 1)
    let slope = normals(rows * width, 2)
    let residual = normals(rows * width, 3)
    /// What the slopes weigh of the norm's results.
    func value(_ x: [Double], _ gain: [Double], _ bias: [Double]) -> Double {
      (0..<rows).reduce(0) { sum, row in
        let values = x[row * width..<(row + 1) * width]
        let mean = values.reduce(0, +) / Double(width)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
        return sum
          + (0..<width).reduce(0) { part, j in
            let normalized = (x[row * width + j] - mean) / (variance + 1e-3).squareRoot()
            return part + Double(slope[row * width + j]) * (normalized * gain[j] + bias[j])
          }
      }
    }
    var inputGradient = [Float](repeating: .nan, count: rows * width)
    var gainGradient = [Float](repeating: 1, count: width)
    var biasGradient = [Float](repeating: 2, count: width)
    unsafe kernel_layer_norm_backward(
      rows, width, x, gain, 1e-3, slope, residual, &inputGradient, &gainGradient, &biasGradient)
    let point = x.map { Double($0) }
    let gains = gain.map { Double($0) }
    let zeros = [Double](repeating: 0, count: width)
    func moved(_ values: [Double], _ index: Int, _ by: Double) -> [Double] {
      var values = values
      values[index] += by
      return values
    }
    let step = 1e-5
    for index in 0..<rows * width {
      let expected =
        (value(moved(point, index, step), gains, zeros)
          - value(moved(point, index, -step), gains, zeros)) / (2 * step)
      #expect(abs(Double(inputGradient[index] - residual[index]) - expected) < 1e-3)
    }
    for j in 0..<width {
      let expected =
        (value(point, moved(gains, j, step), zeros) - value(point, moved(gains, j, -step), zeros))
        / (2 * step)
      #expect(abs(Double(gainGradient[j]) - 1 - expected) < 1e-4)
      let sum = (0..<rows).reduce(0.0) { $0 + Double(slope[$1 * width + j]) }
      #expect(abs(Double(biasGradient[j]) - 2 - sum) < 1e-5)
    }
  }

  @Test func `activations from −10 to 10`() {
    let x = stride(from: Float(-10), through: 10, by: 0.013).map { $0 }
    var quick = x
    var exact = x
    var quickSlope = [Float](repeating: 2, count: x.count)
    var exactSlope = quickSlope
    unsafe kernel_quick_gelu_backward(x.count, &quick, &quickSlope)
    unsafe kernel_gelu_backward(x.count, &exact, &exactSlope)
    for (index, value) in x.enumerated() {
      let v = Double(value)
      func quickGELU(_ v: Double) -> Double { v / (1 + exp(-1.702 * v)) }
      func gelu(_ v: Double) -> Double { v * 0.5 * erfc(-v / 2.0.squareRoot()) }
      #expect(abs(Double(quick[index]) - quickGELU(v)) < 2e-6)
      #expect(abs(Double(exact[index]) - gelu(v)) < 4e-6)
      let step = 1e-5
      let slope = (quickGELU(v + step) - quickGELU(v - step)) / step
      #expect(abs(Double(quickSlope[index]) - slope) < 2e-5)
      let other = (gelu(v + step) - gelu(v - step)) / step
      #expect(abs(Double(exactSlope[index]) - other) < 2e-5)
    }
  }

  @Test(arguments: [(1, 1, 4), (2, 2, 16), (5, 3, 12), (17, 1, 40), (21, 2, 5)], [false, true])
  func `attention of all tokens, and of one alone`(
    shape: (tokens: Int, heads: Int, headWidth: Int), isCausal: Bool
  ) {
    let (tokens, heads, headWidth) = shape
    let width = heads * headWidth
    for queries in Set([1, tokens]) {
      let first = queries == 1 && isCausal ? tokens - 1 : 0
      let query = normals(queries * width, 0).map { $0 * 0.5 }
      let keyValue = normals(tokens * 2 * width, 1)
      let slope = normals(queries * width, 2)
      func value(_ query: [Double], _ keyValue: [Double]) -> Double {
        var sum = 0.0
        for head in 0..<heads {
          for i in 0..<queries {
            let reach = isCausal ? first + i + 1 : tokens
            let powers = (0..<reach).map { j in
              exp(
                (0..<headWidth).reduce(0.0) {
                  $0 + query[i * width + head * headWidth + $1]
                    * keyValue[j * 2 * width + head * headWidth + $1]
                })
            }
            let total = powers.reduce(0, +)
            for j in 0..<reach {
              for d in 0..<headWidth {
                sum +=
                  powers[j] / total * keyValue[j * 2 * width + width + head * headWidth + d]
                  * Double(slope[i * width + head * headWidth + d])
              }
            }
          }
        }
        return sum
      }
      var queryGradient = query
      var keyValueGradient = keyValue
      var scratch = [Float](
        repeating: .nan, count: kernel_attention_backward_scratch(tokens, headWidth))
      unsafe kernel_attention_backward(
        kernel_attention_shape(
          tokens: tokens, first_query: first, queries: queries, heads: heads,
          head_width: headWidth, causal: isCausal ? 1 : 0),
        &queryGradient, &keyValueGradient, slope, &scratch)
      let q = query.map { Double($0) }
      let kv = keyValue.map { Double($0) }
      let step = 1e-5
      for index in stride(from: 0, to: q.count, by: 3) {
        var up = q
        var down = q
        up[index] += step
        down[index] -= step
        let expected = (value(up, kv) - value(down, kv)) / (2 * step)
        #expect(abs(Double(queryGradient[index]) - expected) < 1e-4)
      }
      for index in stride(from: 0, to: kv.count, by: 5) {
        var up = kv
        var down = kv
        up[index] += step
        down[index] -= step
        let expected = (value(q, up) - value(q, down)) / (2 * step)
        #expect(abs(Double(keyValueGradient[index]) - expected) < 1e-4)
      }
    }
  }

  @Test func `sums of columns, with and without what is there`() {
    let x: [Float] = [1, 2, 9, 3, 4, 9]
    var sums: [Float] = [10, 20]
    unsafe kernel_column_sums(2, 2, x, 3, 1, &sums)
    #expect(sums == [14, 26])
    unsafe kernel_column_sums(2, 2, x, 3, 0, &sums)
    #expect(sums == [4, 6])
  }
}
