import Runs
import Testing

@testable import Pairs

struct ExampleChoiceTests {
  private func groups(_ choice: ExampleChoice) -> [[Int]] {
    ExampleChoice.Group.allCases.map { group in
      choice.examples.filter { $0.group == group }.map(\.record)
    }
  }

  @Test func `thirds of a few pairs, each once`() {
    let choice = ExampleChoice(
      .of(
        images: [0, 1, 2, 0, 3, 4, 5], texts: [0, 1, 2, 0, 3, 4, 5],
        cosines: [0.1, 0.5, 0.3, 0.1, 0.3, 0.2, 0.4]))
    // Six distinct pairs; the fourth record repeats the first, and records 2 and 4 are equal.
    #expect(groups(choice) == [[1, 6], [2, 4], [0, 5]])
    #expect(choice.contains(record: 5) && !choice.contains(record: 3))
  }

  @Test func `one pair is the highest, and no pair is none`() {
    #expect(groups(ExampleChoice(.of(images: [0], texts: [0]))) == [[0], [], []])
    #expect(groups(ExampleChoice(.of(images: [0, 1], texts: [0, 1]))) == [[0], [], [1]])
    #expect(groups(ExampleChoice(ScoredPairs())) == [[], [], []])
  }

  @Test func `twenty of each of many, the middle about the median`() {
    let places = (0..<1001).map { Int32($0) }
    let choice = ExampleChoice(
      .of(images: places, texts: places, cosines: places.map { Float($0) / 1001 }),
      negCLIPLoss: places.map { Double($0) })
    let found = groups(choice)
    #expect(found[0] == (981...1000).reversed() && found[2] == Array(0..<20))
    #expect(found[1] == (491...510).reversed())
    #expect(choice.examples[0].negCLIPLoss == 1000)
  }

  @Test func `the table has the pairs with texts`() throws {
    let choice = ExampleChoice(
      .of(images: [0, 1, 2], texts: [0, 1, 2], cosines: [0.25, 0.5, 0.125]))
    let table = choice.table(texts: [0: ("a.png", "A\nb"), 1: ("b, c.png", "é"), 2: ("c", "")])
    #expect(
      table.csv == """
        group,record,image,caption,score,negcliploss
        highest,1,"b, c.png",é,50,
        middle,0,a.png,"A
        b",25,
        lowest,2,c,,12.5,

        """)
  }
}
