import Files
import Fixtures
import Images
import Testing

@testable import Reports

struct ContactSheetTests {
  private let folder: TemporaryFolder
  private let run: ReportedRun

  init() throws {
    folder = try TemporaryFolder()
    _ = try folder.write("row,path,class,split\n0,a.png,a,\n", "samples.csv")
    _ = try folder.write("index,class\n0,a\n", "classes.csv")
    _ = try folder.write("", "embeddings/clean.npy")
    run = try ReportedRun(folder.path)
  }

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

  @Test func `an image of the run is decoded, one that is not there leaves a gap`() throws {
    let image = RGBImage(width: 2, height: 1, pixels: [1, 2, 3, 4, 5, 6])
    _ = try folder.write(image.pngData(), "examples/a.png")
    #expect(try ContactSheet.read(run.directory, "examples/a.png") == image)
    #expect(try ContactSheet.read(run.directory, "examples/b.png") == nil)
  }

  @Test func `a damaged image is an error that names it`() throws {
    let image = RGBImage(width: 8, height: 8, pixels: [UInt8](repeating: 7, count: 192))
    let path = try folder.write(image.pngData().dropLast(20), "examples/a.png")
    let error = #expect(throws: FileError.self) {
      try ContactSheet.read(run.directory, "examples/a.png")
    }
    #expect(error?.file == path)
  }

  @Test func `no file outside of the run is read`() throws {
    _ = try folder.write("no image", "other.png")
    #expect(try ContactSheet.read(run.directory, "examples/../other.png") == nil)
    #expect(try ContactSheet.read(run.directory, folder.path + "/other.png") == nil)
  }
}
