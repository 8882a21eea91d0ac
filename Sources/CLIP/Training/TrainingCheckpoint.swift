import Files
import Foundation
import LinearAlgebra

/// What a checkpoint says beside its tensors.
private struct CheckpointRecord<Progress: Codable>: Codable {
  let version: Int
  let source: String
  let trained: [Tower]
  let step: Int
  let progress: Progress
}

extension TrainingEngine {
  private static var version: Int { 3 }
  private static var recordKey: String { "training" }
  private static var digestKey: String { "sha256" }
  /// Far more than there is time for; a sum with it stays a number.
  private static var mostSteps: Int { 1 << 40 }

  /// Writes everything that a run needs to go on as if it had not stopped.
  ///
  /// One safetensors file: parameters and both moments of the optimiser in float32, and the step, the
  /// source's digest and the caller's progress as JSON in its metadata, with a SHA-256 over
  /// all of it. It is written aside, synced and renamed, so that a crash leaves the checkpoint before. Random numbers need no state: they are keyed by
  /// seed and position, which belong into the progress.
  ///
  /// - Parameters:
  ///   - progress: Where the caller is: its epoch, its place in it, its best validation.
  ///   - path: The file.
  /// - Throws: `FileError` when the disk refuses.
  public func save(_ progress: some Codable, to path: String) throws {
    let record = CheckpointRecord(
      version: Self.version, source: "\(model.source.digest)",
      trained: model.trained.sorted { $0.rawValue < $1.rawValue }, step: step, progress: progress)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let text = String(decoding: try encoder.encode(record), as: UTF8.self)
    let buffers = buffers()
    let tensors = tensors()
    func slice(_ name: String) -> [Float] {
      guard let tensor = tensors[name], let kind = name.split(separator: "/").first,
        let buffer = buffers[String(kind)]
      else { preconditionFailure("no tensor of that name") }
      return buffer.slice(tensor.range)
    }
    let digest = Self.digest(text, tensors.keys, slice)
    try Safetensors.write(
      tensors.mapValues(\.shape), metadata: [Self.recordKey: text, Self.digestKey: digest],
      to: path, values: slice)
  }

  /// The SHA-256 of a record and the numbers of all tensors, in the order of their names.
  private static func digest(
    _ record: String, _ names: some Collection<String>, _ values: (String) -> [Float]
  ) -> String {
    var hash = SHA256()
    hash.update(record.utf8)
    for name in names.sorted() {
      hash.update(name.utf8)
      unsafe values(name).withUnsafeBytes { bytes in unsafe hash.update(bytes) }
    }
    return "\(Digest(hash))"
  }

  /// Takes up a run where `save` left it.
  ///
  /// - Returns: The caller's progress.
  /// - Throws: `FileError` when the file is damaged, or belongs to another source, other towers or
  ///   another shape; the engine is unchanged then.
  public func restore<Progress: Codable>(
    _ type: Progress.Type = Progress.self, from path: String
  ) throws -> Progress {
    let file = try Safetensors(path: path)
    guard let text = file.metadata[Self.recordKey],
      let record = try? CheckedJSONDecoder().decode(
        CheckpointRecord<Progress>.self, from: Data(text.utf8)), record.version == Self.version,
      (0...Self.mostSteps).contains(record.step)
    else {
      throw FileError(
        path, "is no checkpoint of this program's training (version \(Self.version)); start anew")
    }
    guard record.source == "\(model.source.digest)" else {
      throw FileError(
        path,
        "belongs to a run from another model than \(model.source.name); name that one, or start anew"
      )
    }
    guard Set(record.trained) == model.trained else {
      throw FileError(
        path,
        "trains \(record.trained.map(\.rawValue).joined(separator: " and ")); this run trains "
          + model.trained.map(\.rawValue).sorted().joined(separator: " and "))
    }
    let tensors = tensors()
    try file.require(tensors.mapValues(\.shape))
    let values = try Dictionary(
      uniqueKeysWithValues: tensors.keys.map { ($0, try file.floats($0)) })
    let digest = Self.digest(text, values.keys) { values[$0, default: []] }
    guard file.metadata[Self.digestKey] == digest else {
      throw FileError(
        path,
        "is damaged: its checksum is not that of its numbers; start anew, or from a copy of it")
    }
    let buffers = buffers()
    for (name, tensor) in tensors {
      guard let kind = name.split(separator: "/").first, let numbers = values[name] else {
        continue
      }
      buffers[String(kind)]?.replace(numbers[...], at: tensor.range.lowerBound)
    }
    optimizer.step = record.step
    return record.progress
  }

  private func buffers() -> [String: AlignedBuffer<Float>] {
    [
      "parameter": model.parameters.values, "first_moment": optimizer.firstMoment,
      "second_moment": optimizer.secondMoment,
    ]
  }

  /// Every tensor of a checkpoint: `parameter/NAME` and the moments.
  private func tensors() -> [String: ParameterTensor] {
    Dictionary(
      uniqueKeysWithValues: buffers().keys.flatMap { kind in
        model.parameters.tensors.map { ("\(kind)/\($0.name)", $0) }
      })
  }
}
