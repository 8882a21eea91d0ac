import Foundation

/// The text that stands in a clone for a file that Git LFS keeps elsewhere
/// (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md).
enum GitLFSPointer {
  private static let beginning = Data("version https://git-lfs.github.com/spec/".utf8)

  /// Refuses bytes of a file that are such a text.
  ///
  /// - Throws: `FileError` that says what to do.
  static func refuse(_ data: Data, file: String) throws {
    guard data.starts(with: beginning) else { return }
    throw FileError(
      file,
      "is a Git LFS pointer, which stands for the file in a clone without its contents; fetch it: git lfs pull"
    )
  }
}
