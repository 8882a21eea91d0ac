import Files
import Fixtures
import Testing

@testable import Pairs

struct ImageLocationTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["u/0/0/x.jpg", "0/x.jpg", "x.jpg", "0/y z.jpg", "100%.jpg", "a%20b.jpg"] {
      _ = try folder.write(name, "images/" + name)
    }
  }

  private var inside: ImageLocation {
    ImageLocation(folder: "/csv", imageFolder: folder.path + "/images")
  }

  private func found(_ image: String) throws -> String {
    String(try inside.file(of: image).dropFirst(folder.path.count + "/images/".count))
  }

  private func problem(_ location: ImageLocation, _ image: String) -> String {
    (#expect(throws: FileError.self) { try location.file(of: image) })?.problem ?? ""
  }

  @Test func `without a folder of images, paths start at the table's folder`() throws {
    let location = ImageLocation(folder: "/csv", imageFolder: nil)
    #expect(try location.file(of: "a/b.jpg") == "/csv/a/b.jpg")
    #expect(try location.file(of: "/a/b.jpg") == "/a/b.jpg")
    #expect(try location.file(of: "file:///a/b%20c.jpg") == "/a/b c.jpg")
    #expect(try location.file(of: "file://host/a.jpg") == "/a.jpg")
    for address in ["https://h/x.jpg", "HTTP://h/x.jpg", "s3://bucket/x.jpg"] {
      #expect(
        problem(location, address)
          == "is an address; download it and give the folder as --images-dir")
    }
    // No scheme.
    #expect(try location.file(of: "://x.jpg") == "/csv/://x.jpg")
    #expect(problem(location, "a\0b.jpg").contains("NUL"))
  }

  @Test func `the longest ending that is there names the image`() throws {
    #expect(try found("https://h/u/0/0/x.jpg?w=3#f") == "u/0/0/x.jpg")
    #expect(try found("https://h/v/0/x.jpg#f?w") == "0/x.jpg")
    #expect(try found("https://h/v/1/x.jpg") == "x.jpg")
    #expect(try found("elsewhere/u/0/0/x.jpg") == "u/0/0/x.jpg")
    #expect(try found("/absolute/./0/x.jpg") == "0/x.jpg")
    #expect(try found("https://h/0/y%20z.jpg") == "0/y z.jpg")
    // Files that were saved with the escapes in their names, and names with a percent sign.
    #expect(try found("https://h/a%20b.jpg") == "a%20b.jpg")
    #expect(try found("https://h/100%.jpg") == "100%.jpg")
    #expect(try found("100%.jpg") == "100%.jpg")
  }

  @Test func `nothing outside of the folder is named, nor a folder, nor nothing`() {
    for image in ["../images/x.jpg", "https://h/../x.jpg", "https://h/%2e%2e/x.jpg", "a/../x.jpg"] {
      #expect(problem(inside, image).contains("leads out"), "\(image)")
    }
    for image in ["https://h/u/0", "https://h", "https://h/", "y.jpg", "https://h/?x.jpg"] {
      #expect(problem(inside, image).contains("no such file"), "\(image)")
    }
  }
}
