import Files
import Foundation

/// Arguments that are no text.
enum ArgumentBytes {
  /// What is wrong with the bytes of the program's arguments and of its current folder, from which relative
  /// paths start; nil when all are UTF-8.
  ///
  /// Swift would put U+FFFD in their place, and read or write under another name.
  ///
  /// - Parameters:
  ///   - arguments: The bytes of the arguments behind the program's name.
  ///   - folder: Those of the current folder's path.
  /// - Returns: A sentence.
  static func problem(_ arguments: [[UInt8]], folder: [UInt8]) -> String? {
    func isText(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }
    if let index = arguments.firstIndex(where: { !isText($0) }) {
      return
        "argument \(index + 1) is not UTF-8 text: \(String(escaping: arguments[index])) (\\xHH stands for "
        + "a byte); rename the file or folder that it names"
    }
    if !isText(folder) {
      return
        "the name of the current folder is not UTF-8 text: \(String(escaping: folder)) (\\xHH stands for a "
        + "byte); rename it, or run topoclip in another folder"
    }
    return nil
  }
}

/// Ends the program when nobody says what its arguments are, and as for wrong usage when one of them or the current
/// folder's name is no text.
///
/// Without arguments it would print its help and end well, and who started it take the work for done.
func requireTextArguments() {
  guard CommandLine.argc > 0 else {
    Console.error(
      "topoclip: its arguments cannot be read: /proc is not mounted, or a library that is loaded before it "
        + "(LD_PRELOAD) hides them; mount /proc, or start it without that library")
    exit(1)
  }
  let arguments = (1..<max(1, Int(CommandLine.argc))).map { index in
    guard let argument = unsafe CommandLine.unsafeArgv[index] else { return [UInt8]() }
    return unsafe UnsafeBufferPointer(start: argument, count: strlen(argument)).map {
      UInt8(bitPattern: $0)
    }
  }
  var folder = [CChar](repeating: 0, count: Int(PATH_MAX))
  let isKnown = unsafe getcwd(&folder, folder.count) != nil
  let path = isKnown ? folder.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) } : []
  if let problem = ArgumentBytes.problem(arguments, folder: path) {
    Console.error("topoclip: \(problem)")
    exit(2)
  }
}
