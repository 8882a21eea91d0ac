import Files
import Fixtures
import Foundation
import LinearAlgebra
import ModelFixtures
import Testing

@testable import CLIP

struct TrainingEngineTests {
  private struct Progress: Codable, Equatable {
    let epoch: Int
    let seed: UInt64
    let best: Double
  }

  private func engine(
    trained: Set<Tower> = [.vision, .text], seed: UInt64 = 0, rate: Double = 1e-2,
    limit: Double? = 1
  ) throws -> TrainingEngine {
    let model = try CLIPModel(random: TinyModel.configuration(), name: "tiny", seed: seed)
    return TrainingEngine(
      try TrainableCLIP(model, trained: trained), .imageText,
      TrainingEngine.Settings(
        schedule: LearningRateSchedule(rate: rate, warmUpSteps: 2), gradientLimit: limit))
  }

  /// The batch of a step, which the step alone decides.
  private func batch(_ step: Int, scale: Float = 1) -> TrainingBatch {
    var stream = RandomStream(domain: "test/engine", seed: UInt64(step))
    let texts = (0..<6).map { _ in
      [512] + (0..<4).map { _ in Int.random(in: 0..<512, using: &stream) } + [513]
    }
    return TrainingBatch(
      count: 6, pixels: stream.normals(count: 6 * 3 * 32 * 32).map { $0 * scale }, texts: texts)
  }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch {
      return "\(error)"
    }
  }

  private func numbers(_ engine: TrainingEngine) -> [Float] {
    engine.model.parameters.values.prefix(engine.model.parameters.count)
  }

  @Test func `the loss of one batch falls`() throws {
    let engine = try engine(rate: 3e-3)
    var losses: [Double] = []
    for _ in 0..<40 { losses.append(try engine.takeStep(batch(0)).loss) }
    #expect(losses[0] > 1)
    #expect(losses[39] < 0.1)
    #expect(engine.step == 40)
  }

  @Test func `a run stopped and taken up equals one that was not, byte for byte`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/run/state.safetensors"
    let whole = try engine()
    for step in 0..<7 { try whole.takeStep(batch(step)) }

    let first = try engine()
    for step in 0..<3 { try first.takeStep(batch(step)) }
    let progress = Progress(epoch: 2, seed: 7, best: 0.1)
    try first.save(progress, to: path)
    let second = try engine()
    #expect(try second.restore(from: path) == progress)
    #expect(second.step == 3)
    for step in second.step..<7 { try second.takeStep(batch(step)) }
    #expect(numbers(second) == numbers(whole))
    try whole.save(progress, to: folder.path + "/whole.safetensors")
    try second.save(progress, to: folder.path + "/second.safetensors")
    #expect(
      try FileContents.read(folder.path + "/whole.safetensors")
        == FileContents.read(folder.path + "/second.safetensors"))
  }

  @Test func `a checkpoint of another run is refused and changes nothing`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/state.safetensors"
    let source = try engine()
    try source.takeStep(batch(0))
    try source.save(Progress(epoch: 0, seed: 0, best: 0), to: path)
    let other = try engine(seed: 1)
    let before = numbers(other)
    #expect(
      message { _ = try other.restore(Progress.self, from: path) }.contains("another model"))
    #expect(numbers(other) == before && other.step == 0)
    let frozen = try engine(trained: [.vision])
    #expect(
      message { _ = try frozen.restore(Progress.self, from: path) }
        .contains("trains text and vision; this run trains vision"))
    struct Other: Codable { let missing: String }
    #expect(
      message { _ = try source.restore(Other.self, from: path) }.contains("no checkpoint"))
    let data = try FileContents.read(path)
    let cut = try folder.write(data.prefix(data.count / 2), "cut.safetensors")
    #expect(
      message { _ = try source.restore(Progress.self, from: cut) }.contains("cut.safetensors"))
  }

  @Test func `a bit that flipped in a checkpoint is seen, wherever it is`() throws {
    let folder = try TemporaryFolder()
    let source = try engine()
    try source.takeStep(batch(0))
    let path = folder.path + "/state.safetensors"
    try source.save(Progress(epoch: 4, seed: 0, best: 0), to: path)
    let whole = try FileContents.read(path)
    let epoch = try #require(whole.range(of: Data("\\\"epoch\\\":4".utf8)))
    let before = numbers(source)
    for (place, bit) in [
      (whole.count - 1, 0x01), (whole.count / 2, 0x40), (epoch.upperBound - 1, 1),
    ] {
      var damaged = whole
      damaged[place] ^= UInt8(bit)
      let file = try folder.write(damaged, "damaged.safetensors")
      let problem = message { _ = try source.restore(Progress.self, from: file) }
      #expect(problem.contains("damaged.safetensors: is damaged: its checksum"), "\(problem)")
      #expect(numbers(source) == before && source.step == 1)
    }
  }

  @Test func `clipping shortens a long gradient and leaves a short one`() throws {
    let clipped = try engine(limit: 1e-3)
    let free = try engine(limit: nil)
    let loose = try engine(limit: 1e6)
    for engine in [clipped, free, loose] { try engine.takeStep(batch(0)) }
    #expect(numbers(free) == numbers(loose))
    let norm = free.model.parameters.gradientNorm()
    let ratio = clipped.optimizer.firstMoment.prefix(1)[0] / free.optimizer.firstMoment.prefix(1)[0]
    #expect(abs(Double(ratio) - 1e-3 / norm) < 1e-3 * 1e-3 / norm)
  }

  @Test func `what is not finite stops the run with its step, and nothing is changed`() throws {
    let engine = try engine()
    try engine.takeStep(batch(0))
    let before = numbers(engine)
    let text = message { try engine.takeStep(batch(1, scale: .infinity)) }
    #expect(text.contains("step 1: an embedding of the images is zero or not finite"))
    #expect(numbers(engine) == before && engine.step == 1)
    try engine.takeStep(batch(1))

    engine.model.parameters.gradients.replace([.nan], at: 0)
    #expect(!engine.model.parameters.gradientNorm().isFinite)
  }

  @Test func `an exploded loss stops the run`() throws {
    let model = try CLIPModel(random: TinyModel.configuration(), name: "tiny", seed: 0)
    let engine = TrainingEngine(
      try TrainableCLIP(model), .imageText,
      TrainingEngine.Settings(schedule: LearningRateSchedule(rate: 1e-3), lossLimit: 0.5))
    #expect(message { try engine.takeStep(batch(0)) }.contains("step 0: the loss has exploded to"))
  }

  @Test func `the logit factor stays within its limit`() throws {
    let engine = try engine()
    engine.model.parameters.replace("logit_scale", with: [8])
    try engine.takeStep(batch(0))
    #expect(abs(exp(engine.model.logitScale) - 100) < 1e-3)
  }
}
