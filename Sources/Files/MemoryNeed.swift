import Foundation

/// Checks that what a file holds fits into the machine's memory.
///
/// An allocation that fails ends the program, and a file with holes, or a compressed one, can be small on
/// the disk and hold much.
///
/// - Parameters:
///   - count: How many numbers or characters.
///   - size: The bytes of one in memory.
///   - file: The file that has them.
///   - memory: The bytes that the machine has.
/// - Throws: `FileError` with both sizes.
func requireMemory(
  count: Int, size: Int, file: String,
  memory: UInt64 = ProcessInfo.processInfo.physicalMemory
) throws {
  let (bytes, overflow) = UInt64(count).multipliedReportingOverflow(by: UInt64(size))
  guard !overflow, bytes <= memory else {
    throw FileError(
      file,
      "would take \(overflow ? .max : bytes) bytes of memory; this machine has \(memory)")
  }
}
