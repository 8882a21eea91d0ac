import Foundation

/// What is told of an execution that ends the process.
///
/// Before an execution its input is copied to where a handler of signals finds it; the handler calls nothing that
/// allocates.
enum CrashNote {
  /// As many threads tell.
  private static let slotCount = 64

  @unsafe private struct Slot {
    var bytes: UnsafeMutablePointer<UInt8>?
    var capacity = 0
    var count = 0
    var isRunning = false
    /// The line that is told, and the path of the file that is written, both ended by a zero.
    var line: UnsafeMutablePointer<CChar>?
    var path: UnsafeMutablePointer<CChar>?
  }

  // One thread writes a slot; the handler reads them all when there is nothing to lose any more.
  nonisolated(unsafe) private static let slots: UnsafeMutablePointer<Slot> = {
    let slots = UnsafeMutablePointer<Slot>.allocate(capacity: slotCount)
    unsafe slots.initialize(repeating: Slot(), count: slotCount)
    return unsafe slots
  }()

  private static let folder =
    ProcessInfo.processInfo.environment["FUZZ_FOLDER"]
    ?? FileManager.default.temporaryDirectory.path

  /// Handles the signals that end processes, and an execution of more than a minute.
  static func install() {
    _ = unsafe slots
    for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGALRM] {
      signal(number) { number in
        for index in 0..<CrashNote.slotCount { CrashNote.tell(index) }
        signal(number, SIG_DFL)
        raise(number)
      }
    }
  }

  /// The path under which an input is kept.
  private static func path(_ name: String, _ number: Int) -> String {
    "\(folder)/fuzz-\(name)-\(number)"
  }

  /// Keeps an input in a file.
  static func keep(_ input: Data, _ name: String, _ number: Int) -> String {
    let path = path(name, number)
    try? input.write(to: URL(filePath: path))
    return path
  }

  /// Notes what is about to be read.
  static func begin(_ index: Int, _ name: String, seed: UInt64, number: Int, _ input: Data) {
    precondition(index < slotCount)
    var slot = unsafe slots[index]
    if unsafe input.count > slot.capacity || slot.bytes == nil {
      unsafe slot.bytes?.deallocate()
      unsafe slot.capacity = max(1 << 16, input.count * 2)
      unsafe slot.bytes = .allocate(capacity: slot.capacity)
    }
    if let bytes = unsafe slot.bytes { unsafe input.copyBytes(to: bytes, count: input.count) }
    unsafe slot.count = input.count
    unsafe free(slot.line)
    unsafe free(slot.path)
    let path = path(name, number)
    unsafe slot.line = strdup(
      "\nfuzz: \(name) ended in execution \(number) of seed \(seed), of \(input.count) bytes, kept in \(path): "
        + "fuzz \(name) --seed \(seed) --only \(number)\n")
    unsafe slot.path = strdup(path)
    unsafe slot.isRunning = true
    unsafe slots[index] = slot
    if index == 0 { alarm(60) }
  }

  /// Notes that it was read.
  static func end(_ index: Int) { unsafe slots[index].isRunning = false }

  private static func tell(_ index: Int) {
    let slot = unsafe slots[index]
    guard unsafe slot.isRunning, let line = unsafe slot.line, let path = unsafe slot.path else {
      return
    }
    unsafe _ = write(STDERR_FILENO, line, strlen(line))
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard file >= 0 else { return }
    unsafe _ = write(file, slot.bytes, slot.count)
    close(file)
  }
}
