import Files
import Fixtures
import Foundation
import Testing

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
    #expect(try folder.smallSweep("run").code == 0)
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
