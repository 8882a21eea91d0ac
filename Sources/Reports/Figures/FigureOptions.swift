import Files

/// In which formats figures are drawn, and how wide.
package struct FigureOptions: Equatable, Sendable {
  /// The formats, in the order of `FigureFormat`.
  package var formats: [FigureFormat]
  /// The width of all figures; nil for each as wide as what it shows asks for.
  package var width: FigureWidth?

  /// SVG and PNG, each figure as wide as it needs.
  package init(formats: [FigureFormat] = [.svg, .png], width: FigureWidth? = nil) {
    self.formats = FigureFormat.allCases.filter(formats.contains)
    self.width = width
  }

  /// The options of the command line that stand for these; none where it has them by itself.
  package var arguments: [String] {
    let names = formats.map(\.rawValue).joined(separator: ",")
    return (formats == Self().formats ? [] : ["--figure-format", names])
      + (width.map { ["--figure-width", $0.rawValue] } ?? [])
  }

  /// The options that words stand for.
  ///
  /// - Parameters:
  ///   - formats: Names of formats with commas between them, such as `png,pdf`; nil for SVG and PNG.
  ///   - width: `column` or `page`; nil for each as it needs.
  /// - Throws: `FigureOptionError` naming the word that is none, and what was probably meant.
  package init(formats: String?, width: String?) throws {
    self.init()
    if let formats {
      let words = formats.split(separator: ",", omittingEmptySubsequences: false).map {
        $0.trimmingWhitespace.lowercased()
      }
      let named = try words.map { word in
        guard let format = FigureFormat(rawValue: word) else {
          throw FigureOptionError("format", word, of: FigureFormat.allCases.map(\.rawValue))
        }
        return format
      }
      self.init(formats: named)
    }
    if let width {
      guard let known = FigureWidth(rawValue: width.lowercased()) else {
        throw FigureOptionError("width", width, of: FigureWidth.allCases.map(\.rawValue))
      }
      self.width = known
    }
  }
}

/// A kind of file that a figure is written as; its name is the file's extension.
package enum FigureFormat: String, CaseIterable, Sendable {
  /// Vectors for pages, light or dark as the reader likes.
  case svg
  /// Pixels, `FigureScript.pixelsPerInch` an inch.
  case png
  /// Vectors for papers.
  case pdf
}

/// A word that is no format or width of figures.
package struct FigureOptionError: Error, Equatable, CustomStringConvertible {
  package let description: String

  init(_ what: String, _ word: String, of names: [String]) {
    let shown = word.isEmpty ? "nothing" : "\"\(word)\""
    let meant = word.nearest(of: names, within: 2).map { "; did you mean \($0)?" } ?? ""
    description =
      "--figure-\(what): \(shown) is no \(what) of figures; expected "
      + names.joined(separator: what == "format" ? ", " : " or ") + meant
  }
}

extension StringProtocol {
  fileprivate var trimmingWhitespace: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
