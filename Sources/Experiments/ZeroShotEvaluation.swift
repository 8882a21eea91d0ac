import Analyses
import CLIP
import Embedding
import Files
import Foundation
import LinearAlgebra
import RunAnalyses
import Runs

/// Zero-shot tables from embeddings that are already there.
package enum ZeroShotEvaluation {
  /// Tables of a run directory, written into it or into `output`.
  ///
  /// - Parameters:
  ///   - path: The run directory.
  ///   - split: Only the samples of this split; nil for all.
  ///   - templates: Prompt templates that the text is embedded with anew; nil for the run's text.
  ///   - model: The model for that; nil for the one that the manifest names.
  ///   - logitScale: What cosines are multiplied by; nil for the model's.
  ///   - output: Where the tables go; nil for the run itself.
  ///   - verifies: Whether inputs that are not as the run's manifest has recorded them are refused; else it is said
  ///     that they are used.
  /// - Returns: The table for a person.
  /// - Throws: `FileError` naming the file that is damaged, was changed, or does not fit the others; one for a run that
  ///   another process is writing, and for an output that holds what is not of this run.
  package static func ofRun(
    _ path: String, split: String?, templates: String?, model: String?, logitScale: Double?,
    output: String?, verifies: Bool = true
  ) throws -> String {
    let isElsewhere = output.map { ResolvedPath($0) != ResolvedPath(path) } ?? false
    let differs = split != nil || templates != nil || model != nil || logitScale != nil
    guard isElsewhere || !differs else {
      throw FileError(
        path,
        "holds the whole run's tables; those of a part or of another text need an --output "
          + "of their own")
    }
    // What is no run is not locked.
    if try FileStatus(RunDirectory(path).file(SampleColumns.file.pattern.text)) == nil {
      _ = try RunDirectory(path).readSamples()
    }
    func evaluate(_ output: String?) throws -> String {
      let remarks = try Verification(run: RunDirectory(path), where: RunDirectory.isInput)
        .remarks(on: path, verifies: verifies)
      for remark in remarks { announce(remark, isQuiet: false) }
      return try ofLockedRun(
        path, split: split, templates: templates, model: model, logitScale: logitScale,
        output: output)
    }
    guard isElsewhere, let output else {
      return try RunLock.hold(path, makesFolder: false) { try evaluate(nil) }
    }
    return try RunLock.holdForReading(path) { try RunLock.hold(output) { try evaluate(output) } }
  }

  private static func ofLockedRun(
    _ path: String, split: String?, templates: String?, model: String?, logitScale: Double?,
    output: String?
  ) throws -> String {
    let source = RunDirectory(path)
    let recorded = try Manifest.read(source)
    if let output { try recorded?.requireOutsideTree(output) }
    var elsewhere = try output.map { try ZeroShotOutput($0, of: .run(path)) }
    let target = elsewhere?.run ?? source
    let samples = try source.readSamples()
    let conditions = try source.conditions()
    var manifest = recorded ?? ZeroShotOutput.blank
    if recorded?.startedAt != nil, let remark = manifest.unfinished(path) {
      announce(remark, isQuiet: false)
    }

    var text: Matrix<Float>?
    if templates != nil || model != nil || manifest.zeroShot == nil {
      let opened = try self.model(model, of: manifest, run: path)
      let (embeddings, record) = try Sweep.classEmbeddings(
        model: opened, classes: samples.classes, templates: templates)
      text = embeddings
      manifest.zeroShot = record
      manifest.takeBack(.text, .logitScale, .unusedScale, .textOrder)
    } else if elsewhere != nil {
      text = try source.readClassEmbeddings(classCount: samples.classes.count)
    }
    if let logitScale {
      manifest.zeroShot?.logitScale = logitScale
      manifest.takeBack(.logitScale)
    }
    if let text {
      if let condition = conditions.first {
        let images = try source.readEmbeddings(condition, rowCount: samples.labels.count)
        guard images.columns == text.columns else {
          throw FileError(
            source.embeddingsFile(condition),
            "has \(images.columns) columns; the model's text "
              + "embeddings have \(text.columns): both must come from one model")
        }
      }
    }
    let context = context(
      source, samples, conditions, logitScale: manifest.zeroShot?.logitScale ?? 100,
      settings: StatisticsSettings(configuration: manifest.configuration),
      RunContext.Source {
        try source.readEmbeddings($0, rowCount: samples.labels.count)
      } classes: { [text] in
        try text.map {
          try RunDirectory.unitRows(
            $0, file: target.file("embeddings/text.npy"), ofClasses: true)
        }
          ?? source.readClassEmbeddings(classCount: samples.classes.count)
      })
    let accuracy = try write(ZeroShotClassification(context, split: split), to: target) {
      try elsewhere?.begin(manifest, ["zeroshot.split": split ?? "all"])
      if let text { try target.writeClassEmbeddings(text) }
    }
    try elsewhere?.finish()
    if elsewhere == nil, recorded != nil {
      record(context, in: &manifest)
      try manifest.write(to: source)
    }
    return accuracy
  }

  /// Brings a run's manifest up to date: the next sweep keeps tables that it finds there.
  private static func record(_ context: RunContext, in manifest: inout Manifest) {
    manifest.analyses.merge(manifest.analysisRecords) { $1 }
    manifest.analyses[ZeroShotAnalysis.name] = Manifest.AnalysisRecord(
      conditions: context.conditions.map(\.name),
      settings: context.analyses.settings(deciding: ZeroShotAnalysis.self))
    manifest.outputs.merge(context.run.written) { $1 }
  }

  private static func context(
    _ run: RunDirectory, _ samples: SampleTable, _ conditions: [Condition], logitScale: Double,
    settings: StatisticsSettings = StatisticsSettings(), _ source: RunContext.Source? = nil
  ) -> RunContext {
    var analyses = AnalysisSet()
    analyses[StatisticsAnalysis.self] = settings
    return RunContext(
      run: run, samples: samples, conditions: conditions, analyses: analyses,
      chosen: [ZeroShotAnalysis.name], logitScale: logitScale, source: source)
  }

  /// Computes all that takes long, and then writes: what the tables are of, and the tables.
  private static func write(
    _ classification: ZeroShotClassification?, to target: RunDirectory,
    inputs: () throws -> Void
  ) throws -> String {
    _ = try classification?.accuracies()
    try inputs()
    return try classification?.write(to: target) ?? ""
  }

  /// The model that the text is embedded with: the run's own must be what it was.
  private static func model(
    _ name: String?, of manifest: Manifest, run: String
  ) throws -> CLIPModel {
    let record = manifest.model
    guard let path = name ?? record?.path ?? record?.name else {
      throw RunError.failure("\(run): its manifest names no model; give --model DIR")
    }
    let seed = manifest.configuration["seed"].flatMap { UInt64($0) } ?? 0
    let model = try CLIPModel.opened(path, seed: seed, isQuiet: false)
    if let record, record.digest != "\(model.digest)" {
      throw FileError(
        path,
        "is not the model that embedded the images of \(run) (another digest); text and "
          + "images must come from one model")
    }
    return model
  }

  /// Tables of embeddings, text embeddings and labels from files.
  ///
  /// - Parameters:
  ///   - embeddings: Image embeddings, a row a sample; any matrix file.
  ///   - text: Class embeddings, a row a class.
  ///   - labels: CSV with the column `class`, a line a sample.
  ///   - classNames: The order of classes in `text`; nil for that of the labels' names: by number where all are whole
  ///     numbers, else as text.
  ///   - logitScale: What cosines are multiplied by for confidences; nil for that of the run in whose folder
  ///     `embeddings` they lie, or 100.
  ///   - output: A folder for the tables; nil to give only the CSV back.
  /// - Returns: `accuracy.csv`, or the table for a person when there is an output folder.
  /// - Throws: `FileError` naming the file that is damaged or does not fit the others.
  package static func ofEmbeddings(
    _ embeddings: String, text: String, labels: String, classNames: [String]?, logitScale: Double?,
    output: String?
  ) throws -> String {
    let images = try MatrixFile.readFloats(embeddings)
    let rows = try RunDirectory.unitRows(images, file: embeddings)
    let classes = try RunDirectory.unitRows(
      MatrixFile.readFloats(text), file: text, ofClasses: true)
    let table = try SampleTable(CSV(path: labels), classes: classNames, listedIn: "--classes")
    guard table.labels.count == images.rows else {
      throw FileError(
        labels, "labels \(table.labels.count) rows; \(embeddings) has \(images.rows)")
    }
    guard table.classes.count == classes.rows, images.columns == classes.columns else {
      throw FileError(
        text,
        "has the shape [\(classes.rows), \(classes.columns)]; expected "
          + "[\(table.classes.count), \(images.columns)]: a row a class, columns as \(embeddings)")
    }
    let scale = try ImportedLogitScale(of: embeddings, given: logitScale)
    let remarks =
      table.remarks.map { Remark(.lists, $0) }
      + [scale.remark(embeddings)].compactMap(\.self).map { Remark(.logitScale, $0) }
    for remark in remarks { announce(remark.text, isQuiet: false) }
    guard let output else {
      let context = context(
        RunDirectory("."), table, [.clean], logitScale: scale.value,
        RunContext.Source { _ in
          images
        } classes: {
          classes
        })
      let accuracies = try ZeroShotClassification(context)?.accuracies() ?? []
      _ = try announceOrder(context, text: text)
      return AccuracyTable.table(accuracies).csv
    }
    return try RunLock.hold(output) {
      let target = try ZeroShotOutput(output, of: .embeddings(embeddings))
      return try write(
        target, table, rows: rows, classes: classes, logitScale: scale.value, source: embeddings,
        files: ["text": text, "labels": labels], remarks: remarks)
    }
  }

  private static func write(
    _ output: ZeroShotOutput, _ table: SampleTable, rows: Matrix<Float>, classes: Matrix<Float>,
    logitScale: Double, source: String, files: [String: String], remarks: [Remark]
  ) throws -> String {
    var output = output
    let run = output.run
    // As they are read from the folder later: the same tables, whoever writes them.
    let context = context(
      run, table, [.clean], logitScale: logitScale,
      RunContext.Source { _ in
        rows
      } classes: {
        try RunDirectory.unitRows(classes, file: files["text"] ?? "")
      })
    let doubt = try announceOrder(context, text: files["text"] ?? "")
    var manifest = ZeroShotOutput.blank
    manifest.told = remarks + [doubt].compactMap(\.self).map { Remark(.textOrder, $0) }
    manifest.zeroShot = Manifest.ZeroShotRecord(
      logitScale: logitScale, prompts: [], truncatedPrompts: 0)
    manifest.configuration[Manifest.conditionsKey] = Condition.clean.name
    manifest.data = Manifest.DataRecord(
      source: source, images: rows.rows, classes: classes.rows, digest: "\(Digest(of: rows))",
      leftOut: [])
    for (name, path) in files {
      manifest.configuration["zeroshot.\(name)"] = ZeroShotOutput.Source.absolute(path)
    }
    let accuracy = try write(ZeroShotClassification(context), to: run) {
      try output.begin(manifest, [:])
      try run.writeSamples(table)
      try run.writeEmbeddings(rows, .clean)
      try run.writeClassEmbeddings(classes)
    }
    try output.finish()
    return accuracy
  }

  /// Says where the embeddings of the classes look as if they stood in another order, and gives back what it said.
  private static func announceOrder(_ context: RunContext, text: String) throws -> String? {
    let doubt = try TextOrder(context)?.doubt(
      text: text, remedy: "--class-names gives it")
    if let doubt { announce(doubt, isQuiet: false) }
    return doubt
  }
}
