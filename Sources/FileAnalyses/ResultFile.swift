import Files

/// Writes a result to the file named, whole or not at all.
///
/// - Parameters:
///   - text: The result.
///   - path: The file; nil for standard output.
/// - Returns: What is left for standard output.
/// - Throws: `FileError` when the disk refuses.
package func delivered(_ text: String, to path: String?) throws -> String {
  guard let path else { return text }
  try AtomicFile.write(text, to: path)
  return ""
}
