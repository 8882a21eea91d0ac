import Fixtures
import Foundation
import Images
import Testing

/// `explore` as a user meets it: an address, a page, an end.
struct ExploreCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for number in 0..<3 {
      let image = RGBImage(width: 24 + number, height: 20, gray: UInt8(60 * number))
      _ = try folder.write(image.pngData(), "photos/\(number).png")
    }
  }

  /// Starts the explorer, waits for its address, and leaves its port in `$port` and its process in `$pid`.
  private static let start = """
    topoclip explore photos --port 0 --quiet > address & pid=$!
    for i in $(seq 600); do [ -s address ] && break; sleep 0.05; done
    port=$(sed -E 's#.*:([0-9]+)/.*#\\1#' address | head -1)
    ask() {
      exec 3<>/dev/tcp/127.0.0.1/$port
      printf '%s %s HTTP/1.1\\r\\nHost: %s\\r\\nConnection: close\\r\\n\\r\\n' "$1" "$2" "$3" >&3
      cat <&3; exec 3>&-
    }

    """

  private func run(_ script: String) throws -> ProgramRun {
    try ProgramRun(shell: Self.start + script, in: folder.path)
  }

  @Test(arguments: ["INT", "TERM"])
  func `the first line is the address of a page, and a signal ends it with 0`(signal: String) throws
  {
    let outcome = try run(
      """
      head -1 address
      for i in $(seq 600); do
        ask GET /api/v1/state 127.0.0.1:$port > state
        grep -q '"stage":"ready"' state && break; sleep 0.05
      done
      cat state
      ask GET / 127.0.0.1:$port
      ask GET / elsewhere.example:$port
      kill -\(signal) $pid; wait $pid; echo code $?
      """)
    #expect(
      outcome.output.firstMatch(of: /^http:\/\/127\.0\.0\.1:[0-9]+\/\n/) != nil, "\(outcome)")
    #expect(
      outcome.output.contains("\"embeddedCount\":3") && outcome.output.contains("<!DOCTYPE html>"))
    #expect(
      outcome.output.contains("HTTP/1.1 403") && outcome.output.hasSuffix("code 0\n"), "\(outcome)")
    #expect(
      FileManager.default.fileExists(atPath: folder.path + "/photos/.topoclip/explorer.sqlite"))
  }

  @Test func `a port that is taken and a folder that is open are told`() throws {
    let outcome = try run(
      """
      mkdir other; cp photos/0.png other
      topoclip explore other --port $port --quiet; echo port $?
      topoclip explore photos --port 0 --quiet; echo folder $?
      kill -INT $pid; wait $pid
      """)
    #expect(
      outcome.output.contains("port 1\n") && outcome.output.contains("folder 1\n"), "\(outcome)")
    #expect(
      outcome.error.contains("--port 0") && outcome.error.contains("another explorer"), "\(outcome)"
    )
  }

  @Test(
    arguments: [
      (["explore"], "Missing expected argument", 2),
      (["explore", "photos", "--port", "70000"], "65535", 2),
      (["explore", "photos", "--host", "0.0.0.0"], "--token", 2),
      (["explore", "photos", "--token", "short"], "at least 16", 2),
      (["explore", "nowhere"], "no such folder", 1),
      (["explore", "photos/0.png"], "expected a folder of images", 1),
      (["explore", "photos", "--metadata", "none.csv"], "none.csv", 1),
      (["explore", "photos", "--model", "bultin"], "did you mean builtin", 1),
    ] as [([String], String, Int32)])
  func `what is wrong is told before anything is served`(
    arguments: [String], part: String, code: Int32
  ) throws {
    let outcome = try ProgramRun(
      arguments + (arguments.count > 1 ? ["--quiet"] : []), in: folder.path)
    #expect(outcome.code == code && outcome.error.contains(part), "\(outcome)")
    #expect(outcome.output.isEmpty)
  }
}
