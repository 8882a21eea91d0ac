import Explorer
import Testing

/// What the page consists of, and that its policy is kept.
struct ExplorerPageTests {
  private let markup = String(decoding: ExplorerPage.page.bytes, as: UTF8.self)

  private func text(_ name: String) -> String {
    String(decoding: ExplorerPage.assets[name]?.bytes ?? [], as: UTF8.self)
  }

  @Test func `the page loads what there is, and all of it`() {
    var loaded = Set(markup.matches(of: /(?:src|href)="assets\/([^"]+)"/).map { String($0.1) })
    #expect(loaded.contains("explorer.js") && loaded.contains("point-map.js"))
    // Modules load others.
    var open = Array(loaded)
    while let name = open.popLast() {
      #expect(ExplorerPage.assets[name] != nil, "\(name)")
      for match in text(name).matches(of: /from "\.\/([^"]+)"/)
      where loaded.insert(String(match.1)).inserted {
        open.append(String(match.1))
      }
    }
    #expect(loaded == Set(ExplorerPage.assets.keys))
  }

  @Test func `the map's parts come in the order in which one uses another, before the page's`() {
    let names = markup.matches(of: /<script[^>]* src="assets\/([^"]+)"/).map { String($0.1) }
    #expect(names.last == "explorer.js" && names.count > 2)
    #expect(!markup.contains("MAP SCRIPTS"))
  }

  @Test func `nothing is written into markup that the policy forbids`() {
    for (name, asset) in ExplorerPage.assets where name.hasPrefix("explorer") {
      let text = String(decoding: asset.bytes, as: UTF8.self)
      for word in [
        "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function",
        "http://", "https://",
      ] {
        #expect(!text.contains(word), "\(name): \(word)")
      }
      #expect(text.matches(of: /setAttribute\("style"/).isEmpty, "\(name)")
    }
    #expect(
      !markup.contains(" style=") && !markup.contains(" onclick=") && !markup.contains("http"))
    #expect(markup.matches(of: /<script(?![^>]* src=)/).isEmpty)
  }

  @Test func `every element that a script asks for by its name is in the page`() {
    for name in ExplorerPage.assets.keys where name.hasPrefix("explorer") {
      for match in text(name).matches(of: /getElementById\("([^"]+)"\)/) {
        #expect(markup.contains("id=\"\(match.1)\""), "\(name): \(match.1)")
      }
    }
  }

  @Test func `files have one job each, and a type`() {
    for (name, asset) in ExplorerPage.assets {
      let lines = asset.bytes.count { $0 == UInt8(ascii: "\n") }
      #expect(lines <= 450, "\(name)")
      #expect(asset.mediaType.hasPrefix(name.hasSuffix(".css") ? "text/css" : "text/javascript"))
    }
  }
}
