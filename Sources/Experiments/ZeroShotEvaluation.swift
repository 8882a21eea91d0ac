import Analyses
import CLIP
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
  /// - Returns: The table for a person.
  /// - Throws: `FileError` naming the file that is damaged or does not fit the others.
  package static func ofRun(
    _ path: String, split: String?, templates: String?, model: String?, logitScale: Double?,
    output: String?
  ) throws -> String {
    // What is no run is not locked.
    if try FileStatus(path + "/" + SampleColumns.file.pattern.text) == nil {
      _ = try RunDirectory(path).readSamples()
    }
    return try RunLock.hold(output ?? path, makesFolder: output != nil) {
      try ofLockedRun(
        path, split: split, templates: templates, model: model, logitScale: logitScale,
        output: output)
    }
  }

  private static func ofLockedRun(
    _ path: String, split: String?, templates: String?, model: String?, logitScale: Double?,
    output: String?
  ) throws -> String {
    let source = RunDirectory(path)
    let target = RunDirectory(output ?? path)
    let isElsewhere = ResolvedPath(target.path) != ResolvedPath(path)
    let differs = split != nil || templates != nil || model != nil || logitScale != nil
    guard isElsewhere || !differs else {
      throw FileError(
        path,
        "holds the whole run's tables; those of a part or of another text need an --output "
          + "of their own")
    }
    if isElsewhere { try OutputFolder.require(target.path, for: .zeroShot) }
    let samples = try source.readSamples()
    let conditions = try source.conditions()
    var manifest = try Manifest.read(source)

    var text: Matrix<Float>?
    if templates != nil || model != nil || manifest?.zeroShot == nil {
      let opened = try self.model(model, of: manifest, run: path)
      let (embeddings, record) = try Sweep.classEmbeddings(
        model: opened, classes: samples.classes, templates: templates)
      text = embeddings
      manifest?.zeroShot = record
    } else if isElsewhere {
      text = try source.readClassEmbeddings(classCount: samples.classes.count)
    }
    if let logitScale { manifest?.zeroShot?.logitScale = logitScale }
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
      source, samples, conditions,
      logitScale: logitScale ?? manifest?.zeroShot?.logitScale ?? 100,
      settings: StatisticsSettings(configuration: manifest?.configuration ?? [:]),
      RunContext.Source {
        try source.readEmbeddings($0, rowCount: samples.labels.count)
      } classes: { [text] in
        try text.map { try RunDirectory.unitRows($0, file: target.file("embeddings/text.npy")) }
          ?? source.readClassEmbeddings(classCount: samples.classes.count)
      })
    let accuracy = try write(ZeroShotClassification(context, split: split), to: target) {
      if let text { try target.writeClassEmbeddings(text) }
    }
    if isElsewhere {
      let stale = RunFiles.all.filter {
        [.result, .view].contains($0.role) && $0.pattern.folder != "figures"
      }
      try target.remove(stale + [RunDirectory.embeddings], except: Set(target.written.keys))
    }
    try record(manifest, source: source, target: target, split: split, conditions: conditions)
    return accuracy
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
    _ name: String?, of manifest: Manifest?, run: String
  ) throws -> CLIPModel {
    let record = manifest?.model
    guard let path = name ?? record?.path ?? record?.name else {
      throw RunError.failure("\(run): its manifest names no model; give --model DIR")
    }
    let seed = manifest?.configuration["seed"].flatMap { UInt64($0) } ?? 0
    let model = try CLIPModel(named: path, seed: seed)
    if let record, record.digest != "\(model.digest)" {
      throw FileError(
        path,
        "is not the model that embedded the images of \(run) (another digest); text and "
          + "images must come from one model")
    }
    return model
  }

  /// The manifest of the tables: the run's own, brought up to date, or one that names the run.
  private static func record(
    _ manifest: Manifest?, source: RunDirectory, target: RunDirectory, split: String?,
    conditions: [Condition]
  ) throws {
    guard var manifest else { return }
    if ResolvedPath(source.path) == ResolvedPath(target.path) {
      manifest.outputs.merge(target.written) { $1 }
      manifest.analyses[ZeroShotAnalysis.name]?.conditions = conditions.map(\.name)
    } else {
      manifest.configuration[Manifest.zeroShotRunKey] =
        URL(fileURLWithPath: source.path).standardizedFileURL.path
      manifest.configuration["zeroshot.split"] = split ?? "all"
      manifest.outputs = target.written
      manifest.analyses = [:]
    }
    try manifest.write(to: target)
  }

  /// Tables of embeddings, text embeddings and labels from files.
  ///
  /// - Parameters:
  ///   - embeddings: Image embeddings, a row a sample; any matrix file.
  ///   - text: Class embeddings, a row a class.
  ///   - labels: CSV with the column `class`, a line a sample.
  ///   - classNames: The order of classes in `text`; nil for the sorted names of the labels.
  ///   - logitScale: What cosines are multiplied by for confidences.
  ///   - output: A folder for the tables; nil to give only the CSV back.
  /// - Returns: `accuracy.csv`, or the table for a person when there is an output folder.
  /// - Throws: `FileError` naming the file that is damaged or does not fit the others.
  package static func ofEmbeddings(
    _ embeddings: String, text: String, labels: String, classNames: [String]?, logitScale: Double,
    output: String?
  ) throws -> String {
    let images = try MatrixFile.readFloats(embeddings)
    let rows = try RunDirectory.unitRows(images, file: embeddings)
    let classes = try RunDirectory.unitRows(MatrixFile.readFloats(text), file: text)
    let table = try SampleTable(CSV(path: labels), classes: classNames)
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
    guard let output else {
      let context = context(
        RunDirectory("."), table, [.clean], logitScale: logitScale,
        RunContext.Source { _ in
          images
        } classes: {
          classes
        })
      let accuracies = try ZeroShotClassification(context)?.accuracies() ?? []
      return AccuracyTable.table(accuracies).csv
    }
    return try RunLock.hold(output) {
      try write(
        RunDirectory(output), table, rows: rows, classes: classes, text: text,
        logitScale: logitScale)
    }
  }

  private static func write(
    _ run: RunDirectory, _ table: SampleTable, rows: Matrix<Float>, classes: Matrix<Float>,
    text: String, logitScale: Double
  ) throws -> String {
    try OutputFolder.require(run.path, for: .zeroShot)
    // As they are read from the folder later: the same tables, whoever writes them.
    let context = context(
      run, table, [.clean], logitScale: logitScale,
      RunContext.Source { _ in
        rows
      } classes: {
        try RunDirectory.unitRows(classes, file: text)
      })
    return try write(ZeroShotClassification(context), to: run) {
      // Of the tables that were here before.
      try run.remove(RunDirectory.files.filter { $0.pattern.text == Manifest.fileName })
      try run.writeSamples(table)
      try run.writeEmbeddings(rows, .clean)
      try run.writeClassEmbeddings(classes)
    }
  }
}
