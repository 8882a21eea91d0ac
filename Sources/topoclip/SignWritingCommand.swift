import ArgumentParser

struct SignWritingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "signwriting",
    abstract: "Signs written in Formal SignWriting: drawn, as a data set, and judged.",
    discussion: """
      A sign is a text such as M530x538S37602508x462S15a11493x494 (FSW), or the same in Unicode (SWU).

      Examples:
        topoclip signwriting render M518x529S14c20481x471S27106503x489 --fonts DIR --output hello.png
        topoclip signwriting dataset signs.csv --fonts DIR --output signs
        topoclip signwriting figures signs.csv --model builtin,signs/model --fonts DIR --output figures
        topoclip signwriting evaluate --hypotheses written.txt --references right.txt
      """,
    subcommands: [
      SignWritingRenderCommand.self, SignWritingDatasetCommand.self,
      SignWritingEvaluateCommand.self, SignWritingFiguresCommand.self,
    ])
}
