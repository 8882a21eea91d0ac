import ArgumentParser
import Pairs
import Runs

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

      --candidates compares every image with texts (a line each), or every caption with the images of a \
      folder: the softmax of cosines at the model's logit scale, the likeliest in the columns candidate and \
      candidate_probability, all of them in candidates.csv of the report's folder. --matrix writes the cosines \
      of all distinct images with all distinct captions. --keep-top and --minimum-score write the rows that \
      are kept to a table of their own; where both are given both must hold, and the best are those of all \
      pairs. Of equal values the earlier rows are kept.

      The report's folder gets report.html, figures (a heat map with --matrix), and as tables the scores in \
      bins, of pairs and of images with captions of others, the area under the curve between the two, and how \
      often images and captions find their own among those of at most 10,000 pairs, with 95 % intervals.

      Images are embedded once for the same bytes, captions once for the same text. A million rows need \
      no more memory than a thousand: embeddings lie in OUTPUT.work until the results are written. A \
      scoring that was ended, by force too, goes on there when it is run again, to the same bytes.

      Examples:
        topoclip score pairs.csv --model DIR
        topoclip score laion.csv --image-column url --text-column caption --images-dir photos \
      --model DIR --output scores.csv
        topoclip score pairs.csv --keep-top 30% --minimum-score 20 --kept best.csv
        topoclip score pairs.csv --candidates labels.txt --matrix all.csv,all.npy
        topoclip score --images photos --texts captions --output scores.csv --contact-sheet sheet.html
      """)

  @OptionGroup var options: ScoreOptions
  @OptionGroup var figures: FigureOptionGroup
  @OptionGroup var execution: ExecutionOptions

  func job() throws -> ScoreJob {
    try ScoreJob(options.settings(), arguments: RecordedCommand.arguments, isQuiet: execution.quiet)
  }

  func run() throws {
    let settings = try options.settings()
    try Console.output(job().run())
    guard !options.noReport else { return }
    try writeReport(
      settings.reportFolder, figures: figures.options(), isQuiet: execution.quiet)
  }
}
