import ArgumentParser
import Runs
import SignWriting

struct SignWritingRenderCommand: JobCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Draws signs in Formal SignWriting as PNG.",
    discussion: """
      Signs are in FSW (M518x529S14c20481x471S27106503x489) or SWU. Each symbol's areas are drawn, then its \
      strokes, antialiased, at the sign's own size on a transparent ground, or centred on a white square \
      with --canvas. The file has the FSW in a PNG text chunk of that name.

      --output FILE.png gets one image: several signs stand below one another, 20 rows apart, those of lane \
      L at the left, R at the right, others in the middle. --output DIR gets a file a sign, named \
      <MD5 of the FSW>.png; an argument or a line with several signs, separated by blanks, is one column. \
      Files that are there are kept, so that an interrupted run goes on; rendering.json in the folder says \
      how they were drawn, and other settings want another folder.

      A malformed sign is told with the character at which it goes wrong. With --input the other lines are \
      drawn all the same; those that were not are listed in DIR/skipped.csv (line, sign, reason), and the \
      exit code is 1.

      Examples:
        topoclip signwriting render M518x529S14c20481x471S27106503x489 --fonts DIR --output hello.png
        topoclip signwriting render "$A" "$B" --fonts DIR --canvas 224 --output signs
        topoclip signwriting render --input signs.txt --fonts DIR --output signs --scale 0.8
        cut -f 2 signs.tsv | topoclip signwriting render --input - --fonts DIR --output signs
      """)

  @Argument(help: ArgumentHelp("Signs, in quotes where one holds several.", valueName: "fsw"))
  var signs: [String] = []
  @Option(help: ArgumentHelp("A file of a sign a line; - for standard input.", valueName: "file"))
  var input: String?
  @Option(
    help: ArgumentHelp(
      "A file whose name ends in .png for one image, or a folder for one a sign.", valueName: "path"
    )
  )
  var output: String
  @OptionGroup var rendering: SignRenderingOptions
  @OptionGroup var execution: ExecutionOptions

  func job() throws -> RenderJob {
    guard signs.isEmpty || input == nil else {
      throw OptionError("give signs as arguments or --input, not both")
    }
    return try RenderJob(
      input.map { .file($0) } ?? .texts(signs), fonts: rendering.fonts, output: output,
      settings: rendering.settings(), isQuiet: execution.quiet)
  }
}
