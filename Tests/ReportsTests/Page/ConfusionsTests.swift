import Pages
import RunFixtures
import Testing

@testable import Reports

struct ConfusionsTests {
  private let run: HandmadeRun

  init() throws { run = try HandmadeRun() }

  private func html(links: Bool = false) throws -> String {
    let run = try run.opened()
    let top = try #require(run.conditions.last)
    return try Confusions.html(run, at: top, id: "c", links: links ? MapLinks(run) : nil).markup
  }

  @Test func `pairs that are confused most come first, and right answers are none`() throws {
    #expect(try html().isEmpty)
    try run.table("confusion/gaussian-2-s0.csv", "class,a,b", "a,1,1", "b,2,0")
    let html = try html()
    let cells = html.matches(of: /<td[^>]*>([^<]*)<\/td>/).map { String($0.1) }
    #expect(cells == ["b", "a", "2", "100.0\u{A0}%", "a", "b", "1", "50.0\u{A0}%"])
    #expect(html.contains("<h3 id=\"c\">What images are taken for</h3>"))
  }

  @Test func `a table of pairs says the same, and classes lead to the map`() throws {
    try run.table("confusion-pairs/gaussian-2-s0.csv", "class,predicted,count", "a,a,1", "a,b,1")
    let html = try html(links: true)
    #expect(
      html.contains(
        "<a href=\"#layouts\" data-classes=\"0\" data-predicted=\"1\" data-condition=\"2\">a</a>"))
    #expect(html.contains("<a href=\"#layouts\" data-classes=\"1\" data-condition=\"2\">b</a>"))
  }
}
