import ArgumentParser
import SignWriting

struct SignWritingEvaluateCommand: JobCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "How right written signs are: symbol distance, BLEU, chrF, CLIPScore.",
    discussion: """
      Files have a text of signs a line, in FSW or SWU, the signs of a text separated by spaces; line by \
      line the hypotheses are held against the references. A line that is no sign by the grammar is read \
      for what can be made out in it, and counted in a message.

      CSV index,metric,score: a line a text (from 0) and metric, then those of all with index corpus. Of \
      several references a line has the score of the best. All are from 0 to 1, the cosine from -1.

        similarity  symbols assigned to each other by shape and place; corpus: the mean
        bleu        4-grams of tokens (lane, shape, fill, rotation, x, y), as sacrebleu with effective order
        chrf        runs of 1 to 6 characters of the text as it is written, as sacrebleu
        clipscore   the cosine of the drawings' embeddings; corpus: the mean

      Examples:
        topoclip signwriting evaluate --hypotheses written.txt --references right.txt
        topoclip signwriting evaluate --hypotheses written.txt --references a.txt b.txt \
      --metric similarity,bleu --output scores.csv
        topoclip signwriting evaluate --hypotheses written.txt --references right.txt \
      --metric similarity,clipscore --model builtin --fonts DIR
      """)

  @Option(help: ArgumentHelp("The texts to be judged, one a line.", valueName: "file"))
  var hypotheses: String
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("What is right: one file or several, with as many lines.", valueName: "file")
  )
  var references: [String]
  @Option(
    help: ArgumentHelp(
      "Of similarity, bleu, chrf and clipscore, separated by commas (default all but clipscore).",
      valueName: "names"))
  var metric: String?
  @Option(
    help: ArgumentHelp(
      "For clipscore: a CLIP in Hugging Face layout, or builtin.", valueName: "dir"))
  var model: String?
  @Option(
    help: ArgumentHelp(
      "For clipscore: the folder of SuttonSignWritingLine.ttf and SuttonSignWritingFill.ttf (see signwriting render).",
      valueName: "dir"))
  var fonts: String?
  @Option(help: ArgumentHelp("A file in place of standard output.", valueName: "csv"))
  var output: String?
  @OptionGroup var execution: ExecutionOptions

  func job() throws -> SignEvaluationJob {
    try SignEvaluationJob(
      hypotheses: hypotheses, references: references, metrics: metric, model: model, fonts: fonts,
      output: output,
      isQuiet: execution.quiet)
  }
}
