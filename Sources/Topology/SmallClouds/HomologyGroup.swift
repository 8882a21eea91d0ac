/// A homology group over Z/2 of a growing complex: words of bits modulo relations.
///
/// A class that is born gets a bit of its own, and bits stand in the order of their births. A sum
/// of classes that becomes a boundary is a *relation*: a word that now counts as zero. The group is
/// the space of all words modulo the span of the relations. The classes that live since a time are
/// spanned by the lowest bits, so by the elder rule a relation ends the class of its highest bit
/// that no earlier relation has ended; it is kept under that bit, and the relations are in echelon
/// form.
///
/// Few different words occur (about a thousand in 280,000 triangles of a cloud of 120 points), so a
/// word is written down once and *labelled*; label 0 is the word without a bit. A simplex carries a
/// label of four bytes, however many classes live at once. When the bits run out, those of ended
/// classes are expressed by the others, and the words alone are rewritten: labels keep their
/// meaning, and no simplex is touched.
struct HomologyGroup {
  typealias Label = UInt32

  /// The bars that have ended, those of length zero left out.
  private(set) var ended: [(birth: Float, death: Float)] = []
  /// The birth of each bit, ascending.
  private var births: [Float] = []
  /// The relation whose highest bit this one is; 0 while the bit's class lives.
  private var relations: [Label] = []
  /// The words of the labels, each `width` × 64 bits.
  private var words: [UInt64] = [0]
  private var width = 1
  /// Open addressing by a word's hash: its label + 1, or 0 where free; at most half full.
  private var slots = [UInt32](repeating: 0, count: 256)

  init() { insert(0) }

  /// The births of the classes that live.
  var living: [Float] { births.indices.filter { relations[$0] == 0 }.map { births[$0] } }

  /// The bytes of the labelled words.
  var byteCount: Int { words.count * 8 + slots.count * 4 }

  /// Gives a new class a bit; the label of the word of that bit alone.
  mutating func addClass(bornAt value: Float) -> Label {
    if births.count == 64 * width { recycleBits() }
    let bit = births.count
    births.append(value)
    relations.append(0)
    let start = words.count
    words.append(contentsOf: repeatElement(0, count: width))
    words[start + bit >> 6] = 1 << UInt64(bit & 63)
    return labelOfLastWord()
  }

  /// Makes the sum of words zero from `value` on; whether that ended a class.
  ///
  /// The sum and its reduction are not worth labels, only what is left of it.
  mutating func addRelation(
    _ a: Label, _ b: Label = 0, _ c: Label = 0, _ d: Label = 0, at value: Float
  ) -> Bool {
    let start = words.count
    for k in 0..<width {
      words.append(
        words[Int(a) * width + k] ^ words[Int(b) * width + k]
          ^ words[Int(c) * width + k] ^ words[Int(d) * width + k])
    }
    while let bit = highestBit(ofWordAt: start) {
      guard relations[bit] != 0 else {
        relations[bit] = labelOfLastWord()
        if births[bit] < value { ended.append((births[bit], value)) }
        return true
      }
      let relation = Int(relations[bit]) * width
      for k in 0..<width { words[start + k] ^= words[relation + k] }
    }
    words.removeLast(width)
    return false
  }

  /// The label of the sum of two words.
  @inline(__always)
  mutating func sum(_ a: Label, _ b: Label) -> Label {
    if a == 0 { return b }
    if b == 0 { return a }
    return a == b ? 0 : sumOfWords(a, b)
  }

  @inline(never)
  private mutating func sumOfWords(_ a: Label, _ b: Label) -> Label {
    guard width == 1 else {
      for k in 0..<width { words.append(words[Int(a) * width + k] ^ words[Int(b) * width + k]) }
      return labelOfLastWord()
    }
    let word = words[Int(a)] ^ words[Int(b)]
    var slot = Int(truncatingIfNeeded: Self.mixed(word)) & (slots.count - 1)
    while slots[slot] != 0 {
      if words[Int(slots[slot]) - 1] == word { return slots[slot] - 1 }
      slot = (slot + 1) & (slots.count - 1)
    }
    words.append(word)
    return labelOfLastWord()
  }

  /// The label of the word that was just appended, which is dropped again if it is not new.
  private mutating func labelOfLastWord() -> Label {
    let label = words.count / width - 1
    let known = insert(label)
    if known != label {
      words.removeLast(width)
    } else if 2 * label > slots.count {
      rebuildSlots(count: 2 * slots.count)
    }
    return Label(known)
  }

  /// Puts a label into the slots unless its word has one already; the label in there.
  @discardableResult
  private mutating func insert(_ label: Int) -> Int {
    var hash: UInt64 = 0
    for k in 0..<width { hash = Self.mixed(hash ^ words[label * width + k]) }
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let other = Int(slots[slot]) - 1
      if (0..<width).allSatisfy({ words[other * width + $0] == words[label * width + $0] }) {
        return other
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = UInt32(label + 1)
    return label
  }

  private mutating func rebuildSlots(count: Int) {
    slots = [UInt32](repeating: 0, count: count)
    for label in 0..<words.count / width { insert(label) }
  }

  /// A bijection that spreads a word over its low bits (the finaliser of MurmurHash3).
  @inline(__always)
  private static func mixed(_ word: UInt64) -> UInt64 {
    var z = (word ^ (word >> 33)) &* 0xff51_afd7_ed55_8ccd
    z = (z ^ (z >> 33)) &* 0xc4ce_b9fe_1a85_ec53
    return z ^ (z >> 33)
  }

  private func highestBit(ofWordAt start: Int) -> Int? {
    for k in stride(from: width - 1, through: 0, by: -1) {
      let word = words[start + k]
      if word != 0 { return 64 * k + 63 - word.leadingZeroBitCount }
    }
    return nil
  }

  /// Writes every word in the bits of the living classes alone, numbered anew in the same order.
  ///
  /// The width doubles when more than half of the bits are alive. Two labels may then stand for one
  /// word, and labels other than 0 for zero: sums find one of them, which is enough.
  private mutating func recycleBits() {
    let living = births.indices.filter { relations[$0] == 0 }
    let newWidth = living.count > 32 * width ? 2 * width : width
    var images = [UInt64](repeating: 0, count: births.count * newWidth)
    var image = [UInt64](repeating: 0, count: newWidth)
    var newBit = 0
    for bit in births.indices {
      if relations[bit] == 0 {
        images[bit * newWidth + newBit >> 6] = 1 << UInt64(newBit & 63)
        newBit += 1
      } else {
        // The other bits of the relation are lower: their images are known, its own is still zero.
        write(&image, of: Int(relations[bit]), images)
        for k in 0..<newWidth { images[bit * newWidth + k] = image[k] }
      }
    }
    var newWords: [UInt64] = []
    newWords.reserveCapacity(words.count / width * newWidth)
    for label in 0..<words.count / width {
      write(&image, of: label, images)
      newWords.append(contentsOf: image)
    }
    words = newWords
    width = newWidth
    births = living.map { births[$0] }
    relations = [Label](repeating: 0, count: living.count)
    rebuildSlots(count: slots.count)
  }

  /// Writes the sum of the images of the bits of a label's word.
  private func write(_ image: inout [UInt64], of label: Int, _ images: [UInt64]) {
    for m in image.indices { image[m] = 0 }
    for k in 0..<width {
      var rest = words[label * width + k]
      while rest != 0 {
        let bit = 64 * k + rest.trailingZeroBitCount
        rest &= rest - 1
        for m in image.indices { image[m] ^= images[bit * image.count + m] }
      }
    }
  }
}
