public import Files

/// Where a tower's weights come from: a checkpoint's files, or a seed.
public protocol WeightSource: Sendable {
  /// The elements of the tensor called `name`, row-major, as float32, all finite.
  func floats(_ name: String) throws -> [Float]

  /// The shape of the tensor called `name`; nil when there is none.
  func shape(_ name: String) -> [Int]?

  /// What to call the source in messages.
  var file: String { get }
}

extension Safetensors: WeightSource {
  /// The shape of the tensor called `name`; nil when there is none.
  public func shape(_ name: String) -> [Int]? { entries[name]?.shape }
}

extension WeightSource {
  /// Throws one error that lists every tensor that is missing or of another shape than expected.
  func require(_ shapes: [String: [Int]]) throws {
    let faults = shapes.sorted { $0.key < $1.key }.compactMap { name, expected -> String? in
      guard let found = shape(name) else { return "\(name) \(expected) is missing" }
      return found == expected ? nil : "\(name) has shape \(found), expected \(expected)"
    }
    guard faults.isEmpty else {
      throw FileError(
        file,
        "does not fit its config.json: \(faults.count) of \(shapes.count) tensors are wrong:\n  "
          + faults.joined(separator: "\n  "))
    }
  }
}
