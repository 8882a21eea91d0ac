import Fixtures
import Foundation
import Images
import Testing

@testable import Reports

/// Whether gnuplot is there: without it, a run still has tables and page.
let hasGnuplot = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
  .contains { FileManager.default.isExecutableFile(atPath: $0 + "/gnuplot") }

struct GnuplotTests {
  /// Draws in a folder of its own, and finds nothing left in it.
  private func draw(
    _ figure: Figure, _ options: FigureOptions = FigureOptions(), with gnuplot: Gnuplot = Gnuplot()
  ) throws -> Gnuplot.Drawing {
    let folder = try TemporaryFolder()
    let scratch = try FigureScratch(in: folder.path)
    defer {
      #expect((try? FileManager.default.contentsOfDirectory(atPath: scratch.path)) == [])
    }
    return try gnuplot.draw(figure, options, in: scratch)
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func `files are vector text and pixels`() throws {
    let drawing = try draw(FigureScriptTests.figure())
    let vector = try #require(drawing.files[.svg])
    let svg = try #require(SVGReader(vector))
    #expect(svg.texts.contains("Two <points>"))
    #expect(svg.texts.contains("it's {a}_b `id` <&>"))
    #expect(svg.texts.contains("50%"))
    #expect(svg.texts.contains("H₀"))
    #expect(svg.identifiers.allSatisfy { $0.hasPrefix("two-points-") })
    let text = String(decoding: vector, as: UTF8.self)
    #expect(text.contains("width=\"245pt\""))
    // The two points are one path.
    #expect(text.contains(/<path fill='none' stroke='rgb\([^)]*\)'[^>]*d='M[^M]*h0M[^M]*h0'/))
    #expect(drawing.files[.png]?.prefix(4) == Data([0x89, 0x50, 0x4E, 0x47]))
    #expect(drawing.files[.pdf] == nil)
    #expect(drawing.warning.isEmpty)
  }

  @Test(
    .enabled(if: hasGnuplot, "gnuplot is not installed"),
    arguments: [(FigureWidth.oneColumn, 3.4), (.twoColumns, 7)])
  func `every format has the width that is asked for`(width: FigureWidth, inches: Double) throws {
    let options = FigureOptions(formats: FigureFormat.allCases, width: width)
    let drawing = try draw(FigureScriptTests.figure(), options)
    #expect(abs(drawing.size.width / 72 - inches) < 0.005)
    let svg = String(decoding: try #require(drawing.files[.svg]), as: UTF8.self)
    #expect(svg.contains("width=\"\(Int(width.points))pt\""))
    let png = try #require(drawing.files[.png])
    let image = try RGBImage(decoding: png, file: "figure.png")
    let density = try #require(PixelDensityTests.perMetre(png))
    #expect(abs(Double(image.width) / (Double(density) * 0.0254) - inches) < 0.005)
    let pdf = try #require(drawing.files[.pdf])
    #expect(pdf.starts(with: Data("%PDF-".utf8)))
    let text = String(decoding: pdf, as: UTF8.self)
    #expect(text.contains("/MediaBox [ 0 0 \(Int(width.points)) \(Int(drawing.size.height)) ]"))
    #expect(text.contains("/CreationDate (D:20000101000000"))
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func `a reader who prefers dark has colours of dark`() throws {
    let svg = try String(
      decoding: #require(draw(FigureScriptTests.figure()).files[.svg]), as: UTF8.self)
    #expect(svg.contains("@media (prefers-color-scheme:dark)"))
    #expect(svg.contains("#two-points-gnuplot_canvas [fill='#ffffff']{fill:#14171c}"))
    #expect(svg.contains("#two-points-gnuplot_canvas [fill='black']{fill:#e4e7ec}"))
    var pictures = FigureScriptTests.figure()
    pictures.panels[0].plots = [
      .picture(RGBImage(width: 1, height: 1, pixels: [255, 255, 255]))
    ]
    let light = try String(decoding: #require(draw(pictures).files[.svg]), as: UTF8.self)
    #expect(!light.contains("prefers-color-scheme"))
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
    let texts = try #require(SVGReader(drawing.files[.svg] ?? Data()), "no XML").texts
    // Whatever would end the line, or is no character of XML, is another.
    let expected = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map {
          $0 == "\u{FFFE}" ? "\u{FFFD}" : $0.properties.generalCategory == .control ? " " : $0
        }))
    // What has no room ends in an ellipsis: none of these is so long.
    #expect(texts.filter { $0 == expected }.count >= 4, "\(texts)")
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func `a very long text is drawn`() throws {
    var figure = FigureScriptTests.figure()
    figure.panels[0].title = String(repeating: "'\\`", count: 20_000)
    #expect(try SVGReader(draw(figure).files[.svg] ?? Data()) != nil)
  }

  @Test(arguments: ["printf '<svg>' >figure.svg", "printf '<svg></svg>\n' >figure.svg"])
  func `files that end too early are a failure`(script: String) throws {
    // What gnuplot leaves on a disk that is full, with status 0.
    let folder = try TemporaryFolder()
    let program = try folder.writeProgram(
      "#!/bin/sh\n\(script)\nprintf 'PNG' >figure.png\ncat >/dev/null\n", "gnuplot")
    func failure() -> Gnuplot.Failure? {
      do { _ = try draw(FigureScriptTests.figure(), with: Gnuplot(program: program)) } catch {
        return error as? Gnuplot.Failure
      }
      return nil
    }
    #expect(failure() == .failed("its file ends too early: is the disk full?"))
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
