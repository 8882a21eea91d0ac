import Foundation
import LinearAlgebra

/// Seeded random weights with the standard deviations of the reference initialisation: the control
/// that shows what the numbers look like when nothing was learnt.
package struct RandomWeights: WeightSource {
  package let file: String
  private let seed: UInt64
  private let shapes: [String: [Int]]
  private let configuration: CLIPConfiguration

  /// What changes the drawn weights is counted here, and goes into the model's digest.
  static let version = 1

  package init(_ configuration: CLIPConfiguration, seed: UInt64, name: String) {
    self.configuration = configuration
    self.seed = seed
    file = name
    shapes = TensorLayout.all(configuration)
  }

  /// The names of all tensors.
  package var names: [String] { shapes.keys.sorted() }

  package func shape(_ name: String) -> [Int]? { shapes[name] }

  package func floats(_ name: String) throws -> [Float] {
    guard let shape = shapes[name] else { preconditionFailure("no tensor of that name") }
    let count = try ElementCount.require(
      shape.first ?? 1, shape.dropFirst().reduce(1, *), of: Float.self, what: "\(name) of \(file)",
      advice: "choose a smaller shape")
    if name == "logit_scale" { return [Float(log(1 / 0.07))] }  // CLIP's initial temperature
    if name.hasSuffix(".bias") { return [Float](repeating: 0, count: count) }
    if name.contains("norm") { return [Float](repeating: 1, count: count) }
    let scale = standardDeviation(name)
    return RandomStream(domain: "weights/\(name)", seed: seed).normals(count: count)
      .map { $0 * scale }
  }

  /// The reference initialisation: residual branches shrink with depth.
  ///
  /// Source: Radford et al. 2021, arXiv:2103.00020, as released.
  private func standardDeviation(_ name: String) -> Float {
    let transformer =
      name.contains("vision") || name.contains("visual")
      ? configuration.vision?.transformer : configuration.text?.transformer
    guard let transformer else { preconditionFailure("\(name) belongs to a tower that is absent") }
    let width = Float(transformer.width)
    let residual = 1 / (2 * Float(transformer.layers)).squareRoot()
    return switch name.split(separator: ".").suffix(2).joined(separator: ".") {
    case "q_proj.weight", "k_proj.weight", "v_proj.weight", "fc2.weight":
      residual / width.squareRoot()
    case "out_proj.weight", "embeddings.class_embedding", "visual_projection.weight",
      "text_projection.weight":
      1 / width.squareRoot()
    case "fc1.weight": 1 / (2 * width).squareRoot()
    default: 0.02  // patch, position and token embeddings
    }
  }
}
