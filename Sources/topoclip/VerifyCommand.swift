import ArgumentParser
import Files
import Runs

struct VerifyCommand: StoppableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Whether the files of a run, a training, a linkage or scores are what was written.",
    discussion: """
      Compares every file of a folder with the SHA-256 that is recorded of it: tables and embeddings by manifest.json \
      (topoclip sweep, embed or zeroshot), a model by training.json (topoclip train), tables by link.json (topoclip \
      link) or score.json (topoclip score); pictures by pictures.json, page and figures by report.json; finished cells \
      and units by their own checksums; and each record by the one that it holds of itself. Of a run with a control, \
      the control's files too; with --cache, the cells and units that are there.

      Prints a line a file that differs, PATH: changed, missing or unreadable, says what makes it again, and exits with \
      1 when there is one. Tables that are there and were not recorded are named; they are no difference. What an \
      earlier version has not recorded is not compared.

      Examples:
        topoclip verify results/dtd
        topoclip verify results/dtd --cache cells
        topoclip verify models/fine-tuned
      """)

  @Argument(
    help: ArgumentHelp(
      "The folder that topoclip sweep, embed, zeroshot, train, link or score wrote.",
      valueName: "folder"))
  var folder: String
  @Option(help: ArgumentHelp("The --cache of the run, to compare what is there.", valueName: "dir"))
  var cache: String?

  func run() throws {
    let found = try RunLock.holdForReading(folder) {
      try FolderVerification(folder, cache: cache)
    }
    for path in found.unrecorded { Console.error("\(folder): \(path) was not recorded") }
    var problems: [String] = []
    for part in found.parts {
      let verification = part.verification
      guard verification.count > 0 else {
        throw FileError(
          folder + "/" + (verification.manifest ?? ""),
          "records no file: what wrote it has not finished")
      }
      for difference in verification.differences {
        try Console.output("\(difference.path): \(difference.kind.rawValue)\n")
      }
      if !verification.isUnchanged {
        problems.append("\(verification.statement); \(part.remedy)")
      }
    }
    guard problems.isEmpty else { throw FileError(folder, problems.joined(separator: "\n  ")) }
    for part in found.parts {
      try Console.output("\(folder): \(part.verification.agreement)\n")
    }
  }
}
