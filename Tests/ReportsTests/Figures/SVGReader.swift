import Foundation
import FoundationXML

/// The texts and the number of paths of an SVG file, as an XML parser sees them.
final class SVGReader: NSObject, XMLParserDelegate {
  private(set) var texts: [String] = []
  private(set) var elements: [String] = []
  private(set) var identifiers: [String] = []
  private var text: String?

  init?(_ data: Data) {
    super.init()
    let parser = XMLParser(data: data)
    parser.delegate = self
    guard parser.parse() else { return nil }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements.append(name)
    if let identifier = attributes["id"] { identifiers.append(identifier) }
    if name == "text" || name == "title" { text = "" }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text? += string }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    if let text { texts.append(text) }
    text = nil
  }
}
