internal import Files
internal import Foundation
internal import Runs

/// Where the images of a run still are.
enum RunImageFolder {
  /// How many of the images are looked for in a place: the place of some is that of all.
  private static let probes = 32

  /// The folder that the paths of a run are relative to.
  ///
  /// The run says where its data set was, perhaps relative to a folder that nobody knows any more: it is looked for from
  /// the current one, and from the run's and those above it. A data set may keep its images one folder down.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - manifest: What it was made of.
  ///   - paths: The paths of its images.
  /// - Returns: The folder that has the most of some of the images; nil where none has any, as of images that were drawn.
  /// - Throws: `FileError` when the system refuses to say.
  static func find(_ run: RunDirectory, _ manifest: Manifest?, paths: [String]) throws -> String? {
    let given = manifest?.configuration["dataset.path"] ?? ""
    guard !given.isEmpty else { return nil }
    var bases = [given]
    if !given.hasPrefix("/") {
      var folder = ResolvedPath(run.path)
      for _ in 0..<4 {
        bases.append(folder.path + "/" + given)
        folder = folder.parent
      }
    }
    // Of a table of images, those of its folder.
    let folders = bases.flatMap { [$0, $0 + "/images", ResolvedPath($0).parent.path] }
    let step = max(1, paths.count / probes)
    let probed = stride(from: 0, to: paths.count, by: step).map { paths[$0] }
      .filter { !$0.mayLeadOut }
    var best: (folder: String, count: Int)?
    for folder in folders where try FileStatus(folder)?.kind == .folder {
      let count = probed.count { path in
        if case .file = PlacedItem(folder + "/" + path) { true } else { false }
      }
      if count > best?.count ?? 0 { best = (folder, count) }
      if count == probed.count { break }
    }
    return best?.folder
  }
}
