/// The first line of a table of numbers, where its fields show that it names the columns.
///
/// A line of nothing but numbers is not told here: see `NumberTable`'s users.
struct TableHeader: Equatable {
  /// The names of the columns of numbers.
  let names: [String]
  /// The columns on the left that are an index.
  let indexWidth: Int
  /// What the index is called; nil where the line names no column for it.
  private let indexNames: [String]?
  /// Whether names of columns are numbers, as those of a row are.
  private let hasNumbers: Bool

  /// Looks at the first line; nil where it is one of numbers, or of numbers and what is none.
  ///
  /// - Parameters:
  ///   - fields: Its fields, without quotes.
  ///   - second: Those of the next line; none where there is none.
  ///   - isOfPoints: Whether the numbers are coordinates, among which none is absent.
  init?(_ fields: [String], above second: [String], use isOfPoints: Bool) {
    func isNumber(_ field: String) -> Bool { Double(field: field) != nil }
    // As R's write.table leaves the index without a name.
    let isShort =
      fields.count + 1 == second.count && (fields.count > 1 || !isNumber(second[0]))
    let unnamed = fields.prefix { $0.isEmpty || $0.wholeMatch(of: /Unnamed: \d+/) != nil }.count
    let named = fields.prefix { !isNumber($0) }.count
    if named == fields.count {
      let width = isShort ? 1 : unnamed < fields.count ? unnamed : 0
      // Distances may lack a first line of them; one of empty fields names nothing.
      if !isOfPoints, unnamed == fields.count { return nil }
      indexWidth = width
      names = Array(fields.dropFirst(isShort ? 0 : width))
      indexNames = isShort ? nil : Array(fields.prefix(width))
      hasNumbers = false
      return
    }
    // Names of an index, or none, and numbers of columns behind: `,0,1,2` and `id,0,1,2`.
    guard named > 0 else { return nil }
    let numbers = fields.dropFirst(named)
    let counts = numbers.enumerated().allSatisfy { $0.element == "\($0.offset)" }
    let areWhole = numbers.allSatisfy { $0.utf8.allSatisfy { (48...57).contains($0) } }
    let isUnnamed = unnamed == named
    // A row may begin with its own name, and its numbers may count: then the next one's are written alike.
    let isOfRow =
      !isUnnamed && second.first.map { !isNumber($0) } ?? true
      && second.dropFirst(named).allSatisfy { $0.utf8.allSatisfy { (48...57).contains($0) } }
    guard counts && !isOfRow || isUnnamed && isOfPoints && areWhole else { return nil }
    indexWidth = named
    names = Array(numbers)
    indexNames = Array(fields.prefix(named))
    hasNumbers = true
  }

  /// What is to be said of it.
  func notes(line: Int) -> [String] {
    guard indexWidth > 0 else { return [] }
    let words = indexNames?.filter { !$0.isEmpty } ?? []
    let column = indexWidth == 1 ? "the first column" : "the first \(indexWidth) columns"
    let isOne = indexWidth == 1
    let reason =
      words.isEmpty
      ? "\(isOne ? "has" : "have") no name in line \(line)"
      : "\(isOne ? "is" : "are") called \(words.joined(separator: ", ")) in line \(line)"
    let header =
      hasNumbers
      ? [
        "line \(line) is taken for the columns' names, \(names.prefix(3).joined(separator: ", "))"
          + (names.count > 3 ? ", …" : "") + ", not for a row of numbers"
      ] : []
    return header + [
      "\(column) \(reason) and \(isOne ? "is" : "are") taken for an index, as pandas writes it, not for numbers; if it "
        + "is one of them, put a line of names, one for every column, above the numbers"
    ]
  }
}
