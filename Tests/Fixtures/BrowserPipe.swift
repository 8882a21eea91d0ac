internal import Foundation
internal import Synchronization

/// Chromium over its DevTools protocol: JSON messages that end with a zero byte, in at its descriptor 3 and out at 4.
final class BrowserPipe: Sendable {
  /// Text of JSON, which may cross threads where its values may not.
  typealias Message = [String: Any]

  private struct State {
    var lastNumber = 0
    var session: String?
    /// What has come of a message that is not whole yet.
    var rest = Data()
    var complaints: [String] = []
  }

  private let folder: TemporaryFolder
  private let process = Process()
  private let input: FileHandle
  private let output: FileHandle
  private let state = Mutex(State())

  /// Starts a browser and opens an empty page.
  init(_ options: [String]) throws {
    folder = try TemporaryFolder()
    let (input, output) = (folder.path + "/in", folder.path + "/out")
    for pipe in [input, output] {
      guard unsafe mkfifo(pipe, 0o600) == 0 else { throw POSIXError(.EIO) }
    }
    // Open for reading too, the first pipe blocks nobody and breaks under nobody.
    let descriptors = unsafe (open(input, O_RDWR), open(output, O_RDONLY | O_NONBLOCK))
    guard descriptors.0 >= 0, descriptors.1 >= 0 else { throw POSIXError(.EIO) }
    self.input = FileHandle(fileDescriptor: descriptors.0, closeOnDealloc: true)
    self.output = FileHandle(fileDescriptor: descriptors.1, closeOnDealloc: true)
    process.executableURL = URL(filePath: "/bin/bash")
    // A browser whose test was killed ends by itself.
    process.arguments =
      ["-c", "exec timeout 900 \"$@\" 3<in 4>out", "bash", Browser.program]
      + [
        "--headless=new", "--no-sandbox", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-dev-shm-usage", "--remote-debugging-pipe",
        "--user-data-dir=" + folder.path + "/profile",
      ] + options
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let target = try call("Target.createTarget", ["url": "about:blank"])["targetId"] ?? ""
    let session = try call("Target.attachToTarget", ["targetId": target, "flatten": true])
    state.withLock { $0.session = session["sessionId"] as? String }
    for part in ["Page", "Runtime", "Log"] { _ = try call(part + ".enable") }
  }

  deinit {
    // `timeout` leads a group of all that it has started; there is nothing that a browser would have to save.
    kill(-process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// What pages wrote to the console as errors and warnings, and exceptions that nothing caught.
  var complaints: [String] { state.withLock { $0.complaints } }

  /// Asks the browser for something and waits for the answer.
  ///
  /// - Throws: `BrowserError` with what the browser says, when it is gone, and when it is silent for a minute.
  func call(_ method: String, _ parameters: Message = [:]) throws -> Message {
    try state.withLock { state in
      state.lastNumber += 1
      var message: Message = ["id": state.lastNumber, "method": method, "params": parameters]
      if let session = state.session { message["sessionId"] = session }
      try input.write(contentsOf: JSONSerialization.data(withJSONObject: message) + [0])
      while true {
        let answer = try next(&state)
        guard answer["id"] as? Int == state.lastNumber else {
          if let complaint = Self.complaint(answer) { state.complaints.append(complaint) }
          continue
        }
        if let error = answer["error"] as? Message {
          throw BrowserError("\(method): \(error["message"] ?? "failed")")
        }
        return answer["result"] as? Message ?? [:]
      }
    }
  }

  private func next(_ state: inout State) throws -> Message {
    while true {
      if let end = state.rest.firstIndex(of: 0) {
        let message = try JSONSerialization.jsonObject(with: state.rest[..<end])
        state.rest = Data(state.rest[(end + 1)...])
        return message as? Message ?? [:]
      }
      var wanted = pollfd(fd: output.fileDescriptor, events: Int16(POLLIN), revents: 0)
      guard unsafe poll(&wanted, 1, 60_000) > 0 else { throw BrowserError("the browser is silent") }
      let bytes = output.availableData
      guard !bytes.isEmpty else { throw BrowserError("the browser is gone") }
      state.rest += bytes
    }
  }

  /// What a page complains of in an event; nil for other events.
  private static func complaint(_ event: Message) -> String? {
    let parameters = event["params"] as? Message ?? [:]
    switch event["method"] as? String {
    case "Runtime.exceptionThrown":
      let details = parameters["exceptionDetails"] as? Message
      let exception = details?["exception"] as? Message
      return "\(exception?["description"] ?? details?["text"] ?? "an exception")"
    case "Runtime.consoleAPICalled":
      guard ["error", "warning", "assert"].contains(parameters["type"] as? String) else {
        return nil
      }
      let values = parameters["args"] as? [Message] ?? []
      return values.map { "\($0["value"] ?? $0["description"] ?? "")" }.joined(separator: " ")
    case "Log.entryAdded":
      let entry = parameters["entry"] as? Message ?? [:]
      guard ["error", "warning"].contains(entry["level"] as? String) else { return nil }
      return "\(entry["text"] ?? "") \(entry["url"] ?? "")"
    default: return nil
    }
  }
}
