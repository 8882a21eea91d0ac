import ArgumentParser
import SignWriting

struct SignWritingDatasetCommand: JobCommand {
  static let configuration = CommandConfiguration(
    commandName: "dataset",
    abstract: "Images and captions of a table of signs, to train and score with.",
    discussion: """
      Draws the sign of every row on a white square (224 pixels a side unless --canvas says otherwise) and \
      writes to --output:
        <MD5 of the FSW>.png   an image a distinct sign, with the FSW in a PNG text chunk of that name
        pairs.csv              image_path,caption: the rows in order, as train, score and link read them
        skipped.csv            line,sign,caption,reason: the rows that are no pair
        rendering.json         how the images were drawn

      Words that begin with $ (tags such as $en) are dropped from signs and captions. A row is passed over, \
      and counted with its reason, when its sign or its caption is empty, none, null or na (in any case), \
      when the sign is malformed, larger than the canvas or cannot be drawn, or when it has another number \
      of fields than the header; no row ends the run. Several signs in a row are one image, below one \
      another. Images that are there are kept, so that an interrupted run goes on; other settings want \
      another folder.

      Examples:
        topoclip signwriting dataset signbank.csv --fonts DIR --output data/signs
        topoclip signwriting dataset sign2mint.csv --sign-column sign_writing --text-column texts \
      --fonts DIR --no-trust-box --output data/sign2mint
      """)

  @Argument(help: ArgumentHelp("A CSV of signs and captions.", valueName: "csv"))
  var table: String
  @Option(help: "The column of signs, in FSW or SWU.")
  var signColumn = "source"
  @Option(help: "The column of captions.")
  var textColumn = "target"
  @Option(help: ArgumentHelp("The folder to write.", valueName: "dir"))
  var output: String
  @OptionGroup var rendering: SignRenderingOptions
  @OptionGroup var execution: ExecutionOptions

  func job() throws -> SignDatasetJob {
    try SignDatasetJob(
      table, signColumn: signColumn, captionColumn: textColumn, fonts: rendering.fonts,
      output: output, settings: rendering.settings(canvas: 224), isQuiet: execution.quiet)
  }
}
