import Fixtures
import Foundation
import Testing

@testable import Reports

/// Whether gnuplot is there: without it, a run still has tables and page.
let hasGnuplot = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
  .contains { FileManager.default.isExecutableFile(atPath: $0 + "/gnuplot") }

struct GnuplotTests {
  /// Draws in a folder of its own, and finds nothing left in it.
  private func draw(_ figure: Figure, with gnuplot: Gnuplot = Gnuplot()) throws -> Gnuplot.Drawing {
    let folder = try TemporaryFolder()
    let scratch = try FigureScratch(in: folder.path)
    defer {
      #expect((try? FileManager.default.contentsOfDirectory(atPath: scratch.path)) == [])
    }
    return try gnuplot.draw(figure, in: scratch)
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func `files are vector text and pixels`() throws {
    let drawing = try draw(FigureScriptTests.figure())
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
  func `gnuplot's own error is reported`() throws {
    var figure = FigureScriptTests.figure()
    figure.panels[0].commands = ["set nonsense"]
    let failure = #expect(throws: Gnuplot.Failure.self) { _ = try draw(figure) }
    guard case .failed(let text) = failure else {
      Issue.record("expected gnuplot's error, got \(String(describing: failure))")
      return
    }
    #expect(text.contains("unrecognized option"))
  }

  /// Names of classes that are words of gnuplot's, of the shell's, of XML or of nobody's.
  static let hostile = [
    "'til", "O''B", "''", "'", "it's", "a'", "]]>", "]]></text><script>", "&", "&amp;", "<b>",
    "\"q\"", "\\",
    "\\n", "a\\", "@S", "{/*9 x}", "_^", "`touch x`", "$(touch x)", "%d %s", "#", "!ls", "שלום",
    "\u{202E}abc",
    "😀é", "\u{FFFE}", "\u{1}\u{85}", "; set output 'x'", "a\nplot x",
  ]

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"), arguments: hostile)
  func `a text of any characters is drawn as it is`(text: String) throws {
    var figure = FigureScriptTests.figure()
    figure.title = text
    figure.panels[0].title = text
    figure.panels[0].labels = [PanelLabel(text: text, x: 0, y: 0)]
    figure.panels[0].x.ticks = [Tick(value: 0.5, label: text)]
    figure.legend[0].text = text
    let drawing = try draw(figure)
    #expect(drawing.warning.isEmpty)
    let texts = try #require(SVGReader(drawing.svg), "no XML").texts
    // Whatever would end the line, or is no character of XML, is another.
    let expected = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map {
          $0 == "\u{FFFE}" ? "\u{FFFD}" : $0.properties.generalCategory == .control ? " " : $0
        }))
    #expect(texts.filter { $0 == expected }.count >= 4, "\(texts)")
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func `a very long text is drawn`() throws {
    var figure = FigureScriptTests.figure()
    figure.panels[0].title = String(repeating: "'\\`", count: 20_000)
    #expect(try SVGReader(draw(figure).svg) != nil)
  }

  @Test(arguments: ["printf '<svg>' >figure.svg", "printf '<svg></svg>\n' >figure.svg"])
  func `files that end too early are a failure`(script: String) throws {
    // What gnuplot leaves on a disk that is full, with status 0.
    let folder = try TemporaryFolder()
    let program = try folder.write(
      "#!/bin/sh\n\(script)\nprintf 'PNG' >figure.png\ncat >/dev/null\n", "gnuplot")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    #expect(throws: Gnuplot.Failure.failed("its file ends too early: is the disk full?")) {
      _ = try draw(FigureScriptTests.figure(), with: Gnuplot(program: program))
    }
  }

  @Test func `a missing program is told apart`() throws {
    #expect(throws: Gnuplot.Failure.notInstalled) {
      _ = try draw(FigureScriptTests.figure(), with: Gnuplot(program: "no-such-gnuplot"))
    }
  }

  @Test func `a program that reads nothing ends nothing but itself`() throws {
    // It closes the pipe at once: the script, larger than a pipe, meets SIGPIPE.
    let folder = try TemporaryFolder()
    let script = String(repeating: "# nothing\n", count: 100_000)
    #expect(throws: Gnuplot.Failure.failed("it ended with status 1")) {
      _ = try Gnuplot(program: "false").run(script, in: folder.path)
    }
  }

  @Test func `folders may have any name`() throws {
    let folder = try TemporaryFolder()
    let odd = folder.path + "/it's $(x) `y` \"z\""
    try FileManager.default.createDirectory(atPath: odd, withIntermediateDirectories: true)
    #expect(try Gnuplot(program: "true").run("", in: odd).isEmpty)
    #expect(FileManager.default.fileExists(atPath: odd + "/messages.txt"))
  }
}
