package import Files
package import Foundation
internal import Images
package import LinearAlgebra
internal import RunAnalyses
package import Runs

/// A finished run as an input: its images, sorted by path, with what it says of them.
package struct ExploredRun: Sendable {
  /// The folder, as it was given.
  package let path: String
  /// The images, a row each, sorted by path.
  package let images: [ListedImage]
  /// The conditions, `clean` first.
  package let conditions: [Condition]
  /// The model that made the embeddings, by what `--model` calls it; nil where the run does not say.
  package let modelName: String?
  /// The digest of that model; nil where the run does not say.
  package let modelDigest: String?
  /// What a reader must know: where the images are from, and whether they are still there.
  package let notes: [String]
  /// The sample of every row: its place in `samples.csv`.
  package let samples: [Int]

  private let run: RunDirectory
  private let table: SampleTable
  /// Of the contents of the images together; nil where the run does not say.
  private let dataDigest: String?

  /// Whether a folder is a run directory rather than one of images.
  ///
  /// - Throws: `FileError` when that cannot be said.
  package static func isRun(_ path: String) throws -> Bool {
    let run = RunDirectory(path)
    return try FileStatus(run.file(SampleColumns.file.pattern.text)) != nil
      && FileStatus(run.file("embeddings"))?.kind == .folder
  }

  /// Opens a run.
  ///
  /// - Parameter path: The run directory.
  /// - Throws: `FileError` for what is damaged or missing, and for a run without embeddings of the clean images.
  /// - Complexity: O(n log n) for n images, and a call of the system for each.
  package init(_ path: String) throws {
    self.path = path
    run = RunDirectory(path)
    table = try run.readSamples()
    conditions = try run.conditions()
    guard conditions.first == .clean else {
      throw FileError(
        run.file("embeddings"),
        "has no embeddings of the clean images (clean.npy), which are what the map is of")
    }
    let manifest = try Manifest.read(run)
    modelName = manifest?.model.map { $0.path ?? $0.name }
    modelDigest = manifest?.model?.digest
    dataDigest = manifest?.data.flatMap { $0.variants == nil ? $0.imageDigest : nil }

    var samples = Array(table.paths.indices)
    let paths = table.paths
    samples.sort { paths[$0] < paths[$1] }
    for (first, second) in zip(samples, samples.dropFirst()) where paths[first] == paths[second] {
      throw FileError(
        run.file(SampleColumns.file.pattern.text),
        "names the image \(paths[first]) twice, in rows \(first) and \(second) (counted from 0); the explorer tells images by their paths"
      )
    }
    self.samples = samples
    let sorted = samples.map { paths[$0] }
    let folder = try RunImageFolder.find(run, manifest, paths: sorted)
    let files = sorted.map { path -> (file: String, stamp: FileStamp)? in
      guard !path.mayLeadOut, ImageFormat.isNamed(path),
        let file = folder.map({ $0 + "/" + path }),
        case .file(let stamp) = PlacedItem(file)
      else { return nil }
      return (file, stamp)
    }
    images = zip(sorted, zip(ListedImage.ids(sorted), files)).map { path, found in
      ListedImage(path: path, id: found.0, file: found.1?.file, stamp: found.1?.stamp)
    }
    let gone = files.count { $0 == nil }
    let source = manifest?.data?.source ?? ""
    var notes = source.isEmpty ? [] : ["The run is of \(source)."]
    if gone > 0 {
      notes.append(
        (gone == images.count
          ? "Its image files are not at hand"
          : "\(gone) of its \(images.count) image files are not at hand")
          + (try run.contents(PictureFiles.thumbnail.pattern.folder).isEmpty
            ? ", and the run has no thumbnails: there are no pictures of them."
            : "; the run's thumbnails, which are small, stand for them."))
    }
    self.notes = notes
  }

  /// What is to be said of files that are not those which the run embedded.
  ///
  /// - Parameter digests: The SHA-256 of the files, a row each.
  /// - Returns: A sentence; nil where they are the same, or that cannot be told since some are not there.
  package func remark(on digests: [Digest?]) -> String? {
    let present = digests.compactMap(\.self)
    guard let dataDigest, present.count == digests.count else { return nil }
    // As the run counted them: in the order of its samples, each with its class.
    var lines = [String](repeating: "", count: samples.count)
    for (row, sample) in samples.enumerated() {
      lines[sample] = "\(present[row]) \(table.classes[table.labels[sample]])\n"
    }
    return "\(Digest(of: lines.joined()))" == dataDigest
      ? nil
      : "The image files are not what they were when the run embedded them: pictures and places may not agree."
  }

  // MARK: Embeddings

  /// The embeddings under a condition, [images, dimension], unit rows.
  ///
  /// - Throws: `FileError` for what is missing or damaged, and for numbers that are not finite.
  package func embeddings(_ condition: Condition) throws -> Matrix<Float> {
    let matrix = try run.readEmbeddings(condition, rowCount: table.paths.count)
    return try RunDirectory.unitRows(matrix, file: run.embeddingsFile(condition)).selectingRows(
      samples)
  }

  /// What the embeddings under a condition are, for what is computed of them and kept: the SHA-256 of their file.
  ///
  /// - Throws: `FileError` when it cannot be read.
  package func digest(_ condition: Condition) throws -> Digest {
    try Digest(ofFile: run.embeddingsFile(condition))
  }

  // MARK: Columns

  /// What the run says of its images under a condition: class, split, and, where it classified them, what they were
  /// taken for, whether rightly and how surely.
  ///
  /// - Throws: `FileError` naming the line of `predictions.csv` that is damaged or of another image than
  ///   `samples.csv` has there.
  /// - Complexity: O(bytes of `predictions.csv`); memory of the condition's rows.
  package func columns(_ condition: Condition) throws -> [MetadataColumn] {
    let classes = samples.map { table.classes[table.labels[$0]] }
    var columns = [MetadataColumn(key: "class", categories: classes, role: "class")]
    if table.splits.contains(where: { !$0.isEmpty }) {
      columns.append(
        MetadataColumn(
          key: "split",
          categories: samples.map { table.splits[$0].isEmpty ? nil : table.splits[$0] },
          role: "split"))
    }
    guard let predictions = try predictions(condition) else { return columns }
    let predicted = samples.map { predictions[$0].predicted }
    columns.append(MetadataColumn(key: "predicted", categories: predicted, role: "predicted"))
    columns.append(
      MetadataColumn(
        key: "correct", categories: zip(predicted, classes).map { $0 == $1 ? "yes" : "no" },
        role: "correct"))
    columns.append(
      MetadataColumn(
        key: "confidence",
        values: .numbers(
          samples.map { predictions[$0].confidence },
          present: RowMask(count: samples.count, all: true)),
        role: "confidence"))
    return columns
  }

  /// The predictions under a condition, in the order of the samples; nil where the run has none.
  private func predictions(_ condition: Condition) throws -> [(
    predicted: String, confidence: Double
  )]? {
    let file = run.file(PredictionColumns.file.pattern.text)
    guard try FileStatus(file) != nil else { return nil }
    var reader = try CSVReader(path: file)
    let places = try PredictionColumns.file.columns.map { column in
      guard let place = reader.header.firstIndex(of: column.name) else {
        throw FileError(
          file, "has no column \"\(column.name)\"; its columns are \(reader.header.listed)")
      }
      return place
    }
    let names = PredictionColumns.file.columns.map(\.name)
    let wanted = condition.tableFields
    let conditionPlaces = ConditionColumns.all.compactMap { column in
      names.firstIndex(of: column.name).map { places[$0] }
    }
    let known = Set(table.classes)
    var predictions: [(predicted: String, confidence: Double)] = []
    while let record = try reader.next() {
      func damaged(_ problem: String) -> FileError {
        FileError(file, "line \(record.line): \(problem); run the analyses once more")
      }
      let fields = conditionPlaces.map { record.fields[$0] }
      guard fields == wanted || Condition(tableFields: fields) == condition else { continue }
      func field(_ column: any ColumnDeclaration) -> String {
        names.firstIndex(of: column.name).map { record.fields[places[$0]] } ?? ""
      }
      let row = predictions.count
      guard row < table.paths.count else {
        throw damaged("more images under \(condition.name) than samples.csv has")
      }
      guard field(PredictionColumns.path) == table.paths[row] else {
        throw damaged(
          "is of \(field(PredictionColumns.path)); row \(row) of samples.csv is \(table.paths[row])"
        )
      }
      let predicted = field(PredictionColumns.predicted)
      guard known.contains(predicted) else {
        throw damaged("predicts \"\(predicted)\", which is no class of the run")
      }
      guard let confidence = PredictionColumns.confidence.value(field(PredictionColumns.confidence))
      else {
        throw damaged("its confidence is no number from 0 to 1")
      }
      predictions.append((predicted, confidence))
    }
    if predictions.isEmpty { return nil }
    guard predictions.count == table.paths.count else {
      throw FileError(
        file,
        "has \(predictions.count) images under \(condition.name); samples.csv has \(table.paths.count)"
      )
    }
    return predictions
  }

  // MARK: Thumbnails

  /// The run's own small picture of a row; nil where it has none.
  ///
  /// - Throws: `FileError` when it is there and cannot be read.
  package func thumbnail(row: Int) throws -> Data? {
    let number = "\(samples[row])"
    let zeros = String(repeating: "0", count: max(0, 5 - number.count))
    let file = run.file("\(PictureFiles.thumbnail.pattern.folder)/\(zeros)\(number).jpg")
    return try FileStatus(file)?.kind == .file ? FileContents.read(file) : nil
  }
}
