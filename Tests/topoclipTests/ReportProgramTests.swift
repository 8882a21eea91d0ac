import Files
import Fixtures
import Foundation
import Testing

/// `report` and `diff` as a user meets them, and the page as a browser does.
@Suite(.serialized)
struct ReportProgramTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) throws -> ProgramRun {
    try ProgramRun(arguments, in: folder.path)
  }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  /// A sweep of the built-in experiment made small.
  private func sweep(_ output: String, _ more: [String] = []) throws -> ProgramRun {
    try ProgramRun(
      [
        "sweep", "--classes", "banded,chequered,dotted,woven", "--limit", "40", "--levels", "0,1",
        "--set", "angles.null-draws=5", "--set", "topology.halvings=2", "--output", output,
        "--quiet",
      ] + more, in: folder.path)
  }

  @Test func `a sweep ends with a page, and report makes the same again`() throws {
    let outcome = try sweep("run")
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

  @Test func `without a report the run is the same, and a report that fails loses nothing`() throws
  {
    #expect(try sweep("run", ["--no-report"]).code == 0)
    #expect(!FileManager.default.fileExists(atPath: path("run/report.html")))
    // A folder in the page's place cannot be written over.
    try FileManager.default.createDirectory(
      atPath: path("run/report.html"), withIntermediateDirectories: true)
    let failed = try sweep("run")
    #expect(failed.code == 0 && failed.output.contains("run: 40 samples"), "\(failed)")
    #expect(failed.error.contains("the run is complete, but its report could not be written"))
    #expect(failed.error.contains("topoclip report run tries again"))
    #expect(try run("report", "run").code == 1)
  }

  @Test func `a sweep of another configuration leaves no figures of the earlier one`() throws {
    func figures() throws -> Set<String> {
      Set(try FileManager.default.contentsOfDirectory(atPath: path("run/figures")))
    }
    _ = try folder.write("<svg/>", "run/figures/accuracy.svg")
    _ = try folder.write("mine", "run/figures/my-accuracy.svg")
    _ = try folder.write("", "run/report.html")
    // The page is of no finished run: the first sweep takes it away, and the figures with it.
    #expect(try sweep("run", ["--no-report"]).code == 0)
    #expect(try figures() == ["my-accuracy.svg"])
    #expect(try sweep("run").code == 0)
    let drawn = try figures()
    #expect(drawn.contains("accuracy.svg") == Self.hasGnuplot)
    // Nothing new to compute: page and figures are those of this run, and stay.
    #expect(try sweep("run", ["--no-report"]).code == 0)
    #expect(try figures() == drawn)
    #expect(try sweep("run", ["--no-report", "--levels", "0,2"]).code == 0)
    #expect(try figures() == ["my-accuracy.svg"])
    #expect(!FileManager.default.fileExists(atPath: path("run/report.html")))
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
    let diff = try run("diff", "nothing", "nothing")
    #expect(diff.code == 1 && diff.error.contains("is no run directory") && diff.output.isEmpty)
    #expect(try run("report").code == 2)
  }

  @Test func `diff says what differs between two seeds of the noise`() throws {
    #expect(try sweep("a", ["--no-report"]).code == 0)
    #expect(try sweep("b", ["--no-report", "--seeds", "1"]).code == 0)
    let outcome = try run("diff", "a", "b", "--output", "d.csv")
    #expect(outcome.code == 0, "\(outcome)")
    #expect(
      outcome.output.contains(
        "In common: clean.\nOnly A: gaussian-1-s0. Only B: gaussian-1-s1.\n"), "\(outcome)")
    #expect(outcome.output.contains("| none | 0 |  | 40 |"))
    let table = try CSV(path: path("d.csv"))
    #expect(table.header == ["table", "key", "column", "a", "b", "difference"])
    #expect(
      table.records.contains {
        $0.fields.prefix(3) == ["accuracy.csv", "noise=none level=0", "top1"]
      })
    let same = try run("diff", "a", "a")
    #expect(same.code == 0 && same.output.contains("are the same bytes.\n"), "\(same)")
  }

  // MARK: In a browser

  private static let hasGnuplot = FileManager.default.isExecutableFile(atPath: "/usr/bin/gnuplot")
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
    #expect(try sweep("run").code == 0)
    let (dom, console) = try browse(path("run/report.html"))
    #expect(console.isEmpty, "\(console)")
    // The map was drawn: its script says so, and has filled legend and fields.
    #expect(dom.contains("data-map=\"drawn\""))
    #expect(dom.contains("aria-pressed=\"false\"") && dom.contains("<option value=\"tsne\">"))
    for table in ["accuracy", "geometry", "distances", "layouts-quality"] {
      #expect(dom.contains("id=\"table-\(table)-"), "\(table)")
    }
    for section in ["summary", "accuracy", "topology", "geometry", "layouts", "cite", "versions"] {
      #expect(dom.contains("<section id=\"\(section)\""), "\(section)")
    }
    let drawn = (try? FileManager.default.contentsOfDirectory(atPath: path("run/figures"))) ?? []
    #expect(drawn.contains("accuracy.svg") == Self.hasGnuplot)
    for figure in drawn where figure.hasSuffix(".svg") {
      let name = figure.dropLast(4).map { $0.isLetter || $0.isNumber ? $0 : "-" }
      #expect(dom.contains("id=\"figure-\(String(name))\""), "\(figure)")
    }
    let headings = dom.matches(of: /<h3 id="table-/).count
    #expect(headings > 0 && dom.matches(of: /<table class="sortable"/).count == headings)
  }

  @Test(.enabled(if: hasChromium, "Debian's chromium is not installed; make test installs it"))
  func `a script that fails is seen`() throws {
    let page = try folder.write("<!DOCTYPE html><script>undefinedFunction()</script>", "bad.html")
    #expect(try browse(page).console.contains("ReferenceError"))
  }
}
