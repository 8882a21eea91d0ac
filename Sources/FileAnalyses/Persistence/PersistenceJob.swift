import Files
import Foundation
import LinearAlgebra
import RunAnalyses
import Runs
public import Topology

/// The diagrams of one or many files in one process.
///
/// Small files are done side by side, one a thread; large ones one after the other on all threads.
/// The result is the same.
public struct PersistenceJob: Sendable {
  package let inputs: [String]
  package let settings: TopologyInput.Settings
  package let rips: VietorisRips
  package let writeDistances: String?
  package let isQuiet: Bool

  /// What a file gave.
  public struct Result: Sendable {
    /// The diagram and what goes with it.
    public let persistence: VietorisRips.Persistence
  }

  /// A job over `inputs`.
  ///
  /// - Parameters:
  ///   - inputs: The files, all of one kind.
  ///   - settings: What they hold.
  ///   - rips: What is computed of each; its scale is set from `settings`.
  ///   - writeDistances: Where to write the distances of the only input; nil for nowhere.
  ///   - isQuiet: Whether to say nothing on standard error.
  public init(
    inputs: [String], settings: TopologyInput.Settings, rips: VietorisRips,
    writeDistances: String?, isQuiet: Bool
  ) {
    self.inputs = inputs
    self.settings = settings
    self.rips = rips
    self.writeDistances = writeDistances
    self.isQuiet = isQuiet
  }

  /// Files of at most so many bytes are small.
  private static let smallFile = 4 << 20

  /// Computes the diagrams in the order of the inputs.
  ///
  /// - Parameter finish: Called for every input that succeeds, in order, soon after it is done.
  /// - Throws: The error of the first input of a group that cannot be read or does not fit, or
  ///   `RunError.interrupted`.
  public func run(_ finish: (Int, Result) throws -> Void) throws {
    do {
      var start = 0
      while start < inputs.count {
        // A group of small files side by side, or one large one.
        var end = start + 1
        while isSmall(start), end < inputs.count, end - start < 64, isSmall(end) { end += 1 }
        let group = start..<end
        let workers = group.count > 1 ? 1 : Parallel.workers
        let results = Parallel.map(count: group.count) { offset in
          Swift.Result { try compute(inputs[group.lowerBound + offset], workers: workers) }
        }
        // Those that are done are finished before the first that failed is told.
        for (index, result) in zip(group, results) {
          if case .success(let value) = result { try finish(index, value) }
        }
        for result in results { _ = try result.get() }
        start = end
      }
    } catch TopologyError.cancelled {
      throw RunError.interrupted(finished: 0, of: 0)
    }
  }

  private func isSmall(_ index: Int) -> Bool {
    let path = MatrixFile.split(inputs[index]).path
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size]
    return (size as? Int).map { $0 <= Self.smallFile } ?? true
  }

  private func compute(_ path: String, workers: Int) throws -> Result {
    let control = ComputationControl.interruptible(isQuiet: isQuiet)
    let start = ContinuousClock.now
    let input = try TopologyInput(path, settings: settings, workers: workers, control: control)
    var rips = rips
    rips.scale = input.scale
    if let writeDistances {
      try input.filtration.write(to: writeDistances, scale: input.scale)
    }
    let persistence: VietorisRips.Persistence
    do {
      persistence = try rips.persistence(of: input.filtration, workers: workers, control: control)
    } catch let error as TopologyError where error != .cancelled {
      throw FileError(path, error.description)
    }
    if !isQuiet {
      let line = summary(
        path, input, persistence, seconds: (ContinuousClock.now - start) / .seconds(1))
      FileHandle.standardError.write(Data(line.utf8))
    }
    return Result(persistence: persistence)
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
      text += ", landmarks: every bar within \(error.shortestText) of the whole set's"
    }
    if input.scale != 1 { text += ", distances divided by \(input.scale.shortestText)" }
    return text + ", bars \(bars.joined(separator: ", ")), "
      + "\(String(format: "%.3f", seconds)) s\n"
  }
}
