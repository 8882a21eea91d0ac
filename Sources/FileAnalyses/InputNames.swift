import Files
import Foundation

/// Short names for input files, for columns of a table and files of an output folder.
package enum InputNames {
  /// Names that are all different.
  ///
  /// An input is called by its file's name without extension, with that of a member behind; where
  /// that is taken, a number follows.
  ///
  /// - Parameters:
  ///   - inputs: `PATH` or `PATH:MEMBER`.
  ///   - reserved: Names that stand for something else.
  /// - Returns: A name an input.
  package static func distinct(_ inputs: [String], reserved: [String] = []) -> [String] {
    let stems = inputs.map { input in
      if input == StandardInput.argument { return "standard-input" }
      let (path, member) = MatrixFile.split(input)
      let stem = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
      return member.map { stem + "-" + named($0) } ?? stem
    }
    // By bytes: a slash with an accent above it is another character.
    func named(_ member: String) -> String {
      String(
        decoding: member.utf8.map { [0, UInt8(ascii: "/")].contains($0) ? UInt8(ascii: "-") : $0 },
        as: UTF8.self)
    }
    var taken = Set(reserved)
    return stems.map { stem in
      // A number makes a name of its own, never that of another input.
      var name = stem
      var number = 2
      while taken.contains(name) || name != stem && stems.contains(name) {
        name = "\(stem)-\(number)"
        number += 1
      }
      taken.insert(name)
      return name
    }
  }
}
