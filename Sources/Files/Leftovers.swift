import Foundation

/// What processes that were killed have left unfinished in a folder.
enum Leftovers {
  /// What another machine, or an earlier version, left is thought dead after a day: whether somebody still
  /// writes it cannot be seen from here.
  private static let patience = 86_400

  /// Removes temporary files and folders that nobody writes any more.
  ///
  /// What cannot be looked at or removed stays: it harms nothing but the disk's free space.
  ///
  /// - Parameters:
  ///   - folder: The folder, which need not be there.
  ///   - isOurs: Whether all of the folder is the program's own, as a run directory is: folders in it are looked
  ///     at too, and names that earlier versions gave are removed.
  static func remove(from folder: String, isOurs: Bool) {
    guard let names = try? FolderContents.textNames(of: folder) else { return }
    for name in names {
      let path = folder + "/" + name
      if isLeftover(name, path, isOurs: isOurs) {
        try? FileManager.default.removeItem(atPath: path)
      } else if isOurs, FileStatus(ofLink: path)?.kind == .folder {
        remove(from: path, isOurs: true)
      }
    }
  }

  private static func isLeftover(_ name: String, _ path: String, isOurs: Bool) -> Bool {
    guard name.hasPrefix(".") else { return false }
    let owned: Bool?
    if let temporary = TemporaryName(name) {
      owned = temporary.isOwned
    } else if isOurs, isOfEarlierVersion(name) {
      owned = nil
    } else {
      return false
    }
    if let owned { return !owned && !isLocked(path) }
    guard let status = FileStatus(ofLink: path) else { return false }
    return status.modified < Int(Date.now.timeIntervalSince1970) - patience
  }

  /// `.UUID.tmp`, and what Foundation calls a file that it makes.
  private static func isOfEarlierVersion(_ name: String) -> Bool {
    name.hasPrefix(".dat.nosync")
      || name.hasSuffix(".tmp") && UUID(uuidString: String(name.dropFirst().dropLast(4))) != nil
  }

  /// Whether a process writes the file that cannot be seen by its number: one in another container.
  private static func isLocked(_ path: String) -> Bool {
    let descriptor = unsafe open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) == -1 && errno == EWOULDBLOCK
  }
}
