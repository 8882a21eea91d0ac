import Files
import Fixtures
import Foundation
import Testing

/// The 400 signs of `../shared/data/signwriting/sign2mint.csv`.
enum SignMint {
  static let isThere = SharedData.has("signwriting/sign2mint.csv")
  static let absence: Comment = "needs ../shared/data/signwriting/sign2mint.csv"

  /// In order of the file.
  static func texts() throws -> [String] {
    let table = try CSV(
      path: SharedData.folder.appending(path: "signwriting/sign2mint.csv").path)
    let column = try table.column("sign_writing")
    return table.records.map { $0.fields[column] }
  }
}
