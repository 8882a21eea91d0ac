import Files
import Foundation
import SignWriting

@testable import SignWriting

extension FuzzTarget {
  /// Lines of signs, for drawing and for evaluation, and colours.
  static let signLines = FuzzTarget(
    "sign-lines",
    seeds: {
      ["M525x535S2e748483x510\n\n M500x500 \r\nx\n", "#1a2b3c", "S10000500x500"].map {
        Data($0.utf8)
      }
    },
    run: { data in
      if let color = RGBColor(String(decoding: data, as: UTF8.self)) {
        promise(RGBColor("\(color)") == color, "\(color) is another colour")
      }
      try ScratchFolder.file(data, "s.txt") { path in
        _ = try SignTexts(path: path)
        let lines = try SignLines(path: path)
        promise(!lines.lines.isEmpty, "no line")
        promise(lines.lines.allSatisfy { !$0.text.isEmpty && $0.number > 0 }, "a line is blank")
      }
    })
}
