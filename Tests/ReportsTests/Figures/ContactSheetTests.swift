import Fixtures
import Images
import Testing

@testable import Reports

struct ContactSheetTests {
  @Test func `images stand in the middle of their cells, and what is missing stays white`() {
    let wide = RGBImage(width: 4, height: 2, gray: 10)
    let small = RGBImage(width: 1, height: 1, gray: 20)
    let sheet = ContactSheet(cell: 4, columnGap: 1, rowGap: 2, rows: [[wide, nil], [nil, small]])
    #expect(sheet.width == 9 && sheet.height == 10)
    let image = sheet.image
    let shown = (0..<10).map { y in
      (0..<9).map { x -> Character in
        switch image.pixels[3 * (9 * y + x)] {
        case 10: "w"
        case 20: "s"
        case 255: "."
        default: "?"
        }
      }
    }
    #expect(
      shown.map { String($0) } == [
        ".........", "wwww.....", "wwww.....", ".........", ".........", ".........",
        ".....ssss", ".....ssss", ".....ssss", ".....ssss",
      ])
  }

  @Test func `no file outside of the run is shown`() throws {
    let folder = try TemporaryFolder()
    let run = try FiguresTests.run(in: folder)
    #expect(ContactSheet.read(run, "examples/class-000.png") != nil)
    #expect(ContactSheet.read(run, folder.path + "/examples/class-000.png") == nil)
    #expect(ContactSheet.read(run, "examples/../examples/class-000.png") == nil)
  }
}
