import ArgumentParser
import Reports
import Runs
import SignWriting

struct SignWritingFiguresCommand: JobCommand {
  static let configuration = CommandConfiguration(
    commandName: "figures",
    abstract:
      "How models tell drawn signs apart: cosines of all pairs, and the nearest of given signs.",
    discussion: """
      Draws a seeded sample of the distinct signs of a table on a white square, embeds the drawings with each \
      model, and writes to --output:
        similarity.csv           the cosines of all pairs in bins, a model after the other
        similarity-summary.csv   their mean, standard deviation and extremes, a line a model
        neighbors.csv            query,model,rank,sign,text,cosine: the nearest signs of the sample
        neighbors.html           the same as drawings, models below one another, in a page that stands alone
        figures/cosines.*        the distributions side by side, with mean µ and standard deviation σ
        figures/neighbors.*      the drawings of the nearest
        signs.csv, queries.csv   the sample and the signs asked for; embeddings/NAME.npy and queries/NAME.npy \
      have a row for each
        images/                  the drawings

      The signs whose nearest are listed are three forms of "hello" unless --signs gives others; a sign of the \
      sample that is the one asked for is no neighbour of it. A model is called as its folder is, or, where that \
      is model, as the folder that it is in. Rows without a sign or a text are passed over, and so are signs \
      larger than the canvas: others take their places.

      Examples:
        topoclip signwriting figures sign2mint.csv --model builtin,runs/signs/model --fonts DIR --output figures
        topoclip signwriting figures signbank.csv --sign-column source --text-column target --model clip \
      --fonts DIR --sample 2000 --signs M520x520S14c20480x484S27106505x480 --output figures
      """)

  @Argument(help: ArgumentHelp("A CSV of signs and what they mean.", valueName: "csv"))
  var table: String
  @Option(
    help: ArgumentHelp("Models in folders, or builtin, separated by commas.", valueName: "a,b"))
  var model: String
  @Option(help: "The column of signs, in FSW or SWU.")
  var signColumn = "sign_writing"
  @Option(help: "The column of what they mean.")
  var textColumn = "texts"
  @Option(help: "How many distinct signs to compare.")
  var sample = 400
  @Option(help: "The seed that draws them.")
  var seed: UInt64 = 0
  @Option(
    help: ArgumentHelp(
      "The signs whose nearest are listed, in FSW or SWU, separated by commas.", valueName: "fsw,…")
  )
  var signs: String?
  @Option(help: "How many of the nearest.")
  var neighbors = 10
  @Option(help: ArgumentHelp("The folder to write.", valueName: "dir"))
  var output: String
  @OptionGroup var rendering: SignRenderingOptions
  @OptionGroup var figures: FigureOptionGroup
  @OptionGroup var execution: ExecutionOptions

  func job() throws -> SignFiguresJob {
    func list(_ text: String) -> [String] {
      text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    var settings = SignFiguresSettings(
      table: table, models: list(model), fonts: rendering.fonts,
      rendering: try rendering.settings(canvas: 224), output: output)
    settings.signColumn = signColumn
    settings.textColumn = textColumn
    settings.sample = sample
    settings.seed = seed
    settings.neighborCount = neighbors
    if let signs { settings.queries = list(signs) }
    return try SignFiguresJob(settings, isQuiet: execution.quiet)
  }

  func run() throws {
    try Console.output(job().run())
    let report = try SignReport.draw(output, options: figures.options())
    for message in report.messages { Console.error(message) }
    guard report.failures.isEmpty else {
      throw RunError.failure(
        "\(output): these figures could not be drawn: \(report.failures.joined(separator: ", "))")
    }
  }
}
