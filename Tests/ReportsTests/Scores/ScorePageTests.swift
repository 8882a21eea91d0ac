import Files
import Fixtures
import Foundation
import Images
import Runs
import Testing

@testable import Reports

struct ScorePageTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func image(_ gray: UInt8) throws -> Data {
    try RGBImage(width: 40, height: 30, gray: gray).pngData()
  }

  @Test func `what was found is told with intervals, what has no score apart`() throws {
    let page = try HandmadeScores(in: folder).page()
    for sentence in [
      "An image scores higher with its own caption than with another&#39;s in 93.0\u{A0}% of cases (95\u{A0}% interval 92.0–94.0\u{A0}%); guessing gives 50\u{A0}%.",
      "The mean score of 1,000 pairs is 24.31 (95\u{A0}% interval 24.11 to 24.50), that of images with captions of others 18.00 (17.75 to 18.25).",
      "34.0\u{A0}% (95\u{A0}% interval 31.0–37.0\u{A0}%) of 500 images lie nearest to their own caption (by chance 0.1\u{A0}%) and 25.0\u{A0}%",
      "250 of 1,000 pairs with a score were kept (25.0\u{A0}%).",
      "2 of 1,002 pairs have no score; the column error of results.csv says why.",
      "1 caption is longer than the model&#39;s context, so that its end is not scored.",
      "<td>Images whose caption is among the 5 nearest</td>", "The column caption was guessed.",
      "doi:10.18653/v1/2021.emnlp-main.595", "doi:10.48550/arXiv.2405.19547",
    ] {
      #expect(page.contains(sentence), "\(sentence)")
    }
    #expect(!page.contains("id=\"candidates\"") && !page.contains("id=\"matrix\""))
    #expect(page.ranges(of: "</style>").count == 1 && page.contains("default-src 'none'"))
  }

  @Test func `an area that guessing reaches is no finding`() throws {
    let page = try HandmadeScores(in: folder, area: (0.52, 0.47, 0.57), kept: false).page()
    #expect(page.contains("): no more than guessing, which gives 50\u{A0}%."))
    #expect(!page.contains("were kept"))
    #expect(
      try HandmadeScores(in: folder, area: (0.4, 0.3, 0.45)).page().contains(
        "): less than guessing, which"))
  }

  @Test func `a folder without a summary has a page`() throws {
    let scores = try HandmadeScores(in: folder)
    try FileManager.default.removeItem(atPath: scores.path + "/summary.csv")
    let page = try scores.page()
    #expect(page.contains("<p>1,000 pairs have a score.</p>") && !page.contains("In numbers"))
  }

  @Test func `pairs are shown with their images, one that cannot be read is named`() throws {
    var scores = try HandmadeScores(in: folder)
    let good = try scores.folder.write(image(90), "images/a & b.png")
    let bad = try scores.folder.write("no image", "images/bad.png")
    let evil = "<script>alert(1)</script>\nsecond \"line\""
    try scores.addExamples([
      .init(group: "highest", image: good, caption: evil, score: 31.25),
      .init(group: "lowest", image: bad, caption: "  ", score: -1.5),
      .init(group: "lowest", image: "images/a & b.png", caption: "beside the table", score: -2),
    ])
    let page = try scores.page()
    #expect(page.contains("Pairs of the highest scores") && page.contains("<strong>31.25</strong>"))
    #expect(
      page.contains("<strong>−1.50</strong> <span>negCLIPLoss −0.125</span> <span>record 1</span>"))
    #expect(page.contains("<p class=\"caption none\">no caption</p>"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;\nsecond &quot;line&quot;</p>"))
    #expect(page.contains("title=\"\(bad)\">no picture</i>"))
    #expect(page.contains("A picture is missing: \(bad): "))
    #expect(page.ranges(of: "background-image:url(data:image/jpeg;base64,").count == 2)
    #expect(!page.contains("<script>alert"))
  }

  @Test func `a report of scores is written, and again the same`() throws {
    var scores = try HandmadeScores(in: folder)
    try scores.addAll()
    let report = try Report.write(run: scores.path)
    #expect(report.files.last == scores.path + "/report.html")
    let first = try Data(contentsOf: URL(filePath: scores.path + "/report.html"))
    _ = try Report.write(run: scores.path)
    #expect(try Data(contentsOf: URL(filePath: scores.path + "/report.html")) == first)
    try Report.requireRun(scores.path)
  }

  @Test func `a table that an earlier scoring has left is not this one's`() throws {
    let scores = try HandmadeScores(in: folder)
    let page = try scores.page()
    let name = ScoreCandidateColumns.file.pattern.text
    _ = try scores.folder.write("candidate,top,mean_probability\nstale,9,0.5\n", name)
    #expect(try scores.page() == page)
  }

  @Test func `a table that was edited is refused, or named on the page`() throws {
    var scores = try HandmadeScores(in: folder)
    try scores.addAll()
    let name = scores.path + "/candidates-summary.csv"
    _ = try scores.folder.write(
      FileContents.readText(name).replacing("a dog", with: "a frog"), "candidates-summary.csv")
    #expect(
      problem { _ = try Report.write(run: scores.path) }
        == "\(scores.path): 1 of 5 files is not as score.json has recorded it: candidates-summary.csv "
        + "(changed); --no-verify uses what is there")
    let report = try Report.write(run: scores.path, verifies: false)
    #expect(report.messages.contains { $0.contains("candidates-summary.csv (changed)") })
    let page = try FileContents.readText(scores.path + "/report.html")
    #expect(page.contains("Files that were changed") && page.contains("a frog"))
  }

  @Test func `a scoring that has not finished says so`() throws {
    var scores = try HandmadeScores(in: folder)
    scores.manifest.finishedAt = nil
    try scores.finish()
    let report = try Report.write(run: scores.path)
    #expect(
      report.messages.first
        == "\(scores.path): the scoring has not finished; topoclip score goes on with it.")
  }

  @Test func `a damaged table is named with its line`() throws {
    let scores = try HandmadeScores(in: folder)
    let text = try FileContents.readText(scores.path + "/summary.csv")
    _ = try scores.folder.write(text.replacing("24.3125", with: "nan"), "summary.csv")
    #expect(
      problem { _ = try Report.write(run: scores.path, verifies: false) }
        .contains("summary.csv: line 2: estimate is \"nan\""))
  }
}
