import Foundation

/// What another process would be told: a thread of its own, which holds no lock of the test's.
enum ElsewhereThread {
  /// What `body` throws there; `no error` where it throws nothing.
  static func problem(_ body: @escaping () throws -> Void) -> String {
    let told = Told(body)
    let thread = Thread { told.run() }
    thread.stackSize = 8 << 20
    thread.start()
    return told.wait()
  }

  private final class Told: @unchecked Sendable {
    private let done = DispatchSemaphore(value: 0)
    private let body: () throws -> Void
    private var text = "no error"

    init(_ body: @escaping () throws -> Void) { self.body = body }

    func run() {
      do { try body() } catch { text = "\(error)" }
      done.signal()
    }

    func wait() -> String {
      done.wait()
      return text
    }
  }
}
