import Testing

@testable import Pages

struct LayoutMapTests {
  /// A field that the script looks for and the element lacks would end the map at its first line.
  @Test func `every field of the script is in the element`() {
    let script = HTML(resource: PackageResources.page_map_js).markup
    let names = script.matches(of: /this\.fields\.(\w+)|fill\("(\w+)"/).compactMap { $0.1 ?? $0.2 }
    #expect(Set(names) == ["method", "frame", "scope", "noise", "seed", "coloring", "level"])
    for name in Set(names) {
      #expect(LayoutMap.html.markup.ranges(of: " name=\"\(name)\"").count == 1, "\(name)")
    }
  }
}
