import Foundation

/// Checks that the numbers of a file fit into the machine's memory, before there is an allocation that
/// ends the program when it fails: a file with holes, or a compressed one, can be small and hold many.
///
/// - Parameters:
///   - count: How many numbers.
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
      "its \(count) numbers take \(size) bytes each, more than the \(memory) bytes of memory that this "
        + "machine has")
  }
}
