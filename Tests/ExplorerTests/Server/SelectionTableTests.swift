import ExplorerFixtures
import Files
import LinearAlgebra
import Testing

@testable import Explorer

struct SelectionTableTests {
  private let set = HandmadeExploration(count: 20) { $0 != 2 }.images

  @Test func `a choice reads as what it is`() {
    let text = SelectionTable(set).text(of: RowMask(count: 20) { [1, 2].contains($0) })
    #expect(
      text == """
        row,id,path,x,y,kind,"a/b ""ü""\",size,note
        1,<img src=x onerror=alert(1)>,folder/<img src=x onerror=alert(1)>.jpg,1,0,pears,true,0.5,<img src=x onerror=alert(1)>
        2,image 2,folder/image 2.jpg,,,plums,false,1,=1+1

        """)
  }

  @Test func `a choice that was written is read again`() throws {
    let mask = RowMask(count: 20) { $0 % 3 == 1 }
    let table = try CSV(SelectionTable(set).text(of: mask), file: "table")
    let (rows, unknown) = try SelectionTable(set).rows(namedIn: table)
    #expect(rows == mask)
    #expect(unknown.isEmpty)
  }

  @Test func `names that no image has are told`() throws {
    let table = try CSV("path\nfolder/image 3.jpg\n\"\"\nx\n", file: "table")
    let (rows, unknown) = try SelectionTable(set).rows(namedIn: table)
    #expect(rows.rows == [3])
    #expect(unknown == ["", "x"])
    #expect(throws: FileError.self) {
      try SelectionTable(set).rows(namedIn: try CSV("name\nx\n", file: "table"))
    }
  }

  @Test func `a key that is called as a column of the table's own gives way`() throws {
    var set = self.set
    set.columns = ["id", "x", "metadata.x"].map { key in
      MetadataColumn(
        key: key, values: .categories(names: ["a"], codes: [Int32](repeating: 0, count: 20)))
    }
    let text = SelectionTable(set).text(of: RowMask(count: 20))
    #expect(text == "row,id,path,x,y,metadata.id,metadata.x,metadata.metadata.x\n")
  }
}
