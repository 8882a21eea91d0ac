import Files

/// The sentences that a class name is put into, `{}` standing for the name.
public struct PromptTemplates: Sendable, Equatable {
  /// The sentences, each with one `{}`.
  public let templates: [String]

  /// The eight for textures: a photo of {a, the} {} {texture, pattern, thing, object}.
  public static let textures = PromptTemplates(
    checked: ["texture", "pattern", "thing", "object"].flatMap { noun in
      ["a photo of a {} \(noun).", "a photo of the {} \(noun)."]
    })

  private init(checked templates: [String]) { self.templates = templates }

  /// The sentences that a manifest names; nil where it names none.
  package init?(recorded templates: [String]) {
    guard !templates.isEmpty else { return nil }
    self.init(checked: templates)
  }

  /// Reads one template a line; blank lines and lines that start with `#` are passed over.
  ///
  /// - Throws: `FileError` with the line whose template lacks `{}` or has it twice.
  public init(path: String) throws {
    var templates: [String] = []
    for (index, line) in try FileContents.readText(path).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).enumerated() where !line.isEmpty && !line.hasPrefix("#") {
      guard line.ranges(of: "{}").count == 1 else {
        throw FileError(
          path, "line \(index + 1): expected one {} where the class name goes, found \"\(line)\"")
      }
      templates.append(String(line))
    }
    guard !templates.isEmpty else { throw FileError(path, "holds no template") }
    self.init(checked: templates)
  }

  /// Every template with `className` in place of `{}`.
  public func prompts(for className: String) -> [String] {
    templates.map { $0.replacing("{}", with: className) }
  }
}
