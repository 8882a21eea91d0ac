import Analyses
import CLIP
import Embedding
import Files
import Images
import LinearAlgebra
import RunAnalyses
import Runs
import Textures

/// The model that a training starts from and the pairs it is trained and validated on.
struct TrainingInput {
  let model: CLIPModel
  let training: any TrainingExamples
  /// Nil when nothing is validated.
  let validation: (any TrainingExamples)?
  /// The classes of a zero-shot test; nil where there are none.
  let classes: [Texture]?
  /// What identifies the data: SHA-256 over the records and their images, or the textures' description.
  let digest: Digest
  /// What is worth knowing.
  private(set) var messages: [String] = []
  /// Records that are left out, whose images are missing or damaged.
  private(set) var leftOut: [RunError.UnusableImage] = []

  /// Reads everything that a plan names; what is wrong with the files is told before anything is trained.
  ///
  /// - Throws: `FileError` and `RunError` naming the file and the record.
  init(_ plan: TrainingPlan) throws {
    switch plan.data.source {
    case .textures(let textures):
      func examples(_ split: Split, perClass: Int) -> TextureExamples {
        TextureExamples(
          classes: textures.classes, perClass: perClass, size: textures.size,
          stream: TextureStream(split: split, seed: textures.seed), captionSeed: plan.seed)
      }
      let training = examples(.train, perClass: textures.perClass)
      self.training = training
      validation = examples(.val, perClass: textures.validationPerClass)
      classes = textures.classes
      digest = Digest(of: plan.data.canonicalSettings.map { "\($0.0)=\($0.1)\n" }.joined())
      model = try Self.model(plan) {
        Parallel.map(count: training.labels.count) {
          training.example($0, epoch: 0, needsImage: false).text
        }
      }
    case .records(let records):
      classes = nil
      var (table, other) = try Self.tables(records, plan)
      messages += [table.unreadSplit, other?.unreadSplit].compactMap(\.self)
      messages += table.remarks + (other?.remarks ?? [])
      let texts = table.records.map(\.text)
      model = try Self.model(plan) { texts }
      var digests: [Digest] = []
      if plan.objective.towers.contains(.vision) {
        for isValidation in [false, true] {
          guard let whole = isValidation ? other : table else { continue }
          let found = try whole.inspectImages()
          var kept: [Int] = []
          for (place, result) in found.enumerated() {
            switch result {
            case .success(let digest):
              kept.append(place)
              digests.append(digest)
            case .failure(let image): leftOut.append(image)
            }
          }
          if isValidation { other = whole.selecting(kept) } else { table = whole.selecting(kept) }
        }
        guard leftOut.isEmpty || plan.data.skipsBroken else {
          throw RunError.unusableImages(leftOut, listPath: nil)
        }
        if !leftOut.isEmpty {
          messages.append(
            "\(leftOut.count) records are left out, whose images are missing or damaged; "
              + "training.json names them")
        }
      }
      training = RecordExamples(table)
      validation = other.map { RecordExamples($0) }
      if plan.objective.towers.contains(.text) {
        messages += try Self.doubts(about: table.records.map(\.text), model)
      }
      digest = Digest(
        of: ([table.csv, other?.csv ?? ""] + digests.map { "\($0)" }).joined(separator: "\n"))
    }
    messages += try Self.check(plan, training: training, validation: validation)
  }

