import Foundation

/// What another thread, which stands for another process, has been told, once it knows.
final class Told: @unchecked Sendable {
  private let done = DispatchSemaphore(value: 0)
  private var text = ""
  func finish(_ text: String) {
    self.text = text
    done.signal()
  }
  func wait() -> String {
    done.wait()
    return text
  }
}
