import Foundation
import LinearAlgebra
import Testing

@testable import SignWriting

@Suite struct SignTests {
  private static let text = "AS2ff00S35d14M550x566S2ff00482x434S35d14495x454"

  @Test func `a sign by hand`() throws {
    let sign = try Sign(fsw: Self.text)
    let head = try #require(SignSymbol(base: 0x2ff, fill: 0, rotation: 0))
    let mouth = try #require(SignSymbol(base: 0x35d, fill: 1, rotation: 4))
    #expect(sign.prefix == [head, mouth])
    #expect(sign.lane == .middle)
    #expect(sign.corner == Sign.Point(x: 550, y: 566))
    #expect(
      sign.symbols == [
        Sign.Placed(head, at: Sign.Point(x: 482, y: 434)),
        Sign.Placed(mouth, at: Sign.Point(x: 495, y: 454)),
      ])
    #expect(sign.fsw == Self.text)
    #expect(sign.normalized.fsw == "M550x566S2ff00482x434S35d14495x454")
  }

  @Test(arguments: [
    ("M500x500", "M500x500"), ("L250x749", "L250x749"), ("S10000500x500", "M500x500S10000500x500"),
    ("S38800464x496", "M500x500S38800464x496"), ("AS10000R500x500", "AS10000R500x500"),
    ("BS3ff5f250x250", nil), ("B500x500S3ff5f250x250", "B500x500S3ff5f250x250"),
  ])
  func `boxes, lanes and punctuation`(text: String, written: String?) throws {
    #expect((try? Sign(fsw: text))?.fsw == written)
  }

  @Test(arguments: [
    ("", 1, "the end of the sign"), ("M", 2, "the end of the sign"),
    ("q500x500", 1, "“q”"), ("M50", 4, "the end of the sign"), ("M500X500", 5, "“X”"),
    ("M500x5é0", 7, "U+00E9"), ("M500x750", 6, "“750”"), ("M249x500", 2, "“249”"),
    ("M500x500S05a11493x494", 10, "“0”"), ("M500x500S45a11493x494", 10, "“4”"),
    ("M500x500S15A11493x494", 12, "“A”"), ("M500x500S15a61493x494", 13, "“6”"),
    ("M500x500S15a1g493x494", 14, "“g”"), ("M500x500S15a11", 15, "the end of the sign"),
    ("M500x500q", 9, "“q”"), ("M500x500M500x500", 9, "“M”"), ("AM500x500", 2, "“M”"),
    ("AS10000", 8, "the end of the sign"), ("AS10000500x500", 8, "“5”"),
    (" M500x500", 1, "a space"),
  ])
  func `an error says where and what`(text: String, position: Int, found: String) throws {
    let error = #expect(throws: SignError.self) { try Sign(fsw: text) }
    #expect(error?.position == position)
    #expect(error?.found == found)
    #expect(
      error?.description.hasPrefix("character \(position): found \(found), expected ") == true)
  }

  @Test func `positions count through a text of several signs`() throws {
    let signs = try Sign.signs(
      in: "  M500x500S10000500x500\n\tS38800464x496 \u{1D803}\u{1D906}\u{1D906} ")
    #expect(
      signs.map(\.fsw) == ["M500x500S10000500x500", "M500x500S38800464x496", "M500x500"])
    let error = #expect(throws: SignError.self) { try Sign.signs(in: "M500x500 𝠃𝤆𝤆 M500x50k") }
    #expect(error?.position == 21)
    let empty = #expect(throws: SignError.self) { try Sign.signs(in: " \n") }
    #expect(
      empty?.description == "character 3: found the end of the text, expected a sign in FSW or SWU")
  }

  /// `fsw2swu` of PyPI signwriting 0.1.19, which has the second in its own tests.
  @Test(arguments: [
    (SignTests.text, "𝠀񋾡񎋵𝠃𝤸𝥈񋾡𝣴𝣄񎋵𝤁𝣘"),
    ("M530x538S37602508x462S15a11493x494S20e00488x510S22f03469x517", "𝠃𝤤𝤬񎱃𝤎𝣠񂇒𝣿𝤀񆕁𝣺𝤐񇆤𝣧𝤗"),
  ])
  func `the reference's SWU`(fsw: String, swu: String) throws {
    #expect(try Sign(fsw: fsw).swu == swu)
    #expect(try Sign(swu: swu).fsw == fsw)
    #expect(try Sign.signs(in: swu).map(\.fsw) == [fsw])
  }

  @Test(arguments: [
    ("\u{1D803}", 2), ("\u{1D803}\u{1D906}", 3), ("\u{1D803}\u{1D906}\u{1D906}\u{1D906}", 4),
    ("\u{1D800}\u{1D803}", 2), ("\u{40001}\u{1D906}\u{1DA00}", 3), ("\u{1D805}", 1),
    ("\u{40000}", 1),
    ("\u{1D803}\u{1D906}\u{1D906}S10000500x500", 4),
  ])
  func `what is wrong in SWU has a position`(text: String, position: Int) {
    #expect(#expect(throws: SignError.self) { try Sign(swu: text) }?.position == position)
  }

  @Test func `every symbol has a number and a key`() throws {
    for number in 1...768 * 96 {
      let symbol = try #require(SignSymbol(number: number))
      #expect(symbol.number == number)
      if number % 7 == 0 {
        let sign = try Sign(fsw: symbol.key + "250x749")
        #expect(sign.symbols.first?.symbol == symbol)
        #expect(try Sign(swu: sign.swu) == sign)
      }
    }
    #expect(SignSymbol(number: 0) == nil)
    #expect(SignSymbol(number: 768 * 96 + 1) == nil)
  }

  @Test func `coordinates outside are clamped`() throws {
    let symbol = try #require(SignSymbol(number: 1))
    let far = Sign(
      corner: Sign.Point(x: .max, y: 0),
      symbols: [Sign.Placed(symbol, at: Sign.Point(x: .min, y: 750))])
    #expect(far.clamped.fsw == "M749x250S10000250x749")
    #expect(try Sign(swu: far.swu).fsw == "M749x250S10000250x749")
  }

  /// SHA-256 of the lines that `fsw2swu` of PyPI signwriting 0.1.19 gives.
  @Test(.enabled(if: SignMint.isThere, SignMint.absence))
  func `all signs of sign2mint go to SWU and back`() throws {
    let texts = try SignMint.texts()
    #expect(texts.count == 400)
    let signs = try texts.map { try Sign(fsw: $0) }
    #expect(signs.map(\.fsw) == texts)
    var hash = SHA256()
    hash.update(signs.map(\.swu).joined(separator: "\n").utf8)
    #expect(
      hash.digest.map { String(format: "%02x", $0) }.joined()
        == "eeb3f18137c34b93a1670a5b965e8f4553cc56f1c4b153aca8d98d5970d70694")
    #expect(try signs.map { try Sign(swu: $0.swu) } == signs)
    #expect(try Sign.signs(in: texts.joined(separator: " ")) == signs)
  }

  @Test func `five thousand mutations are signs, or errors with a place`() throws {
    let texts = SignMint.isThere ? try SignMint.texts() : [Self.text]
    var (signCount, errorCount) = (0, 0)
    for index in 0..<5000 {
      var stream = RandomStream(
        domain: "tests/mutated-signs", seed: 1, identity: "\(index)".utf8)
      var bytes = Array(texts[index % texts.count].utf8)
      for _ in 0...stream.next() % 4 {
        let place = Int(stream.next() % UInt64(bytes.count + 1))
        switch stream.next() % 4 {
        case 0: bytes.insert(UInt8(truncatingIfNeeded: stream.next()), at: place)
        case 1 where place < bytes.count: bytes.remove(at: place)
        case 2 where place < bytes.count: bytes[place] = UInt8(truncatingIfNeeded: stream.next())
        default:
          if place < bytes.count { bytes[place] = UInt8(ascii: "0") + UInt8(stream.next() % 10) }
        }
      }
      let text = String(decoding: bytes, as: UTF8.self)
      for read in [{ [try Sign(fsw: $0)] }, { try Sign.signs(in: $0) }]
        as [(String) throws -> [Sign]]
      {
        do {
          for sign in try read(text) { #expect(try Sign(fsw: sign.fsw) == sign) }
          signCount += 1
        } catch let error as SignError {
          #expect((1...text.unicodeScalars.count + 1).contains(error.position))
          #expect(!error.found.isEmpty && !error.expected.isEmpty)
          errorCount += 1
        }
      }
      #expect(!Sign.signs(tolerating: text).isEmpty)
    }
    #expect(signCount + errorCount == 10000)
    #expect(errorCount > 5000 && signCount > 500)
  }
}
