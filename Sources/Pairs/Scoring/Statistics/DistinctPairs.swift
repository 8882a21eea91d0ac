/// Which images and captions are pairs of one another.
struct DistinctPairs: Sendable {
  /// An image and a caption in one number, ascending, each pair once.
  let keys: [UInt64]

  /// Those of scored pairs.
  ///
  /// - Complexity: O(n · log n).
  init(_ pairs: ScoredPairs) {
    var sorted = zip(pairs.images, pairs.texts).map { Self.key(image: $0, text: $1) }
    sorted.sort()
    var keys: [UInt64] = []
    for key in sorted where key != keys.last { keys.append(key) }
    self.keys = keys
  }

  /// The number of a pair: by image, then by caption.
  static func key(image: Int32, text: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: image)) << 32 | UInt64(UInt32(bitPattern: text))
  }

  /// The image and the caption of a number.
  static func pair(_ key: UInt64) -> (image: Int32, text: Int32) {
    (Int32(truncatingIfNeeded: key >> 32), Int32(truncatingIfNeeded: key))
  }

  /// The place of a pair among the distinct ones; nil for what is none.
  ///
  /// - Complexity: O(log n).
  func place(image: Int32, text: Int32) -> Int? {
    let key = Self.key(image: image, text: text)
    let place = keys.lowerBound(of: key)
    return place < keys.count && keys[place] == key ? place : nil
  }

  /// Whether an image and a caption are a pair.
  func contains(image: Int32, text: Int32) -> Bool { place(image: image, text: text) != nil }
}

extension Array where Element: Comparable {
  /// How many elements of an ascending array are below a value.
  func lowerBound(of value: Element) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// How many are below a value or equal to it.
  func upperBound(of value: Element) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
