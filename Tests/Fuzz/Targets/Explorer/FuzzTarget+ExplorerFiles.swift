import Explorer
import Files
import Foundation

@testable import Explorer

extension FuzzTarget {
  /// What a file says of images: a row an image, keys that there are.
  static let metadata = FuzzTarget(
    "metadata",
    seeds: {
      [
        #"{"a.png": {"kind": "x", "size": 1.5, "is": true, "none": null, "list": [1, "b"]}, "b": {"size": Infinity}}"#,
        "path,kind,size\na.png,x,1\nsub/b.png,,nan\n", "id;n\na;1,5\n",
      ].map { Data($0.utf8) }
    },
    run: { data in
      let images = ["a.png", "sub/b.png", "c é.jpg"].map {
        ListedImage(path: $0, id: String($0.split(separator: ".")[0]), file: nil, stamp: nil)
      }
      let isObject = data.first { !" \n\t\r".utf8.contains($0) } == UInt8(ascii: "{")
      try ScratchFolder.file(data, isObject ? "metadata.json" : "metadata.csv") { path in
        let read = try ImageMetadata(path, of: images, in: nil)
        promise(read.rows.count == images.count, "a row an image")
        for row in read.rows {
          promise(row.allSatisfy { read.keys.indices.contains($0.key) }, "a key is not there")
          promise(zip(row, row.dropFirst()).allSatisfy { $0.key < $1.key }, "a key is there twice")
        }
      }
    })

  /// The index of embeddings, damaged before its digest.
  static let embeddingIndex = FuzzTarget(
    "embedding-index",
    seeds: {
      try ScratchFolder.lend("index") { folder in
        let path = folder.path + "/index"
        let rows: [[Float]] = [[1, 0, 0], [0, 0.6, 0.8], []]
        try EmbeddingIndex.write(to: path, rows: 3, dimension: 3, key: Digest(of: "x")) {
          rows[$0].isEmpty ? nil : rows[$0]
        }
        return [try Data(contentsOf: URL(filePath: path)).dropLast(32)]
      }
    },
    run: { data in
      try ScratchFolder.lend("index") { folder in
        let path = try folder.write(data + Data(Digest(of: data).bytes), "index")
        let index = try EmbeddingIndex(path)
        promise(index.present.count == index.rowCount, "a bit a row")
        promise(index.rounding.isFinite && index.rounding >= 0, "the rounding is \(index.rounding)")
        guard index.dimension == 3, index.rowCount < 100 else { return }
        _ = try? index.nearest(
          to: [1, 0, 0], count: 2, among: RowMask(count: index.rowCount) { _ in true }, workers: 1
        ) { rows in rows.map { _ in [1, 0, 0] } }
      }
    })
}
