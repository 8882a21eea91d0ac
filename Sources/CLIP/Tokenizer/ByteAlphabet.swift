/// The characters that stand for the 256 bytes in the names of a byte-level vocabulary.
///
/// The 188 printable characters of Latin-1 stand for themselves and come first; the other bytes
/// follow in order as U+0100, U+0101 and so on (Radford et al. 2019, "Language Models are
/// Unsupervised Multitask Learners", the code of GPT-2).
enum ByteAlphabet {
  /// The bytes in the order of their ids in CLIP's vocabulary.
  static let order: [UInt8] = {
    let printable: [UInt8] = [UInt8](0x21...0x7E) + [UInt8](0xA1...0xAC) + [UInt8](0xAE...0xFF)
    return printable + (0...0xFF).filter { !printable.contains($0) }
  }()

  /// For each byte its character in UTF-8.
  static let names: [[UInt8]] = {
    var names = [[UInt8]](repeating: [], count: 256)
    for (index, byte) in order.enumerated() {
      let scalar = index < 188 ? Unicode.Scalar(byte) : Unicode.Scalar(UInt16(256 + index - 188))
      names[Int(byte)] = [UInt8](String(Character(scalar ?? "\u{FFFD}")).utf8)
    }
    return names
  }()
}
