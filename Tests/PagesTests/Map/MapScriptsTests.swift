import Testing

@testable import Pages

struct MapScriptsTests {
  private let scripts = MapScripts.all.map {
    (name: $0.name, text: String(decoding: $0.bytes, as: UTF8.self))
  }

  @Test func `a script gives the page one name, after the names that it stands on`() {
    var names: [Substring] = []
    for script in scripts {
      let declared = script.text.matches(of: /(?m)^(?:class|const|let|var|function) (\w+)/).map(\.1)
      #expect(declared.count == 1, "\(script.name): \(declared)")
      names += declared
      if let base = script.text.firstMatch(of: /(?m)^class \w+ extends (\w+)/)?.1 {
        #expect(base == "EventTarget" || names.contains(base), "\(script.name)")
      }
    }
    #expect(names.first == "PointMarks" && names.last == "PointMap")
    #expect(Set(names).count == names.count)
  }

  /// A page under a strict policy runs neither, and what is inside a page must not end it.
  @Test func `no script makes code of text or markup, loads anything, or ends its element`() {
    for script in scripts {
      #expect(script.text.hasPrefix("\"use strict\";\n"), "\(script.name)")
      for word in ["eval(", "new Function", "innerHTML", "import ", "fetch(", "</script", "http:"] {
        #expect(!script.text.contains(word), "\(script.name): \(word)")
      }
    }
    #expect(String(decoding: MapScripts.style.bytes, as: UTF8.self).contains(".point-map {"))
  }
}
