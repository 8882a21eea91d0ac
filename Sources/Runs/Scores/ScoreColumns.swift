/// What `topoclip score` adds to the columns of its input.
package enum ScoreColumns {
  package static let cosine = Column<Double?>(
    "cosine", in: -1...1, "The cosine of the image's embedding and the caption's.")
  package static let score = Column<Double?>("score", in: -100...100, "100 times the cosine.")
  package static let clipScore = Column<Double?>(
    "clipscore", in: 0...2.5,
    "CLIPScore: 2.5 times the cosine, and 0 for one below 0 (Hessel et al. 2021).")
  package static let negCLIPLoss = Column<Double?>(
    "negcliploss",
    "The cosine less what the image and the caption have with others of a batch, the mean over draws of batches."
  )
  package static let negCLIPLossDeviation = Column<Double?>(
    "negcliploss_sd", in: 0..., "Its standard deviation over the draws.")
  package static let percentile = Column<Double?>(
    "percentile", unit: "%", in: 0...100,
    "The share of scored pairs with a lower cosine, half of the equal ones with it.")
  package static let tokens = Column<Int?>(
    "tokens", in: 2..., "The caption's tokens, with those for start and end.")
  package static let tokensTruncated = Column<Int?>(
    "tokens_truncated", in: 0..., "How many of them the model's context has no room for.")
  package static let error = Column<String?>("error", "Why the pair has no score.")

  /// With candidates alone.
  package static let candidate = Column<String?>(
    "candidate", "The candidate that the model finds likeliest.")
  package static let candidateProbability = Column<Double?>(
    "candidate_probability", in: 0...1, "Its probability among the candidates.")

  /// Those of every scoring, in order.
  package static let all: [any ColumnDeclaration] = [
    cosine, score, clipScore, negCLIPLoss, negCLIPLossDeviation, percentile, tokens,
    tokensTruncated, error,
  ]
  /// Those that candidates add, behind the others.
  package static let ofCandidates: [any ColumnDeclaration] = [candidate, candidateProbability]
}

/// How scores are distributed.
package enum ScoreDistributionColumns {
  package static let low = Column<Double>("low", "The bin's lower end, as a score.")
  package static let high = Column<Double>("high", "Its upper end.")
  package static let matched = Column<Int>("matched", in: 0..., "The pairs whose score lies in it.")
  package static let shuffled = Column<Int>(
    "shuffled", in: 0..., "The images with captions of others whose score lies in it.")
  package static let kept = Column<Int?>("kept", in: 0..., "The pairs kept whose score lies in it.")

  package static let file = RunFile(
    "distribution.csv", "Scores in bins: of the pairs, and of images with captions of others.",
    columns: [low, high, matched, shuffled, kept])
}

/// Scores by cosine and by negCLIPLoss.
package enum ScoreMeasuresColumns {
  package static let scoreLow = Column<Double>("score_low", "The lower end of scores.")
  package static let scoreHigh = Column<Double>("score_high", "Their upper end.")
  package static let low = Column<Double>("negcliploss_low", "The lower end of negCLIPLoss.")
  package static let high = Column<Double>("negcliploss_high", "Its upper end.")
  package static let count = Column<Int>("count", in: 1..., "The pairs that lie in both.")

  package static let file = RunFile(
    "measures.csv", "How score and negCLIPLoss go together; bins without a pair are left out.",
    columns: [scoreLow, scoreHigh, low, high, count])
}

/// What the scores say of all pairs together.
package enum ScoreSummaryColumns {
  package static let quantity = Column<String>(
    "quantity",
    "mean_score, mean_shuffled, area_under_curve, or recall_at_K_image_to_text and _text_to_image.")
  package static let estimate = Column<Double>("estimate", "The estimate.")
  package static let low = Column<Double?>("low", "The lower end of its 95 % interval.")
  package static let high = Column<Double?>("high", "The upper end.")
  package static let interval = Column<String?>("interval", "How the interval is made.")
  package static let count = Column<Int>(
    "count", in: 0..., "The pairs, images or captions it is of.")
  package static let chance = Column<Double?>("chance", "What guessing would give.")

  package static let file = RunFile(
    "summary.csv", "How far pairs lie from shuffled ones, and how well they find one another.",
    columns: [quantity, estimate, low, high, interval, count, chance])
}

/// Pairs to look at.
package enum ScoreExampleColumns {
  package static let group = Column<String>("group", "highest, middle or lowest scores.")
  package static let record = Column<Int>("record", in: 0..., "The record of the input, from 0.")
  package static let image = Column<String>("image", "The image's file.")
  package static let caption = Column<String>("caption", "The caption.")
  package static let score = Column<Double>("score", "The score.")
  package static let negCLIPLoss = Column<Double?>("negcliploss", "The negCLIPLoss.")

  package static let file = RunFile(
    "examples.csv", "The pairs of the highest, middle and lowest scores.",
    columns: [group, record, image, caption, score, negCLIPLoss])
}

/// A heat map of all images and captions: means of tiles.
package enum ScoreMapColumns {
  package static let image = Column<Int>("image", in: 0..., "The tile's first distinct image.")
  package static let text = Column<Int>("text", in: 0..., "Its first distinct caption.")
  package static let cosine = Column<Double>("cosine", in: -1...1, "The mean cosine of the tile.")

  package static let file = RunFile(
    "matrix-map.csv", "The matrix of all cosines in at most 200 × 200 tiles.",
    columns: [image, text, cosine])
}

/// What became of each candidate.
package enum ScoreCandidateColumns {
  package static let candidate = Column<String>("candidate", "The candidate.")
  package static let top = Column<Int>("top", in: 0..., "The pairs for which it is the likeliest.")
  package static let meanProbability = Column<Double>(
    "mean_probability", in: 0...1, "Its mean probability.")

  package static let file = RunFile(
    "candidates-summary.csv", "How often each candidate is the likeliest.",
    columns: [candidate, top, meanProbability])
}

/// Every candidate of every pair.
package enum ScoreRankColumns {
  package static let record = Column<Int>("record", in: 0..., "The record of the input, from 0.")
  package static let rank = Column<Int>(
    "rank", in: 1..., "The candidate's place, from the likeliest.")
  package static let candidate = Column<String>("candidate", "The candidate.")
  package static let cosine = Column<Double>("cosine", in: -1...1, "Its cosine.")
  package static let probability = Column<Double>("probability", in: 0...1, "Its probability.")

  package static let file = RunFile(
    "candidates.csv", "The candidates of every pair, the likeliest first.",
    columns: [record, rank, candidate, cosine, probability])
}
