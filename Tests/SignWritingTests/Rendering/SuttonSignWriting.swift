import Fixtures
import Foundation
import Testing

/// The fonts themselves, which are not committed: `TOPOCLIP_SIGNWRITING_FONTS` names their folder, or they are in
/// `.build/fonts`.
enum SuttonSignWriting {
  static let folder: String? = {
    let named = ProcessInfo.processInfo.environment["TOPOCLIP_SIGNWRITING_FONTS"]
    return [named, Checkout.folder.appending(path: ".build/fonts").path].compactMap(\.self).first {
      FileManager.default.fileExists(atPath: $0 + "/SuttonSignWritingLine.ttf")
    }
  }()

  static let isThere = folder != nil
  static let absence: Comment =
    "needs SuttonSignWritingLine.ttf and …Fill.ttf in .build/fonts or TOPOCLIP_SIGNWRITING_FONTS"
}
