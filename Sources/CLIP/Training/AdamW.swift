import CKernels
import LinearAlgebra

/// AdamW: Adam with the decay of weights apart from the gradient.
///
/// Source: Loshchilov and Hutter 2019, arXiv:1711.05101; decay is multiplied by the learning rate, as
/// in the reference implementation. Which tensors decay: `ParameterTensor.decays`.
public final class AdamW: @unchecked Sendable {
  /// What the user chooses.
  public struct Settings: Sendable, Equatable, Codable {
    /// The share of the first moment that stays.
    public var firstDecay: Float
    /// The share of the second moment that stays.
    public var secondDecay: Float
    /// What is added to the second moment's root.
    public var epsilon: Float
    /// The decay of weights.
    public var weightDecay: Float

    /// β₁ and β₂, ε and the decay of weights.
    public init(
      firstDecay: Float = 0.9, secondDecay: Float = 0.98, epsilon: Float = 1e-6,
      weightDecay: Float = 0.1
    ) {
      self.firstDecay = firstDecay
      self.secondDecay = secondDecay
      self.epsilon = epsilon
      self.weightDecay = weightDecay
    }
  }

  /// What the user chose.
  public let settings: Settings
  /// Steps taken.
  public internal(set) var step = 0
  let firstMoment: AlignedBuffer<Float>
  let secondMoment: AlignedBuffer<Float>
  private let parameters: ParameterStore
  private let parts: [(range: Range<Int>, decay: Float)]

  /// An optimiser of the parameters given, both moments zero.
  public init(_ parameters: ParameterStore, _ settings: Settings = Settings()) {
    self.settings = settings
    self.parameters = parameters
    firstMoment = AlignedBuffer(count: parameters.count)
    secondMoment = AlignedBuffer(count: parameters.count)
    for moment in [firstMoment, secondMoment] {
      unsafe moment.start.update(repeating: 0, count: moment.count)
    }
    // Neighbours of equal decay are one part: most tensors are small.
    var runs: [(range: Range<Int>, decay: Float)] = []
    for tensor in parameters.tensors {
      let decay = tensor.decays ? settings.weightDecay : 0
      if let last = runs.last, last.decay == decay {
        runs[runs.count - 1].range = last.range.lowerBound..<tensor.range.upperBound
      } else {
        runs.append((tensor.range, decay))
      }
    }
    parts = runs.flatMap { run in
      ParameterStore.parts(of: run.range).map { ($0, run.decay) }
    }
  }

  /// Takes one step against the gradient that `parameters` have, times `gradientScale`.
  public func takeStep(learningRate: Double, gradientScale: Double = 1) {
    step += 1
    func power(_ base: Float) -> Double {
      (0..<64).reduce((1.0, Double(base))) { state, bit in
        (step >> bit & 1 == 1 ? state.0 * state.1 : state.0, state.1 * state.1)
      }.0
    }
    let values = kernel_adamw_step(
      learning_rate: Float(learningRate), first_decay: settings.firstDecay,
      second_decay: settings.secondDecay, epsilon: settings.epsilon,
      first_correction: Float(1 - power(settings.firstDecay)),
      second_correction_root: Float((1 - power(settings.secondDecay)).squareRoot()),
      gradient_scale: Float(gradientScale))
    Parallel.forEach(count: parts.count) { [self] index in
      let (range, decay) = parts[index]
      let first = range.lowerBound
      var values = values
      unsafe kernel_adamw(
        range.count, &values, decay, parameters.gradients.at(first), parameters.values.at(first),
        firstMoment.at(first), secondMoment.at(first))
    }
  }
}

extension ParameterStore {
  /// The Euclidean length of the whole gradient, summed in float64 over parts of fixed size; not finite
  /// when a number of it is not.
  public func gradientNorm() -> Double {
    let parts = Self.parts(of: 0..<count)
    return Parallel.map(count: parts.count) { [self] index in
      unsafe kernel_sum_of_squares(parts[index].count, gradients.at(parts[index].lowerBound))
    }.reduce(0, +).squareRoot()
  }

  /// Whether every parameter is finite, and none so large that its square is not.
  public var isFinite: Bool {
    let parts = Self.parts(of: 0..<count)
    return Parallel.map(count: parts.count) { [self] index in
      unsafe kernel_sum_of_squares(parts[index].count, values.at(parts[index].lowerBound))
    }.reduce(0, +).isFinite
  }

  /// The first tensor whose gradient holds a number that is not finite.
  func firstTensorWithoutFiniteGradient() -> String? {
    tensors.first { tensor in
      let squares = unsafe kernel_sum_of_squares(
        tensor.range.count, gradients.at(tensor.range.lowerBound))
      return !squares.isFinite
    }?.name
  }

  /// Ranges of at most 65,536 numbers, whose work is one thread's.
  static func parts(of range: Range<Int>) -> [Range<Int>] {
    stride(from: range.lowerBound, to: range.upperBound, by: 65_536).map {
      $0..<min($0 + 65_536, range.upperBound)
    }
  }
}
