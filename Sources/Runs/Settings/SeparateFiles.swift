import Files
import Foundation

/// Refuses to write two results to one file, or a result over what is read.
///
/// - Parameters:
///   - results: The files to be written; nil for those that are not.
///   - inputs: The files that are read, with or without a member.
/// - Throws: `OptionError` naming the file.
package func requireSeparateFiles(
  _ results: [String?], inputs: [String?]
) throws(OptionError) {
  let inputs = Set(inputs.compactMap(\.self).map { ResolvedPath(MatrixFile.split($0).path) })
  var taken: Set<ResolvedPath> = []
  for path in results.compactMap(\.self) {
    try require(
      !inputs.contains(ResolvedPath(path)),
      "\(path) is read, and would be overwritten; give the result another name")
    try require(
      taken.insert(ResolvedPath(path)).inserted,
      "\(path) is named for two results; give each a file of its own")
  }
}
