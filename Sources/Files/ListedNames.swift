extension Collection<String> {
  /// The names in a message, separated by commas.
  ///
  /// At most sixty of them are told, of each at most eighty characters, and how many more there are: a
  /// damaged file may have a million.
  package var listed: String {
    let shown = prefix(60).map { name in
      let start = name.prefix(80)
      return start.endIndex == name.endIndex ? name : start + "…"
    }
    return shown.joined(separator: ", ") + (count > 60 ? " and \(count - 60) more" : "")
  }
}
