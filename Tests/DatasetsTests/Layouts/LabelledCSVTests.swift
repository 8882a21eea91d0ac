import Fixtures
import Images
import Testing

@testable import Datasets

struct LabelledCSVTests: DatasetFolder {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `a csv lists images beside it in its own order`() throws {
    for name in ["x.png", "sub/y.png", "z.png"] { try addImage(name) }
    let file = try folder.write(
      "text,image_path,class,split\n,z.png,\"b, c\",train\n,x.png,a,\n,sub/y.png,\"b, c\",test\n",
      "list.csv")
    let dataset = try dataset(file)
    #expect(dataset.classes == ["a", "b, c"])
    #expect(dataset.samples.map(\.path) == ["z.png", "x.png", "sub/y.png"])
    #expect(dataset.samples.map(\.classIndex) == [1, 0, 1])
    #expect(dataset.samples.map(\.split) == ["train", "", "test"])
    #expect(dataset.samples[2].image as? ImageFile == ImageFile(folder.path + "/sub/y.png"))
    #expect(dataset.source == "CSV")
    #expect(try self.dataset(file) { $0.split = .test }.samples.map(\.path) == ["sub/y.png"])
  }

  @Test(arguments: [";", "\t"])
  func `a table may be separated by semicolons and tabs`(_ separator: String) throws {
    for name in ["x.png", "y.png"] { try addImage(name) }
    let text = "path,class,split\nx.png,1.0,train\ny.png,0.0,test\n"
    let dataset = try dataset(
      folder.write(text.replacing(",", with: separator), "list.csv"))
    #expect(dataset.classes == ["0", "1"])
    #expect(dataset.samples.map(\.path) == ["x.png", "y.png"])
    #expect(dataset.samples.map(\.classIndex) == [1, 0])
    #expect(dataset.samples.map(\.split) == ["train", "test"])
  }

  @Test(arguments: [
    ("path,label\nx.png,a\n,b\n", "line 3: the path or the label is empty"),
    ("path,label\nx.png,\n", "line 2: the path or the label is empty"),
    (
      "path,label\nx.png,1.0\ny.png,NaN\n",
      "line 3: the label is \"NaN\", a word for a missing one, as an empty field is"
    ),
    ("path,class\nx.png,NA\ny.png,b\n", "line 2: the label is \"NA\", a word for a missing one"),
    ("path,label,split\nx.png,a,dev\n", "line 2: split is \"dev\"; expected train, val, test"),
    ("path,label\nx.png,a\ny.png,b\nx.png,c\n", "x.png is listed twice, at line 2 and at line 4"),
    ("file,label\nx.png,a\n", "has no column \"path\""),
    ("path,name\nx.png,a\n", "has no column \"class\" or \"label\""),
    ("path,label,class\nx.png,a,a\ny.png,0,b\n", "line 3: class is \"b\" and label is \"0\""),
    ("path,label\n", "lists no image"),
    ("path,label\nx.png\n", "line 2: 1 fields"), ("", "is empty"),
  ])
  func `a csv that cannot be is refused`(text: String, words: String) throws {
    let file = try folder.write(text, "list.csv")
    #expect(error(file).hasPrefix(file) && error(file).contains(words))
  }

  @Test func `two spellings of a class or an image are refused with their lines`() throws {
    let classes = try folder.write("path,label\na.png,\u{E9}\nb.png,z\nc.png,e\u{301}\n", "c.csv")
    #expect(
      error(classes).hasPrefix(
        "\(classes): the class \"e\u{301}\" (bytes 65 cc 81) at line 4 is spelled otherwise at line 2: "
      ))
    let images = try folder.write("path,label\n\u{E9}.png,a\ne\u{301}.png,a\n", "i.csv")
    #expect(error(images).contains("at line 3 is spelled otherwise at line 2"))
  }

  @Test func `an image that the folder spells otherwise is told`() throws {
    try addImage("cafe\u{301}/1.png")
    let file = try folder.write("path,label\ncaf\u{E9}/1.png,a\n", "list.csv")
    let text = error(file)
    #expect(
      text.hasPrefix(
        "\(file): the image at line 2 is not there: \"caf\u{E9}\" (bytes 63 61 66 c3 a9)"))
    #expect(text.contains("is spelled otherwise in \(folder.path): \"cafe\u{301}\""))
    #expect(
      error(folder.path + "/caf\u{E9}").contains("no such folder or file: \"caf\u{E9}\" (bytes "))
  }
}
