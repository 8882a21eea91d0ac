import Fixtures
import Foundation
import Testing

@testable import Reports

/// Whether gnuplot is there: without it, a run still has tables and page.
let hasGnuplot = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
  .contains { FileManager.default.isExecutableFile(atPath: $0 + "/gnuplot") }

struct GnuplotTests {
  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func `files are vector text and pixels`() throws {
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
  func `gnuplot's own error is reported`() throws {
    var figure = FigureScriptTests.figure()
    figure.panels[0].commands = ["set nonsense"]
    let failure = #expect(throws: Gnuplot.Failure.self) { _ = try Gnuplot().draw(figure) }
    guard case .failed(let text) = failure else {
      Issue.record("expected gnuplot's error, got \(String(describing: failure))")
      return
    }
    #expect(text.contains("unrecognized option"))
  }

  @Test func `a missing program is told apart`() throws {
    let gnuplot = Gnuplot(program: "no-such-gnuplot")
    #expect(throws: Gnuplot.Failure.notInstalled) {
      _ = try gnuplot.draw(FigureScriptTests.figure())
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
