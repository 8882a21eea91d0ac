/// What a command does once its options are understood.
package protocol Job {
  /// Does it, and writes the files that were asked for.
  ///
  /// - Returns: What goes to standard output; empty for nothing.
  /// - Throws: What is wrong with the inputs, where, and what to do; `RunError.interrupted`.
  func run() throws -> String
}
