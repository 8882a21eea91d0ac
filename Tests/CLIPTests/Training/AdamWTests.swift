import Foundation
import LinearAlgebra
import Testing

@testable import CLIP

struct AdamWTests {
  private func parameters() throws -> ParameterStore {
    let configuration = CLIPConfiguration(
      vision: VisionConfiguration(
        transformer: TransformerConfiguration(
          width: 4, mlpWidth: 8, layers: 1, heads: 1, activation: .gelu, layerNormEpsilon: 1e-5),
        imageSize: 4, patchSize: 2),
      text: nil, projectionDimension: 3)
    return try CLIPModel(random: configuration, name: "small", seed: 0)
      .trainableParameters([.vision])
  }

  @Test func `two steps by hand, with decay and without`() throws {
    let parameters = try parameters()
    let optimizer = AdamW(
      parameters,
      AdamW.Settings(firstDecay: 0.9, secondDecay: 0.98, epsilon: 1e-6, weightDecay: 0.1))
    for (name, decay) in [("visual_projection.weight", 0.1), ("logit_scale", 0.0)] {
      #expect(parameters[name]?.decays == (decay > 0))
    }
    let start = try [
      parameters.floats("visual_projection.weight")[0], parameters.floats("logit_scale")[0],
    ]
    var values = start.map { Double($0) }
    var moments = [(0.0, 0.0), (0.0, 0.0)]
    for (step, slope) in [(1, 0.5), (2, -2.0)] {
      unsafe parameters.gradients.start.update(repeating: Float(slope), count: parameters.count)
      optimizer.takeStep(learningRate: 0.01, gradientScale: 0.5)
      for index in 0..<2 {
        let g = slope / 2
        moments[index].0 = 0.9 * moments[index].0 + 0.1 * g
        moments[index].1 = 0.98 * moments[index].1 + 0.02 * g * g
        let first = moments[index].0 / (1 - pow(0.9, Double(step)))
        let second = moments[index].1 / (1 - pow(0.98, Double(step)))
        values[index] *= 1 - 0.01 * (index == 0 ? 0.1 : 0)
        values[index] -= 0.01 * first / (second.squareRoot() + 1e-6)
      }
    }
    let found = try [
      parameters.floats("visual_projection.weight")[0], parameters.floats("logit_scale")[0],
    ]
    for index in 0..<2 { #expect(abs(Double(found[index]) - values[index]) < 1e-6) }
    #expect(optimizer.step == 2)
  }

  @Test func `the gradient's length, and a number in it that is not finite`() throws {
    let parameters = try parameters()
    unsafe parameters.gradients.start.update(repeating: 2, count: parameters.count)
    #expect(abs(parameters.gradientNorm() - 2 * Double(parameters.count).squareRoot()) < 1e-9)
    #expect(parameters.firstTensorWithoutFiniteGradient() == nil)
    let offset = parameters.offset("visual_projection.weight")
    parameters.gradients.replace([.nan], at: offset + 3)
    #expect(!parameters.gradientNorm().isFinite)
    #expect(parameters.firstTensorWithoutFiniteGradient() == "visual_projection.weight")
  }
}
