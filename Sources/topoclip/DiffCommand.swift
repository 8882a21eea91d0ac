import ArgumentParser
import Files
import Reports

struct DiffCommand: StoppableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "What differs between two runs.",
    discussion: """
      Compares settings, digests of model and data, conditions, accuracy, geometry, distances of diagrams and \
      correlations, and says which files are the same bytes. Where both runs have the same images, top-1 answers are \
      compared image by image, with McNemar's exact test. Differences are B − A.

      Exits with 0 whether or not the runs differ, and with 1 when they cannot be compared: files that are not as a \
      run's manifest.json has recorded them are named, and --no-verify compares them as they are.

      --output writes every number that both have: CSV table,key,column,a,b,difference.

      Examples:
        topoclip diff results/b32 results/l14
        topoclip diff results/dtd results/dtd-control --output differences.csv
      """)

  @Argument(help: ArgumentHelp("The first run directory.", valueName: "run-a"))
  var first: String
  @Argument(help: ArgumentHelp("The second run directory.", valueName: "run-b"))
  var second: String
  @Option(help: ArgumentHelp("All differences as CSV.", valueName: "csv"))
  var output: String?
  @OptionGroup var verification: VerificationOptions

  func run() throws {
    let comparison = try RunComparison(first, second, verifies: verification.verify)
    if let output { try AtomicFile.write(comparison.csv, to: output) }
    try Console.output(comparison.text)
  }
}
