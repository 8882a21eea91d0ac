import Testing

@testable import Reports

struct FigureOptionsTests {
  @Test func `without words, figures are SVG and PNG of their own width`() throws {
    let options = try FigureOptions(formats: nil, width: nil)
    #expect(options == FigureOptions())
    #expect(options.formats == [.svg, .png] && options.width == nil)
  }

  @Test func `formats are taken once and in one order`() throws {
    #expect(try FigureOptions(formats: "pdf, PNG,pdf", width: "page").formats == [.png, .pdf])
    #expect(try FigureOptions(formats: "svg", width: "page").width == .twoColumns)
    #expect(try FigureOptions(formats: nil, width: "column").width == .oneColumn)
  }

  @Test(arguments: [
    (
      "pgn",
      "--figure-format: \"pgn\" is no format of figures; expected svg, png, pdf; did you mean png?"
    ),
    ("svg,", "--figure-format: nothing is no format of figures; expected svg, png, pdf"),
    ("bitmap", "--figure-format: \"bitmap\" is no format of figures; expected svg, png, pdf"),
  ])
  func `an unknown format is named with what was meant`(word: String, message: String) {
    let error = #expect(throws: FigureOptionError.self) {
      _ = try FigureOptions(formats: word, width: nil)
    }
    #expect(error?.description == message)
  }

  @Test func `an unknown width is named with what was meant`() {
    let error = #expect(throws: FigureOptionError.self) {
      _ = try FigureOptions(formats: nil, width: "colum")
    }
    #expect(
      error?.description
        == "--figure-width: \"colum\" is no width of figures; expected column or page; did you mean column?"
    )
  }
}
