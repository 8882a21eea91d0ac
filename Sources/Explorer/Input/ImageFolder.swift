internal import Files
internal import Foundation
internal import Images
internal import Runs

/// The images in a folder and those below it.
///
/// Links are followed, each folder is entered once, by its own name rather than by that of a link to it. What is hidden
/// is left out, this program's own `.topoclip` with it. Whatever else could be meant as an image and is not shown is
/// among the problems.
package struct ImageFolder: Sendable {
  /// The folder, as it was given.
  package let path: String
  /// Its images, by path.
  package private(set) var images: [ListedImage] = []
  /// What is no image that can be read, and why, by path.
  package private(set) var problems: [ExplorationProblem] = []
  /// What is below it and cannot be looked at, folders and files: what is there is not known, and not gone.
  package let unlisted: [String]

  /// Lists a folder.
  ///
  /// - Parameter path: The folder.
  /// - Throws: `FileError` for what is no folder, cannot be listed, or holds no image; `RunError.interrupted`.
  /// - Complexity: O(n log n) for n names; a call or two of the system a name.
  package init(_ path: String) throws {
    self.path = path
    guard let status = try FileStatus(path) else {
      throw FileError(
        path, "no such folder; expected a folder of images, or a run directory", kind: .missing)
    }
    guard status.kind == .folder else {
      throw FileError(path, "is a file; expected a folder of images, or a run directory")
    }
    var found = Search(root: path)
    try found.look()
    unlisted = found.unlisted
    var paths: [String] = []
    var spellings: [String: String] = [:]
    let files = found.files.sorted { a, b in
      a.path == b.path ? a.path.utf8.lexicographicallyPrecedes(b.path.utf8) : a.path < b.path
    }
    for file in files {
      if let other = spellings.updateValue(file.path, forKey: file.path) {
        spellings[file.path] = other
        found.problems.append(
          ExplorationProblem(
            subject: file.path,
            reason:
              "another image has the same name in other bytes (\(other.hexadecimalBytes)); \(oneSpellingRemedy)"
          ))
      } else {
        paths.append(file.path)
        images.append(
          ListedImage(path: file.path, id: "", file: path + "/" + file.path, stamp: file.stamp))
      }
    }
    images = zip(images, ListedImage.ids(paths)).map { image, id in
      ListedImage(path: image.path, id: id, file: image.file, stamp: image.stamp)
    }
    problems = found.problems.sorted { ($0.subject, $0.reason) < ($1.subject, $1.reason) }
    if images.isEmpty {
      let first = problems.first.map {
        ", and what looks like one is not read: \($0.subject) \($0.reason)"
      }
      throw FileError(
        path,
        "holds no image that is read (JPEG and PNG files, also in folders below it)"
          + (first.map { $0 + (problems.count > 1 ? " (and \(problems.count - 1) more)" : "") }
            ?? ""))
    }
  }

  /// Formats of images that are not read, by the endings of their names.
  private static let foreign = [
    "avif": "AVIF", "bmp": "BMP", "gif": "GIF", "heic": "HEIC", "heif": "HEIC", "ico": "ICO",
    "jfif": "JPEG under a name that is not looked for", "jp2": "JPEG 2000", "jxl": "JPEG XL",
    "pbm": "PBM", "pgm": "PGM", "pnm": "PNM", "ppm": "PPM", "psd": "PSD", "svg": "SVG",
    "tga": "TGA",
    "tif": "TIFF", "tiff": "TIFF", "webp": "WebP",
  ]

  /// What is found on the way through the folders.
  private struct Search {
    let root: String
    var files: [(path: String, stamp: FileStamp)] = []
    var problems: [ExplorationProblem] = []
    var unlisted: [String] = []
    private var known: Set<ResolvedPath> = []

    init(root: String) { self.root = root }

    /// Goes through the folders, and only then through those that links alone lead to.
    mutating func look() throws {
      var (folders, links) = ([""], [String]())
      while let folder = folders.popLast() ?? links.popLast() {
        try Interruption.check()
        let place = folder.isEmpty ? root : root + "/" + folder
        guard known.insert(ResolvedPath(place)).inserted else { continue }
        let names: [String]
        do {
          names = try FolderContents.textNames(of: place) ?? []
          for name in try FolderContents.escapedNames(of: place) ?? [] {
            refuse(
              folder.isEmpty ? name : folder + "/" + name,
              "its name is not UTF-8 text (\\xHH stands for a byte): rename it, as convmv can do for many names at once"
            )
          }
        } catch let error as FileError where !folder.isEmpty {
          refuse(folder, error.problem)
          unlisted.append(folder)
          continue
        }
        // Backwards, for the last that is appended is taken first.
        for name in names.reversed() where !name.hasPrefix(".") {
          let path = folder.isEmpty ? name : folder + "/" + name
          switch PlacedItem(root + "/" + path) {
          case .folder(isLink: false): folders.append(path)
          case .folder(isLink: true): links.append(path)
          case let item: look(at: item, path, name)
          }
        }
      }
    }

    private mutating func look(at item: PlacedItem?, _ path: String, _ name: String) {
      guard let item else {
        // It has a name there. What a disk that fails, or one that is not mounted, hides is not gone.
        unlisted.append(path)
        // No more is said of what is neither an image nor a folder by its name.
        guard ImageFormat.isNamed(name) || (name as NSString).pathExtension.isEmpty else { return }
        return refuse(
          path,
          "cannot be looked at; is it a link that leads nowhere, or may its folder not be entered? What is known of it "
            + "stays")
      }
      let ending = (name as NSString).pathExtension.lowercased()
      guard ImageFormat.isNamed(name) else {
        if let format = ImageFolder.foreign[ending] {
          refuse(path, "is \(format), which is not read; convert it to JPEG or PNG")
        }
        return
      }
      switch item {
      case .file(let stamp): files.append((path, stamp))
      case .other: refuse(path, "is a pipe or a device; expected a file")
      case .folder: break
      }
    }

    private mutating func refuse(_ path: String, _ reason: String) {
      problems.append(ExplorationProblem(subject: path, reason: reason))
    }
  }
}
