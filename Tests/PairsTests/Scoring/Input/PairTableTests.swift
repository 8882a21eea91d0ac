import Files
import Fixtures
import Testing

@testable import Pairs

struct PairTableTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func table(
    _ text: String, image: String? = nil, caption: String? = nil
  ) throws -> PairTable {
    try PairTable(
      path: folder.write(text, "pairs.csv"), imageColumn: image, textColumn: caption,
      imageFolder: nil)
  }

  private func problem(_ text: String, image: String? = nil, caption: String? = nil) -> String {
    let error = #expect(throws: FileError.self) {
      try table(text, image: image, caption: caption)
    }
    return error?.problem ?? ""
  }

  @Test func `columns of usual names are found, whatever the letters, and told`() throws {
    let found = try table("id,URL,Caption\n7,a.jpg,\"two\nlines\"\n8,,x\n")
    #expect(
      found.remarks.map { $0.split(separator: ": ").last } == [
        "the column URL is taken for the images", "the column Caption is taken for the texts",
      ])
    var rows = try found.rows()
    let first = try rows.next()
    #expect(first?.place == "line 2" && first?.fields == ["7", "a.jpg", "two\nlines"])
    #expect(first?.image == "a.jpg" && first?.caption == "two\nlines" && first?.problem == nil)
    #expect(rows.digest == nil)
    #expect(try rows.next()?.problem == "names no image")
    #expect(try rows.next() == nil)
    #expect(rows.digest != nil)
  }

  @Test func `none or several such columns need a choice`() throws {
    #expect(problem("id,caption\n1,x\n").contains("no column with a usual name for images"))
    #expect(problem("id,caption\n1,x\n").contains("--image-column"))
    #expect(
      problem("url,path,caption\n").contains("several columns that may hold images, url, path"))
    #expect(problem("url,title,text\n").contains("--text-column"))
    let chosen = try table("url,path,caption\n", image: "path")
    #expect(chosen.remarks.count == 1)
    #expect(problem("url,caption\n", image: "ulr").contains("did you mean \"url\"?"))
    #expect(problem("url,caption\n", image: "url", caption: "url").contains("named for images and"))
  }

  @Test func `columns of the results are refused with the remedy`() throws {
    for name in ["score", "error", "cosine", "tokens_truncated"] {
      let path = try folder.write("url,caption,\(name)\n", "taken.csv")
      let settings = ScoreSettings(
        input: .table(path: path, imageColumn: nil, textColumn: nil, imageFolder: nil))
      let error = #expect(throws: FileError.self) { try settings.source() }
      #expect(error?.problem.contains("\"\(name)\", as the results will: rename it") == true)
    }
  }
}
