public import Foundation

/// The folder of reference data that lies beside a checkout; it is too large to commit.
public enum SharedData {
  /// The folder, whether or not it is there; `TOPOCLIP_SHARED` may name another.
  public static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["TOPOCLIP_SHARED"] {
      return URL(filePath: path).appending(path: "data")
    }
    return Checkout.folder.appending(path: "../shared/data").standardized
  }()

  /// Whether the file or folder of that name is there.
  public static func has(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: name).path)
  }
}
