import Foundation

/// What the command line asks for behind the name of the target.
struct FuzzOptions: Sendable {
  /// The executions of every target; nil for its short run.
  var runs: Int?
  /// The number of the first of them: a run that was stopped goes on.
  var first = 0
  /// A limit in seconds to those of a target.
  var seconds = Double.infinity
  var seed: UInt64 = 0
  var threads = 1
  /// The one execution to make.
  var only: Int?
  /// The inputs to read in place of damaged ones.
  var files: [String] = []
  /// The longest that an execution may take, in seconds of the processor, of inputs below 100 kB.
  var slowest = 1.0

  /// The MiB that an execution may take beside 64 times its input: sanitizers need more.
  var growth = 64

  struct Problem: Error, CustomStringConvertible {
    let description: String
  }

  init(_ words: ArraySlice<String>) throws {
    var rest = words
    while let word = rest.popFirst() {
      guard word.hasPrefix("--") else {
        files.append(word)
        continue
      }
      guard let text = rest.popFirst(), let number = Double(text), number >= 0, number <= 1e15
      else { throw Problem(description: "\(word) expects a number") }
      switch word {
      case "--runs": runs = Int(number)
      case "--first": first = Int(number)
      case "--seconds": seconds = number
      case "--seed": seed = UInt64(number)
      case "--threads": threads = max(1, Int(number))
      case "--only": only = Int(number)
      case "--slowest": slowest = number
      case "--growth": growth = Int(number)
      default: throw Problem(description: "there is no option \(word)")
      }
    }
  }
}
