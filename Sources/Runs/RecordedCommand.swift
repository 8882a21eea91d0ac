/// The command line as it may be kept: manifests, plans and locks stay, and others read them.
package enum RecordedCommand {
  /// The options whose values nobody else is to know.
  static let secretOptions: Set = ["--token"]
  /// What stands for such a value.
  static let mark = "***"

  /// The words that this process was started with, values of secret options replaced.
  package static var arguments: [String] { withoutSecrets(CommandLine.arguments) }

  /// Words of a command line, values of secret options replaced, be they words of their own or behind a `=`.
  static func withoutSecrets(_ words: [String]) -> [String] {
    var isSecret = false
    var areOptions = true
    return words.map { word in
      defer {
        areOptions = areOptions && word != "--"
        isSecret = areOptions && !isSecret && secretOptions.contains(word)
      }
      if isSecret { return mark }
      guard areOptions, let sign = word.firstIndex(of: "="),
        secretOptions.contains(String(word[..<sign]))
      else { return word }
      return word[...sign] + mark
    }
  }
}
