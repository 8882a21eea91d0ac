/// Sets of word n-grams of texts, with the texts of each.
///
/// A word is a run of letters and digits, in lower case; everything else separates. A text with fewer
/// than n words has no n-gram.
struct WordNGrams: Sendable {
  /// The n-grams of every text as numbers, without repeats.
  let sets: [[Int32]]
  /// For every n-gram the texts that have it, ascending.
  let texts: [[Int32]]

  /// Cuts texts into n-grams.
  ///
  /// - Complexity: O(words · n) time and memory.
  init(of words: [[Int32]], length: Int) {
    precondition(length > 0)
    var numbers: [ArraySlice<Int32>: Int32] = [:]
    var texts: [[Int32]] = []
    sets = words.enumerated().map { text, words in
      var set: [Int32] = []
      for start in 0..<max(0, words.count - length + 1) {
        let gram = words[start..<start + length]
        let number = numbers[gram] ?? Int32(numbers.count)
        if number == numbers.count {
          numbers[gram] = number
          texts.append([])
        }
        if texts[Int(number)].last != Int32(text) {
          texts[Int(number)].append(Int32(text))
          set.append(number)
        }
      }
      return set
    }
    self.texts = texts
  }

  /// The words of texts, each a number that stands for its spelling.
  static func words(of texts: [String]) -> [[Int32]] {
    var numbers: [Substring: Int32] = [:]
    return texts.map { text in
      text.lowercased().split { !($0.isLetter || $0.isNumber) }.map { word in
        let number = numbers[word] ?? Int32(numbers.count)
        numbers[word] = number
        return number
      }
    }
  }
}
