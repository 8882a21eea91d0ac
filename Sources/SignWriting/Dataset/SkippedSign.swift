/// A row of a table of signs that is no pair of the data set, and why.
struct SkippedSign: Sendable, Equatable {
  /// Why a row is passed over.
  enum Reason: Sendable, Equatable {
    /// More or fewer fields than the header.
    case fields(found: Int, expected: Int)
    /// No sign, or a word for none.
    case noSign
    /// No caption, or a word for none.
    case noCaption
    /// A text that is no sign.
    case malformed(SignError)
    /// A sign that cannot be drawn, or not on the canvas.
    case undrawable(SignRenderingError)

    /// What rows are counted by.
    var kind: String {
      switch self {
      case .fields: "of another number of fields"
      case .noSign: "without a sign"
      case .noCaption: "without a caption"
      case .malformed: "with a malformed sign"
      case .undrawable(.tooLarge): "larger than the canvas"
      case .undrawable: "that cannot be drawn"
      }
    }

    /// As the table of skipped rows says it.
    var text: String {
      switch self {
      case .fields(let found, let expected): "\(found) fields, the header has \(expected)"
      case .noSign: "no sign"
      case .noCaption: "no caption"
      case .malformed(let error): "\(error)"
      case .undrawable(let error): "\(error)"
      }
    }
  }

  /// The line of the table on which the row starts, from 1.
  let line: Int
  /// As it stood there.
  let sign: String
  let caption: String
  let reason: Reason
}
