import Files
import Foundation
import RunAnalyses
import Runs

extension FuzzTarget {
  private static let tables = RunFiles.all.filter { !$0.columns.isEmpty }

  /// A table of a run, of the kind that the first line names: what is checked can be written as CSV and as JSON.
  static let runTable = FuzzTarget(
    "run-table",
    seeds: {
      tables.map { file in
        let fields = file.columns.map { column in
          ["0.5", "1", "true", "a", "gaussian", ""].first { column.accepts($0) } ?? ""
        }
        let text = CSV.line(file.columns.map(\.name)) + CSV.line(fields) + CSV.line(fields)
        return Data("\(file.pattern.text)\n\(text)".utf8)
      }
    },
    run: { data in
      let text = try text(of: data)
      let parts = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      let file = tables.first { $0.pattern.text == parts[0] } ?? tables[data.count % tables.count]
      let csv = try CSV(String(parts.last ?? ""), file: "t.csv")
      let table = try Table(csv, as: file).checked()
      promise(table.count == csv.records.count, "rows are missing")
      let again = try Table(CSV(table.csv, file: "again.csv"), as: file).checked()
      promise(again.rows == table.rows, "written and read again it has other rows")
      _ = try Table.json(["rows": table.objects])
      _ = try JSONEncoder().encode(table.fields)
    })

  /// Lists of conditions and samples as a run has them.
  static let conditionList = FuzzTarget(
    "conditions",
    seeds: {
      [
        "condition,noise,level,seed\nclean,none,0,\ngaussian-0.5-s0,gaussian,0.5,0\nfog-3,fog,3,\n",
        "row,path,class,split\n0,a.png,a,test\n1,b.png,b,\n", "index,class\n0,a\n1,b\n",
      ].map { Data($0.utf8) }
    },
    run: { data in
      try ScratchFolder.lend("conditions") { folder in
        let run = RunDirectory(folder.path)
        for name in ["conditions.csv", "samples.csv", "classes.csv"] {
          _ = try folder.write(data, name)
        }
        if let conditions = try? run.conditions() {
          promise(
            zip(conditions, conditions.dropFirst()).allSatisfy { $0 < $1 },
            "not in order, or one twice")
        }
        _ = try folder.write(Data("index,class\n0,a\n1,b\n".utf8), "classes.csv")
        let samples = try run.readSamples()
        promise(
          samples.labels.allSatisfy { samples.classes.indices.contains($0) }, "a class is not there"
        )
        promise(samples.paths.count == samples.labels.count, "a path a row")
      }
    })
}
