import Files
import Foundation
import LinearAlgebra
import RunAnalyses
import Runs
package import Topology

/// The diagrams of one or many files in one process, as `topoclip persistence` computes them.
///
/// Small files are done side by side, one a thread; large ones one after the other on all threads.
/// The result is the same.
package struct PersistenceJob: Job, Sendable {
  private let inputs: [String]
  private let settings: TopologyInput.Settings
  private let rips: VietorisRips
  private let writeDistances: String?
  /// Where the rows of the landmarks go; nil for nowhere.
  private let landmarkList: String?
  private let output: PersistenceOutput
  private let isQuiet: Bool

  /// A job over `inputs`.
  ///
  /// - Parameters:
  ///   - inputs: The files, all of one kind.
  ///   - settings: What they hold.
  ///   - rips: What is computed of each; its scale is set from `settings`.
  ///   - writeDistances: Where to write the distances of the only input; nil for nowhere.
  ///   - writeLandmarks: Where to write the rows of the landmarks; nil for beside their distances, or
  ///     nowhere where these are not written.
  ///   - output: Where the diagrams go.
  ///   - isQuiet: Whether to say nothing on standard error.
  /// - Throws: `OptionError`.
  package init(
    inputs: [String], settings: TopologyInput.Settings, rips: VietorisRips,
    writeDistances: String?, writeLandmarks: String? = nil, output: PersistenceOutput,
    isQuiet: Bool
  ) throws {
    if case .sparse = settings.kind, writeDistances != nil { throw Self.notOneInput }
    if writeDistances != nil, inputs.count != 1 { throw Self.notOneInput }
    self.landmarkList = Self.landmarkList(
      writeLandmarks, besides: writeDistances, settings: settings)
    try require(
      writeLandmarks == nil || settings.landmarks != nil,
      "--write-landmarks goes with --landmarks")
    try requireSeparateFiles(
      output.files(inputs) + [writeDistances, landmarkList], inputs: inputs)
    self.inputs = inputs
    self.settings = settings
    self.rips = rips
    self.writeDistances = writeDistances
    self.output = output
    self.isQuiet = isQuiet
  }

  /// A matrix of landmarks' distances says nothing without their rows: they stand beside it.
  private static func landmarkList(
    _ path: String?, besides distances: String?, settings: TopologyInput.Settings
  ) -> String? {
    guard path == nil, settings.landmarks != nil, let distances else { return path }
    let stem = distances.lowercased().hasSuffix(".npy") ? distances.dropLast(4) : distances[...]
    return stem + "-landmarks.csv"
  }

  private static let notOneInput = OptionError(
    "--write-distances takes one input of points or distances")

  /// Computes and writes the diagrams; a line an input goes to standard error.
  ///
  /// A file an input is written as it comes: a later input that fails takes nothing away.
  ///
  /// - Returns: The diagrams in their format; empty when they went to files.
  /// - Throws: `FileError` naming the first input of a group that cannot be read or does not fit, or the output
  ///   that is a folder in place of a file; `CancellationError`.
  package func run() throws -> String {
    BLAS.endThreads()  // products here run on one thread each
    try output.requireUsable(inputs)
    let request = PersistenceOutput.Request(
      inputs: inputs, rips: rips, metricName: settings.kind.metricName)
    var results: [InputDiagram] = []
    try compute { index, diagram in
      try output.write(diagram, of: index, request)
      results.append(diagram)
    }
    if let landmarkList {
      let isOne = inputs.count == 1
      try AtomicFile.write(
        CSV.line((isOne ? [] : ["input"]) + InputDiagram.landmarkColumns)
          + zip(inputs, results).map { $1.landmarkLines(prefix: isOne ? [] : [$0]) }.joined(),
        to: landmarkList)
    }
    return try output.finish(results, request)
  }

  /// Files of at most so many bytes are small.
  private static let smallFile = 4 << 20

  /// Computes the diagrams in the order of the inputs; `finish` is called for every input that succeeds, in order,
  /// soon after it is done.
  private func compute(
    _ finish: (_ index: Int, _ diagram: InputDiagram) throws -> Void
  ) throws {
    var start = 0
    while start < inputs.count {
      // A group of small files side by side, or one large one.
      var end = start + 1
      while isSmall(start), end < inputs.count, end - start < 64, isSmall(end) { end += 1 }
      let group = start..<end
      let workers = group.count > 1 ? 1 : Parallel.workers
      let results = Parallel.map(count: group.count) { offset in
        Result { try compute(inputs[group.lowerBound + offset], workers: workers) }
      }
      // Those that are done are finished before the first that failed is told.
      for (index, result) in zip(group, results) {
        if case .success(let diagram) = result { try finish(index, diagram) }
      }
      for result in results { _ = try result.get() }
      start = end
    }
  }

  private func isSmall(_ index: Int) -> Bool {
    let path = MatrixFile.split(inputs[index]).path
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size]
    return (size as? Int).map { $0 <= Self.smallFile } ?? true
  }

  private func compute(_ path: String, workers: Int) throws -> InputDiagram {
    let control = ComputationControl.interruptible(isQuiet: isQuiet)
    let start = ContinuousClock.now
    let input = try TopologyInput(path, settings: settings, workers: workers, control: control)
    // What was dropped, or read as something else, is no matter of progress.
    input.notes.forEach(MatrixFile.tell)
    var rips = rips
    rips.scale = input.scale
    if let writeDistances {
      try input.filtration.write(to: writeDistances, scale: input.scale)
    }
    let persistence: VietorisRips.Persistence
    do {
      persistence = try rips.persistence(of: input.filtration, workers: workers, control: control)
    } catch let error as TopologyError {
      throw FileError(path, error.description)
    }
    announce(
      summary(path, input, persistence, seconds: (ContinuousClock.now - start) / .seconds(1)),
      isQuiet: isQuiet)
    return InputDiagram(persistence, of: input, prime: rips.prime)
  }

  /// One line about an input for standard error.
  private func summary(
    _ path: String, _ input: TopologyInput, _ persistence: VietorisRips.Persistence,
    seconds: Double
  ) -> String {
    let bars = (0...rips.maximumDimension).map {
      "H\($0) \(persistence.diagram.bars(dimension: $0).count)"
    }
    let end =
      rips.threshold == nil && !input.filtration.isSparse ? "enclosing radius" : "threshold"
    let limit =
      persistence.threshold.isFinite ? ", \(end) \(persistence.threshold.shortestText)" : ""
    var text = "\(path): \(input.filtration.vertexCount) points\(limit)"
    if let landmarks = input.landmarks {
      let error = landmarks.certifiedError / input.scale
      let list = landmarkList.map { "rows in \($0)" } ?? "--write-landmarks FILE lists their rows"
      text += ", landmarks (\(list)): every bar within \(error.shortestText) of the whole set's"
    }
    if input.scale != 1 { text += ", distances divided by \(input.scale.shortestText)" }
    return text + ", bars \(bars.joined(separator: ", ")), "
      + "\(String(format: "%.3f", seconds)) s"
  }
}
