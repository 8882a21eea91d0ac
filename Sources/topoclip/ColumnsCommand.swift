import ArgumentParser
public import RunAnalyses

struct ColumnsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "columns",
    abstract: "The data dictionary: every file of a run, every column, unit and meaning.",
    discussion: """
      With FILE, what is in that file: a path in a run, such as distances.csv or results/dtd/angles/clean.csv, or \
      the name of a kind of files as the whole dictionary has it, such as angles/CONDITION.csv. As csv: \
      file,column,type,unit,optional,meaning, where a row without a column is about the files.

      Examples:
        topoclip columns
        topoclip columns distances.csv
        topoclip columns results/dtd/angles/clean.csv --format csv
      """)

  @Argument(help: "A file of a run (default all).")
  var file: String?
  @Option(help: "text, csv or markdown.")
  var format = DataDictionary.Format.text

  func validate() throws { _ = try asUsage(dictionary) }

  func run() throws { try Console.output(dictionary().text(format)) }

  private func dictionary() throws -> DataDictionary {
    try file.map { try DataDictionary(of: $0) } ?? DataDictionary()
  }
}

extension DataDictionary.Format: ExpressibleByArgument {}
