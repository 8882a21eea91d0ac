import Files
import LinearAlgebra

/// The parameters that are trained, one after the other in float32, and their gradient.
///
/// A source of weights like a checkpoint, so that the towers of inference can be made from it at any
/// moment. Written by one optimiser at a time, while nothing reads.
public final class ParameterStore: WeightSource, @unchecked Sendable {
  /// All tensors, in the order of their numbers.
  public let tensors: [ParameterTensor]
  /// What to call the parameters in messages.
  public let file: String
  let values: AlignedBuffer<Float>
  let gradients: AlignedBuffer<Float>
  private let indices: [String: Int]

  /// The parameters of the towers that are trained, read from `source`.
  ///
  /// - Throws: `FileError` listing every tensor that is missing or of the wrong shape.
  init(_ layout: ParameterLayout, from source: any WeightSource) throws {
    tensors = layout.tensors
    file = source.file
    values = AlignedBuffer(count: layout.count)
    gradients = AlignedBuffer(count: layout.count)
    indices = Dictionary(
      uniqueKeysWithValues: layout.tensors.enumerated().map { ($0.element.name, $0.offset) })
    try source.require(
      Dictionary(uniqueKeysWithValues: layout.tensors.map { ($0.name, $0.shape) }))
    for tensor in tensors {
      values.replace(try source.floats(tensor.name)[...], at: tensor.range.lowerBound)
    }
    unsafe gradients.start.update(repeating: 0, count: gradients.count)
  }

  /// The number of parameters.
  public var count: Int { values.count }

  /// The tensor of that name; nil when it is not trained.
  public subscript(name: String) -> ParameterTensor? { indices[name].map { tensors[$0] } }

  /// The shape of the tensor called `name`; nil when it is not trained.
  public func shape(_ name: String) -> [Int]? { self[name]?.shape }

  /// The numbers of a tensor now.
  ///
  /// - Throws: `FileError` when it is not trained or a number is not finite.
  public func floats(_ name: String) throws -> [Float] {
    guard let tensor = self[name] else { throw FileError(file, "trains no tensor \(name)") }
    let numbers = values.slice(tensor.range)
    guard numbers.allSatisfy(\.isFinite) else {
      throw FileError(file, "tensor \(name) has come to hold numbers that are not finite")
    }
    return numbers
  }

  /// The gradient of a tensor after the last backward pass; nil when it is not trained.
  public func gradient(_ name: String) -> [Float]? {
    self[name].map { gradients.slice($0.range) }
  }

  /// Replaces the numbers of a tensor.
  public func replace(_ name: String, with numbers: [Float]) {
    guard let tensor = self[name], tensor.range.count == numbers.count else {
      preconditionFailure("\(name) is not a trained tensor of \(numbers.count) numbers")
    }
    values.replace(numbers[...], at: tensor.range.lowerBound)
  }

  /// The first number of the tensor called `name`, which is trained.
  func offset(_ name: String) -> Int {
    guard let tensor = self[name] else { preconditionFailure("\(name) is not trained") }
    return tensor.range.lowerBound
  }
}

extension AlignedBuffer {
  /// The numbers of a range as an array.
  func slice(_ range: Range<Int>) -> [Element] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return unsafe Array(UnsafeBufferPointer(start: start + range.lowerBound, count: range.count))
  }
}
