import Files
import Foundation
import SignWriting

@testable import SignWriting

extension FuzzTarget {
  /// Signs in FSW and SWU: each is the same when written in either and read again.
  static let sign = FuzzTarget(
    "sign",
    seeds: {
      let fsw =
        "AS10011S10019S2e704S2e748M525x535S2e748483x510S10011501x466S2e704510x500S10019476x475"
      return [
        fsw, "M500x500", "S38800464x496", "B250x749S10000250x749 L500x500 R600x400S37e0f482x483",
        (try? Sign(fsw: fsw).swu) ?? "",
      ].map { Data($0.utf8) }
    },
    run: { data in
      let text = String(decoding: data, as: UTF8.self)
      let tolerated = Sign.signs(tolerating: text)
      promise(!tolerated.isEmpty, "no sign is tolerated")
      for sign in tolerated {
        _ = (sign.fsw, sign.swu, sign.normalized)
        promise(
          sign.symbols.allSatisfy {
            (0...999).contains($0.place.x) && (0...999).contains($0.place.y)
          },
          "a place has more than three digits")
      }
      for sign in try Sign.signs(in: text) {
        promise(try Sign(fsw: sign.fsw) == sign, "FSW \(sign.fsw) is another sign")
        promise(try Sign(swu: sign.swu) == sign, "SWU of \(sign.fsw) is another sign")
        promise(sign.clamped == sign, "a coordinate is none")
      }
    })

  /// A table of signs and captions: every row is one with both, or one that is passed over.
  static let signTable = FuzzTarget(
    "sign-table",
    seeds: {
      [
        "text,caption\nM525x535S2e748483x510,hello $en\n,none\nM500x500,a\n",
        "caption;text\n\"a\nb\";S38800464x496 M500x500\nx;y;z\n",
      ].map { Data($0.utf8) }
    },
    run: { data in
      try ScratchFolder.file(data, "t.csv") { path in
        let table = try SignTable(path: path, signColumn: "text", captionColumn: "caption")
        let records = try CSV(unevenPath: path).records.count
        promise(table.rows.count + table.skipped.count == records, "a row is neither")
        promise(table.rows.allSatisfy { !$0.caption.isEmpty }, "a caption is empty")
      }
    })
}
