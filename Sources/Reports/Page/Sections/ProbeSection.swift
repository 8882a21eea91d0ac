import RunAnalyses
import Runs

extension PageSection {
  private typealias Column = PageColumn

  /// Classes told apart without text, against the level.
  static let probes = PageSection(
    "probes", "Classes told apart without text",
    papers: [
      Paper(
        what: "Linear probes",
        reference:
          "Alain and Bengio 2017, Understanding intermediate layers using linear classifier probes",
        doi: "10.48550/arXiv.1610.01644", file: ProbeFitColumns.file.pattern.text),
      Paper(
        what: "The fit of linear probes, L-BFGS",
        reference:
          "Liu and Nocedal 1989, On the limited memory BFGS method for large scale optimization",
        doi: "10.1007/BF01589116", file: ProbeFitColumns.file.pattern.text),
    ],
    foldedFigures: ["probes"],
    sentences: { run, noise in
      guard let table = try run.table(ProbeColumns.file) else { return [] }
      let conditions = noise.map { noise in run.topLevels.filter { $0.noise == noise } } ?? [.clean]
      return try conditions.compactMap { condition in
        try probes(table.rows(of: condition)).map { told in
          Sentence(
            "Without text, \(condition == .clean ? "on clean images" : "at \(Wording.level(condition))"), "
              + "classes are told by \(told).", noise: noise, .figure("probes"),
            .table(ProbeColumns.file))
        }
      }
    },
    tables: [
      PageTable(
        file: ProbeColumns.file, title: "Probes by condition",
        caption:
          "The share of images whose class the clean embeddings tell: the vote of the nearest clean images (knn), "
          + "never the image itself nor its clean twin, and a logistic regression of other clean images "
          + "(linear); in brackets 95 % intervals over images. loss is the accuracy on clean images less this one; "
          + "chance that of guessing the most frequent class.",
        columns: Column.condition + [
          Column(ProbeColumns.probe), Column(ProbeColumns.neighbors), Column(ProbeColumns.c, "C"),
          Column(ProbeColumns.count, "images"), Column(ProbeColumns.accuracy),
          Column(ProbeColumns.loss, as: .share), Column(ProbeColumns.chance),
        ], isFolded: true)
    ])

  /// What the probes of a condition tell, in words; nil without rows.
  private static func probes(_ rows: Table) throws -> String? {
    let (names, neighbors) = (try rows[ProbeColumns.probe], try rows[ProbeColumns.neighbors])
    let accuracies = try rows[ProbeColumns.accuracy.estimate]
    guard !names.isEmpty else { return nil }
    return Wording.list(
      names.indices.map { row in
        let probe =
          neighbors[row].map { $0 == 1 ? "the nearest image" : "the \($0) nearest" }
          ?? "the \(names[row]) probe"
        return "\(probe) in \(Wording.percent(accuracies[row]))"
      })
  }
}
