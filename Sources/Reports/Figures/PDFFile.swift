import Files
import Foundation

/// A PDF file of gnuplot's made fit to be compared.
enum PDFFile {
  /// The file with one date for all: the same figure is the same file whenever it is drawn.
  static func finished(_ pdf: Data) -> Data {
    var result = pdf
    let mark = Data("/CreationDate (D:".utf8)
    var from = result.startIndex
    while let found = result.range(of: mark, in: from..<result.endIndex) {
      var place = found.upperBound
      for digit in date.utf8 {
        guard place < result.endIndex, (0x30...0x39).contains(result[place]) else { break }
        result[place] = digit
        place += 1
      }
      from = found.upperBound
    }
    return result
  }

  /// As many digits as any date has, so that no place in the file changes.
  private static let date = "20000101000000"

  /// Whether the file has its end.
  static func isWhole(_ pdf: Data) -> Bool {
    let end = Data("%%EOF".utf8)
    return pdf.starts(with: Data("%PDF-".utf8))
      && pdf.range(of: end, options: .backwards, in: max(0, pdf.count - 16)..<pdf.count) != nil
  }
}
