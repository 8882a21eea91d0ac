import Analyses
import RunAnalyses
import Runs

extension PageSection {
  private typealias Column = PageColumn

  /// Persistence diagrams, barcodes, Betti curves, distances against the level.
  static let topology = PageSection(
    "topology", "Persistent homology",
    papers: [
      Paper(
        what: "Persistent homology of Vietoris–Rips complexes",
        reference:
          "Bauer 2021, Ripser: efficient computation of Vietoris–Rips persistence barcodes",
        doi: "10.1007/s41468-021-00071-5", file: DiagramColumns.file.pattern.folder),
      Paper(
        what: "Stability of diagrams",
        reference: "Chazal, de Silva and Oudot 2014, Persistence stability for geometric complexes",
        doi: "10.1007/s10711-013-9937-z", file: DistanceColumns.file.pattern.text),
      Paper(
        what: "Confidence bands of diagrams",
        reference: "Fasy et al. 2014, Confidence sets for persistence diagrams",
        doi: "10.1214/14-AOS1252", file: BandColumns.file.pattern.text),
      Paper(
        what: "Tests of diagrams",
        reference: "Robinson and Turner 2017, Hypothesis testing for topological data analysis",
        doi: "10.1007/s41468-017-0008-7", file: DiagramTestColumns.file.pattern.text),
    ],
    foldedFigures: [
      "diagrams", "distances", "diagrams-classes", "diagrams-overlaid", "barcodes", "betti",
    ],
    sentences: { run, noise in
      let structure = StructureSentences(run)
      return try noise.map { try structure.topology($0) } ?? structure.wholeTopology()
    },
    tables: [
      PageTable(
        file: DistanceColumns.file, title: "Diagrams of all images, clean against noisy",
        caption:
          "ratio is distance over the bound of the stability theorem, which cannot be passed; "
          + "between seeds and between halves say what distance chance alone makes. Classes one by one are "
          + "in the table of changes.",
        columns: Column.condition + [
          Column(DistanceColumns.dimension), Column(DistanceColumns.metric),
          Column(DistanceColumns.order), Column(DistanceColumns.scale),
          Column(DistanceColumns.distance),
          Column(DistanceColumns.bound), Column(DistanceColumns.ratio),
          Column(DistanceColumns.betweenSeeds),
          Column(
            DistanceColumns.betweenHalves,
            interval: (DistanceColumns.betweenHalvesLow, DistanceColumns.betweenHalvesHigh)),
          Column(DistanceColumns.tolerance),
        ], filter: [DistanceColumns.scope == Scope.allName],
        order: .descending(DistanceColumns.ratio), isFolded: true,
        isPerNoise: true),
      PageTable(
        file: DiagramTestColumns.file, title: "Groups of diagrams, clean against noisy",
        caption:
          "Robinson and Turner's permutation test on the diagrams of the classes: whether those under noise are "
          + "told from the clean ones.",
        columns: Column.condition + [
          Column(DiagramTestColumns.dimension), Column(DiagramTestColumns.scale),
          Column(DiagramTestColumns.metric), Column(DiagramTestColumns.order),
          Column(DiagramTestColumns.diagrams),
          Column(DiagramTestColumns.loss, as: .distance),
          Column(DiagramTestColumns.meanLoss, as: .distance),
          Column(DiagramTestColumns.method), Column(DiagramTestColumns.p),
          Column(DiagramTestColumns.pAdjusted, "p (corrected)", isOptional: true),
          Column(DiagramTestColumns.pHolm, "p (Holm)"),
          Column(DiagramTestColumns.note, isOptional: true),
        ], isFolded: true, isPerNoise: true),
      PageTable(
        file: BandColumns.file, title: "Confidence bands of diagrams",
        caption:
          "Bars longer than twice the half-width stand out from sampling noise (Fasy et al. 2014); none that "
          + "dies is longer than the diameter, and the one component that never dies counts. \(DiagramConfidenceBand.caveat)",
        columns: [Column(BandColumns.scope)] + Column.condition + [
          Column(BandColumns.confidence), Column(BandColumns.points), Column(BandColumns.subsample),
          Column(BandColumns.replicates),
          Column(BandColumns.halfWidth), Column(BandColumns.diameter),
          Column(BandColumns.significantH0, "significant H0"),
          Column(BandColumns.significantH1, "significant H1"),
        ], isFolded: true),
    ])
}
