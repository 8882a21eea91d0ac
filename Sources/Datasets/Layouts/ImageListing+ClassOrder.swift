import Files

extension ImageListing {
  /// Classes that were found one after another in the order that their names give, and with them their images, in
  /// the order that these had.
  ///
  /// - Complexity: O(n) for n images, beside the order of the classes.
  static func inClassOrder(
    _ classes: [String], _ entries: [Entry]
  ) -> (classes: [String], entries: [Entry]) {
    let ordered = classes.inClassOrder
    guard ordered != classes else { return (classes, entries) }
    let places = Dictionary(zip(ordered, ordered.indices)) { first, _ in first }
    var entriesOfClasses = ordered.map { _ in [Entry]() }
    for entry in entries {
      let place = places[classes[entry.classIndex]] ?? 0
      entriesOfClasses[place].append(
        Entry(path: entry.path, classIndex: place, split: entry.split, place: entry.place))
    }
    return (ordered, entriesOfClasses.flatMap(\.self))
  }
}
