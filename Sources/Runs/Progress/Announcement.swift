import Files

/// Says something on standard error.
package func announce(_ line: String, isQuiet: Bool) {
  if !isQuiet { StandardStreams.error(line + "\n") }
}
