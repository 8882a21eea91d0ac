import Analyses
import CLIP
import Embedding
import Files
import Foundation
import LinearAlgebra
import RunAnalyses
import Runs

/// Reads the records of a linkage and embeds them.
struct LinkageInput {
  let settings: LinkageSettings
  let isQuiet: Bool

  /// The records, and what the report says of where they come from.
  struct Loaded {
    var test: LinkageRecords
    var validation: LinkageRecords?
    /// The records for training that a split has set aside.
    var training: PairsTable?
    var model: Manifest.ModelRecord?
    /// What is worth knowing.
    var messages: [String] = []
    /// Images that are missing or damaged, whose records are left out.
    var leftOut: [RunError.UnusableImage] = []
  }

  /// Everything that can be wrong with the files is told before anything is embedded.
  ///
  /// - Throws: `FileError` and `RunError` naming the file and the record.
  func load(clock: StageClock) throws -> Loaded {
    var messages: [String] = []
    var table = try read(settings.pairs)
    messages += table.remarks
    if let annotations = settings.annotations {
      messages += try relabel(&table, annotations)
    }
    if let name = settings.columns.label, settings.annotations == nil, table.labelNames.isEmpty {
      throw FileError(
        table.file, "the column \"\(name)\" has no label, or \"\(settings.unlabelled)\" throughout")
    }
    var parts: Parts?
    var validation: PairsTable?
    switch settings.threshold {
    case .fixed: break
    case .validation(let path):
      validation = try read(path)
      messages += validation?.remarks ?? []
    case .split(let shares, let seed):
      guard !table.labelNames.isEmpty else {
        throw FileError(
          table.file,
          "has no labels to split; name their column by --label-column, or give a --threshold")
      }
      let split = try Parts(table, shares: shares, seed: seed)
      validation = table.selecting(split.validation)
      if shares[0] == 0, !split.training.isEmpty {
        messages.append(
          "\(split.training.count) records without a label are left out of the split")
      }
      parts = split
    }
    if let validation { try requireLabels(validation, sharedWith: table, &messages) }
    messages += [table.unreadSplit, parts == nil ? validation?.unreadSplit : nil]
      .compactMap(\.self)

    var loaded: Loaded
    switch settings.embeddings {
    case .model(let name):
      loaded = try embed(
        name, parts.map { table.selecting($0.test) } ?? table, validation, clock: clock)
    case .files(let image, let text, let validationImage, let validationText):
      let images = try read(image, of: table, parts)
      let texts = try read(text, of: table, parts)
      loaded = Loaded(
        test: LinkageRecords(
          table: parts.map { table.selecting($0.test) } ?? table, images: images?.test,
          texts: texts?.test))
      loaded.validation = try validation.map { validation in
        guard parts == nil else {
          return LinkageRecords(
            table: validation, images: images?.validation, texts: texts?.validation)
        }
        return LinkageRecords(
          table: validation, images: try read(validationImage, of: validation, nil)?.test,
          texts: try read(validationText, of: validation, nil)?.test)
      }
      try requireColumns(loaded)
    }
    if case .split(let shares, _) = settings.threshold, shares[0] > 0, let parts {
      loaded.training = table.selecting(parts.training)
    }
    loaded.messages = messages + loaded.messages
    return loaded
  }

  /// The places of a split's records.
  private struct Parts {
    let training: [Int]
    let validation: [Int]
    let test: [Int]

    /// What has no label may belong with any, and is fit for training alone.
    init(_ table: PairsTable, shares: [Double], seed: UInt64) throws {
      let split = try analyzing(table.file) {
        try LabelSplit(table.labelNames, shares: shares, seed: seed).parts
      }
      let part = table.records.map { $0.label.flatMap { split[$0] } ?? 0 }
      let places = (0..<3).map { index in part.indices.filter { part[$0] == index } }
      (training, validation, test) = (places[0], places[1], places[2])
    }
  }

  private func read(_ path: String) throws -> PairsTable {
    try PairsTable(
      path: path,
      columns: PairsTable.Columns(
        image: settings.columns.image, text: settings.columns.text, label: settings.columns.label,
        unlabelled: settings.unlabelled), imageFolder: settings.imageFolder)
  }

  private func relabel(
    _ table: inout PairsTable, _ annotations: LinkageSettings.Annotations
  ) throws -> [String] {
    let pairs = try LabelStudioPairs(
      path: annotations.file, keys: (annotations.keys[0], annotations.keys[1]),
      choice: annotations.choice)
    let column = try table.column(annotations.column ?? settings.columns.image)
    let names = NumberedNames(column)
    try requireOneSpelling(names.names, in: table.file, what: "the record") {
      "line \(table.records[$0].line)"
    }
    let found = try pairs.labels(
      of: names.names,
      reserved: settings.unlabelled, source: table.file)
    table.relabel(found.labels)
    var messages = names.remarks(table.file, "records")
    if pairs.undecided > 0 {
      messages.append("\(annotations.file): \(pairs.undecided) pairs are undecided and not used")
    }
    if found.contradictions > 0 {
      messages.append(
        "\(annotations.file): \(found.contradictions) pairs called different are connected by pairs "
          + "called \(annotations.choice)")
    }
    return messages
  }

