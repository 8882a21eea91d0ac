import Analyses
import Foundation

/// A table for a paper, in LaTeX with the rules of booktabs.
struct BooktabsTable {
  /// The heads of the columns.
  let titles: [String]
  /// How each column is aligned: l, c or r.
  let alignment: String
  /// The fields of every row, as they read.
  let rows: [[String]]

  /// The tabular, without a float around it.
  var text: String {
    precondition(titles.count == alignment.count && rows.allSatisfy { $0.count == titles.count })
    func line(_ fields: [String]) -> String {
      "\(fields.map(Self.escaped).joined(separator: " & ")) \\\\\n"
    }
    return """
      \\begin{tabular}{\(alignment)}
      \\toprule
      \(line(titles))\\midrule
      \(rows.map(line).joined())\\bottomrule
      \\end{tabular}

      """
  }

  /// A number to four digits.
  static func text(_ value: Double?) -> String { value.map { String(format: "%.4f", $0) } ?? "" }

  /// An interval to four digits.
  static func text(_ interval: ConfidenceInterval?) -> String {
    interval.map { "\(number($0.low))--\(number($0.high))" } ?? ""
  }

  private static func number(_ value: Double) -> String { String(format: "%.4f", value) }

  /// A name may hold what LaTeX takes for a command.
  private static func escaped(_ field: String) -> String {
    field.unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "\\": text += "\\textbackslash{}"
      case "~": text += "\\textasciitilde{}"
      case "^": text += "\\textasciicircum{}"
      case "&", "%", "$", "#", "_", "{", "}": text += "\\\(scalar)"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
