internal import Dispatch
public import Foundation

/// A page in Debian's chromium, and what a user does with it.
///
/// Nothing here blocks a thread of tasks: the server of a test answers on those.
public final class Browser: Sendable {
  /// The browser's program.
  public static let program = "/usr/bin/chromium"

  /// Whether it is installed; `make test` installs it.
  public static let isInstalled = FileManager.default.isExecutableFile(atPath: program)

  /// What lets the browser draw with WebGL on any machine: in software.
  public static let software = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]

  /// What takes WebGL from it.
  public static let noWebGL = ["--disable-gpu", "--disable-3d-apis"]

  private let pipe: BrowserPipe
  private let queue = DispatchQueue(label: "browser")

  /// Starts a browser with options beside those that every test needs.
  public init(_ options: [String] = Browser.software, width: Int = 1360, height: Int = 860)
    async throws
  {
    pipe = try await Self.inBackground { try BrowserPipe(options) }
    try await size(width, height)
  }

  private static func inBackground<Value: Sendable>(
    on queue: DispatchQueue = .global(), _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result { try work() }) }
    }
  }

  /// Sends a command whose parameters are JSON and returns one value of the answer as text.
  @discardableResult
  private func call(
    _ method: String, _ parameters: String = "{}", answer key: String = ""
  ) async throws -> String {
    try await Self.inBackground(on: queue) { [pipe] in
      let parameters = try JSONSerialization.jsonObject(with: Data(parameters.utf8))
      let answer = try pipe.call(method, parameters as? BrowserPipe.Message ?? [:])
      return "\(answer[key] ?? "")"
    }
  }

  // MARK: Pages

  /// Goes to an address, and waits until the page has loaded.
  public func open(_ address: String) async throws {
    try await call("Page.navigate", #"{"url":\#(quoted(address))}"#)
    try await wait(for: "document.readyState === 'complete' && location.href !== 'about:blank'")
  }

  /// Loads the page again.
  public func reload() async throws {
    // What the old page knows says nothing of the new one.
    try await evaluate("window.isOld = true")
    try await call("Page.reload")
    try await wait(for: "!window.isOld && document.readyState === 'complete'")
  }

  /// What a script gives, promises awaited, as text.
  ///
  /// - Throws: `BrowserError` with the exception of a script that fails.
  @discardableResult
  public func evaluate(_ script: String) async throws -> String {
    try await Self.inBackground(on: queue) { [pipe] in
      let answer = try pipe.call(
        "Runtime.evaluate",
        [
          "expression": "(async () => String(await (\(script))))()", "awaitPromise": true,
          "returnByValue": true, "userGesture": true,
        ])
      if let details = answer["exceptionDetails"] as? BrowserPipe.Message {
        let exception = details["exception"] as? BrowserPipe.Message
        throw BrowserError("\(script): \(exception?["description"] ?? details["text"] ?? "failed")")
      }
      return (answer["result"] as? BrowserPipe.Message)?["value"] as? String ?? ""
    }
  }

  /// Waits until a script gives what counts as true.
  ///
  /// - Throws: `BrowserError` when it has not in so many looks, a minute's on a machine that does nothing else.
  public func wait(for condition: String, looks: Int = 3000) async throws {
    var last = ""
    for _ in 0..<looks {
      do {
        if try await evaluate("Boolean(\(condition))") == "true" { return }
        last = ""
      } catch let problem as BrowserError {
        // A page that is being left cannot be asked.
        last = " (\(problem))"
      }
      try await Task.sleep(for: .milliseconds(20))
    }
    throw BrowserError("waited in vain for \(condition)\(last)")
  }

  /// What pages wrote to the console as errors and warnings, and exceptions that nothing caught.
  public var complaints: [String] {
    get async throws {
      // What was written before the answer to a question came before it.
      try await evaluate("1")
      return pipe.complaints
    }
  }

  /// A picture of what is seen, kept as NAME.png in the folder that `TOPOCLIP_SCREENSHOTS` names, if it names one.
  @discardableResult
  public func screenshot(_ name: String) async throws -> Data {
    let data = try await call("Page.captureScreenshot", #"{"format":"png"}"#, answer: "data")
    guard let picture = Data(base64Encoded: data) else { throw BrowserError("no picture came") }
    if let folder = ProcessInfo.processInfo.environment["TOPOCLIP_SCREENSHOTS"] {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try picture.write(to: URL(filePath: folder).appending(path: name + ".png"))
    }
    return picture
  }

  // MARK: The window

  /// Gives the window a size in CSS pixels; with fingers it is a telephone's.
  public func size(_ width: Int, _ height: Int, hasTouch: Bool = false) async throws {
    try await call(
      "Emulation.setDeviceMetricsOverride",
      #"{"width":\#(width),"height":\#(height),"deviceScaleFactor":1,"mobile":\#(hasTouch)}"#)
  }

  /// Sets what the user wishes of all pages, as `prefers-color-scheme` to `dark`.
  public func prefer(_ feature: String, _ value: String) async throws {
    try await call(
      "Emulation.setEmulatedMedia",
      #"{"features":[{"name":\#(quoted(feature)),"value":\#(quoted(value))}]}"#)
  }

  /// Lets downloads go to a folder.
  public func download(to folder: String) async throws {
    try await call(
      "Browser.setDownloadBehavior", #"{"behavior":"allow","downloadPath":\#(quoted(folder))}"#)
  }

  // MARK: Hands

  /// Moves the mouse to a place of the window, and does something there.
  private func mouse(_ kind: String, _ x: Double, _ y: Double, isDown: Bool) async throws {
    let button = isDown || kind == "mouseReleased" ? "left" : "none"
    try await call(
      "Input.dispatchMouseEvent",
      #"{"type":"\#(kind)","x":\#(x),"y":\#(y),"button":"\#(button)","buttons":\#(isDown ? 1 : 0),"clickCount":1}"#
    )
  }

  /// Moves the mouse to a place of the window.
  public func point(_ x: Double, _ y: Double) async throws {
    try await mouse("mouseMoved", x, y, isDown: false)
  }

  /// Clicks at a place of the window.
  public func click(_ x: Double, _ y: Double) async throws { try await drag([(x, y)]) }

  /// Presses the mouse at the first of some places, moves it over the others, and lets go at the last.
  public func drag(_ places: [(Double, Double)]) async throws {
    guard let first = places.first, let last = places.last else { return }
    try await point(first.0, first.1)
    try await mouse("mousePressed", first.0, first.1, isDown: true)
    for place in places.dropFirst() {
      try await mouse("mouseMoved", place.0, place.1, isDown: true)
    }
    try await mouse("mouseReleased", last.0, last.1, isDown: false)
  }

  /// Clicks in the middle of the first element that a selector of CSS names, scrolled into view.
  public func click(_ selector: String) async throws {
    let middle = try await evaluate(
      """
      (() => {
        const element = document.querySelector(\(quoted(selector)));
        element.scrollIntoView({ block: "nearest", behavior: "instant" });
        const box = element.getBoundingClientRect();
        return `${box.left + box.width / 2} ${box.top + box.height / 2}`;
      })()
      """
    ).split(separator: " ").compactMap { Double($0) }
    try await click(middle[0], middle[1])
  }

  /// Types text where the focus is.
  public func type(_ text: String) async throws {
    try await call("Input.insertText", #"{"text":\#(quoted(text))}"#)
  }

  /// Presses a key by its name, such as `Enter`, `Escape`, `ArrowRight` or `/`.
  public func press(_ key: String) async throws {
    let text = key == "Enter" ? "\r" : key.count == 1 ? key : ""
    let code = ["Enter": 13, "Escape": 27, "Tab": 9, " ": 32][key] ?? 0
    let isText = text.isEmpty ? "" : #","text":\#(quoted(text))"#
    for kind in ["keyDown", "keyUp"] {
      try await call(
        "Input.dispatchKeyEvent",
        #"{"type":"\#(kind)","key":\#(quoted(key)),"windowsVirtualKeyCode":\#(code)\#(kind == "keyDown" ? isText : "")}"#
      )
    }
  }

  /// Text as JSON and JavaScript have it.
  private func quoted(_ text: String) -> String {
    let data = try? JSONEncoder().encode(text)
    return data.map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
  }
}
