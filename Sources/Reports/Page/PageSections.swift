import Analyses

extension FigureSection {
  /// The heading on the page.
  var heading: String {
    switch self {
    case .images: "The images"
    case .accuracy: "Accuracy and calibration"
    case .link: "Topology against accuracy"
    case .topology: "Persistent homology"
    case .witnesses: "Images at the bars that moved"
    case .merging: "Which classes merge"
    case .geometry: "The space's geometry"
    case .layouts: "The space seen in the plane"
    case .training: "Training"
    }
  }

  /// The tables, in order.
  var tables: [PageTable] {
    switch self {
    case .accuracy: Self.accuracyTables
    case .link: Self.linkTables
    case .topology: Self.topologyTables
    case .merging: Self.mergingTables
    case .geometry: Self.geometryTables
    case .layouts: Self.layoutTables
    case .images, .witnesses, .training: []
    }
  }

  private typealias Column = PageTable.Column

  private static let scores = [
    Column("top1", "top-1", interval: "top1_"), Column("top5", "top-5", interval: "top5_"),
    Column("mean_per_class", interval: "mean_per_class_"), Column("ece", "ECE", interval: "ece_"),
    Column("brier", "Brier", interval: "brier_"), Column("nll", "NLL", interval: "nll_"),
    Column("temperature"), Column("ece_scaled", "ECE, scaled"),
    Column("brier_scaled", "Brier, scaled"), Column("nll_scaled", "NLL, scaled"),
  ]
  private static let condition = [Column("noise"), Column("level"), Column("seed")]

  private static let accuracyTables = [
    PageTable(
      file: "levels.csv", title: "Accuracy by level",
      caption:
        "Pooled over noise seeds; in brackets 95 % bootstrap intervals over images and seeds. "
        + "drop is the clean top-1 accuracy less this one. ECE, Brier score and NLL before and after "
        + "temperature scaling; where a validation split fits the temperature, they are of the other images.",
      columns: [Column("noise"), Column("level"), Column("seeds"), Column("count", "images")]
        + scores + [Column("drop", interval: "drop_")]),
    PageTable(
      file: "accuracy.csv", title: "Accuracy by condition",
      caption: "A row a noise, level and seed; in brackets 95 % intervals over images (BCa).",
      columns: condition + [Column("count", "images")] + scores),
    PageTable(
      file: "level_tests.csv", title: "Levels against each other",
      caption:
        "Paired permutation tests of top-1 accuracy on the same images; p (Holm) is corrected for "
        + "the number of tests.",
      columns: [
        Column("noise_a", "noise"), Column("level_a", "level"), Column("noise_b", "against noise"),
        Column("level_b", "level"), Column("count", "images"),
        Column("difference", interval: "difference_"), Column("differing"), Column("method"),
        Column("p"), Column("p_holm", "p (Holm)"),
      ]),
    PageTable(
      file: "corruption.csv", title: "Corruption error",
      caption:
        "Mean error over the levels of a noise, over the baseline's; relative: the rise of the error from "
        + "clean images over the baseline's rise, which a baseline that guesses does not have.",
      columns: nil),
    PageTable(
      file: "groups.csv", title: "Accuracy within groups of classes",
      caption:
        "Classes whose images were processed alike, so that processing cannot pass for noise.",
      columns: [
        Column("group"), Column("noise"), Column("level"), Column("seeds"), Column("classes"),
        Column("count", "images"), Column("top1", "top-1", interval: "top1_"),
        Column("mean_per_class", interval: "mean_per_class_"),
      ]),
  ]

