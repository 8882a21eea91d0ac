import Analyses
import Foundation
import Runs

/// Whether embeddings of classes that came from elsewhere look as if their rows stood in another order than the
/// classes: what the clean images are nearest to tells.
package struct TextOrder: Sendable {
  private let classes: [String]
  private let count: Int
  /// The images that are nearest to the row of their own class.
  private let hits: Int
  /// The row that most images of a class are nearest to, for every class that has images.
  private let nearest: [(label: Int, row: Int)]
  /// The images that are nearest to those rows.
  private let matched: Int

  /// What images tell.
  ///
  /// - Parameters:
  ///   - labels: The class of each image.
  ///   - predicted: The row that each is nearest to.
  ///   - classes: The names of the classes, in the order that the rows are taken to have.
  /// - Complexity: O(n log n) for n images.
  package init(labels: [Int], predicted: [Int], classes: [String]) {
    self.classes = classes
    count = labels.count
    hits = zip(labels, predicted).count { $0 == $1 }
    var best: [Confusion.Pair] = []
    for pair in Confusion(labels: labels, predicted: predicted, classCount: classes.count).pairs {
      if best.last?.label != pair.label {
        best.append(pair)
      } else if let last = best.last, last.count < pair.count {
        best[best.count - 1] = pair
      }
    }
    nearest = best.map { ($0.label, $0.predicted) }
    matched = best.reduce(0) { $0 + $1.count }
  }

  /// The same of a run's clean images; nil where it has none, or no embeddings of the classes.
  ///
  /// - Throws: `FileError` naming embeddings that are damaged.
  package init?(_ context: RunContext) throws {
    guard let logitScale = context.logitScale, let classes = try context.classEmbeddings(),
      context.conditions.contains(.clean)
    else { return nil }
    let labels = context.samples.labels
    let result = ZeroShotResult(
      images: try context.unitRows(.clean), classes: classes, labels: labels,
      logitScale: logitScale)
    self.init(labels: labels, predicted: result.predicted, classes: context.samples.classes)
  }

  /// Guessing is right as often, or more often.
  private var isChance: Bool { hits * classes.count <= count }

  /// Whether each class has a row of its own that most of its images are nearest to, others than the classes' order
  /// says, with which twice as many images or more would be right.
  private var hasOtherOrder: Bool {
    nearest.contains { $0.label != $0.row } && Set(nearest.map(\.row)).count == nearest.count
      && matched >= 2 * hits && 2 * matched >= count
      && count >= Self.fewestImagesOfClass * nearest.count
  }

  /// Of fewer images a class, an order is found in any predictions.
  private static let fewestImagesOfClass = 5

  /// What is to be said of the order.
  ///
  /// - Parameters:
  ///   - text: The file of the embeddings.
  ///   - remedy: What gives their order.
  /// - Returns: A sentence; nil where the order looks right.
  package func doubt(text: String, remedy: String) -> String? {
    guard classes.count > 1, count > 0, isChance || hasOtherOrder else { return nil }
    func share(_ images: Int) -> String {
      String(format: "%.4f", Double(images) / Double(count))
    }
    var sentence = "clean accuracy is \(share(hits))"
    if isChance {
      sentence += ", no more than guessing among \(classes.count) classes gives"
    }
    sentence +=
      ": the rows of \(text) may stand in another order than the classes (row 0 is taken for "
      + "\"\(classes[0])\", row 1 for \"\(classes[1])\"\(classes.count > 2 ? ", …" : ""))"
    if hasOtherOrder {
      let shown = nearest.prefix(3).enumerated().map { place, pair in
        "\"\(classes[pair.label])\" \(place == 0 ? "are nearest to" : "to") row \(pair.row)"
      }
      sentence +=
        "; images of \(shown.joined(separator: ", of "))\(nearest.count > 3 ? ", …" : ""): in that order "
        + "accuracy would be \(share(matched))"
    }
    return sentence + "; " + remedy
  }
}
