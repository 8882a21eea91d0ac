import CLIP
import Datasets
import Embedding
import Files
import LinearAlgebra
import RunAnalyses
import Runs

/// A part of an experiment with its images and analyses, of which shards do some.
struct PreparedPart {
  let name: SweepPart.Name
  let sweep: Sweep
  /// The analyses that its samples allow.
  let chosen: Set<String>
  private let origin: Origin

  /// Where its embeddings come from.
  private enum Origin {
    case cells(EmbeddingPlan, CLIPModel, CellStore)
    case imported(ImportedEmbeddings, logitScale: Double)
  }

  /// Lists a part's images and cells.
  ///
  /// - Parameters:
  ///   - part: The part.
  ///   - known: Its images as they were looked at when the experiment was planned; nil to look at all.
  ///   - isWanted: Of a cell's place, whether its file is looked at.
  /// - Throws: What is wrong with model, data set or embeddings.
  init(
    _ part: SweepPart, known: InspectedImages? = nil,
    isWanted: (_ place: Int) -> Bool = { _ in true }
  ) throws {
    var own = part.sweep
    own.knownImages = known
    let sweep = own
    var chosen = try sweep.chosenAnalyses()
    if let source = sweep.experiment.embeddings {
      let imported = try ImportedEmbeddings(source)
      try imported.check(against: sweep.run)
      try sweep.require(&chosen, of: imported.samples)
      let scale = try ImportedLogitScale(
        of: source, given: sweep.experiment.logitScale, kept: nil)
      origin = .imported(imported, logitScale: scale.value)
    } else {
      let (model, store) = try sweep.openModel()
      let plan = try sweep.plan(
        model: model, store: store, writesList: known == nil, isWanted: isWanted)
      try sweep.require(&chosen, of: plan.samples)
      origin = .cells(plan, model, store)
    }
    name = part.name
    self.sweep = sweep
    self.chosen = chosen
  }

  /// The images as they were looked at; none where embeddings were made elsewhere.
  var images: InspectedImages {
    guard case .cells(let plan, _, _) = origin else {
      return InspectedImages(versions: [], images: [], leftOut: [])
    }
    return plan.inspected
  }

  /// Its cells, in the order in which images are decoded once for all conditions.
  var cells: [Cell] {
    guard case .cells(let plan, _, _) = origin else { return [] }
    return plan.cells
  }

  /// The model's digest.
  var model: String? {
    guard case .cells(_, let model, _) = origin else { return nil }
    return "\(model.digest)"
  }

  /// Where its cells are kept; nil where it has none.
  var store: CellStore? {
    guard case .cells(_, _, let store) = origin else { return nil }
    return store
  }

  /// The run of other embeddings in the folder, which the merge is to replace; nil where there is none.
  ///
  /// - Throws: Unless the sweep overwrites, what the merge would throw when all shards are done: `FileError` with what
  ///   is there and what differs.
  func replacedRun() throws -> ReplacedRun? {
    do { try requireSameRun() } catch let error as FileError
      where sweep.overwrites && !error.isSystemFault
    {
      return try ReplacedRun(SweepPart(name: name, sweep: sweep))
    }
    return nil
  }

  private func requireSameRun() throws {
    guard let earlier = try EarlierRun(sweep.run) else { return }
    var manifest = sweep.emptyManifest
    switch origin {
    case .imported(let imported, _): try sweep.requireSame(imported, manifest, as: earlier)
    case .cells(let plan, let model, _):
      try sweep.describe(
        plan, model, sweep.experiment.conditions, in: &manifest, after: earlier)
    }
  }

  /// Says which images are left out, not used, or not of the plan, and which finished cells cannot be used.
  func report() {
    guard case .cells(let plan, _, _) = origin else { return }
    sweep.reportLeftOut(plan.leftOut, lostClasses: plan.lostClasses)
    sweep.reportUnplanned(plan.unplanned)
    sweep.reportCells(plan.inventory)
  }

  /// Makes the cells that the inventory has and that are not finished.
  ///
  /// - Returns: How many cells and how many images' embeddings were made.
  /// - Throws: `RunError.interrupted` after the cells in hand; what an image is at fault for.
  func embed() throws -> (cells: Int, images: Int) {
    guard case .cells(let plan, let model, let store) = origin else { return (0, 0) }
    try sweep.gather(plan, store: store)
    try sweep.embed(plan, model: model, store: store)
    return (
      plan.inventory.unfinished.count,
      plan.waiting.reduce(0) { $0 + $1.missing.count }
    )
  }

  /// What the analyses read.
  ///
  /// - Parameter isExact: Whether keys of units are those of the finished run; else embeddings need not be there, and
  ///   only the names of units hold.
  /// - Returns: The context, without a baseline, which no unit reads.
  /// - Throws: `FileError` naming a cell that is damaged or not there.
  func context(isExact: Bool) throws -> RunContext {
    switch origin {
    case .imported(let imported, let scale):
      return sweep.context(chosen, of: imported, logitScale: scale)
    case .cells(let plan, let model, let store):
      var text: Matrix<Float>?
      if chosen.contains(ZeroShotAnalysis.name) {
        text =
          try isExact
          ? Sweep.classEmbeddings(
            model: model, classes: plan.dataset.classes, templates: sweep.experiment.templates,
            backend: sweep.experiment.precision.arithmetic.backend
          ).0
          : sweep.classEmbeddings(model, plan).0
      }
      return sweep.context(
        chosen, samples: plan.samples, conditions: sweep.experiment.conditions,
        logitScale: try text.map { _ in try model.logitScale() },
        source: sweep.source(plan, store, classes: text))
    }
  }

  /// The units of its analyses, each behind those that it reads.
  func units(_ context: RunContext) throws -> [any UnitOfWork] {
    try sweep.experiment.analysisSettings.chosen(chosen).flatMap { try $0.units(context) }
  }
}
