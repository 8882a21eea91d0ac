internal import Files

/// An image as the input has it, before anything of it is read.
package struct ListedImage: Sendable, Equatable {
  /// Its path in the folder, or as the run's `samples.csv` has it.
  package let path: String
  /// What users call it: the file's stem where no other image has it, else its path.
  package let id: String
  /// Where its file is; nil where there is none any more.
  package let file: String?
  /// By what the file is known; nil without one.
  package let stamp: FileStamp?

  package init(path: String, id: String, file: String?, stamp: FileStamp?) {
    (self.path, self.id, self.file, self.stamp) = (path, id, file, stamp)
  }

  /// What users call the images with these paths.
  ///
  /// A stem that is another image's path stands for that one, and is none of this one's.
  ///
  /// - Parameter paths: The paths, each once.
  /// - Returns: A name a path, each once.
  /// - Complexity: O(bytes of the paths).
  static func ids(_ paths: [String]) -> [String] {
    let stems = paths.map(\.imageStem)
    var counts: [String: Int] = [:]
    for stem in stems { counts[stem, default: 0] += 1 }
    let taken = Set(paths)
    return zip(paths, stems).map { path, stem in
      counts[stem] == 1 && !(taken.contains(stem) && stem != path) ? stem : path
    }
  }
}

extension String {
  /// What stands behind the last slash.
  var lastPathPart: String {
    guard let slash = utf8.lastIndex(of: UInt8(ascii: "/")) else { return self }
    return String(self[index(after: slash)...])
  }

  /// The last part of a path without its ending; one that begins with its only point has none.
  var imageStem: String {
    let name = lastPathPart
    guard let point = name.utf8.lastIndex(of: UInt8(ascii: ".")), point > name.startIndex else {
      return name
    }
    return String(name[..<point])
  }
}
