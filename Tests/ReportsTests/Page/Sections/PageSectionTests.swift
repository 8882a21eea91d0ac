import Pages
import Runs
import Testing

@testable import Reports

struct PageSectionTests {
  @Test func `every section has an anchor of its own and a heading`() {
    let names = PageSection.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(PageSection.all.allSatisfy { !$0.name.isEmpty && !$0.heading.isEmpty })
    #expect(names.allSatisfy { HTML.identifier($0) == $0 })
  }

  @Test func `a table is in one section alone, and sections are told by their names`() {
    let titles = PageSection.all.flatMap(\.tables).map(\.title)
    #expect(Set(titles).count == titles.count)
    #expect(PageSection.accuracy != .link && PageSection.accuracy == .accuracy)
  }
}
