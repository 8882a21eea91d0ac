import Runs

/// Columns and files that the analyses are about to write.
enum ComingColumns {
  static let family = Column<String?>("family", "primary, further, reference or none.")
  static let adjusted = Column<Double?>("p_adjusted", in: 0...1, "p corrected for its family.")
  static let joint = Column<Double?>("p_joint", in: 0...1, "p corrected over kinds of noise too.")
  static let detectable = Column<Double?>("detectable", in: 0...1, "What is found with 80 %.")
  static let sizeCorrelation = Column<Double?>("size_correlation", in: -1...1, "With class sizes.")
  static let permutations = Column<Int?>("permutations", in: 0..., "How many orders were drawn.")
  static let halvesLow = Column<Double?>("between_halves_low", in: 0..., "The lower end.")
  static let halvesHigh = Column<Double?>("between_halves_high", in: 0..., "The upper end.")
  static let seedsNote = Column<String?>("seeds_note", "What few seeds mean.")
  static let calibrationError = Column<Double?>("ece", in: 0...1, "Expected calibration error.")
  static let debiased = Column<Double?>("ece_debiased", in: -1...1, "ECE less its mean by chance.")
  static let calibrationP = Column<Double?>("ece_p", in: 0...1, "Whether ECE is more than chance.")
  static let note = Column<String?>("note", "What else to make of a row.")

  // added.csv, partial.csv
  static let classes = Column<Int?>("classes", in: 0..., "How many classes.")
  static let conditions = Column<Int?>("conditions", in: 0..., "How many conditions.")
  static let covariates = Column<String?>("covariates", "What is held fixed.")
  static let measures = Column<String?>("measures", "Of what topology is made.")
  static let referenceR2 = Column<Double?>("r2_references", "R² of the references alone.")
  static let r2 = Column<Double?>("r2", "R² with topology.")
  static let delta = Column<Double?>("delta_r2", "The difference.")
  static let p = Column<Double?>("p", in: 0...1, "Its p.")
  static let noise = Column<String>("noise", "A kind of noise, or all.")
  static let added = RunFile("added.csv", "Whether topology adds to plain numbers.", columns: [])
  static let partial = RunFile("partial.csv", "Correlations given plain numbers.", columns: [])

  // failure_scores.csv
  static let level = Column<Double?>(
    "level", in: 0..., "Its level; empty for the mean over levels.")
  static let event = Column<String>("event", "wrong or flip.")
  static let signal = Column<String>("signal", "What tells.")
  static let needsClean = Column<String>("needs_clean", "Whether it needs the clean twin.")
  static let auroc = Column<Double?>("auroc", in: 0...1, "The area under the ROC curve.")
  static let aurocLow = Column<Double?>("auroc_low", in: 0...1, "The lower end.")
  static let aurocHigh = Column<Double?>("auroc_high", in: 0...1, "The upper end.")
  static let aurc = Column<Double?>("aurc", in: 0...1, "The area under risk and coverage.")
  static let aurcLow = Column<Double?>("aurc_low", in: 0...1, "The lower end.")
  static let aurcHigh = Column<Double?>("aurc_high", in: 0...1, "The upper end.")
  static let difference = Column<Double?>("difference", in: -1...1, "From plain confidence.")
  static let differenceLow = Column<Double?>("difference_low", in: -1...1, "The lower end.")
  static let differenceHigh = Column<Double?>("difference_high", in: -1...1, "The upper end.")
  static let images = Column<Int?>("images", in: 0..., "How many images.")
  static let events = Column<Int?>("events", in: 0..., "How many of them are events.")
  static let failureScores = RunFile(
    "failure_scores.csv", "How well signals tell which answers fail.", columns: [])
}
