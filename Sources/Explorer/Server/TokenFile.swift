internal import Files
internal import Foundation

/// A file with the token that every visitor of a server has to know: whoever lists the processes of the machine sees
/// their command lines, and not this.
package enum TokenFile {
  /// More bytes have no token.
  private static let largest = 4096

  /// Reads the token, which stands on a line alone; a pipe will do.
  ///
  /// - Parameter path: The file.
  /// - Returns: The token.
  /// - Throws: `FileError` for a file that others may read or write, one that cannot be read, or one that holds anything
  ///   else, of which nothing is repeated.
  package static func read(_ path: String) throws -> String {
    if let status = try FileStatus(path), status.kind == .file, status.permissions & 0o077 != 0 {
      throw FileError(
        path,
        "is open to other users (permissions \(String(status.permissions, radix: 8))): chmod 600 it, and make "
          + "another token if any of them is not to know this one")
    }
    var data = Data()
    do {
      let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? file.close() }
      while data.count <= largest, let piece = try file.read(upToCount: largest), !piece.isEmpty {
        data += piece
      }
    } catch {
      throw FileError(path, "cannot be read", error)
    }
    let token = String(decoding: data, as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    guard data.count <= largest, ExplorerServer.isToken(token) else {
      throw FileError(
        path,
        "holds no token; expected a line of at least \(ExplorerServer.tokenLength) characters: letters, digits, - "
          + "and _ (openssl rand -hex 16 makes some)")
    }
    return token
  }
}
