import Files
import Foundation

extension FuzzTarget {
  /// Classes of rows: each has a name that is not empty, and a place among the names.
  static let labels = FuzzTarget(
    "labels",
    seeds: {
      [
        "row,class\n0,a\n1,b\n2,a\n", "label\n1.0\n2\n10\n",
        "path,class,label\nx.png,a,a\ny.png,b,b\n",
        "class;row\nä;0\n",
      ].map { Data($0.utf8) }
    },
    run: { data in
      try ScratchFolder.file(data, "l.csv") { path in
        let file = try LabelsFile(path: path, rowCount: nil)
        promise(!file.classes.contains(""), "a class has no name")
        let (names, indices) = file.indexed
        promise(indices.map { names[$0] } == file.classes, "the places are others")
        promise(file.paths.map { $0.count == file.classes.count } ?? true, "a path a row")
      }
    })
}