  /// Thresholds are chosen by labels: there must be some, and better none of the test's.
  private func requireLabels(
    _ validation: PairsTable, sharedWith table: PairsTable, _ messages: inout [String]
  ) throws {
    let labels = validation.records.compactMap(\.label)
    guard Set(labels).count < labels.count else {
      throw FileError(
        validation.file,
        "no two of the \(labels.count) labelled validation records have the same label, so that no "
          + "threshold can be chosen; give --threshold, or other records for validation")
    }
    if case .validation = settings.threshold {
      let shared = validation.labelNames.intersection(table.labelNames).count
      if shared > 0 {
        messages.append(
          "\(validation.file) and \(table.file) have \(shared) labels in common; where they mean "
            + "the same things the scores are too good, and --split makes parts that share none")
      }
    }
  }

  // MARK: A model

  private func embed(
    _ name: String, _ test: PairsTable, _ validation: PairsTable?, clock: StageClock
  ) throws -> Loaded {
    let model = try CLIPModel.opened(name, seed: settings.modelSeed, isQuiet: isQuiet)
    let needsImages = settings.inputs.contains { $0 != .text }
    var leftOut: [RunError.UnusableImage] = []
    /// The records whose images can be used, all of them where only texts are compared.
    func usable(_ table: PairsTable) throws -> PairsTable {
      guard needsImages else { return table }
      var kept: [Int] = []
      let found = try clock.measure("inspect images") { try table.inspectImages() }
      for (place, result) in found.enumerated() {
        switch result {
        case .success: kept.append(place)
        case .failure(let image): leftOut.append(image)
        }
      }
      return kept.count == found.count ? table : table.selecting(kept)
    }
    let (test, validation) = try (usable(test), validation.map(usable))
    guard leftOut.isEmpty || settings.skipsBroken else {
      throw RunError.unusableImages(leftOut, listPath: nil)
    }
    guard !test.records.isEmpty, validation?.records.isEmpty != true else {
      throw RunError.failure("\(test.file): no record with a usable image is left")
    }
    if let validation, !leftOut.isEmpty {
      var ignored: [String] = []
      try requireLabels(validation, sharedWith: test, &ignored)
    }
    let encoder = try clock.measure("read model") {
      try ImageTextEncoder(
        model, forImages: needsImages, forTexts: settings.inputs.contains { $0 != .image },
        isQuiet: isQuiet)
    }
    var truncated = 0
    func records(_ table: PairsTable) throws -> LinkageRecords {
      let images = try clock.measure("embed images") { try encoder.images(table) }
      let texts = try clock.measure("embed texts") { try encoder.texts(table) }
      truncated += texts?.truncated ?? 0
      return LinkageRecords(table: table, images: images, texts: texts?.embeddings)
    }
    var loaded = Loaded(test: try records(test))
    loaded.validation = try validation.map(records)
    loaded.leftOut = leftOut
    if !leftOut.isEmpty {
      loaded.messages.append(
        "\(leftOut.count) records are left out, whose images are missing or damaged; link.json names "
          + "them")
    }
    if truncated > 0 {
      loaded.messages.append("\(truncated) texts are longer than the text tower's context, and cut")
    }
    loaded.model = Manifest.ModelRecord(model)
    return loaded
  }

  // MARK: Files

  /// The rows of a file that are the test records', and the validation records' of a split.
  private func read(
    _ file: String?, of table: PairsTable, _ parts: Parts?
  ) throws -> (test: Matrix<Float>, validation: Matrix<Float>?)? {
    guard let file else { return nil }
    let matrix = try MatrixFile.readFloats(file)
    guard matrix.rows == table.records.count else {
      throw FileError(
        file,
        "has \(matrix.rows) rows; \(table.file) has \(table.records.count) records, and each needs "
          + "its row, in their order")
    }
    let unit = try analyzing(file) { try UnitRows(matrix).rows }
    guard let parts else { return (unit, nil) }
    return (unit.selectingRows(parts.test), unit.selectingRows(parts.validation))
  }

  private func requireColumns(_ loaded: Loaded) throws {
    guard settings.inputs.contains(.both) else { return }
    for records in [loaded.test, loaded.validation].compactMap(\.self) {
      if let images = records.images, let texts = records.texts, images.columns != texts.columns {
        throw FileError(
          records.table.file,
          "its image embeddings have \(images.columns) columns and its text embeddings "
            + "\(texts.columns); both together need embeddings of one model")
      }
    }
  }
}
