package import Runs

/// The columns of `failure_scores.csv`.
package enum FailureScoreColumns {
  package static let noise = Column<String>("noise", "The kind of noise.")
  package static let level = Column<Double?>(
    "level", in: 0...,
    "The level, all seeds together; empty for the mean over levels, each ranked by itself.")
  package static let event = Column<String>(
    "event",
    "What is predicted: wrong, the predicted class is not the image's; flip, it is another than the "
      + "clean image's."
  )
  package static let signal = Column<String>(
    "signal",
    "The column of failures.csv that predicts it; small margins and confidences tell of failures, "
      + "and large values "
      + "of all others.")
  package static let needsClean = Column<String>(
    "needs_clean", "Whether the signal needs the same image without noise: yes or no.")
  package static let images = Column<Int>(
    "images", in: 0..., "The images with a value of the signal, each as often as there are seeds.")
  package static let events = Column<Int>(
    "events", in: 0..., "How many of them the event happens to.")
  package static let auroc = Column<Double?>(
    "auroc", in: 0...1,
    "The area under the ROC curve: how often an image of the event has the larger signal of two, "
      + "ties counting "
      + "half; 0.5 says nothing. Empty where all or none have the event.")
  package static let aurocLow = Column<Double?>(
    "auroc_low", in: 0...1, "The lower end of its 95 % interval over classes.")
  package static let aurocHigh = Column<Double?>("auroc_high", in: 0...1, "The upper end.")
  package static let aurc = Column<Double?>(
    "aurc", in: 0...1,
    "The area under the risk–coverage curve (Geifman et al. 2019): the share of events among the "
      + "images trusted "
      + "most, in the mean over how many are trusted; smaller is better, and the share of events "
      + "says nothing."
  )
  package static let aurcLow = Column<Double?>(
    "aurc_low", in: 0...1, "The lower end of its 95 % interval over classes.")
  package static let aurcHigh = Column<Double?>("aurc_high", in: 0...1, "The upper end.")
  package static let difference = Column<Double?>(
    "difference", in: -1...1,
    "auroc less that of the noisy image's confidence on the same images; empty for confidence itself."
  )
  package static let differenceLow = Column<Double?>(
    "difference_low", in: -1...1, "The lower end of its 95 % interval over classes.")
  package static let differenceHigh = Column<Double?>(
    "difference_high", in: -1...1, "The upper end.")
  package static let p = Column<Double?>(
    "p", in: 0...1, "The two-sided p-value of no difference, paired, by the jackknife over classes."
  )
  package static let adjusted = Column<Double?>(
    "p_adjusted", in: 0...1,
    "p corrected for the other signals of the same noise and event (step-down minP): among the "
      + "means over levels, "
      + "and among the rows of all levels.")
  package static let note = Column<String>(
    "note",
    "Why an interval is missing, and what was left out; several notes with semicolons between.")

  /// The file.
  package static let file = RunFile(
    "failure_scores.csv",
    "How well each signal of failures.csv predicts failures, beside plain confidence: a row a "
      + "noise, level, event and "
      + "signal.",
    columns: [
      noise, level, event, signal, needsClean, images, events, auroc, aurocLow, aurocHigh, aurc,
      aurcLow, aurcHigh, difference, differenceLow, differenceHigh, p, adjusted, note,
    ])
}