  private static let linkColumns = [
    Column("group"), Column("noise"), Column("level"), Column("measure"), Column("statistic"),
    Column("estimate", interval: ""), Column("p"), Column("p_holm", "p (Holm)"),
    Column("permuted_mean", "mean when shuffled"), Column("classes"), Column("conditions"),
    Column("note"),
  ]
  private static let linkTables = [
    PageTable(
      file: "link.csv", title: "Within levels: the primary result",
      caption:
        "Rank correlation of each measure's change with the drop of top-1 accuracy over classes, "
        + "ranked within each level; intervals by cluster bootstrap over classes, p by permuting whole "
        + "classes, Holm-corrected over the measures of one noise and statistic. References are what a "
        + "measure has to beat: where a class began, how large its clean cloud is, how far its images moved.",
      columns: linkColumns, filter: ["scope": "within"]),
    PageTable(
      file: "link.csv", title: "Level by level", caption: "The same at one level at a time.",
      columns: linkColumns, filter: ["scope": "level"]),
    PageTable(
      file: "link.csv", title: "The drop as a share of the clean accuracy",
      caption:
        "Within levels, for classes that begin above guessing: a check of the primary result.",
      columns: linkColumns, filter: ["scope": "relative"]),
    PageTable(
      file: "link.csv", title: "All levels pooled: confounded",
      caption:
        "Where change and drop both grow with the level, these correlations are high whatever the "
        + "classes do; the mean when classes are shuffled within levels shows how high.",
      columns: linkColumns, filter: ["scope": "pooled"]),
    PageTable(
      file: "changes.csv", title: "Change and drop by class",
      caption:
        "Every measure is a change from the clean images: larger is more. Where a class began is its clean "
        + "accuracy and the size of its clean cloud, the total persistence of H0.", columns: nil),
  ]

  private static let mergingTables = [
    PageTable(
      file: "merging_pairs.csv", title: "Classes that came together",
      caption:
        "The merges of the single-linkage tree of class means that come earlier than on clean images, in "
        + "units of the median distance of means: noise draws all means together, and that alone is no "
        + "merging. Confusion is the share of the two classes' images that are taken for the other.",
      columns: condition + [
        Column("rank"), Column("class_a", "class"), Column("class_b", "and class"),
        Column("clean_height", "clean height"), Column("height"), Column("fall"),
        Column("relative_fall", "relative fall"),
        Column("clean_distance"), Column("distance"), Column("clean_confusion"),
        Column("confusion"),
      ]),
    PageTable(
      file: "class_means.csv", title: "The nearest two classes",
      caption: "The smallest and the median distance of class means.",
      columns: condition + [
        Column("smallest_distance"), Column("class_a", "class"), Column("class_b", "and class"),
        Column("median_distance"),
      ]),
    PageTable(
      file: "merges.csv", title: "The single-linkage trees",
      caption: "The edges that join class means, shortest first.", columns: nil, limit: 300),
  ]

  private static let topologyTables = [
    PageTable(
      file: "distances.csv", title: "Diagrams of all images, clean against noisy",
      caption: "ratio is distance over the bound of the stability theorem, which cannot be passed; "
        + "between seeds and between halves say what distance chance alone makes. Classes one by one are "
        + "in the table of changes.",
      columns: condition + [
        Column("dimension"), Column("metric"), Column("order"), Column("scale"), Column("distance"),
        Column("bound"), Column("ratio"), Column("between_seeds"), Column("between_halves"),
        Column("tolerance"),
      ], filter: ["scope": "all"]),
    PageTable(
      file: "diagram_tests.csv", title: "Groups of diagrams, clean against noisy",
      caption:
        "Robinson and Turner's permutation test on the diagrams of the classes. Clean and noisy diagrams "
        + "are of the same classes, which makes it conservative: at weak noise it finds less than there is.",
      columns: condition + [
        Column("dimension"), Column("scale"), Column("metric"), Column("order"), Column("diagrams"),
        Column("loss"), Column("mean_loss"), Column("method"), Column("p"),
        Column("p_holm", "p (Holm)"),
      ]),
    PageTable(
      file: "bands.csv", title: "Confidence bands of diagrams",
      caption:
        "Bars longer than twice the half-width stand out from sampling noise (Fasy et al. 2014); none that "
        + "dies is longer than the diameter, and the one component that never dies counts. \(DiagramConfidenceBand.caveat)",
      columns: [Column("scope")] + condition + [
        Column("confidence"), Column("points"), Column("subsample"), Column("replicates"),
        Column("half_width"), Column("diameter"), Column("significant_h0", "significant H0"),
        Column("significant_h1", "significant H1"),
      ]),
  ]

  private static let geometryTables = [
    PageTable(
      file: "geometry.csv", title: "Geometry by condition",
      caption:
        "CKA, Procrustes disparity and shared neighbours compare with the clean embeddings; the "
        + "others are the condition's own.", columns: nil)
  ]

  private static let layoutTables = [
    PageTable(
      file: "layouts/quality.csv", title: "How far to trust the layouts",
      caption:
        "Trustworthiness and continuity are 1 when neighbourhoods are kept; the silhouette is that "
        + "of the classes in the layout.", columns: nil)
  ]
}
