import Files
import Foundation
import Pairs

extension FuzzTarget {
  /// A table of images and captions as it is scored: rows have the fields of the header, images no path that leaves.
  static let scoreTable = FuzzTarget(
    "score-table",
    seeds: {
      [
        "image,caption\n0.png,\"words, of 0\"\nhttps://a.b/c/d.jpg?x=1,b\n,c\n",
        "url;text;x\n/a/../b.png;ü;1\n",
        "filepath\ttitle\nfile:///a.png\tt\n",
      ].map { Data($0.utf8) }
    },
    run: { data in
      try ScratchFolder.file(data, "pairs.csv") { path in
        let table = try PairTable(
          path: path, imageColumn: nil, textColumn: nil, imageFolder: "/images")
        var rows = try table.rows()
        while let row = try rows.next() {
          promise(row.fields.count == table.header.count, "fields are missing")
          guard row.problem == nil, let file = try? table.imageFile(row.image) else { continue }
          promise(file.hasPrefix("/images/"), "the image \(file) is elsewhere")
          promise(!file.split(separator: "/").contains(".."), "the image \(file) leaves its folder")
        }
        promise(rows.digest == Digest(of: data), "the digest is another one")
      }
    })
}
