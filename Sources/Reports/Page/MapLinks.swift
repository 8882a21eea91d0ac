import Files
import Pages
import Runs

/// Links from classes and images to their points in the page's map.
struct MapLinks: Sendable {
  /// The section that has the map.
  private static let address = PageSection.layouts.name
  private let classes: [String: Int]
  private let conditions: [Condition: Int]

  /// Those of a run's map.
  init(_ run: ReportedRun) {
    classes = Dictionary(run.classes.enumerated().map { ($1, $0) }) { first, _ in first }
    conditions = Dictionary(
      run.conditions.enumerated().map { ($1, $0) }
    ) { first, _ in first }
  }

  /// A name, as a link that picks out points; the name alone where a class is none of the run's.
  ///
  /// - Parameters:
  ///   - name: What the link says.
  ///   - shown: The classes that it picks out.
  ///   - predicted: The class that their images are to be taken for; nil for any.
  ///   - condition: The condition that the map is to show; nil for the one it shows.
  /// - Returns: Its markup.
  func link(
    _ name: String, to shown: [String], predicted: String? = nil, condition: Condition? = nil
  ) -> HTML {
    let indices = shown.compactMap { classes[$0] }
    guard indices.count == shown.count else { return "\(name)" }
    let list = indices.map(String.init).joined(separator: " ")
    let taken: HTML = " data-predicted=\"\(predicted.flatMap { classes[$0] } ?? 0)\""
    return """
      <a href="#\(Self.address)" data-classes="\(list)"\
      \(taken, if: predicted.flatMap { classes[$0] } != nil)\(place(condition))>\(name)</a>
      """
  }

  /// Markup, as a link to the point of an image.
  func link(_ contents: HTML, toImage row: Int, condition: Condition?) -> HTML {
    "<a href=\"#\(Self.address)\" data-image=\"\(row)\"\(place(condition))>\(contents)</a>"
  }

  private func place(_ condition: Condition?) -> HTML {
    guard let index = condition.flatMap({ conditions[$0] }) else { return "" }
    return " data-condition=\"\(index)\""
  }
}
