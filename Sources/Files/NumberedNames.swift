/// A column of names that may be numbers: labels, classes, ids.
///
/// Programs that hold a column as floating-point numbers, as pandas does once a whole number of it is missing,
/// write 3 as `3.0`. Such names mean the numbers and are taken as these, so that they are found among names
/// that are written without a point. Where a name is missing they leave the field empty or write a word for it, `NaN`.
package struct NumberedNames: Sendable {
  /// The names; where all of them are whole numbers, none with a point.
  ///
  /// One that is missing is empty.
  package let names: [String]
  /// The words that stand for a missing name, in the order of the column.
  package let missing: [String]
  /// The first name that was written with a point, and how it is taken; nil where none was.
  package let rewritten: (from: String, to: String)?

  /// The names of a column.
  ///
  /// A column with any other name is left as it is: beside `1.5`, `1.0` is a name. Empty names are no names, and
  /// neither are words such as `NaN`; `None` is one beside other names, and none beside numbers.
  ///
  /// - Complexity: O(bytes of the names).
  package init(_ column: [String]) {
    var present = column.map { $0.isWordForMissing ? "" : $0 }
    let others = present.filter { !$0.isEmpty && $0 != "None" }
    if !others.isEmpty, others.allSatisfy({ Double($0) != nil }) {
      present = present.map { $0 == "None" ? "" : $0 }
    }
    missing = zip(column, present).filter { $0 != $1 }.map(\.0)
    let whole = present.map { $0.isEmpty ? $0 : $0.wholeNumberText }
    let place = present.indices.first { whole[$0] != present[$0] }
    guard let place, let first = whole[place], !whole.contains(nil) else {
      (names, rewritten) = (present, nil)
      return
    }
    names = whole.compactMap(\.self)
    rewritten = (column[place], first)
  }

  /// The names of a column that should be among others: each as it is there, or that one which is the same
  /// number; what is not among them stays as it is, words for missing ones too.
  ///
  /// - Complexity: O(bytes of the names and of those known).
  package init(_ column: [String], among known: [String]) {
    missing = []
    let exact = Set(known)
    guard column.contains(where: { !exact.contains($0) }) else {
      (names, rewritten) = (column, nil)
      return
    }
    let numbers = Dictionary(grouping: known) { $0.wholeNumberText ?? "" }
    names = column.map { name in
      guard !exact.contains(name), let number = name.wholeNumberText, let same = numbers[number],
        same.count == 1
      else { return name }
      return same[0]
    }
    rewritten = zip(column, names).first { $0 != $1 }.map { (from: $0, to: $1) }
  }

  /// What is to be said of names that were rewritten, and of words for missing ones.
  ///
  /// - Parameters:
  ///   - file: The file that has them.
  ///   - what: What they are: "classes".
  /// - Returns: Up to two sentences.
  package func remarks(_ file: String, _ what: String) -> [String] {
    let numbers = rewritten.map {
      "\(file): \(what) such as \"\($0.from)\" are whole numbers and are taken as such, \"\($0.to)\""
    }
    let words = missing.first.map {
      "\(file): \(missing.count == 1 ? "a field" : "\(missing.count) fields") such as \"\($0)\" in place of \(what) "
        + "\(missing.count == 1 ? "is" : "are") taken for missing, as an empty one is"
    }
    return [numbers, words].compactMap(\.self)
  }
}

extension String {
  private static let wordsForMissing: Set<String> = [
    "NaN", "nan", "-nan", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaT", "NULL", "null",
  ]

  /// Whether programs write this into a table where there is nothing: pandas, R and databases.
  package var isWordForMissing: Bool { Self.wordsForMissing.contains(self) }

  /// What a field is, in a message that refuses it for naming nothing.
  package var wordsForMissingName: String {
    isEmpty ? "empty" : "\"\(self)\", a word for a missing one, as an empty field is"
  }

  /// A whole number as it is written without a point: "3" for "3", "3.0" and "3.000e+00"; nil for any other text.
  ///
  /// Zeros in front stay, which names may have.
  package var wholeNumberText: String? {
    let unsigned = utf8.first == UInt8(ascii: "-") ? dropFirst() : self[...]
    let digits = unsigned.prefix { $0.isASCII && $0.isWholeNumber }
    guard !digits.isEmpty else { return nil }
    let rest = unsigned[digits.endIndex...]
    if rest.isEmpty { return self }
    guard rest.utf8.first == UInt8(ascii: ".") else { return nil }
    var whole = String(digits)
    let isPlain = rest.utf8.dropFirst().allSatisfy { $0 == UInt8(ascii: "0") }
    if !isPlain {
      // An exponent; a number that is written so has lost what does not fit 53 bits.
      guard rest.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }),
        let number = Double(unsigned), let exact = Int(exactly: number), exact < 1 << 53
      else { return nil }
      whole = "\(exact)"
    }
    let isNegative = unsigned.startIndex > startIndex && whole.contains { $0 != "0" }
    return (isNegative ? "-" : "") + whole
  }
}

extension Int {
  /// The whole number that a text stands for, `3` or `3.0`; nil for any other text.
  package init?(wholeNumber text: String) {
    if let number = Int(text) {
      self = number
    } else if let number = text.wholeNumberText.flatMap({ Int($0) }) {
      self = number
    } else {
      return nil
    }
  }
}
