import Files
import Testing

@testable import Reports

struct ReportTableTests {
  private static let text = "noise,level,distance\nnone,0,\ngaussian,0.5,inf\ngaussian,1,x\n"

  @Test func emptyFieldsAreNilAndInfIsInfinity() throws {
    let table = ReportTable(try CSV(Self.text, file: "t.csv"))
    let gaussian = try table.rows(where: ["noise": "gaussian", "level": "0.5"])
    #expect(try gaussian.numbers("distance") == [.infinity])
    #expect(try table.rows(where: ["noise": "none"]).numbers("distance") == [nil])
    #expect(try table.texts("noise") == ["none", "gaussian", "gaussian"])
  }

  @Test func aFieldThatIsNoNumberIsNamedWithItsLine() throws {
    let table = ReportTable(try CSV(Self.text, file: "t.csv"))
    let error = #expect(throws: FileError.self) { _ = try table.numbers("distance") }
    #expect(error?.description == "t.csv: line 4: distance is \"x\"; expected a number")
    #expect(throws: FileError.self) { _ = try table.numbers("ratio") }
  }
}
