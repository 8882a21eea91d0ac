internal import Files
internal import Foundation

extension ImageSet {
  /// The rows that all of some filters leave.
  ///
  /// - Parameter filters: What metadata must be; none leaves all rows.
  /// - Returns: The rows, embedded or not.
  /// - Throws: `SearchError` for a key that is not there, for a range of what is no number, and for limits that are
  ///   none.
  /// - Complexity: O(rows) a filter, and the letters of the names where a text is looked for in them.
  package func rows(passing filters: [MetadataFilter]) throws -> RowMask {
    var rows = RowMask(count: images.count, all: true)
    for filter in filters { rows = rows.intersection(try self.rows(passing: filter)) }
    return rows
  }

  private func rows(passing filter: MetadataFilter) throws -> RowMask {
    switch filter {
    case .isOne(let key, let names): try column(key).rows(of: Set(names))
    case .isBetween(let key, let lower, let upper):
      try column(key).rows(from: lower, to: upper)
    case .contains(let key, let text): try column(key).rows(containing: text)
    }
  }

  private func column(_ key: String) throws -> MetadataColumn {
    if let column = columns.first(where: { $0.key == key }) { return column }
    let keys = columns.map(\.key)
    let advice =
      if let name = key.nearest(of: keys) {
        "did you mean \(name)?"
      } else if keys.isEmpty {
        "these images have no metadata"
      } else {
        "there are \(keys.listed)"
      }
    throw SearchError("no image has metadata by the key \([key].listed); \(advice)")
  }
}

extension MetadataColumn {
  /// The rows that have one of some names; those without a value for an empty name.
  ///
  /// A number has every name that is read as it. Names that no row has leave none.
  fileprivate func rows(of wanted: Set<String>) -> RowMask {
    let withoutValue = wanted.contains("")
    switch values {
    case .categories(let names, let codes):
      let isWanted = names.map(wanted.contains)
      return RowMask(count: codes.count) { row in
        let code = Int(codes[row])
        return code < 0 ? withoutValue : isWanted[code]
      }
    case .numbers(let numbers, let present):
      let wanted = Set(wanted.compactMap(Double.init))
      return RowMask(count: numbers.count) { row in
        present.contains(row) ? wanted.contains(numbers[row]) : withoutValue
      }
    }
  }

  fileprivate func rows(from lower: Double?, to upper: Double?) throws -> RowMask {
    guard case .numbers(let numbers, let present) = values else {
      throw SearchError("the values of \(key) are no numbers; choose among its names instead")
    }
    let (lower, upper) = (lower ?? -.infinity, upper ?? .infinity)
    guard lower <= upper else {
      throw SearchError(
        "\(key) from \(lower) to \(upper) is no range; expected two numbers, the lesser first")
    }
    return RowMask(count: numbers.count) { row in
      present.contains(row) && numbers[row] >= lower && numbers[row] <= upper
    }
  }

  fileprivate func rows(containing text: String) throws -> RowMask {
    guard text.count <= SearchRequest.longestText else {
      throw SearchError(
        "the text that \(key) is to contain has \(text.count) characters; expected at most \(SearchRequest.longestText)"
      )
    }
    let text = text.lowercased()
    func matches(_ value: String) -> Bool {
      text.isEmpty || value.lowercased().contains(text)
    }
    switch values {
    case .categories(let names, let codes):
      let isWanted = names.map(matches)
      return RowMask(count: codes.count) { codes[$0] >= 0 && isWanted[Int(codes[$0])] }
    case .numbers(let numbers, let present):
      return RowMask(count: numbers.count) {
        present.contains($0) && matches(numbers[$0].shortestText)
      }
    }
  }
}
