import CLIP
import Files
import Foundation
import Images
import LinearAlgebra
import Runs

/// A training from its plan to the model that it leaves, as `topoclip train` does it.
///
/// Images → changed images → batches → steps; after every epoch a validation, which tells whether the model
/// is the best so far and is written. The output folder gets `model/` (Hugging Face layout), `log.jsonl` and
/// `training.json`; `checkpoint.safetensors` while it runs. The same plan gives the same model and log, byte
/// for byte, however often it is interrupted and on any number of threads.
package final class TrainingRun {
  private let plan: TrainingPlan
  private let arguments: [String]
  private let isQuiet: Bool
  private let clock = StageClock()
  private let startedAt = Date()

  /// A run of a plan; `arguments` are the command line, for the report.
  package init(_ plan: TrainingPlan, arguments: [String], isQuiet: Bool) {
    self.plan = plan
    self.arguments = arguments
    self.isQuiet = isQuiet
  }

  /// Trains to the end, or until a signal comes.
  ///
  /// - Parameter resumes: Whether a run that is in the output folder goes on; without one there a new run
  ///   begins.
  /// - Returns: A summary for a person.
  /// - Throws: `FileError` or `RunError` saying what is wrong; `.interruptedTraining` after saving;
  ///   `.failure` with the step when the loss or a gradient is not finite or the loss explodes, the last
  ///   checkpoint and the best model kept.
  package func execute(resumes: Bool) throws -> String {
    try RunLock.hold(plan.output) { try executeAlone(resumes: resumes) }
  }

  private func executeAlone(resumes: Bool) throws -> String {
    let output = TrainingOutput(plan.output)
    if try output.exists(output.report) {
      guard resumes else { throw output.occupied("a finished training") }
      guard let manifest = try TrainingManifest.read(output.report),
        manifest.configurationDigest == "\(plan.digest)"
      else { throw output.occupied("a finished training of another plan") }
      try Verification(plan.output, manifest).requireUnchanged(
        plan.output, remedy: "the same plan makes them again in another --output, to the same bytes"
      )
      return "\(plan.output): finished already; \(output.report) tells how\n"
    }
    let goesOn = try output.exists(output.checkpoint)
    guard resumes || !goesOn else {
      throw output.occupied("an unfinished training, with which --resume goes on")
    }
    if case .model(let name) = plan.start { try output.requireOutside(source: name) }
    try OutputFolder.require(plan.output, for: .training, apartFrom: plan.inputs)
    if !goesOn {
      if try output.exists(output.model), try !output.exists(output.log) {
        throw output.occupied("a model that no training has left there")
      }
      guard try TrainingLog.isOfFirstEpoch(output.log) else {
        throw output.occupied(
          "a log.jsonl of something else than a training before its first checkpoint")
      }
    }

    let input = try clock.measure("load") { try TrainingInput(plan) }
    for message in input.messages { announce(message, isQuiet: isQuiet) }
    let loop = try TrainingLoop(plan, input, output, goesOn: goesOn, isQuiet: isQuiet)
    try clock.measure("train") { try loop.run() }
    return try finish(loop, input, output)
  }

  private func finish(
    _ loop: TrainingLoop, _ input: TrainingInput, _ output: TrainingOutput
  ) throws -> String {
    let progress = loop.progress
    // What somebody has put beside them is not of the training.
    let model = progress.model ?? [:]
    let log = progress.logDigest ?? ""
    try output.requireUnchanged(model: model, log: log)
    let manifest = TrainingManifest(
      plan: plan, arguments: arguments, startedAt: startedAt, input: input, progress: progress,
      steps: loop.engine.step, stages: clock.stages,
      model: model, logDigest: log)
    try manifest.write(to: output.report)
    output.remove(output.checkpoint)
    guard !model.isEmpty else {
      return
        "\(plan.output): no validation was better than that of the model at the start; none is "
        + "written\n"
    }
    let how = progress.best.map {
      "the best, of epoch \($0.epochs) (\(plan.validation.metric.rawValue) "
        + "\(String(format: "%.4f", $0.value)))"
    }
    return "\(output.model): \(how ?? "the last of \(progress.epoch) epochs")\n"
  }
}

extension OutputFolder.Kind {
  /// What `topoclip train` writes.
  static let training = OutputFolder.Kind(
    "a training",
    files: [
      RunFile("log.jsonl", "A line a step and a validation."), RunDirectory.lock,
      PageRecord.file,
    ] + RunDirectory.files.filter { $0.role == .view },
    folders: ["model"]
  ) { folder in
    let output = TrainingOutput(folder)
    if try output.exists(output.report) || output.exists(output.checkpoint) { return true }
    if (try? Manifest.read(RunDirectory(folder)))?.isOwn == true {
      throw FileError(folder, "is a run directory; give another --output")
    }
    return false
  }
}

/// The files of a training's output folder.
struct TrainingOutput {
  /// The folder.
  let folder: String

  init(_ folder: String) { self.folder = folder }

  /// Where an unfinished run is.
  var checkpoint: String { folder + "/checkpoint.safetensors" }
  /// The folder of the best model.
  var model: String { folder + "/model" }
  /// What a finished run was made from and with.
  var report: String { folder + "/training.json" }
  /// A line a step and a validation.
  var log: String { folder + "/log.jsonl" }

  /// - Throws: `FileError` when that cannot be said.
  func exists(_ path: String) throws -> Bool { try FileStatus(path) != nil }

  /// SHA-256 of files of the model, by their names; what is no file has none.
  ///
  /// - Throws: `FileError` naming a file that cannot be read.
  func modelDigests(_ names: some Sequence<String>) throws -> [String: String] {
    var digests: [String: String] = [:]
    for name in names {
      let path = model + "/" + name
      if try FileStatus(path)?.kind == .file { digests[name] = "\(try Digest(ofFile: path))" }
    }
    return digests
  }

  /// Refuses to record other files than were written.
  ///
  /// - Parameters:
  ///   - written: SHA-256 of the model's files, by their names, as they were written last.
  ///   - digest: That of the log.
  /// - Throws: `FileError` naming the files that differ.
  func requireUnchanged(model written: [String: String], log digest: String) throws {
    let found = try modelDigests(written.keys)
    var names = written.keys.filter { found[$0] != written[$0] }.sorted().map { "model/" + $0 }
    if try FileStatus(log)?.kind != .file || "\(Digest(ofFile: log))" != digest {
      names.append("log.jsonl")
    }
    guard !names.isEmpty else { return }
    throw FileError(
      folder,
      "is not as the training wrote it: \(names.joined(separator: ", ")); restore it and go on with --resume, or "
        + "train again into another --output, to the same bytes")
  }

  func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

  /// The refusal to write over what is there.
  func occupied(_ what: String) -> RunError {
    .failure("\(folder) holds \(what); remove it or name another --output")
  }

  /// Refuses to write a model over the one that training starts from.
  func requireOutside(source: String) throws {
    guard ResolvedPath(source) != ResolvedPath(model) else {
      throw occupied("the model that is to be trained")
    }
  }

  /// What a training that stopped has left.
  func kept(_ best: TrainingManifest.Best?) -> String {
    var parts: [String] = []
    // What cannot be looked at is not promised.
    if (try? exists(checkpoint)) == true {
      parts.append("the last good checkpoint is kept in \(checkpoint)")
    }
    if (try? exists(model)) == true, let best {
      parts.append("the best model, of epoch \(best.epochs), in \(model)")
    }
    return parts.isEmpty ? "nothing had been saved yet" : parts.joined(separator: "; ")
  }
}
