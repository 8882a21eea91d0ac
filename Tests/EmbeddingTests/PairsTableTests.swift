import Files
import Fixtures
import Testing

@testable import Embedding

struct PairsTableTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(
    _ text: String, columns: PairsTable.Columns = PairsTable.Columns(), imageFolder: String? = nil
  ) throws -> PairsTable {
    try PairsTable(
      path: folder.write(text, "pairs.csv"), columns: columns, imageFolder: imageFolder)
  }

  @Test func `records, their labels, and those that have none`() throws {
    let table = try read(
      "image_path,text,label\na.jpg,\"two\nlines, \"\"quoted\"\"\",7\n/b.jpg,,999\nc.jpg,🙂,\na.jpg,x, 7 \n"
    )
    #expect(table.records.map(\.line) == [2, 4, 5, 6])
    #expect(table.records[0].text == "two\nlines, \"quoted\"")
    #expect(table.records.map(\.label) == ["7", nil, nil, "7"])
    #expect(table.labels == [0, nil, nil, 0])
    #expect(table.imageFile(table.records[0]) == folder.path + "/a.jpg")
    #expect(table.imageFile(table.records[1]) == "/b.jpg")
    #expect(try CSV(table.csv, file: "again").records.map(\.fields) == table.fields)
    #expect(table.selecting([3, 0]).records.map(\.line) == [6, 2])
  }

  @Test func `captions without labels are records too, and text goes before them`() throws {
    let captions = try read("image_path,caption\na.jpg,x\nb.jpg,y\n")
    #expect(captions.records.map(\.text) == ["x", "y"])
    #expect(captions.labels == [nil, nil] && captions.labelNames.isEmpty)
    #expect(try read("caption,image_path,text\nx,a.jpg,y\n").records[0].text == "y")
    let chosen = PairsTable.Columns(text: "caption")
    #expect(
      try read("caption,image_path,text\nx,a.jpg,y\n", columns: chosen).records[0].text == "x")
  }

  @Test func `classes are labels where no column is called label`() throws {
    #expect(try read("image_path,text,class\na.jpg,x,dotted\nb.jpg,y,999\n").labels == [0, nil])
    let both = try read("image_path,text,class,label\na.jpg,x,dotted,7\n")
    #expect(both.records[0].label == "7")
    let chosen = try read(
      "image_path,text,class,label\na.jpg,x,dotted,7\n", columns: .init(label: "class"))
    #expect(chosen.records[0].label == "dotted")
  }

  @Test func `columns and folder by name`() throws {
    let table = try read(
      "id,url,caption,group\n1,a.jpg,x,-\n2,b.jpg,y,g\n",
      columns: PairsTable.Columns(image: "url", text: "caption", label: "group", unlabelled: "-"),
      imageFolder: "elsewhere")
    #expect(table.labels == [nil, 0])
    #expect(table.imageFile(table.records[1]) == "elsewhere/b.jpg")
    #expect(try table.column("id") == ["1", "2"])
  }

  @Test(arguments: [
    (
      "image,text\na,b\n",
      "no column \"image_path\"; its columns are image, text: choose one by --image-column"
    ),
    (
      "image_path,title\na,b\n",
      "no column \"text\"; its columns are image_path, title: choose one by --text-column"
    ),
    ("image_path,text\n,b\n", "line 2: the image's path is empty"),
    ("image_path,text\n", "no record"), ("", "is empty"),
  ])
  func `what is missing is named`(text: String, message: String) {
    let error = #expect(throws: FileError.self) { try read(text) }
    #expect(error?.problem.contains(message) == true, "\(String(describing: error))")
  }

  /// Equal as texts, they would be taken for one image, and one embedded for both.
  @Test func `two spellings of an image or a label are refused with their lines`() throws {
    let images = problem {
      _ = try read("image_path,text\n\u{E9}.png,x\nb.png,y\ne\u{301}.png,z\n")
    }
    #expect(
      images.contains(
        "the image \"e\u{301}.png\" (bytes 65 cc 81 2e 70 6e 67) at line 4 is spelled otherwise at line 2"
      ))
    let labels = problem {
      _ = try read("image_path,text,label\na.png,x,\u{E9}\nb.png,y,\nc.png,z,e\u{301}\n")
    }
    #expect(labels.contains("the label \"e\u{301}\" (bytes 65 cc 81) at line 4"))
  }

  @Test func `a column of parts that is not read is told`() throws {
    let told = try read("image_path,text,split\na.jpg,x,train\nb.jpg,y,test\n").unreadSplit
    #expect(
      told?.hasSuffix(
        "its column split (test, train) is not read, and the 2 records of all parts are used; give a file a "
          + "part where they are to stay apart") == true)
    #expect(try read("image_path,text,split\na.jpg,x,train\n").unreadSplit == nil)
    #expect(try read("image_path,text\na.jpg,x\n").unreadSplit == nil)
  }

  /// As one class of its own they would all be the same thing.
  @Test(arguments: ["NaN", "NA", "null"])
  func `a word for a missing label is none, and numbers beside it are numbers`(_ word: String)
    throws
  {
    let table = try read("image_path,text,label\na,x,1.0\nb,y,\(word)\nc,z,\nd,w, \(word)\ne,v,1\n")
    #expect(table.records.map(\.label) == ["1", nil, nil, nil, "1"])
    #expect(table.labels == [0, nil, nil, nil, 0])
    #expect(
      table.remarks.count == 2
        && table.remarks[1].contains("2 fields such as \"\(word)\" in place of labels are taken"))
    let names = try read("image_path,text,label\na,x,b\nb,y,\(word)\nc,z,999.0\n")
    #expect(names.records.map(\.label) == ["b", nil, nil])
    #expect(names.remarks.count == 2)
    let asked = PairsTable.Columns(unlabelled: word)
    let own = try read("image_path,text,label\na,x,b\nb,y,\(word)\n", columns: asked)
    #expect(own.records.map(\.label) == ["b", nil] && own.remarks.isEmpty)
  }

  @Test(arguments: [";", "\t"])
  func `records may be separated by semicolons and tabs`(_ separator: String) throws {
    let text = "image_path,text,label\na.jpg,x y,7\nb.jpg,z,\n"
    let table = try read(text.replacing(",", with: separator))
    #expect(table.records.map(\.text) == ["x y", "z"] && table.labels == [0, nil])
    #expect(table.csv == text)
  }

  @Test func `labels with a point are whole numbers, and 999 stands for none in both ways`() throws
  {
    let table = try read("image_path,text,label\na,x,1.0\nb,y,999.0\nc,z,\nd,w,2.0\ne,v,1\n")
    #expect(table.records.map(\.label) == ["1", nil, nil, "2", "1"])
    #expect(table.labels == [0, nil, nil, 1, 0])
    #expect(table.remarks.count == 1 && table.remarks[0].contains("such as \"1.0\""))
    let chosen = PairsTable.Columns(unlabelled: "999.0")
    #expect(
      try read("image_path,text,label\na,x,999\nb,y,b\n", columns: chosen).records.map(\.label)
        == [nil, "b"])
    let dashes = PairsTable.Columns(unlabelled: "-")
    #expect(
      try read("image_path,text,label\na,x,-\nb,y,3.0\n", columns: dashes).records.map(\.label)
        == [nil, "3"])
    let versions = try read("image_path,text,label\na,x,1.0\nb,y,1.5\n")
    #expect(versions.records.map(\.label) == ["1.0", "1.5"] && versions.remarks.isEmpty)
  }
}
