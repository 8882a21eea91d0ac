import Files
import Foundation
import RunAnalyses
import Runs

/// The answer to a run's question, in words with the numbers in them: every sentence follows from its tables by a
/// rule.
///
/// A difference or a correlation is stated as found only when its 95 % interval excludes zero and its p, corrected
/// for the number of tests, is below 0.05; otherwise the sentence says that there is no evidence, which is not the
/// same as evidence of none, or that nothing could be tested.
struct RunSummary: Sendable, Equatable {
  /// The answer: whether topology tells what noise does to accuracy, whether it adds anything, and what noise does.
  let answer: [Sentence]
  /// A row a kind of noise, where there are several.
  let overview: [NoiseOverview]
  /// What could not be concluded, and why.
  let limits: [String]

  /// Reads the tables that there are.
  ///
  /// - Throws: `FileError` naming a table that is damaged.
  init(_ run: ReportedRun, manifest: Manifest?) throws {
    let accuracy = try AccuracySentences(run)
    let tracking = try TrackingSentences(run)
    let added = try AddedSentences(run)
    answer = tracking.headline + [added.headline].compactMap(\.self) + accuracy.headline
    overview = NoiseOverview.all(accuracy, tracking, added)
    limits = try Self.limits(run, manifest, accuracy: accuracy, tracking: tracking)
  }

  private static func limits(
    _ run: ReportedRun, _ manifest: Manifest?, accuracy: AccuracySentences,
    tracking: TrackingSentences
  ) throws -> [String] {
    let isImported = manifest.map { $0.model == nil } ?? false
    var limits = accuracy.limits + tracking.limits(isImported: isImported)
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
        "What the page says of single predictions, diagrams, merging and geometry is of noise seed \(seed), the first of "
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