  /// The tables to train and to validate on.
  private static func tables(
    _ records: TrainingDataSettings.Records, _ plan: TrainingPlan
  ) throws -> (PairsTable, PairsTable?) {
    func read(_ file: String) throws -> PairsTable {
      let text =
        try records.textColumn
        ?? {
          let header = try CSV(path: file).header
          return header.contains("caption") || !header.contains("text") ? "caption" : "text"
        }()
      return try PairsTable(
        path: file,
        columns: PairsTable.Columns(
          image: records.imageColumn, text: text, label: records.labelColumn,
          unlabelled: records.unlabelled), imageFolder: records.imageFolder)
    }
    let table = try read(records.file)
    switch records.validation {
    case .none: return (table, nil)
    case .file(let file): return (table, try read(file))
    case .share(let share):
      // Of labels where they are learnt, or else of images: several records may tell of one.
      let keys = table.records.map { plan.objective.usesLabels ? $0.label : $0.image }
      let different = Set(keys.compactMap(\.self)).count
      guard different > 1 else {
        throw FileError(
          table.file,
          plan.objective.usesLabels
            ? "has \(different) labels (data.label-column names their column); a share of them for "
              + "validation needs 2 or more"
            : "has \(different) image; a share of them for validation needs 2 or more")
      }
      let parts = try analyzing(table.file) {
        try LabelSplit(keys.compactMap(\.self), shares: [1 - share, share], seed: plan.seed).parts
      }
      let part = keys.map { key in key.flatMap { parts[$0] } ?? 0 }
      return (
        table.selecting(part.indices.filter { part[$0] == 0 }),
        table.selecting(part.indices.filter { part[$0] == 1 })
      )
    }
  }

  private static func model(
    _ plan: TrainingPlan, captions: () -> [String]
  ) throws -> CLIPModel {
    switch plan.start {
    case .model(let name):
      return try CLIPModel.opened(name, seed: plan.seed, isQuiet: false)
    case .new(let shape):
      let vocabulary = try LearnedVocabulary(texts: captions(), size: shape.vocabularySize)
      let settings = plan.start.canonicalSettings.map { "\($0.0)=\($0.1)" }
      let identity = Digest(
        of: (settings + ["\(Digest(of: vocabulary.merges))"]).joined(separator: "\n"))
      return CLIPModel(
        random: shape.configuration(vocabularySize: vocabulary.size), name: "new:\(identity)",
        seed: plan.seed, vocabulary: vocabulary.vocabulary, merges: vocabulary.merges)
    }
  }

  /// What is worth knowing about captions.
  private static func doubts(about texts: [String], _ model: CLIPModel) throws -> [String] {
    let tokenizer = try model.tokenizer()
    let length = model.configuration.text?.contextLength ?? 0
    let inputs = Parallel.map(count: texts.count) {
      tokenizer.modelInput(texts[$0], contextLength: length)
    }
    let truncated = inputs.count { $0.truncated }
    let empty = inputs.count { $0.ids.count == 2 }
    return [
      truncated == 0
        ? nil : "\(truncated) texts are longer than the context of \(length) tokens, and cut",
      empty == 0 ? nil : "\(empty) texts are empty",
    ].compactMap(\.self)
  }

  /// Refuses data that the loss can learn nothing from; returns what is worth knowing.
  private static func check(
    _ plan: TrainingPlan, training: any TrainingExamples, validation: (any TrainingExamples)?
  ) throws -> [String] {
    let labels = training.labels
    guard labels.count > 1 else {
      throw RunError.failure("there is \(labels.count) pair to train on; expected 2 or more")
    }
    if let validation, validation.labels.count < 2 {
      throw RunError.failure(
        "there is \(validation.labels.count) pair to validate on; expected 2 or more")
    }
    guard plan.batches.perLabel != nil else { return [] }
    for (labels, purpose) in [(labels, "train"), (validation?.labels ?? labels, "validate")] {
      let sizes = Dictionary(labels.compactMap(\.self).map { ($0, 1) }, uniquingKeysWith: +)
      let repeated = sizes.values.count { $0 > 1 }
      // Training needs two labels in one batch, each with a pair; validation two labels to tell apart.
      let needed = plan.objective.usesLabels ? (purpose == "train" ? 2 : 1) : 0
      guard sizes.count > 1 || purpose == "validate" && !plan.objective.usesLabels,
        repeated >= needed
      else {
        throw RunError.failure(
          "the \(labels.count) records to \(purpose) on have \(sizes.count) labels, of which "
            + "\(repeated) have 2 records or more; expected 2 labels or more, and \(needed) of them "
            + "with 2 records or more")
      }
    }
    let without = labels.count { $0 == nil }
    return without == 0
      ? [] : ["\(without) records without a label are not trained on: batches are made by label"]
  }
}
