import Fixtures
import Foundation
import FoundationXML
import Testing

@testable import Reports

/// Whether gnuplot is there: without it, a run still has tables and page.
let hasGnuplot = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
  .contains { FileManager.default.isExecutableFile(atPath: $0 + "/gnuplot") }

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

struct GnuplotTests {
  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func filesAreVectorTextAndPixels() throws {
    let drawing = try Gnuplot().draw(FigureScriptTests.figure())
    let svg = try #require(SVGReader(drawing.svg))
    #expect(svg.texts.contains("Two <points>"))
    #expect(svg.texts.contains("it's {a}_b `id` <&>"))
    #expect(svg.texts.contains("50%"))
    #expect(svg.texts.contains("H₀"))
    #expect(svg.identifiers.allSatisfy { $0.hasPrefix("two-points-") })
    let text = String(decoding: drawing.svg, as: UTF8.self)
    #expect(text.contains("width=\"241pt\""))
    // The two points are one path.
    #expect(text.contains(/<path fill='none' stroke='rgb\([^)]*\)'[^>]*d='M[^M]*h0M[^M]*h0'/))
    #expect(drawing.png.prefix(4) == Data([0x89, 0x50, 0x4E, 0x47]))
    #expect(drawing.warning.isEmpty)
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func gnuplotsOwnErrorIsReported() throws {
    var figure = FigureScriptTests.figure()
    figure.panels[0].commands = ["set nonsense"]
    let failure = #expect(throws: Gnuplot.Failure.self) { _ = try Gnuplot().draw(figure) }
    guard case .failed(let text) = failure else {
      Issue.record("expected gnuplot's error, got \(String(describing: failure))")
      return
    }
    #expect(text.contains("unrecognized option"))
  }

  @Test func aMissingProgramIsToldApart() throws {
    let gnuplot = Gnuplot(program: "no-such-gnuplot")
    #expect(throws: Gnuplot.Failure.notInstalled) {
      _ = try gnuplot.draw(FigureScriptTests.figure())
    }
  }

  @Test func aProgramThatReadsNothingEndsNothingElse() throws {
    // It closes the pipe at once: the script, larger than a pipe, meets SIGPIPE.
    let folder = try TemporaryFolder()
    let script = String(repeating: "# nothing\n", count: 100_000)
    #expect(throws: Gnuplot.Failure.failed("it ended with status 1")) {
      _ = try Gnuplot(program: "false").run(script, in: folder.path)
    }
  }

  @Test func foldersMayHaveAnyName() throws {
    let folder = try TemporaryFolder()
    let odd = folder.path + "/it's $(x) `y` \"z\""
    try FileManager.default.createDirectory(atPath: odd, withIntermediateDirectories: true)
    #expect(try Gnuplot(program: "true").run("", in: odd).isEmpty)
    #expect(FileManager.default.fileExists(atPath: odd + "/messages.txt"))
  }
}
