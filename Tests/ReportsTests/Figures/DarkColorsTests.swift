import Testing

@testable import Reports

struct DarkColorsTests {
  @Test func `greys change places with the ground`() {
    #expect(DarkColors.dark([255, 255, 255]) == [20, 23, 28])
    #expect(DarkColors.dark([0, 0, 0]) == [228, 231, 236])
    // Lighter than another becomes darker than it.
    #expect(DarkColors.dark([112, 112, 112])[0] > DarkColors.dark([200, 200, 200])[0])
  }

  @Test func `every colour of figures has contrast with the ground`() throws {
    let ground = DarkColors.luminance([20, 23, 28])
    let colors = FigureStyle.categories + FigureStyle.levels(9) + [FigureStyle.control.color]
    for text in colors {
      let color = DarkColors.dark(try #require(DarkColors.channels(text)))
      #expect((DarkColors.luminance(color) + 0.05) / (ground + 0.05) > 3.9, "\(text)")
    }
  }

  @Test func `a colour that is seen stays`() {
    #expect(DarkColors.dark([230, 159, 0]) == [230, 159, 0])
  }

  @Test func `colours are read as gnuplot writes them`() {
    #expect(DarkColors.channels("rgb(  0, 114, 178)") == [0, 114, 178])
    #expect(DarkColors.channels("#0072B2") == [0, 114, 178])
    #expect(DarkColors.channels("black") == [0, 0, 0])
    #expect(DarkColors.channels("none") == nil)
    #expect(DarkColors.channels("rgb(300, 0, 0)") == nil)
  }

  @Test func `areas of a scale stay as its pixels are`() {
    let svg =
      "<polygon fill = 'rgb(68, 1, 84)'/><path stroke='rgb( 68,   1,  84)'/><rect fill='#ffffff'/>"
    let style = DarkColors.style(of: svg, scope: "a", keepsFills: true)
    #expect(!style.contains("[fill='rgb(68"))
    #expect(style.contains("#a [stroke='rgb( 68,   1,  84)']{stroke:"))
    #expect(style.contains("#a [fill='#ffffff']{fill:#14171c}"))
  }
}
