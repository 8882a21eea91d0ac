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

  /// An image where a list or a folder has it.
  typealias Place = (className: String, path: String, split: String, place: String)

  /// The classes of images in the order that their names give, and the images by class and path.
  ///
  /// - Parameter images: The images; each class has one spelling.
  /// - Returns: The classes, and the entries that point to them.
  /// - Complexity: O(n log n) for n images.
  static func byClassAndPath(_ images: [Place]) -> (classes: [String], entries: [Entry]) {
    let classes = images.map(\.className).inClassOrder
    let indices = Dictionary(uniqueKeysWithValues: zip(classes, classes.indices))
    let entries = images.map {
      Entry(
        path: $0.path, classIndex: indices[$0.className] ?? 0, split: $0.split, place: $0.place)
    }
    return (classes, entries.sorted { ($0.classIndex, $0.path) < ($1.classIndex, $1.path) })
  }
}
