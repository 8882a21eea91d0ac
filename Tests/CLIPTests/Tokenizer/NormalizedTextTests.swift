import Testing

@testable import CLIP

/// The code points of a normalised text: `String` would compare up to canonical equivalence.
private func normalized(_ text: String) -> [UInt32] {
  let bytes = NormalizedText([UInt8](text.utf8)[...]).bytes
  return String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value)
}

/// The words of a text, normalised.
private func words(_ text: String) -> [String] {
  let normalized = NormalizedText([UInt8](text.utf8)[...])
  return normalized.words(in: normalized.bytes.indices).map {
    String(decoding: normalized.bytes[$0], as: UTF8.self)
  }
}

struct NormalizedTextTests {
  @Test func `White space of every kind becomes one space`() {
    #expect(normalized("a \t\r\n\u{85}\u{A0}\u{2003}\u{3000}b") == [0x61, 0x20, 0x62])
    #expect(normalized("a\u{200B}b\u{FEFF}") == [0x61, 0x200B, 0x62, 0xFEFF])
  }

  @Test func `Lower case goes letter by letter`() {
    #expect(normalized("ΌΣΟΣ") == [0x3CC, 0x3C3, 0x3BF, 0x3C3])
    #expect(normalized("\u{130}I") == [0x69, 0x307, 0x69])
    #expect(normalized("\u{212A}\u{1E9E}ß") == [0x6B, 0xDF, 0xDF])
  }

  @Test func `Letters and their marks are composed`() {
    #expect(normalized("e\u{301}") == [0xE9])
    #expect(normalized("a\u{302}\u{323}") == [0x1EAD])
    #expect(normalized("\u{212B}") == [0xE5])
    #expect(normalized("\u{958}") == [0x915, 0x93C])
  }

  @Test func `Hangul is composed as the standard says`() {
    #expect(normalized("\u{1112}\u{1161}\u{11AB}") == [0xD55C])
    #expect(normalized("\u{C5B4}\u{11A8}") == [0xC5B5])
    #expect(normalized("\u{C5B4}\u{11A7}") == [0xC5B4, 0x11A7])
    #expect(normalized("\u{1100}\u{1176}") == [0x1100, 0x1176])
  }

  @Test func `Marks newer than Unicode 9 stay where they are`() {
    // U+07FD came with Unicode 11: to the reference it stands between the letter and its accent.
    #expect(normalized("e\u{7FD}\u{301}") == [0x65, 0x7FD, 0x301])
  }

  @Test func `A hundred thousand marks on one letter are put in order`() {
    let text = normalized("e" + String(repeating: "\u{301}\u{323}", count: 50_000))
    let below = [UInt32](repeating: 0x323, count: 49_999)
    #expect(text == [0x1EB9] + below + [UInt32](repeating: 0x301, count: 50_000))
  }

  @Test func `Words are contractions, letters, single digits and the rest`() {
    #expect(words("I'm you're he'sn't") == ["i", "'m", "you", "'re", "he", "'s", "n", "'t"])
    #expect(words("WE'LL they'd've") == ["we", "'ll", "they", "'d", "'ve"])
    #expect(words("''s !'s") == ["''", "s", "!'", "s"])
    #expect(words("v2.05 ½②") == ["v", "2", ".", "0", "5", "½", "②"])
    #expect(words("it’s a_b") == ["it", "’", "s", "a", "_", "b"])
    #expect(words("日本語!\u{301}?") == ["日本語", "!\u{301}?"])
    #expect(words("a\0b") == ["a", "\0", "b"])
  }

  @Test func `Punctuation after the name of a special token is a word of its own`() {
    #expect(words("<|STARTOFTEXT|>!!") == ["<|", "startoftext", "|>", "!!"])
    #expect(words("<|start|>!!") == ["<|", "start", "|>!!"])
    #expect(words("!<|startoftext|>!!") == ["!<|", "startoftext", "|>!!"])
  }

  @Test func `Letters newer than Unicode 16 are no letters`() {
    #expect(words("a\u{88F}b") == ["a", "\u{88F}", "b"])
  }
}
