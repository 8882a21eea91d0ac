import Foundation

/// A connection to a server on this machine that sends any bytes: clients of libraries send what is right alone.
///
/// It blocks the thread that calls it, which must be none of a task's: the server answers on those.
final class SocketClient {
  /// What came back.
  struct Answer: Sendable {
    var status = 0
    /// The headers, their names in lower case.
    var headers: [String: String] = [:]
    var body = Data()

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as JSON.
    var json: [String: Any] {
      (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:]
    }
  }

  struct Fault: Error, CustomStringConvertible {
    let description: String
  }

  let port: Int
  private let descriptor: Int32
  private var received: [UInt8] = []

  /// Connects.
  ///
  /// - Throws: `Fault` when nobody listens.
  init(port: Int) throws {
    self.port = port
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    // Only a server that hangs takes that long.
    var patience = timeval(tv_sec: 120, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let isConnected = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        unsafe connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isConnected else { throw Fault(description: "cannot connect: errno \(errno)") }
  }

  deinit { close(descriptor) }

  /// Sends bytes; whether the server took them all.
  @discardableResult
  func send(_ bytes: some Sequence<UInt8>) -> Bool {
    var bytes = Array(bytes)[...]
    while !bytes.isEmpty {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Foundation.send(
          descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      bytes = bytes.dropFirst(count)
    }
    return true
  }

  @discardableResult
  func send(_ text: String) -> Bool { send(text.utf8) }

  /// Says that nothing more is sent.
  func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Receives more; false at the end, and when the server takes the connection back.
  private func load() -> Bool {
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    let count = unsafe piece.withUnsafeMutableBytes { buffer in
      unsafe recv(descriptor, buffer.baseAddress, buffer.count, 0)
    }
    guard count > 0 else { return false }
    received += piece[..<count]
    return true
  }

  /// All that comes until the server ends the connection.
  func rest() -> [UInt8] {
    while load() {}
    defer { received = [] }
    return received
  }

  /// The text up to a mark, and the mark; nil when the connection ends before.
  func text(through mark: String) -> String? {
    let mark = Array(mark.utf8)
    while true {
      if let range = received.firstRange(of: mark) {
        defer { received.removeSubrange(..<range.upperBound) }
        return String(decoding: received[..<range.upperBound], as: UTF8.self)
      }
      guard load() else { return nil }
    }
  }

  /// The next answer.
  ///
  /// - Parameter hasBody: Whether a body follows, as to all requests but `HEAD`.
  /// - Returns: The answer.
  /// - Throws: `Fault` when the connection ends before it is whole.
  func answer(hasBody: Bool = true) throws -> Answer {
    guard let head = text(through: "\r\n\r\n") else {
      throw Fault(description: "the connection ended without an answer")
    }
    let lines = head.split(separator: "\r\n")
    var answer = Answer()
    guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { throw Fault(description: "no status line: \(head)") }
    answer.status = status
    for line in lines.dropFirst() {
      let colon = line.firstIndex(of: ":") ?? line.endIndex
      answer.headers[line[..<colon].lowercased()] = line[colon...].dropFirst()
        .trimmingCharacters(in: .whitespaces)
    }
    guard hasBody, status != 204, status != 304, status >= 200 else { return answer }
    if let length = answer.headers["content-length"].flatMap({ Int($0) }) {
      while received.count < length {
        guard load() else { throw Fault(description: "the body ended early") }
      }
      answer.body = Data(received[..<length])
      received.removeSubrange(..<length)
    } else if answer.headers["transfer-encoding"] == "chunked" {
      while let line = text(through: "\r\n"), let size = Int(line.dropLast(1), radix: 16) {
        while received.count < size + 2 {
          guard load() else { throw Fault(description: "the body ended early") }
        }
        answer.body += received[..<size]
        received.removeSubrange(..<(size + 2))
        if size == 0 { break }
      }
    }
    return answer
  }

  /// Asks on this connection, which stays open.
  func ask(
    _ target: String, method: String = "GET", headers: [String: String] = [:], body: Data? = nil
  ) throws -> Answer {
    var all = ["Host": "127.0.0.1:\(port)"]
    if let body { all["Content-Length"] = "\(body.count)" }
    for (name, value) in headers { all[name] = value }
    let lines = all.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\r\n" }.joined()
    send("\(method) \(target) HTTP/1.1\r\n\(lines)\r\n")
    if let body { send(body) }
    return try answer(hasBody: method != "HEAD")
  }

  /// Asks on a connection of its own.
  static func ask(
    _ port: Int, _ target: String, method: String = "GET", headers: [String: String] = [:],
    body: Data? = nil
  ) throws -> Answer {
    try SocketClient(port: port).ask(target, method: method, headers: headers, body: body)
  }

  /// Asks with a JSON body.
  static func ask(_ port: Int, _ target: String, json: String) throws -> Answer {
    try ask(
      port, target, method: "POST", headers: ["Content-Type": "application/json"],
      body: Data(json.utf8))
  }

  /// What comes back to any bytes, until the server ends the connection.
  static func answers(_ port: Int, to bytes: some Sequence<UInt8>) throws -> String {
    let client = try SocketClient(port: port)
    client.send(bytes)
    client.finish()
    return String(decoding: client.rest(), as: UTF8.self)
  }
}
