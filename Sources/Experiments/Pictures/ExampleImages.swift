import Files
import Foundation
import Images
import LinearAlgebra
import RunAnalyses
package import Runs

/// What the model sees: an image of every class, and some images under every condition.
///
/// PNG files in `examples/`, and `examples.csv` with a line a file.
package struct ExampleImages {
  /// The number of classes whose image is shown under every condition.
  private static let noiseExamples = 4

  package let run: RunDirectory
  package let images: RunImages
  package let samples: SampleTable
  package let conditions: [Condition]

  /// A file to make.
  private struct Example: Sendable {
    let kind: String
    let classIndex: Int
    let condition: Condition
    let row: Int

    var file: String {
      let number = String(format: "%03d", classIndex)
      return kind == "class"
        ? "examples/class-\(number).png" : "examples/noise-\(number)-\(condition.name).png"
    }
  }

  /// Makes all of them, an image at a time on each worker.
  ///
  /// - Returns: The digests of the pictures, by path.
  /// - Throws: `FileError` for an image that cannot be read any more; `RunError.interrupted`.
  package func write() throws -> [String: String] {
    let examples = examples
    let digests = try Parallel.tryMap(count: examples.count) { index -> [(String, String)] in
      try Interruption.check()
      guard let row = examples[index].first?.row else { return [] }
      let prepared = try images.pixels.prepare(
        images.image(row: row), digest: images.digests[row])
      return try examples[index].map { example in
        let data = try images.picture(row: row, example.condition, of: prepared).pngData()
        try run.write(
          data, example.kind == "class" ? PictureFiles.classExample : PictureFiles.noiseExample,
          at: example.file)
        return (example.file, "\(Digest(of: data))")
      }
    }
    var table = Table(PictureFiles.examples)
    let all = examples.flatMap(\.self)
    for example in all.filter({ $0.kind == "class" }) + all.filter({ $0.kind == "noise" }) {
      table.append(
        [
          PictureFiles.kind(example.kind),
          PictureFiles.className(samples.classes[example.classIndex]),
        ] + example.condition.cells + [
          PictureFiles.row(example.row), PictureFiles.file(example.file),
        ])
    }
    try run.write(table)
    return Dictionary(digests.flatMap(\.self)) { $1 }
  }

  /// The files of each class that has images, in order of classes: of its first row.
  private var examples: [[Example]] {
    let firstRows = samples.classes.indices.compactMap { index in
      samples.labels.firstIndex(of: index).map { (classIndex: index, row: $0) }
    }
    // Classes that lie as far apart in the table as they can.
    let count = min(Self.noiseExamples, firstRows.count)
    let shown = Set((0..<count).map { $0 * firstRows.count / count })
    // As the data set's own image is: the first of its variants where it was corrupted beforehand.
    let own = images.variants.first { $0.value.index == 0 }?.key ?? .clean
    // Of folders that are not there any more there is nothing to show.
    let shownConditions = conditions.filter {
      images.variants.isEmpty || images.variants[$0] != nil
    }
    return firstRows.enumerated().map { place, first in
      let (classIndex, row) = first
      let noisy = shown.contains(place) ? shownConditions : []
      return [Example(kind: "class", classIndex: classIndex, condition: own, row: row)]
        + noisy.map { Example(kind: "noise", classIndex: classIndex, condition: $0, row: row) }
    }
  }
}
