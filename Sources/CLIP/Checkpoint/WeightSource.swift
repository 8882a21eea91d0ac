public import Files

/// Where a tower's weights come from: a checkpoint's files, or a seed.
public protocol WeightSource: Sendable {
  /// The elements of the tensor called `name`, row-major, as float32, all finite.
  func floats(_ name: String) throws -> [Float]

  /// The shape of the tensor called `name`; nil when there is none.
  func shape(_ name: String) -> [Int]?

  /// The names of all its tensors; none where they are not listed.
  var tensorNames: [String] { get }

  /// What to call the source in messages.
  var file: String { get }
}

extension WeightSource {
  /// None: only files list what they hold.
  public var tensorNames: [String] { [] }
}

extension Safetensors: WeightSource {
  /// The shape of the tensor called `name`; nil when there is none.
  public func shape(_ name: String) -> [Int]? { entries[name]?.shape }

  /// The names of all tensors of the file.
  public var tensorNames: [String] { entries.keys.sorted() }
}

extension WeightSource {
  /// Throws one error that lists tensors that are missing or of another shape than expected, or says whose
  /// names the tensors have where that is why.
  func require(_ shapes: [String: [Int]]) throws {
    let faults = shapes.sorted { $0.key < $1.key }.compactMap { name, expected -> String? in
      guard let found = shape(name) else { return "\(name) \(expected) is missing" }
      return found == expected ? nil : "\(name) has shape \(found), expected \(expected)"
    }
    guard !faults.isEmpty else { return }
    if let foreign = ForeignTensorNames(tensorNames, expected: Set(shapes.keys), file: file) {
      throw FileError(file, foreign.description)
    }
    let more = faults.count - Self.mostListed
    throw FileError(
      file,
      "does not fit its config.json: \(faults.count) of \(shapes.count) tensors are wrong:\n  "
        + faults.prefix(Self.mostListed).joined(separator: "\n  ")
        + (more > 0 ? "\n  and \(more) more" : ""))
  }

  /// The most tensors that an error lists.
  private static var mostListed: Int { 10 }
}
