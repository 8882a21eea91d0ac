import CKernels
import Foundation
import LinearAlgebra
import Testing

/// The kernels against plain loops in float64.
struct KernelTests {
  private func normals(_ count: Int, _ seed: UInt64 = 0) -> [Float] {
    RandomStream(domain: "test/kernels", seed: seed).normals(count: count)
  }

  @Test(arguments: [1, 7, 48, 768])
  func `layer norm`(width: Int) {
    let x = normals(3 * width).map { $0 * 5 + 100 }
    let gain = normals(width, 1)
    let bias = normals(width, 2)
    var y = [Float](repeating: 0, count: x.count)
    unsafe kernel_layer_norm(3, width, x, gain, bias, 1e-5, &y)
    for row in 0..<3 {
      let values = x[row * width..<(row + 1) * width].map { Double($0) }
      let mean = values.reduce(0, +) / Double(width)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
      for j in 0..<width {
        let expected =
          (values[j] - mean) / (variance + 1e-5).squareRoot() * Double(gain[j]) + Double(bias[j])
        #expect(abs(Double(y[row * width + j]) - expected) < 2e-4)
      }
    }
  }

  @Test func `activations from −20 to 20`() {
    let x = stride(from: Float(-20), through: 20, by: 0.01).map { $0 }
    var quick = x
    unsafe kernel_quick_gelu(x.count, x, &quick)
    var exact = x
    unsafe kernel_gelu(x.count, x, &exact)
    for (index, value) in x.enumerated() {
      let v = Double(value)
      #expect(abs(Double(quick[index]) - v / (1 + exp(-1.702 * v))) < 2e-6)
      #expect(abs(Double(exact[index]) - v * 0.5 * erfc(-v / 2.0.squareRoot())) < 4e-6)
    }
  }

  private typealias AttentionKernel = (
    kernel_attention_shape, UnsafePointer<Float>, UnsafePointer<Float>,
    UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>
  ) -> Void

  /// The context of a range of tokens by a kernel.
  private func context(
    _ range: Range<Int>, of tokens: Int, heads: Int, headWidth: Int, isCausal: Bool,
    queries: [Float], keysValues: [Float], _ kernel: AttentionKernel = unsafe kernel_attention
  ) -> [Float] {
    let width = heads * headWidth
    var scratch = [Float](repeating: .nan, count: kernel_attention_scratch(tokens, headWidth))
    var context = [Float](repeating: .nan, count: range.count * width)
    let shape = kernel_attention_shape(
      tokens: tokens, first_query: range.lowerBound, queries: range.count, heads: heads,
      head_width: headWidth, causal: isCausal ? 1 : 0)
    unsafe kernel(
      shape, Array(queries[range.lowerBound * width..<range.upperBound * width]), keysValues,
      &scratch, &context)
    return context
  }

  /// The largest difference from attention in float64.
  private func worstDifference(
    _ context: [Float], of tokens: Int, heads: Int, headWidth: Int, isCausal: Bool,
    queries: [Float], keysValues: [Float]
  ) -> Double {
    let width = heads * headWidth
    var worst = 0.0
    for head in 0..<heads {
      func query(_ token: Int, _ d: Int) -> Double {
        Double(queries[token * width + head * headWidth + d])
      }
      func element(_ token: Int, _ part: Int, _ d: Int) -> Double {
        Double(keysValues[token * 2 * width + part * width + head * headWidth + d])
      }
      for i in 0..<tokens {
        let reach = isCausal ? i + 1 : tokens
        let scores = (0..<reach).map { j in
          (0..<headWidth).reduce(0) { $0 + query(i, $1) * element(j, 0, $1) }
        }
        let largest = scores.max() ?? 0
        let weights = scores.map { exp($0 - largest) }
        let total = weights.reduce(0, +)
        for d in 0..<headWidth {
          let expected = (0..<reach).reduce(0) { $0 + weights[$1] / total * element($1, 1, d) }
          let difference = abs(
            Double(context[i * width + head * headWidth + d]) - expected)
          worst = difference.isNaN ? .infinity : max(worst, difference)
        }
      }
    }
    return worst
  }

  @Test(arguments: [(1, 1, 4), (2, 2, 16), (5, 3, 12), (17, 1, 64), (50, 12, 64), (77, 8, 24)])
  func `attention of all tokens, and of one alone`(tokens: Int, heads: Int, headWidth: Int) {
    let width = heads * headWidth
    let queries = normals(tokens * width)
    let keysValues = normals(tokens * 2 * width, 1)
    for isCausal in [false, true] {
      func context(_ range: Range<Int>) -> [Float] {
        unsafe self.context(
          range, of: tokens, heads: heads, headWidth: headWidth, isCausal: isCausal,
          queries: queries, keysValues: keysValues)
      }
      let all = context(0..<tokens)
      #expect(context(tokens - 1..<tokens) == Array(all.suffix(width)))
      #expect(context(0..<1) == Array(all.prefix(width)))
      let worst = worstDifference(
        all, of: tokens, heads: heads, headWidth: headWidth, isCausal: isCausal,
        queries: queries, keysValues: keysValues)
      #expect(worst < 1e-5)
    }
  }

  @Test(arguments: [1, 2, 31, 32, 33, 50, 100])
  func `attention with factors in bfloat16, of all tokens and of one alone`(tokens: Int) {
    let (heads, headWidth) = (2, 64)
    let width = heads * headWidth
    // Numbers of bfloat16: what is left is the weights' rounding, 2⁻⁹ of each.
    func rounded(_ values: [Float], scale: Float) -> [Float] {
      values.map { Float(bitPattern: ($0 * scale).bitPattern & 0xFFFF_0000) }
    }
    let queries = rounded(normals(tokens * width), scale: 0.25)
    let keysValues = rounded(normals(tokens * 2 * width, 1), scale: 1)
    func context(_ range: Range<Int>) -> [Float] {
      unsafe self.context(
        range, of: tokens, heads: heads, headWidth: headWidth, isCausal: false,
        queries: queries, keysValues: keysValues, kernel_attention_bfloat16)
    }
    let all = context(0..<tokens)
    #expect(context(tokens - 1..<tokens) == Array(all.suffix(width)))
    #expect(context(0..<1) == Array(all.prefix(width)))
    let worst = worstDifference(
      all, of: tokens, heads: heads, headWidth: headWidth, isCausal: false, queries: queries,
      keysValues: keysValues)
    #expect(worst < 5e-3)
  }

  @Test(arguments: [(24, false), (64, true)])
  func `attention in bfloat16 of other heads is that in float32`(headWidth: Int, isCausal: Bool) {
    let queries = normals(9 * headWidth)
    let keysValues = normals(18 * headWidth, 1)
    func context(_ kernel: AttentionKernel) -> [Float] {
      unsafe self.context(
        0..<9, of: 9, heads: 1, headWidth: headWidth, isCausal: isCausal, queries: queries,
        keysValues: keysValues, kernel)
    }
    let (one, other) = unsafe (context(kernel_attention_bfloat16), context(kernel_attention))
    #expect(one == other)
  }
}
