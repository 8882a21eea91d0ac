internal import Files
internal import Foundation
internal import Hummingbird

private struct ImportAnswer: Encodable {
  let mask: String
  let count: Int
  let unknown: [String]
  let unknownCount: Int
}

extension Route {
  /// Selections as tables, written and read again.
  static let selectionRoutes = [
    Route(.post, "/api/v1/export", body: .mask) { call in
      let set = try call.images()
      let table = SelectionTable(set).text(of: try call.mask(count: set.images.count))
      var answer = Answer(ByteBuffer(string: table), "text/csv; charset=utf-8", isKept: false)
      answer.headers[.contentDisposition] = "attachment; filename=\"selection.csv\""
      return answer
    },
    Route(.post, "/api/v1/import", body: .table) { call in
      do {
        let table = try CSV(try call.text(), file: "the table")
        let (mask, unknown) = try SelectionTable(try call.images()).rows(namedIn: table)
        return .json(
          ImportAnswer(
            mask: Data(mask.bytes).base64EncodedString(), count: mask.population,
            unknown: Array(unknown.prefix(20)), unknownCount: unknown.count))
      } catch let error as FileError {
        throw Refusal.malformed("\(error)")
      }
    },
  ]
}
