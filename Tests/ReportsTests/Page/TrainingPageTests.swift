import Files
import Fixtures
import Foundation
import Pages
import Runs
import Testing

@testable import Reports

struct TrainingPageTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func page(_ log: [[String: Any]], messages: [String] = []) throws -> String {
    let lines = try log.map {
      String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self) + "\n"
    }
    _ = try folder.write(lines.joined(), "log.jsonl")
    return try TrainingPage(folder.path, figures: FigureReport(figures: [], messages: messages))
      .html().markup
  }

  @Test func `the last validation is told, and the best where it is another`() throws {
    let first: [String: Any] = [
      "kind": "validation", "epochs": 1, "steps": 5, "scores": ["top1": 0.5], "is_best": true,
    ]
    let last: [String: Any] = [
      "kind": "validation", "epochs": 2, "steps": 10, "scores": ["top1": 0.25, "mean_loss": 2],
    ]
    let page = try page([first, ["kind": "step", "steps": 7], last])
    #expect(
      page.contains(
        "After 2 epochs the validation gives mean loss 2.000 and top1 0.250. "
          + "The best was that after 1 epoch: top1 0.500."))
    #expect(page.ranges(of: "<tr><td class=\"number\">").count == 2)
    #expect(try self.page([]).contains("The log has no validation"))
  }

  @Test func `text of data cannot become markup`() throws {
    let evil = "\"'></script><script>alert(1)</script><img src=x>&"
    let manifest: [String: Any] = [
      "configuration": ["name": evil, "seed": evil], "configuration_sha256": "",
      "data": ["digest": evil, "pairs": 1, "validation_pairs": 1, "left_out": []],
    ]
    _ = try folder.write(
      JSONSerialization.data(withJSONObject: manifest), TrainingManifest.fileName)
    let html = try page(
      [["kind": "validation", "epochs": 1, "scores": [evil: 0.5]]], messages: [evil])
    #expect(!html.contains("<script>alert") && !html.contains("<img src=x"))
    #expect(html.ranges(of: "</script>").count == 1 && !html.contains("\"'>"))
    let escaped =
      "&quot;&#39;&gt;&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x&gt;&amp;"
    for place in [
      "<h1>topoclip training: \(escaped)</h1>", "<li>\(escaped)</li>",
      "validation gives \(escaped) 0.500", "<button type=\"button\">\(escaped)</button>",
      "<th scope=\"row\">seed: seed</th><td>\(escaped)</td>",
      "<th scope=\"row\">data&#39;s digest</th><td>\(escaped)</td>",
    ] {
      #expect(html.contains(place), "\(place)")
    }
  }

  @Test func `a line that is no entry is named`() throws {
    let log = try folder.write("{\"kind\": \"step\"}\nnone\n", "log.jsonl")
    let page = TrainingPage(folder.path, figures: FigureReport(figures: [], messages: []))
    #expect(
      problem { _ = try page.html() } == "\(log): line 2: is no entry of a training's log")
  }
}
