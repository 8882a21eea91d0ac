import Foundation

/// What the page's script draws the map and the thumbnails from, packed.
package struct PageData: Encodable, Sendable {
  private let classes: [String]
  /// The class of every sample: base64 of little-endian 16-bit numbers.
  private let labels: String
  private let paths: [String]
  private let conditions: [Condition]
  /// The layouts to choose from.
  package let layouts: [Layout]
  /// The class that each sample is taken for, conditions one after another: 16-bit numbers, 65535 for none.
  let predicted: String?
  /// The confidence in it, from 0 to 255: a byte each.
  let confidence: String?
  private let thumbnails: Thumbnails?

  /// A condition and what it is called.
  package struct Condition: Encodable, Sendable {
    private let noise: String
    private let level: String
    private let seed: String
    let label: String

    /// - Parameters:
    ///   - noise: The kind of noise as tables name it, `none` for images as they are.
    ///   - level: Its level, as tables write it.
    ///   - seed: Its seed; empty where chance plays no part.
    ///   - label: The words that the page calls it by.
    package init(noise: String, level: String, seed: String, label: String) {
      (self.noise, self.level, self.seed, self.label) = (noise, level, seed, label)
    }
  }

  /// How the sheets of thumbnails are cut.
  private struct Thumbnails: Encodable {
    let tile = SpriteSheets.tile
    let columns = SpriteSheets.columns
    let rows = SpriteSheets.rows
    /// Width and height of each, a byte each.
    let sizes: String
  }

  /// What a model takes the samples for.
  package struct Predictions: Sendable {
    /// An index into the classes, conditions one after another; 65535 for none.
    package var classes: [UInt16]
    /// From 0 to 255, in the same order.
    package var confidences: [UInt8]

    /// None, of a number of samples under all conditions together.
    package init(count: Int) {
      classes = [UInt16](repeating: .max, count: count)
      confidences = [UInt8](repeating: 0, count: count)
    }
  }

  /// Packs what a page shows.
  ///
  /// - Parameters:
  ///   - classes: The names of the classes.
  ///   - labels: The class of every sample, an index into `classes`.
  ///   - paths: The path of every sample.
  ///   - conditions: The conditions, in the order that layouts and predictions count them.
  ///   - layouts: The layouts to choose from, the first of them shown first.
  ///   - predictions: What a model takes the samples for; nil for no model.
  ///   - sheets: The thumbnails; nil for none.
  package init(
    classes: [String], labels: [Int], paths: [String], conditions: [Condition], layouts: [Layout],
    predictions: Predictions?, sheets: SpriteSheets?
  ) {
    self.classes = classes
    self.labels = Self.base64(labels.map { UInt16(clamping: $0) })
    self.paths = paths
    self.conditions = conditions
    self.layouts = layouts
    predicted = predictions.map { Self.base64($0.classes) }
    confidence = predictions.map { Self.base64($0.confidences) }
    thumbnails = sheets.map { Thumbnails(sizes: Self.base64($0.sizes)) }
  }

  /// The element that the page's script reads.
  package func html() throws -> HTML {
    "<script type=\"application/json\" id=\"page-data\">\(HTML.scriptJSON(try json()))</script>\n"
  }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// Numbers as base64 of their bytes, the lowest first.
  static func base64<Word: FixedWidthInteger>(_ words: [Word]) -> String {
    var data = Data(capacity: words.count * Word.bitWidth / 8)
    for word in words {
      for shift in stride(from: 0, to: Word.bitWidth, by: 8) {
        data.append(UInt8(truncatingIfNeeded: word >> Word(shift)))
      }
    }
    return data.base64EncodedString()
  }
}
