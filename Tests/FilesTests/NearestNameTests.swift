import Testing

@testable import Files

struct NearestNameTests {
  @Test(arguments: [
    ("", "", 0), ("abc", "", 3), ("kitten", "sitting", 3), ("levels", "levles", 2),
    ("flaw", "lawn", 2),
  ])
  func `edit distance by hand`(a: String, b: String, distance: Int) {
    #expect(a.editDistance(to: b) == distance)
    #expect(b.editDistance(to: a) == distance)
  }

  @Test func `the nearest name, of equals the first, within the limit`() {
    let names = ["banded", "bended", "woven"]
    #expect("binded".nearest(of: names) == "banded")
    #expect("woven!".nearest(of: names, within: 1) == "woven")
    #expect("waiver".nearest(of: names, within: 2) == nil)
    #expect("x".nearest(of: []) == nil)
    // What shares a few letters by chance was not meant.
    #expect("logit-scale".nearest(of: ["noise", "dataset", "model"]) == nil)
    #expect("gird".nearest(of: ["grid"]) == "grid" && "dtd".nearest(of: ["tda"]) == nil)
    #expect("c".nearest(of: ["a", "b"]) == nil)
  }
}
