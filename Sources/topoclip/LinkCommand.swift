import ArgumentParser
import Pairs
import Runs

struct LinkCommand: JobCommand {
  static let configuration = CommandConfiguration(
    commandName: "link",
    abstract:
      "Which image–text records show or tell of the same thing: linkage by their embeddings.",
    discussion: """
      Records whose embeddings are at most a threshold apart, by 1 − cosine, are linked, and chains of \
      links make clusters (single linkage). Embeddings are unit vectors: of the image, of the text, or \
      w · image + (1 − w) · text. Each is a row of the table.

      The threshold is given, or the one with the largest adjusted Rand index (ARI) on labelled \
      validation records: clusters change only where two merge, so that the best of all thresholds is \
      found exactly, with its plateau; the plateau's middle is used. Validation records are another CSV, \
      or --split puts some labels aside so that no label is in two parts. Records without a label \
      (999, or an empty field) are linked like all others and count in no score.

      --output gets linkage.csv (the table; "ceiling" is what the best threshold for the test records \
      would have given), clusters.csv (the cluster of every record), links.csv (the pairs that made \
      them), thresholds.csv (ARI, precision, recall and F1 of pairs for all thresholds on the \
      validation records), weights.csv, jaccard.csv, the parts of a split, and link.json (all of it \
      with settings, seeds and versions).

      Examples:
        topoclip link pairs.csv --model DIR --threshold 0.15 --output linked
        topoclip link test.csv --model DIR --validation validation.csv --optimize-image-weight \
      --baseline jaccard --output linked
        topoclip link all.csv --model DIR --split 0.6,0.2,0.2 --split-seed 1 --output linked
        topoclip link all.csv --model DIR --label-studio export.json --pair-keys image_a,image_b \
      --split 0.5,0.5 --output linked
        topoclip link pairs.csv --image-embeddings X.npy --text-embeddings T.npy --split 0.5,0.5 \
      --output linked
      """)

  @OptionGroup var options: LinkOptions
  @OptionGroup var execution: ExecutionOptions

  func job() throws -> LinkageJob {
    try LinkageJob(
      options.settings(), arguments: RecordedCommand.arguments, isQuiet: execution.quiet)
  }
}
