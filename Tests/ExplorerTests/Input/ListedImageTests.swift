import Testing

@testable import Explorer

struct ListedImageTests {
  @Test func `a stem that no other image has is the id`() {
    #expect(ListedImage.ids(["a.jpg", "deep/b.c.png", "noending"]) == ["a", "b.c", "noending"])
  }

  @Test func `images of one stem are called by their paths`() {
    #expect(ListedImage.ids(["a/x.jpg", "b/x.png", "y.png"]) == ["a/x.jpg", "b/x.png", "y"])
  }

  @Test func `a stem that is another image's path is none of this one's`() {
    let ids = ListedImage.ids(["a.jpg", "a.jpg.png", "b/a.gif.jpg", "b/a.png"])
    #expect(ids == ["a.jpg", "a.jpg.png", "a.gif", "b/a.png"])
    #expect(Set(ids).count == 4)
  }

  @Test func `ids are told apart whatever the paths are`() {
    // All paths of up to three letters of this alphabet that can be names of files.
    let alphabet = ["a", ".", "/"]
    var paths = [""]
    for _ in 0..<5 { paths += paths.flatMap { path in alphabet.map { path + $0 } } }
    let all = Set(
      paths.filter { !$0.isEmpty && !$0.hasPrefix("/") && !$0.hasSuffix("/") && !$0.contains("//") }
    )
    #expect(Set(ListedImage.ids(all.sorted())).count == all.count)
  }

  @Test(arguments: [
    ("a/b.c.jpg", "b.c"), (".hidden", ".hidden"), ("a/", ""), ("a.b/c", "c"), ("x.", "x"),
  ])
  func `a stem is the name without its ending`(path: String, stem: String) {
    #expect(path.imageStem == stem)
  }
}
