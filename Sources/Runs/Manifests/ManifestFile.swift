package import Foundation
package import Version

/// What produced a folder of results.
///
/// Those of a run, of a training, of a linkage and of scores say the same of the program, the times, the machine and
/// the stages.
package protocol ManifestFile: RecordFile {
  /// The program that wrote it.
  var program: ProgramVersion? { get }
  /// The command line.
  var arguments: [String] { get }
  /// When the work began.
  var startedAt: Date? { get }
  /// When it ended.
  var finishedAt: Date? { get }
  /// The settings that decide the results, by key.
  var configuration: [String: String] { get }
  /// The machine.
  var host: Machine? { get }
  /// What every stage took.
  var stages: [StageUsage] { get }
}
