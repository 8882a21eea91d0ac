import Testing

@testable import Files

struct FileNameTests {
  private func hasForm(_ name: String, ending: String) -> Bool {
    name.utf8.count == FileName.limit && name.hasSuffix(ending)
      && name.dropLast(ending.count).firstMatch(of: /%~[0-9a-f]{16}$/) != nil
  }

  @Test(arguments: [
    ("class-banded", "class-banded-clean.csv"), ("class-a/b 50%", "class-a%2Fb 50%25-clean.csv"),
    ("class-é🙂", "class-é🙂-clean.csv"), ("class-\0", "class-%00-clean.csv"),
    ("..", "..-clean.csv"), ("", "-clean.csv"), ("a%~b", "a%25~b-clean.csv"),
    // One character to people, a separator to the system.
    ("a/\u{301}..", "a%2F\u{301}..-clean.csv"),
  ])
  func `ordinary names stay as they are`(name: String, file: String) {
    #expect(FileName.of(name, ending: "-clean.csv") == file)
  }

  @Test func `a name of 255 bytes is whole, and one more is cut to 255`() {
    let ending = "-clean.csv"
    let longest = String(repeating: "x", count: FileName.limit - ending.utf8.count)
    #expect(FileName.of(longest, ending: ending) == longest + ending)
    let cut = FileName.of(longest + "x", ending: ending)
    #expect(hasForm(cut, ending: ending) && cut.hasPrefix("xxxx"))
    // 16 digits of the SHA-256 of 246 x.
    let digest = "\(Digest(of: longest + "x"))".prefix(16)
    #expect(cut.hasSuffix("x%~\(digest)-clean.csv"))
    #expect(FileName.shortened(longest + "x", ending: ending) == cut)
    #expect(FileName.shortened("50%", ending: ".json") == "50%.json")
  }

  @Test func `names that differ behind the cut differ, also from those that look cut`() {
    let stem = String(repeating: "x", count: 300)
    let names = [stem, stem + "x", stem + "y", stem + "/", stem + "%"]
    let files = names.map { FileName.of($0, ending: ".csv") }
    #expect(Set(files).count == names.count)
    for file in files {
      // A thing that is called like a file of another.
      #expect(!files.contains(FileName.of(String(file.dropLast(4)), ending: ".csv")))
    }
  }

  @Test func `no character and no escape is cut apart`() {
    for unit in ["é", "🙂", "/", "%", "\u{301}"] {
      for padding in 0..<8 {
        let name = String(repeating: "x", count: padding) + String(repeating: unit, count: 200)
        let file = FileName.of(name, ending: ".csv")
        #expect(file.utf8.count <= FileName.limit && file.utf8.count > FileName.limit - 4)
        #expect(!file.contains("\u{FFFD}") && !file.utf8.contains(UInt8(ascii: "/")))
        let escapes = file.utf8.split(
          separator: UInt8(ascii: "%"), omittingEmptySubsequences: false)
        for escape in escapes.dropFirst() {
          let start = String(decoding: escape.prefix(2), as: UTF8.self)
          #expect(["25", "2F"].contains(start) || start.hasPrefix("~"), "\(file)")
        }
      }
    }
  }
}
