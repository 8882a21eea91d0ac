import Files
import Foundation

@testable import CLIP

/// The folder of reference data that lies beside a checkout; it is too large to commit.
enum SharedData {
  static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["TOPOCLIP_SHARED"] {
      return URL(filePath: path).appending(path: "data")
    }
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return root.appending(path: "../shared/data").standardized
  }()

  static let parity = folder.appending(path: "clip-parity")
  static let hasParity = FileManager.default.fileExists(
    atPath: parity.appending(path: "versions.json").path)
  static let isMissing = "needs ../shared/data/clip-parity, which is not here"
}
