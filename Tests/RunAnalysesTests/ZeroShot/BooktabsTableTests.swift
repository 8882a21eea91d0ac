import Testing

@testable import RunAnalyses

struct BooktabsTableTests {
  @Test func `names mean nothing to LaTeX, whatever marks stand above their characters`() {
    let table = BooktabsTable(
      titles: ["50% & more", "#_{}$"], alignment: "lr",
      rows: [["a\\b~c^d", "1"], ["_\u{301}x", "\\\u{301}"], ["\r\n%", "é"]])
    #expect(
      Array(table.text.unicodeScalars)
        == Array(
          ##"""
          \begin{tabular}{lr}
          \toprule
          50\% \& more & \#\_\{\}\$ \\
          \midrule
          a\textbackslash{}b\textasciitilde{}c\textasciicircum{}d & 1 \\
          \_\##u{301}x & \textbackslash{}\##u{301} \\
          \##r\##n\% & é \\
          \bottomrule
          \end{tabular}

          """##.unicodeScalars))
  }
}
