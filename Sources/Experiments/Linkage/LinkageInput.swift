import Analyses
import CLIP
import Files
import Foundation
import LinearAlgebra

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
    var leftOut: [ExperimentError.UnusableImage] = []
  }

  /// Everything that can be wrong with the files is told before anything is embedded.
  ///
  /// - Throws: `FileError` and `ExperimentError` naming the file and the record.
  func load(clock: StageClock) throws -> Loaded {
    var messages: [String] = []
    var table = try read(settings.pairs)
    if let annotations = settings.annotations {
      messages += try relabel(&table, annotations)
    }
    if let name = settings.columns.label, settings.annotations == nil, table.labelNames.isEmpty {
      throw FileError(table.file, "the column \"\(name)\" has no label at all")
    }
    var places: [(name: String, rows: [Int])] = []
    var validation: PairsTable?
    switch settings.threshold {
    case .fixed: break
    case .validation(let path): validation = try read(path)
    case .split(let shares, let seed):
      let parts = try analyzing(table.file) {
        try LabelSplit(table.labelNames, shares: shares, seed: seed).parts
      }
      let part = table.records.map { $0.label.flatMap { parts[$0] } }
      // What has no label may belong with any, and is fit for training alone.
      places = ["train", "validation", "test"].enumerated().map { index, name in
        (name, table.records.indices.filter { part[$0] == index || index == 0 && part[$0] == nil })
      }
      validation = table.selecting(places[1].rows)
      if shares[0] == 0, !places[0].rows.isEmpty {
        messages.append(
          "\(places[0].rows.count) records without a label are left out of the split")
      }
    }
    if let validation { try requireLabels(validation, sharedWith: table, &messages) }

    var loaded: Loaded
    switch settings.embeddings {
    case .model(let name):
      loaded = try embed(name, table, validation, places, clock: clock)
    case .files(let image, let text, let validationImage, let validationText):
      let all = LinkageRecords(
        table: table, images: try read(image, rows: table), texts: try read(text, rows: table))
      loaded = Loaded(test: all)
      if !places.isEmpty {
        loaded.validation = all.selecting(places[1].rows)
        loaded.test = all.selecting(places[2].rows)
      } else if let validation {
        loaded.validation = LinkageRecords(
          table: validation, images: try read(validationImage, rows: validation),
          texts: try read(validationText, rows: validation))
      }
      try requireColumns(loaded)
    }
    if case .split(let shares, _) = settings.threshold, shares[0] > 0 {
      loaded.training = table.selecting(places[0].rows)
    }
    loaded.messages = messages + loaded.messages
    return loaded
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
    let found = try pairs.labels(
      of: table.column(annotations.column ?? settings.columns.image),
      reserved: settings.unlabelled, source: table.file)
    table.relabel(found.labels)
    var messages: [String] = []
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
    _ name: String, _ table: PairsTable, _ validation: PairsTable?,
    _ places: [(name: String, rows: [Int])], clock: StageClock
  ) throws -> Loaded {
    let model = try CLIPModel(named: name, seed: settings.modelSeed)
    let encoder = PairEncoder(model: model, isQuiet: isQuiet)
    var leftOut: [ExperimentError.UnusableImage] = []
    /// The records whose images can be used, all of them where only texts are compared.
    func usable(_ table: PairsTable) throws -> PairsTable {
      guard needsImages else { return table }
      let found = try clock.measure("inspect images") { try encoder.inspect(table) }
      var kept: [Int] = []
      for (place, result) in found.enumerated() {
        switch result {
        case .success: kept.append(place)
        case .failure(let image):
          leftOut.append(
            ExperimentError.UnusableImage(
              path: "\(table.file) line \(table.records[place].line), \(image.path)",
              problem: image.problem))
        }
      }
      return kept.count == found.count ? table : table.selecting(kept)
    }
    var (test, usableValidation): (PairsTable, PairsTable?)
    if places.isEmpty {
      test = try usable(table)
      usableValidation = try validation.map(usable)
    } else {
      test = try usable(table.selecting(places[2].rows))
      usableValidation = try usable(table.selecting(places[1].rows))
    }
    guard leftOut.isEmpty || settings.skipsBroken else {
      throw ExperimentError.unusableImages(leftOut, listPath: nil)
    }
    guard !test.records.isEmpty, usableValidation?.records.isEmpty != true else {
      throw ExperimentError.failure("\(table.file): no record with a usable image is left")
    }
    if let usableValidation, !leftOut.isEmpty {
      var ignored: [String] = []
      try requireLabels(usableValidation, sharedWith: test, &ignored)
    }
    var truncated = 0
    func records(_ table: PairsTable) throws -> LinkageRecords {
      let images =
        try needsImages ? clock.measure("embed images") { try encoder.images(table) } : nil
      let texts = try needsTexts ? clock.measure("embed texts") { try encoder.texts(table) } : nil
      truncated += texts?.truncated ?? 0
      return LinkageRecords(table: table, images: images, texts: texts?.embeddings)
    }
    var loaded = Loaded(test: try records(test))
    loaded.validation = try usableValidation.map(records)
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

  private var needsImages: Bool { settings.inputs.contains { $0 != .text } }
  private var needsTexts: Bool { settings.inputs.contains { $0 != .image } }

  // MARK: Files

  private func read(_ file: String?, rows table: PairsTable) throws -> Matrix<Float>? {
    guard let file else { return nil }
    let matrix = try MatrixFile.readFloats(file)
    guard matrix.rows == table.records.count else {
      throw FileError(
        file, "has \(matrix.rows) rows; \(table.file) has \(table.records.count) records")
    }
    return try analyzing(file) { try UnitRows(matrix).rows }
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

extension LinkageRecords {
  /// The records at some places, in that order.
  func selecting(_ places: [Int]) -> LinkageRecords {
    LinkageRecords(
      table: table.selecting(places), images: images?.selectingRows(places),
      texts: texts?.selectingRows(places))
  }
}
