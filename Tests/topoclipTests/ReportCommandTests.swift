import Files
import Fixtures
import Foundation
import FoundationXML
import LinearAlgebra
import Runs
import Testing

private let hasGnuplot = FileManager.default.isExecutableFile(atPath: "/usr/bin/gnuplot")

/// `report` as a user meets it, and the page as a browser does.
@Suite(.serialized)
struct ReportCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) throws -> ProgramRun {
    try ProgramRun(arguments, in: folder.path)
  }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  @Test func `a sweep ends with a page, and report makes the same again`() throws {
    let outcome = try folder.smallSweep("run")
    #expect(outcome.code == 0, "\(outcome)")
    let first = try FileContents.read(path("run/report.html"))
    try FileManager.default.removeItem(atPath: path("run/report.html"))
    let again = try run("report", "run")
    #expect(again.code == 0 && again.output.hasPrefix("run/report.html: "), "\(again)")
    #expect(try FileContents.read(path("run/report.html")) == first)
    let quiet = try run("report", "run", "--quiet", "--threads", "1")
    #expect(quiet.code == 0 && quiet.output.isEmpty, "\(quiet)")
    #expect(try FileContents.read(path("run/report.html")) == first)
    #expect(first.count < 5_000_000)
  }

  @Test func `a training gives its curves`() throws {
    _ = try folder.write(
      """
      {"epochs":0,"is_best":true,"kind":"validation","scores":{"accuracy":0.25,"loss":2},"steps":0}
      {"epoch":0,"gradient_norm":2.5,"kind":"step","learning_rate":0.001,"logit_factor":14,"loss":2.5,"step":0}
      {"epochs":1,"is_best":true,"kind":"validation","scores":{"accuracy":0.75,"loss":1},"steps":10,"training_loss":1.5}

      """, "training/log.jsonl")
    let outcome = try run("report", "training")
    #expect(outcome.code == 0, "\(outcome)")
    let html = try FileContents.readText(path("training/report.html"))
    #expect(html.contains("After 1 epoch the validation gives accuracy 0.750 and loss 1.000."))
    #expect(html.contains("id=\"table-validations\""))
  }

  @Test func `what is no run is named`() throws {
    let none = try run("report", "nothing")
    #expect(none.code == 1 && none.error.contains("nothing: is no run directory"), "\(none)")
    #expect(try run("report").code == 2)
  }

  @Test func `a run that another process has just begun is being worked in, and is not none`()
    throws
  {
    try RunLock.hold(path("run")) {
      let outcome = try run("report", "run")
      #expect(outcome.code == 1 && outcome.error.contains("run: process "), "\(outcome)")
    }
    #expect(try FileStatus(path("run")) == nil)
  }

  // MARK: What fails

  /// A run of few figures, not drawn yet.
  private let few = ["--analyses", "zeroshot,geometry", "--no-report"]

  /// Runs the program with a gnuplot of the test's before all others.
  private func run(_ arguments: [String], gnuplot script: String) throws -> ProgramRun {
    _ = try folder.writeProgram("#!/bin/sh\n" + script, "bin/gnuplot")
    let process = Process()
    process.executableURL = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "topoclip")
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.environment = ProcessInfo.processInfo.environment.merging([
      "PATH": path("bin") + ":/usr/bin:/bin"
    ]) { $1 }
    let (output, error) = (try folder.write("", "output"), try folder.write("", "error"))
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: error))
    try process.run()
    process.waitUntilExit()
    return ProgramRun(
      code: process.terminationStatus, output: try FileContents.readText(output),
      error: try FileContents.readText(error))
  }

  /// What is left of gnuplot's work in the run directory.
  private var scratch: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path("run"))) ?? [])
      .filter { $0.hasPrefix(".") }
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func `a figure that fails is named, and the rest is drawn`() throws {
    #expect(try folder.smallSweep("run", few).code == 0)
    let outcome = try run(
      ["report", "run", "--quiet"],
      gnuplot: """
        script=$(cat)
        case $script in *Density*) echo 'it is no good' >&2; exit 1;; esac
        printf '%s\\n' "$script" | exec /usr/bin/gnuplot "$@"

        """)
    #expect(outcome.code == 1, "\(outcome)")
    #expect(outcome.error.contains("gnuplot could not draw cosines: it is no good."), "\(outcome)")
    #expect(outcome.error.contains("these figures could not be drawn: cosines"), "\(outcome)")
    let drawn = try FileManager.default.contentsOfDirectory(atPath: path("run/figures"))
    #expect(drawn.contains("accuracy.svg") && !drawn.contains("cosines.svg"))
    // A gnuplot that fails once takes the figures of an earlier report not away.
    #expect(try run(["report", "run", "--quiet"], gnuplot: "cat >/dev/null; exit 1\n").code == 1)
    let kept = try FileManager.default.contentsOfDirectory(atPath: path("run/figures"))
    #expect(Set(kept) == Set(drawn))
    #expect(try FileContents.readText(path("run/report.html")).contains("could not draw cosines"))
    #expect(scratch == [])
  }

  @Test func `a sweep whose report fails ends with 1, and its run is finished`() throws {
    let outcome = try run(
      [
        "sweep", "--classes", "banded,chequered", "--limit", "20", "--levels", "0", "--analyses",
        "zeroshot", "--output", "run", "--quiet",
      ], gnuplot: "cat >/dev/null; exit 1\n")
    #expect(outcome.code == 1, "\(outcome)")
    #expect(outcome.error.contains("the run is complete, but its report is not"), "\(outcome)")
    #expect(outcome.error.contains("topoclip report run tries again"), "\(outcome)")
    #expect(try FileContents.readText(path("run/manifest.json")).contains("\"finished_at\""))
    #expect(try run("verify", "run").code == 0)
    #expect(scratch == [])
    let again = try run("report", "run")
    #expect(again.code == 0, "\(again)")
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func `figures that cannot be written are an error`() throws {
    #expect(try folder.smallSweep("run", few).code == 0)
    _ = try folder.write("a file", "run/figures")
    let outcome = try run("report", "run", "--quiet")
    #expect(outcome.code == 1 && outcome.error.contains("run/figures/"), "\(outcome)")
    #expect(!FileManager.default.fileExists(atPath: path("run/report.html")))
    #expect(scratch == [])
    try FileManager.default.removeItem(atPath: path("run/figures"))
    #expect(try run("report", "run", "--quiet").code == 0)
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed"))
  func `classes may be called anything`() throws {
    let names = [
      "'til", "O''B", "]]>", "<b>&amp;", "\\\"`$(x)`", "@{x}_^%d", "שלום", "a]]>\u{301}b",
      "%\u{301}",
    ]
    let rows = names.flatMap { [$0, $0, $0, $0] }
    var points = Matrix<Float>(rows: rows.count, columns: 8)
    for row in rows.indices {
      for column in 0..<8 { points[row, column] = Float(sin(Double(1 + row * 8 + column))) }
      points[row, row / 4 % 8] += row < 32 ? 2 : 3
    }
    _ = try folder.write(NumPyFile.encode(points), "emb/clean.npy")
    let shifted = Matrix<Float>(
      rows: rows.count, columns: 8,
      values: points.values.enumerated().map { $1 + 0.1 * Float($0 % 3) })
    _ = try folder.write(NumPyFile.encode(shifted), "emb/gaussian-1-s0.npy")
    _ = try folder.write(
      CSV.line(["row", "path", "class"])
        + rows.enumerated().map { CSV.line(["\($0)", "\($0).png", $1]) }.joined(),
      "emb/samples.csv")
    let outcome = try run("sweep", "--embeddings", "emb", "--output", "run", "--quiet")
    #expect(outcome.code == 0, "\(outcome)")
    #expect(!outcome.error.contains("gnuplot"), "\(outcome)")
    let drawn = try FileManager.default.contentsOfDirectory(atPath: path("run/figures"))
    for figure in ["merging", "tsne", "umap", "diagrams-classes"] {
      let name = figure + "-gaussian.svg"
      #expect(drawn.contains(name), "\(drawn)")
    }
    for svg in drawn where svg.hasSuffix(".svg") {
      let parser = XMLParser(data: Data(try FileContents.read(path("run/figures/" + svg))))
      #expect(parser.parse(), "\(svg): \(String(describing: parser.parserError))")
    }
  }

  // MARK: In a browser

  private static let chromium = "/usr/bin/chromium"
  private static let hasChromium = FileManager.default.isExecutableFile(atPath: chromium)

  /// The page after its scripts have run, and what they wrote to the console.
  private func browse(_ file: String) throws -> (dom: String, console: String) {
    let process = Process()
    process.executableURL = URL(filePath: Self.chromium)
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=" + path("browser"),
      "--virtual-time-budget=10000", "--enable-logging=stderr", "--v=0", "--dump-dom",
      URL(filePath: file).absoluteString,
    ]
    let output = Pipe()
    let log = try folder.write("", "browser.log")
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: URL(filePath: log))
    try process.run()
    let dom = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let lines = String(decoding: try Data(contentsOf: URL(filePath: log)), as: UTF8.self)
      .split(separator: "\n").filter { $0.contains("CONSOLE") }
    return (String(decoding: dom, as: UTF8.self), lines.joined(separator: "\n"))
  }

  @Test(.enabled(if: hasChromium, "Debian's chromium is not installed; make test installs it"))
  func `every figure and table is in the page, and no script complains`() throws {
    #expect(try folder.smallSweep("run").code == 0)
    let (dom, console) = try browse(path("run/report.html"))
    #expect(console.isEmpty, "\(console)")
    // The map was drawn: its script says so, and has filled legend and fields.
    #expect(dom.contains("data-map=\"drawn\""))
    #expect(dom.contains("aria-pressed=\"false\"") && dom.contains("<option value=\"tsne\">"))
    for table in ["levels", "geometry", "distances", "layouts-quality"] {
      #expect(dom.contains("id=\"table-\(table)-"), "\(table)")
    }
    for section in ["summary", "accuracy", "topology", "geometry", "layouts", "cite", "versions"] {
      #expect(dom.contains("<section id=\"\(section)\""), "\(section)")
    }
    let drawn = (try? FileManager.default.contentsOfDirectory(atPath: path("run/figures"))) ?? []
    #expect(drawn.contains("accuracy.svg") == hasGnuplot)
    for figure in drawn where figure.hasSuffix(".svg") {
      let name = figure.dropLast(4).map { $0.isLetter || $0.isNumber ? $0 : "-" }
      #expect(dom.contains("id=\"figure-\(String(name))\""), "\(figure)")
    }
    let headings = dom.matches(of: /<h3 id="table-/).count
    #expect(
      headings > 0
        && dom.matches(of: /<table class="sortable/).count
          >= headings
    )
  }

  /// What a reader does, and what the page then shows, as the title of the page.
  private static let reading = """
    <script>addEventListener("load", () => setTimeout(() => {
      const shown = [];
      const link = document.querySelector("a[data-classes]");
      link.click();
      shown.push("picked " + window.layoutMap.highlighted.size);
      window.layoutMap.fields.coloring.value = "correct";
      window.layoutMap.fields.coloring.dispatchEvent(new Event("change"));
      shown.push("keys " + Array.from(document.querySelectorAll(".legend .key"), (key) => key.textContent));
      const fold = document.querySelector("main details:not([open]) [id]");
      location.hash = "#" + fold.id;
      setTimeout(() => {
        shown.push("open " + fold.closest("details").open);
        const file = document.querySelector("a[data-file]").dataset.file;
        shown.push("file " + (document.getElementById(file) !== null));
        document.title = shown.join("; ");
      }, 300);
    }, 2000));</script></body>
    """

  @Test(.enabled(if: hasChromium, "Debian's chromium is not installed; make test installs it"))
  func `links lead to points of the map, folds open, files are in the page`() throws {
    #expect(try folder.smallSweep("run").code == 0)
    let page = try String(contentsOfFile: path("run/report.html"), encoding: .utf8)
    let read = try folder.write(page.replacing("</body>", with: Self.reading), "read.html")
    let (dom, console) = try browse(read)
    #expect(console.isEmpty, "\(console)")
    let title = dom.firstMatch(of: /<title>([^<]*)/)?.1 ?? ""
    #expect(
      title.wholeMatch(of: /picked [12]; keys right,wrong; open true; file true/) != nil, "\(title)"
    )
  }

  @Test(.enabled(if: hasChromium, "Debian's chromium is not installed; make test installs it"))
  func `a script that fails is seen`() throws {
    let page = try folder.write("<!DOCTYPE html><script>undefinedFunction()</script>", "bad.html")
    #expect(try browse(page).console.contains("ReferenceError"))
  }
}
