import Foundation

/// Counts of elements, checked before memory for that many is asked for.
///
/// The standard library multiplies the count of a new array by the size of an element, and checks neither
/// the product nor its sum with the array's head: past 2⁶³ bytes the block that it gets is too small, and
/// what fills it writes beyond its end. So a count that comes of other numbers, such as settings, headers of
/// files or products of dimensions, passes here first.
public enum ElementCount {
  /// The most bytes that one block of memory may have: all that the machine has.
  ///
  /// More can never be filled, and asking for it ends the process without a word.
  public static let mostBytes = Int(clamping: ProcessInfo.processInfo.physicalMemory)

  /// The product of counts of elements of a type, where so many can be in memory.
  ///
  /// - Parameters:
  ///   - first: A count.
  ///   - second: Another, such as columns beside rows.
  ///   - type: The elements.
  /// - Returns: The product; nil when a count is negative, or when there cannot be so many.
  @inlinable
  public static func product<Element>(
    _ first: Int, _ second: Int = 1, of type: Element.Type
  ) -> Int? {
    guard first >= 0, second >= 0 else { return nil }
    let (count, isBeyond) = first.multipliedReportingOverflow(by: second)
    guard !isBeyond, count <= mostBytes / MemoryLayout<Element>.stride else { return nil }
    return count
  }

  /// The product, for work that has bounded its counts: the process ends with a message and exit code 1 where
  /// there cannot be so many, before anything is overwritten.
  ///
  /// - Parameters:
  ///   - first: A count.
  ///   - second: Another.
  ///   - type: The elements.
  /// - Returns: The product.
  @inlinable
  public static func checked<Element>(
    _ first: Int, _ second: Int = 1, of type: Element.Type
  ) -> Int {
    guard let count = product(first, second, of: type) else {
      refuse(first, second, MemoryLayout<Element>.stride)
    }
    return count
  }

  /// The product, or an error that says what needs so much.
  ///
  /// - Parameters:
  ///   - first: A count.
  ///   - second: Another.
  ///   - type: The elements.
  ///   - what: What they are, for the message: "the distances of 9 points".
  ///   - advice: What to do instead.
  /// - Returns: The product.
  /// - Throws: `LinearAlgebraError.tooManyElements`.
  public static func require<Element>(
    _ first: Int, _ second: Int = 1, of type: Element.Type, what: String, advice: String
  ) throws(LinearAlgebraError) -> Int {
    guard let count = product(first, second, of: type) else {
      throw .tooManyElements(what: what, advice: advice)
    }
    return count
  }

  @usableFromInline
  static func refuse(_ first: Int, _ second: Int, _ stride: Int) -> Never {
    let message =
      "topoclip: \(first) × \(second) elements of \(stride) bytes are more than this machine's memory; "
      + "use fewer, or a machine with more memory\n"
    // Whatever state the rest of the program is in: no destructor, no further write.
    try? FileHandle.standardError.write(contentsOf: Data(message.utf8))
    _exit(1)
  }
}
