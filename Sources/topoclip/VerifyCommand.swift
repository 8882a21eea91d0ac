import ArgumentParser
import Files
import Foundation
import RunAnalyses
import Runs

struct VerifyCommand: StoppableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Whether the files of a run, a training, a linkage or scores are as the manifest has recorded.",
    discussion: """
      Compares the files of a folder with the SHA-256 digests in its manifest.json (topoclip sweep, embed or zeroshot), \
      training.json (topoclip train), link.json (topoclip link) or score.json (topoclip score). Of a run with a control, the control's files too.

      Prints a line a file that differs, PATH: changed, missing or unreadable, and exits with 1 when there is one. \
      Tables that are there and were not recorded are named; they are no difference.

      Examples:
        topoclip verify results/dtd
        topoclip verify models/fine-tuned
      """)

  @Argument(
    help: ArgumentHelp(
      "The folder that topoclip sweep, embed, zeroshot, train, link or score wrote.",
      valueName: "folder"))
  var folder: String

  func run() throws {
    let verifications = try RunLock.holdForReading(folder) {
      try [ofRun(), ofTraining(), ofLinkage(), ofScores()].compactMap(\.self)
    }
    guard !verifications.isEmpty else {
      throw FileError(
        folder,
        "has no \(Manifest.fileName), \(TrainingManifest.fileName), \(LinkageManifest.fileName) or "
          + "\(ScoreManifest.fileName): nothing was recorded of its files")
    }
    for verification in verifications {
      let name = verification.manifest ?? ""
      guard verification.count > 0 else {
        throw FileError(folder + "/" + name, "records no file: what wrote it has not finished")
      }
      for difference in verification.differences {
        try Console.output("\(difference.path): \(difference.kind.rawValue)\n")
      }
      if verification.isUnchanged {
        let count = verification.count
        try Console.output(
          "\(folder): \(count == 1 ? "1 file is" : "\(count) files are") as \(name) has recorded\n")
      }
    }
    for verification in verifications where !verification.isUnchanged {
      throw FileError(folder, verification.statement)
    }
  }

  private func ofRun() throws -> Verification? {
    let run = RunDirectory(folder)
    guard let manifest = try Manifest.read(run) else { return nil }
    let declared = RunFiles.all.filter(\.isDigested)
    let unknown = try run.existing(declared).filter { manifest.outputs[$0] == nil }.uniqued
    for path in unknown { Console.error("\(folder): \(path) was not recorded") }
    return try Verification(run: run)
  }

  private func ofTraining() throws -> Verification? {
    try TrainingManifest.read(folder + "/" + TrainingManifest.fileName)
      .map { try Verification(folder, $0) }
  }

  private func ofLinkage() throws -> Verification? {
    try LinkageManifest.read(folder + "/" + LinkageManifest.fileName)
      .map { try Verification(folder, $0) }
  }

  private func ofScores() throws -> Verification? {
    try ScoreManifest.read(folder + "/" + ScoreManifest.fileName)
      .map { try Verification(folder, $0) }
  }
}
