import Foundation

extension TemporaryFolder {
  /// Writes a script that can be run at once, with the folders above it, and returns its path.
  ///
  /// A process of its own writes it: what this one has open for writing is open in every child that another test starts
  /// meanwhile too, and a program that anybody may write to cannot be run.
  ///
  /// - Throws: What keeps the system from starting a process; `ProgramFailure` when the disk refuses.
  public func writeProgram(_ text: String, _ name: String) throws -> String {
    let program = path + "/" + name
    let write = #"mkdir -p "$(dirname "$0")" && cat >"$0" && chmod 755 "$0""#
    let outcome = try RunningProgram(
      URL(filePath: "/bin/bash"), ["-c", write, program], input: text, in: nil
    ).wait()
    guard outcome.code == 0 else { throw ProgramFailure(description: "\(outcome)") }
    return program
  }

  /// Why a script was not written.
  private struct ProgramFailure: Error, CustomStringConvertible {
    let description: String
  }
}
