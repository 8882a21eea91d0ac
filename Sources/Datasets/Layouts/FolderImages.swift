import Files
import Foundation
import Images

/// What lies in a folder of images: those that are read, and those that are not.
struct FolderImages {
  /// The names of its JPEG and PNG files, sorted.
  private(set) var names: [String] = []
  /// Images of other formats, and images in folders below.
  private(set) var unused: [UnusedImage] = []

  /// Looks into a folder and those below it.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - path: Its path in the data set, with which the paths of its images begin.
  /// - Throws: `FileError` for what cannot be listed.
  /// - Complexity: O(n log n) for n names.
  init(_ folder: URL, path: String) throws {
    var deeper: [String] = []
    for name in try Self.visible(folder) {
      if Self.isRead(name) {
        names.append(name)
      } else if try Self.isFolder(folder.appendingPathComponent(name)) {
        deeper.append(name)
      } else if let problem = try Self.problem(folder.appendingPathComponent(name)) {
        unused.append(UnusedImage(path: "\(path)/\(name)", problem: problem))
      }
    }
    var known: Set = [ResolvedPath(folder.path)]
    for name in deeper {
      unused += try Self.images(
        below: folder.appendingPathComponent(name), path: "\(path)/\(name)", known: &known
      ).map {
        UnusedImage(
          path: $0,
          problem:
            "they lie in folders within that of a class; move them up, or name them in a CSV "
            + "with path and label")
      }
    }
  }

  /// The names in a folder but for the hidden ones; none where it is not there.
  static func visible(_ folder: URL) throws -> [String] {
    try (FolderContents.names(of: folder.path) ?? []).filter { !$0.hasPrefix(".") }
  }

  /// The names of the folders in a folder.
  static func subfolders(_ folder: URL) throws -> [String] {
    try visible(folder).filter { try isFolder(folder.appendingPathComponent($0)) }
  }

  static func isFolder(_ path: URL) throws -> Bool {
    try FileStatus(path.path)?.kind == .folder
  }

  /// Whether a folder holds an image that is read, not counting those below it.
  static func hasImages(_ folder: URL) throws -> Bool {
    try visible(folder).contains(where: isRead)
  }

  /// Whether one of a folder's folders holds an image that is read.
  static func hasClasses(_ folder: URL) throws -> Bool {
    try visible(folder).contains { name in
      let inner = folder.appendingPathComponent(name)
      return try !isRead(name) && isFolder(inner) && hasImages(inner)
    }
  }

  /// The images in a folder that has none, as those beside the folders of classes.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - prefix: What the paths of its images begin with.
  ///   - problem: Why none is used.
  /// - Returns: Those images, which are not used.
  /// - Throws: `FileError` for what cannot be listed.
  static func images(
    beside folder: URL, prefix: String = "", _ problem: String
  ) throws -> [UnusedImage] {
    try visible(folder).compactMap { name in
      let file = folder.appendingPathComponent(name)
      guard try !isFolder(file), try isRead(name) || self.problem(file) != nil else { return nil }
      return UnusedImage(path: prefix + name, problem: problem)
    }
  }

  /// The paths of all images in a folder and those below it, each folder once, whatever links lead to it.
  static func images(
    below folder: URL, path: String, known: inout Set<ResolvedPath>
  ) throws -> [String] {
    guard known.insert(ResolvedPath(folder.path)).inserted else { return [] }
    var paths: [String] = []
    for name in try visible(folder) {
      let inner = folder.appendingPathComponent(name)
      if try isFolder(inner) {
        paths += try images(below: inner, path: "\(path)/\(name)", known: &known)
      } else if try isRead(name) || problem(inner) != nil {
        paths.append("\(path)/\(name)")
      }
    }
    return paths
  }

  /// Whether a file of that name is taken for an image.
  static func isRead(_ name: String) -> Bool { ImageFormat.isNamed(name) }

  /// Why a file is no image that is read, where it is an image; nil of any other file.
  ///
  /// A name with no ending says nothing: then the first bytes do.
  private static func problem(_ file: URL) throws -> String? {
    let ending = file.pathExtension.lowercased()
    if ["jfif", "jpe", "jif"].contains(ending) {
      return "they end in .\(ending), and only .jpg, .jpeg and .png are read; rename them"
    }
    if let format = foreign[ending] {
      return "they are \(format), which is not read; convert them to JPEG or PNG"
    }
    guard ending.isEmpty, try FileStatus(file.path)?.kind == .file else { return nil }
    let handle = try? FileHandle(forReadingFrom: file)
    defer { try? handle?.close() }
    guard let head = try? handle?.read(upToCount: 64), ImageFormat.isImage(head) else { return nil }
    return "they have no ending, and only .jpg, .jpeg and .png are read; rename them"
  }

  /// Formats of images that are not read, by the endings of their names.
  private static let foreign = [
    "webp": "WebP", "gif": "GIF", "tif": "TIFF", "tiff": "TIFF", "bmp": "BMP", "dib": "BMP",
    "avif": "AVIF", "heic": "HEIC", "heif": "HEIC", "jp2": "JPEG 2000", "j2k": "JPEG 2000",
    "jxl": "JPEG XL", "pbm": "PBM", "pgm": "PGM", "ppm": "PPM", "pnm": "PNM", "tga": "TGA",
    "ico": "ICO", "svg": "SVG", "psd": "PSD", "exr": "OpenEXR", "hdr": "Radiance HDR",
    "dds": "DDS",
  ]
}
