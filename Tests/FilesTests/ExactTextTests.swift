import Testing

@testable import Files

struct ExactTextTests {
  @Test(arguments: [
    ("a\"b", "\"", "\"\"", "a\"\"b"), ("\"\u{301}a", "\"", "\"\"", "\"\"\u{301}a"),
    ("\u{600}<x", "<", "&lt;", "\u{600}&lt;x"), ("a\r\nb", "\n", " ", "a\r b"),
    ("]]]>\u{301}", "]]>", "]]&gt;", "]]]&gt;\u{301}"), ("aaa", "aa", "b", "ba"),
    ("", "a", "b", ""),
    ("none", "x", "y", "none"), ("%%", "%", "%%", "%%%%"), ("é", "e", "x", "é"),
    ("ab", "", "x", "ab"),
  ])
  func `bytes are replaced whatever marks stand beside them`(
    text: String, old: String, new: String, expected: String
  ) {
    // Not by characters, which are equal in other spellings.
    #expect(Array(text.replacingBytes(of: old, with: new).utf8) == Array(expected.utf8))
  }

  @Test func `a slash with a mark above it parts a path all the same`() {
    #expect("../\u{301}x".pathParts == ["..", "\u{301}x"] && "../\u{301}x".mayLeadOut)
    #expect("/\u{301}x".isAbsolutePath && "/\u{301}x".mayLeadOut)
    #expect("a//b/".pathParts == ["a", "b"] && !"a/..b/c..".mayLeadOut && !"".isAbsolutePath)
  }
}
