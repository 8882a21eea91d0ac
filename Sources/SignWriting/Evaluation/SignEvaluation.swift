import Files
import LinearAlgebra
import Runs
import Synchronization

/// The scores of texts of signs against references, line by line and of all.
struct SignEvaluation: Sendable {
  /// The scores of a line, in order of the metrics, and what the corpus's are made of.
  private struct Line: Sendable {
    var scores: [Double] = []
    var bleu = BLEU()
    var f = CharacterFScore()
    /// Which of its texts are not by the grammar.
    var damaged: [Int] = []
    var textsInSWU = 0
  }

  let metrics: [SignMetric]
  private let lines: [Line]
  private let texts: [SignTexts]

  /// Computes them, on all cores.
  ///
  /// - Parameters:
  ///   - hypotheses: The texts to be judged.
  ///   - references: As many lines each.
  ///   - metrics: In the order of the table.
  ///   - cosines: CLIPScore of every line, where that is asked for.
  ///   - isQuiet: Whether to show no progress.
  /// - Throws: `FileError` naming a line with more signs than can be compared; `RunError.interrupted`.
  init(
    _ hypotheses: SignTexts, references: [SignTexts], metrics: [SignMetric], cosines: [Double],
    isQuiet: Bool
  ) throws {
    self.metrics = metrics
    texts = [hypotheses] + references
    let progress = Mutex(
      ProgressBar("lines", total: hypotheses.lines.count, isQuiet: isQuiet))
    lines = try Parallel.tryMap(count: hypotheses.lines.count) { index in
      try Interruption.check()
      let line = try Self.line(
        index, hypotheses, references, metrics, cosine: cosines.isEmpty ? 0 : cosines[index])
      progress.withLock { $0.advance(by: 1) }
      return line
    }
  }

  private static func line(
    _ index: Int, _ hypotheses: SignTexts, _ references: [SignTexts], _ metrics: [SignMetric],
    cosine: Double
  ) throws -> Line {
    var line = Line()
    for (place, texts) in ([hypotheses] + references).enumerated() {
      if texts.problem(index) != nil { line.damaged.append(place) }
      if texts.isSWU(index) { line.textsInSWU += 1 }
    }
    let signs = try hypotheses.signs(index)
    let others = try references.map { try $0.signs(index) }
    for metric in metrics {
      switch metric {
      case .similarity:
        line.scores.append(others.map { SignSimilarity.between(signs, $0) }.max() ?? 0)
      case .bleu:
        let tokens = SignToken.tokens(of: signs)
        let otherTokens = others.map(SignToken.tokens)
        line.bleu = BLEU(hypothesis: tokens, references: otherTokens)
        line.scores.append(
          otherTokens.map { BLEU(hypothesis: tokens, references: [$0]).score }.max() ?? 0)
      case .chrf:
        line.f = CharacterFScore(
          hypothesis: hypotheses.lines[index], references: references.map { $0.lines[index] })
        line.scores.append(line.f.score)
      case .clipscore:
        line.scores.append(cosine)
      }
    }
    return line
  }

  /// The scores of the corpus, in order of the metrics: the mean of the lines', of BLEU and chrF what the sums
  /// of their counts give.
  var corpusScores: [Double] {
    metrics.enumerated().map { place, metric in
      switch metric {
      case .similarity, .clipscore:
        lines.reduce(0) { $0 + $1.scores[place] } / Double(lines.count)
      case .bleu:
        lines.reduce(into: BLEU()) { $0 += $1.bleu }.score
      case .chrf:
        lines.reduce(into: CharacterFScore()) { $0 += $1.f }.score
      }
    }
  }

  /// `index,metric,score`: a line a text and metric, then the corpus.
  var table: Table {
    var table = Table(SignScoreColumns.file)
    func append(_ index: String, _ scores: [Double]) {
      for (metric, score) in zip(metrics, scores) {
        table.append([
          SignScoreColumns.index(index), SignScoreColumns.metric(metric.rawValue),
          SignScoreColumns.score(score),
        ])
      }
    }
    for (index, line) in lines.enumerated() { append("\(index)", line.scores) }
    append("corpus", corpusScores)
    return table
  }

  /// What a person should know about the texts.
  var messages: [String] {
    let textCount = lines.count * texts.count
    let damaged = lines.reduce(0) { $0 + $1.damaged.count }
    let textsInSWU = lines.reduce(0) { $0 + $1.textsInSWU }
    var messages: [String] = []
    if let index = lines.firstIndex(where: { !$0.damaged.isEmpty }),
      let first = lines[index].damaged.first.map({ texts[$0] }),
      let problem = first.problem(index)
    {
      messages.append(
        "\(damaged) of \(textCount) texts are no signs by the grammar; what can be made out of "
          + "them counts. The first: \(first.file), line \(index + 1), \(problem)")
    }
    if metrics.contains(.chrf), textsInSWU > 0, textsInSWU < textCount {
      messages.append(
        "chrf compares characters: \(textsInSWU) texts in SWU have few in common with "
          + "\(textCount - textsInSWU) in FSW; write all in one")
    }
    return messages
  }
}
