import CLIP
import Files
import Foundation

/// `log.jsonl`: a line of JSON a step, and one a validation.
///
/// It holds no times, so that the same plan gives the same bytes. A run that goes on from a checkpoint cuts
/// off what came after it.
final class TrainingLog {
  private let path: String
  private let handle: FileHandle
  /// The bytes that are written.
  private(set) var byteCount: Int
  private var running = RunningDigest()

  /// SHA-256 of the bytes that are written.
  var digest: String { "\(running.digest)" }

  /// Opens the log with its first `keeping` bytes; what follows them is cut off.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - keeping: How many bytes were written when the checkpoint was.
  ///   - digest: SHA-256 of those; nil at the start.
  /// - Throws: `FileError` for a log that has lost some of them, or has others.
  init(_ path: String, keeping: Int, digest: String? = nil) throws {
    self.path = path
    do {
      if try FileStatus(path) == nil {
        guard keeping == 0 else {
          throw FileError(path, "is gone, and the checkpoint goes on from it; start anew")
        }
        try AtomicFile.write("", to: path)
      }
      handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
      let size = try handle.seekToEnd()
      guard keeping >= 0, size >= keeping else {
        throw FileError(
          path, "has \(size) bytes, the checkpoint expects \(keeping) or more; start anew")
      }
      running.update(try FileContents.read(path).prefix(keeping))
      if let digest, digest != "\(running.digest)" {
        throw FileError(
          path,
          "is not as the checkpoint has recorded it: its first \(keeping) bytes are others; start anew"
        )
      }
      try handle.truncate(atOffset: UInt64(keeping))
      byteCount = keeping
    } catch {
      throw FileError(path, "cannot be written", error)
    }
  }

  deinit { try? handle.close() }

  /// Whether a log is of a training that has not come to its first checkpoint, at the end of an epoch.
  ///
  /// It is begun anew then, and nothing is lost. So is one that is not there.
  ///
  /// - Throws: `FileError` for a log that cannot be read.
  static func isOfFirstEpoch(_ path: String) throws -> Bool {
    guard try FileStatus(path) != nil else { return true }
    struct Line: Decodable {
      let kind: String
      let epoch: Int?
      let epochs: Int?
    }
    // What stands behind the last line's end was cut off by a kill; keys are sorted.
    let beginnings = ["{\"epoch\":", "{\"epochs\":", "{\"kind\":"].map { Data($0.utf8) }
    let lines = try FileContents.read(path).split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return lines.dropLast().allSatisfy { line in
      guard let line = try? CheckedJSONDecoder().decode(Line.self, from: Data(line)) else {
        return false
      }
      return ["step", "validation", "stopped"].contains(line.kind) && line.epoch ?? 0 == 0
        && line.epochs ?? 0 <= 1
    }
      && beginnings.contains { beginning in
        guard let last = lines.last else { return true }
        return last.starts(with: beginning) || beginning.starts(with: last)
      }
  }

  /// A step of training.
  struct Step: Encodable {
    let kind = "step"
    let epoch: Int
    let step: Int
    let loss: Double
    let learningRate: Double
    let gradientNorm: Double
    let logitFactor: Double

    init(_ report: TrainingEngine.Report, epoch: Int) {
      self.epoch = epoch
      step = report.step
      loss = report.loss
      learningRate = report.learningRate
      gradientNorm = report.gradientNorm
      logitFactor = report.logitFactor
    }

    enum CodingKeys: String, CodingKey {
      case kind, epoch, step, loss
      case learningRate = "learning_rate"
      case gradientNorm = "gradient_norm"
      case logitFactor = "logit_factor"
    }
  }

  /// A validation after so many epochs and steps.
  struct Validation: Encodable {
    let kind = "validation"
    let epochs: Int
    let steps: Int
    let scores: [String: Double]
    let isBest: Bool?
    /// The mean loss of the epoch's batches; nil before the first.
    let trainingLoss: Double?

    enum CodingKeys: String, CodingKey {
      case kind, epochs, steps, scores
      case isBest = "is_best"
      case trainingLoss = "training_loss"
    }
  }

  /// The end that a fault made.
  struct Stop: Encodable {
    let kind = "stopped"
    let step: Int
    let reason: String
  }

  /// Adds a line.
  func append(_ entry: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      var line = try encoder.encode(entry)
      line.append(UInt8(ascii: "\n"))
      try handle.write(contentsOf: line)
      byteCount += line.count
      running.update(line)
    } catch {
      throw FileError(path, "cannot be written", error)
    }
  }

  /// Brings what is written onto the disk.
  func synchronize() throws {
    do {
      try handle.synchronize()
    } catch {
      throw FileError(path, "cannot be written", error)
    }
  }
}
