import CLIP
import Files
import Foundation
import LinearAlgebra

/// Zero-shot tables from embeddings that are already there.
public enum ZeroShotEvaluation {
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
  public static func ofRun(
    _ path: String, split: String?, templates: String?, model: String?, logitScale: Double?,
    output: String?
  ) throws -> String {
    let source = RunDirectory(path)
    let samples = try source.readSamples()
    let conditions = try source.conditions()
    var manifest = try Manifest.read(source)
    var scale = logitScale ?? manifest?.zeroShot?.logitScale
    let target = RunDirectory(output ?? path)
    let isElsewhere = output.map { $0 != path } ?? false
    if templates != nil || model != nil || manifest?.zeroShot == nil {
      guard let name = model ?? manifest?.model?.name else {
        throw ExperimentError.failure("\(path): its manifest names no model; give --model DIR")
      }
      let seed = manifest?.configuration["seed"].flatMap { UInt64($0) } ?? 0
      let (text, record) = try Sweep.classEmbeddings(
        model: CLIPModel(named: name, seed: seed), classes: samples.classes, templates: templates)
      try target.writeClassEmbeddings(text)
      scale = logitScale ?? record.logitScale
      manifest?.zeroShot = record
    } else if isElsewhere {
      try target.writeClassEmbeddings(
        source.readClassEmbeddings(classCount: samples.classes.count))
    }
    var tables = try AccuracyTables(
      run: source, output: target, samples: samples, logitScale: scale ?? 100, split: split)
    try tables.write(conditions: conditions, rowCount: samples.labels.count)
    if !isElsewhere, var manifest {
      let written = try source.outputDigests(conditions: conditions, analyses: [.zeroshot])
      manifest.outputs.merge(written) { $1 }
      try manifest.write(to: source)
    }
    return tables.markdown
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
  public static func ofEmbeddings(
    _ embeddings: String, text: String, labels: String, classNames: [String]?, logitScale: Double,
    output: String?
  ) throws -> String {
    let images = try unitRows(embeddings)
    let classes = try unitRows(text)
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
      let result = ZeroShotResult(
        images: images, classes: classes, labels: table.labels, logitScale: logitScale)
      return AccuracyTables.csv([AccuracyTables.Row(.clean, result, count: table.labels.count)])
    }
    let run = RunDirectory(output)
    try run.writeSamples(table)
    try run.writeEmbeddings(images, .clean)
    try run.writeClassEmbeddings(classes)
    var tables = try AccuracyTables(
      run: run, output: run, samples: table, logitScale: logitScale, split: nil)
    try tables.write(conditions: [.clean], rowCount: table.labels.count)
    return tables.markdown
  }

  /// A cosine divides by both lengths: rows of any length but zero will do.
  private static func unitRows(_ path: String) throws -> Matrix<Float> {
    guard let unit = try MatrixFile.readFloats(path).withUnitRows() else {
      throw FileError(path, "has a row of zeros, which has no direction")
    }
    return unit
  }
}
