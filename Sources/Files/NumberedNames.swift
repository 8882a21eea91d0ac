/// A column of names that may be numbers: labels, classes, ids.
///
/// Programs that hold a column as floating-point numbers, as pandas does once a whole number of it is missing,
/// write 3 as `3.0`. Such names mean the numbers and are taken as these, so that they are found among names
/// that are written without a point.
package struct NumberedNames: Sendable {
  /// The names; where all of them are whole numbers, none with a point.
  package let names: [String]
  /// The first name that was written with a point, and how it is taken; nil where none was.
  package let rewritten: (from: String, to: String)?

  /// The names of a column.
  ///
  /// A column with any other name is left as it is: beside `1.5`, `1.0` is a name. Empty names are no names.
  ///
  /// - Complexity: O(bytes of the names).
  package init(_ column: [String]) {
    let whole = column.map { $0.isEmpty ? $0 : $0.wholeNumberText }
    let place = column.indices.first { whole[$0] != column[$0] }
    guard let place, let first = whole[place], !whole.contains(nil) else {
      (names, rewritten) = (column, nil)
      return
    }
    names = whole.compactMap(\.self)
    rewritten = (column[place], first)
  }

  /// The names of a column that should be among others: each as it is there, or that one which is the same
  /// number; what is not among them stays as it is.
  ///
  /// - Complexity: O(bytes of the names and of those known).
  package init(_ column: [String], among known: [String]) {
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

  /// What is to be said of names that were rewritten.
  ///
  /// - Parameters:
  ///   - file: The file that has them.
  ///   - what: What they are: "classes".
  /// - Returns: A sentence; nil where none was.
  package func remark(_ file: String, _ what: String) -> String? {
    rewritten.map {
      "\(file): \(what) such as \"\($0.from)\" are whole numbers and are taken as such, \"\($0.to)\""
    }
  }
}

extension String {
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
