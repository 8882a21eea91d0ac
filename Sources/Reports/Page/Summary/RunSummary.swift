import Files
import Foundation
import RunAnalyses
import Runs

/// What a run found, in words with the numbers in them: every sentence follows from its tables by a rule.
///
/// A difference or a correlation is stated as found only when its 95 % interval excludes zero and its p, corrected
/// for the number of tests, is below 0.05; otherwise the sentence says that there is no evidence, which is not the
/// same as evidence of none.
struct RunSummary: Sendable, Equatable {
  /// Sentences on one thing.
  struct Part: Sendable, Equatable {
    let heading: String
    let sentences: [String]
  }

  /// The answer to the run's question: what noise does to accuracy, and whether topology tells.
  let answer: [String]
  /// The rest, part by part; those with nothing to say are left out.
  let parts: [Part]
  /// What could not be concluded, and why.
  let limits: [String]

  /// Reads the tables that there are.
  ///
  /// - Throws: `FileError` naming a table that is damaged.
  init(_ run: ReportedRun, manifest: Manifest?) throws {
    let accuracy = try AccuracySentences(run)
    let tracking = try TrackingSentences(run)
    let structure = StructureSentences(run)
    answer = accuracy.headline + tracking.headline
    parts = try [
      Part(heading: "Accuracy", sentences: accuracy.details),
      Part(heading: "Calibration", sentences: accuracy.calibration),
      Part(heading: "Topology against accuracy", sentences: tracking.details),
      Part(heading: "Within groups of classes", sentences: accuracy.groups + tracking.groups),
      Part(heading: "Persistent homology", sentences: structure.topology()),
      Part(heading: "Which classes merge", sentences: structure.merging()),
      Part(heading: "Geometry", sentences: structure.geometry()),
    ].filter { !$0.sentences.isEmpty }
    limits = try Self.limits(run, manifest, accuracy: accuracy, tracking: tracking)
  }

  private static func limits(
    _ run: ReportedRun, _ manifest: Manifest?, accuracy: AccuracySentences,
    tracking: TrackingSentences
  ) throws -> [String] {
    var limits = accuracy.limits + tracking.limits
    if manifest?.isBuiltInModel == true {
      limits.append(
        "The model is the small one in the program: nothing here is a finding about the published CLIP models."
      )
    }
    if manifest?.isGenerated == true {
      limits.append(
        "The images are generated textures: nothing here is a finding about photographs.")
    }
    if try run.table(GroupColumns.file) == nil, run.classes.count > 1, manifest?.isGenerated != true
    {
      limits.append(
        "No groups of classes that were processed alike are declared, so a difference of processing between "
          + "classes (size, compression) is not ruled out as a cause of differences between them.")
    }
    if let series = NoiseSeries.all(run.conditions).first(where: { $0.seedCount > 1 }),
      let seed = series.conditions.last?.seed
    {
      limits.append(
        "What the summary says of single predictions, diagrams, merging and geometry is of noise seed \(seed), the first of "
          + "\(series.seedCount); the tables have the others.")
    }
    let smallest = run.labels.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }.values.min()
    if let smallest, smallest < 30 {
      limits.append(
        "The smallest class has \(Wording.count(smallest, "image")): its diagrams are of few points and vary "
          + "much from one choice of images to another.")
    }
    return limits
  }
}
