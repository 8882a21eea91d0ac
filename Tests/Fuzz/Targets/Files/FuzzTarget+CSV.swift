import Files
import Foundation

extension FuzzTarget {
  /// Tables: both readers agree, and what is written of a table is read again.
  static let csv = FuzzTarget(
    "csv",
    seeds: {
      [
        "a,b\n1,2\n3,4\n", "a;b\r\n\"x;\"\"y\"\"\";2\r\n\r\n", "a\tb\n1\t\n",
        "\u{feff}a,\"b\nc\"\n,\n",
        "one\n\"\"\nü\n",
      ].map { Data($0.utf8) }
    },
    run: { data in
      try ScratchFolder.file(data, "x.csv") { path in
        let table = Result { try CSV(path: path) }
        let streamed = Result { () -> [CSV.Record] in
          var reader = try CSVReader(path: path)
          var records = [CSV.Record(line: 1, fields: reader.header)]
          while let record = try reader.next() { records.append(record) }
          return records
        }
        switch (table, streamed) {
        case (.success(let table), .success(let records)):
          promise(table.header == records[0].fields, "the headers differ")
          promise(table.records == Array(records.dropFirst()), "the records differ")
          let text = ([table.header] + table.records.map(\.fields)).map(CSV.line).joined()
          let again = try CSV(text, file: "again.csv")
          promise(again.header == table.header, "the header is another one")
          promise(again.records.map(\.fields) == table.records.map(\.fields), "records are others")
        case (.failure(let error), .failure): throw error
        case (.success, .failure(let error)): promise(false, "streamed it is refused: \(error)")
        case (.failure(let error), .success): promise(false, "whole it is refused: \(error)")
        }
      }
    })
}
