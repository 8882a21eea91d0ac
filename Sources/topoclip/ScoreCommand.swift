import ArgumentParser
import Pairs

struct ScoreCommand: JobCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "How well captions fit their images: cosine, CLIPScore and negCLIPLoss of pairs.",
    discussion: """
      PAIRS.csv has a row a pair: a column of images (paths from the CSV's folder, or addresses with \
      --images-dir) and one of captions, found by their usual names or by --image-column and \
      --text-column. Two folders of files of the same names, x.jpg and x.txt, do as well.

      --output gets every row of the input, in order and unchanged, and then cosine, score (100 cosine), \
      clipscore (2.5 max(cosine, 0), Hessel et al. 2021), negcliploss and its standard deviation over \
      draws, percentile (of the cosine among scored rows), tokens (of the caption, with start and end), \
      tokens_truncated (how many of them the model has no room for; the end of the text always stays) and \
      error. A row whose image is missing or damaged keeps its place, without numbers and with the error, \
      unless --on-missing fail.

      negCLIPLoss (Wang et al. 2024, arXiv:2405.19547) is the cosine less half of what the image has with \
      all captions of a batch and half of what the caption has with all images of it, log sums at the \
      temperature 0.01; pairs are drawn into batches --batches times, and the mean is given.

      Images are embedded once for the same bytes, captions once for the same text. A million rows need \
      no more memory than a thousand: embeddings lie in OUTPUT.work until the results are written. A \
      scoring that was ended, by force too, goes on there when it is run again, to the same bytes.

      Examples:
        topoclip score pairs.csv --model DIR
        topoclip score laion.csv --image-column url --text-column caption --images-dir photos \
      --model DIR --output scores.csv
        topoclip score --images photos --texts captions --output scores.csv
      """)

  @OptionGroup var options: ScoreOptions
  @OptionGroup var execution: ExecutionOptions

  func job() throws -> ScoreJob {
    try ScoreJob(options.settings(), arguments: CommandLine.arguments, isQuiet: execution.quiet)
  }
}
