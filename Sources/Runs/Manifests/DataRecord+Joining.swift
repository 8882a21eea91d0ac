import Files

/// What a run that is extended says of all that went in.
extension Manifest.DataRecord {
  /// In what the images are others than an earlier run's.
  ///
  /// Those of folders of images that were corrupted beforehand are compared one by one: a folder that only one of the
  /// two has is no difference.
  ///
  /// - Parameter earlier: The earlier run's.
  /// - Returns: A line; nil where they are the same.
  func difference(from earlier: Manifest.DataRecord) -> String? {
    guard let own = variants, let there = earlier.variants else {
      guard digest != earlier.digest else { return nil }
      return "the images: \(earlier.images) of \(earlier.source) there, \(images) others asked for"
    }
    let others = own.filter { there[$0.key] != nil && there[$0.key] != $0.value }.keys
    guard !others.isEmpty else { return nil }
    return "the images in \(others.sorted().listed): \(earlier.images) of \(earlier.source) there, "
      + "\(images) others asked for"
  }

  /// Whether an earlier run has folders of images that are not there any more.
  package func lacksVariants(of earlier: Manifest.DataRecord?) -> Bool {
    guard let own = variants, let there = earlier?.variants else { return false }
    return !Set(there.keys).isSubset(of: own.keys)
  }

  /// Counts in those folders of images of an earlier run that are not there any more.
  package mutating func join(_ earlier: Manifest.DataRecord?) {
    guard let own = variants, let there = earlier?.variants, lacksVariants(of: earlier) else {
      return
    }
    let all = there.merging(own) { $1 }
    variants = all
    digest = "\(Digest(of: all.sorted { $0.key < $1.key }.map { "\($0) \($1)\n" }.joined()))"
  }

  // MARK: Embeddings made elsewhere

  private static let madeElsewhere = " (embeddings made elsewhere)"

  /// Says where embeddings made elsewhere are from, with those that are in the run already.
  ///
  /// - Parameters:
  ///   - path: Where these are from.
  ///   - files: What lies there and is not used; it stands in the place of what an earlier record says of the same.
  ///   - earlier: What the run says of those that are in it.
  package mutating func setSource(
    _ path: String, unused files: [RunError.UnusableImage], after earlier: Manifest.DataRecord?
  ) {
    var places = earlier.map { $0.sources ?? [$0.onlySource].compactMap(\.self) } ?? []
    if places.isEmpty || places == [path] {
      source = path + Self.madeElsewhere
      unused = files
      return
    }
    func placed(_ files: [RunError.UnusableImage], in place: String) -> [RunError.UnusableImage] {
      files.map { RunError.UnusableImage(path: place + "/" + $0.path, problem: $0.problem) }
    }
    let before = earlier?.unused ?? []
    let kept = earlier?.sources == nil ? placed(before, in: places[0]) : before
    if !places.contains(path) { places.append(path) }
    /// Of two places of which one lies in the other, the inner one.
    func place(of file: String) -> String? {
      places.filter { file.hasPrefix($0 + "/") }.max { $0.count < $1.count }
    }
    sources = places
    source = places.joined(separator: ", ") + Self.madeElsewhere
    unused = kept.filter { place(of: $0.path) != path } + placed(files, in: path)
  }

  private var onlySource: String? {
    source.hasSuffix(Self.madeElsewhere)
      ? String(source.dropLast(Self.madeElsewhere.count)) : nil
  }
}
