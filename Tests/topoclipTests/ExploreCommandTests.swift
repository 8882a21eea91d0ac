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

  /// Starts the explorer with a token in a file; every file that it makes or writes to is looked through for it.
  @Test func `a token is in no line, no log and no file`() throws {
    let token = "0123456789abcdef"
    _ = try folder.write(token + "\n", "key")
    let outcome = try ProgramRun(
      shell: "chmod 600 key; "
        + Self.start.replacing(" --port 0", with: " --host 127.0.0.1 --token-file key --port 0")
        .replacing("> address", with: "> address 2> log")
          + """
          ask GET / 127.0.0.1:$port | head -1
          ask GET '/?token=\(token)' 127.0.0.1:$port | head -1
          ask GET /api/v1/none?token=\(token) 127.0.0.1:$port | tail -1; echo
          grep -rla \(token) .; grep -ca \(token) /proc/$pid/cmdline
          kill -INT $pid; wait $pid; cat address log; grep -rla \(token) .
          """, in: folder.path)
    #expect(outcome.output.contains("403") && outcome.output.contains("303"), "\(outcome)")
    #expect(!outcome.output.contains(token) && !outcome.error.contains(token), "\(outcome)")
    let lines = outcome.output.split(whereSeparator: \.isNewline)
    #expect(lines.filter { $0.hasPrefix("./") } == ["./key", "./key"], "\(outcome)")
    #expect(lines.contains("0"), "\(outcome)")
  }

  private static let script = "/usr/bin/script"

  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: script), "script is not installed"))
  func `a terminal shows the address with the token, a pipe without`() throws {
    let token = "0123456789abcdef"
    // `script` gives the program a terminal, and passes on what it shows.
    let outcome = try ProgramRun(
      shell: """
        mkfifo shown piped
        \(Self.script) -qefc 'exec topoclip explore photos --port 0 --quiet --token \(token)' /dev/null > shown < /dev/null &
        exec 4< shown; read -r address <&4; echo "$address"
        kill -INT $(cat /proc/$!/task/$!/children)
        topoclip explore photos --port 0 --quiet --store other.sqlite --token \(token) > piped &
        exec 5< piped; read -r address <&5; echo "$address"; kill -INT $!; wait
        """, in: folder.path)
    let lines = outcome.output.split(whereSeparator: \.isNewline)
    #expect(lines.count == 2 && lines[0].hasSuffix("/?token=\(token)"), "\(outcome)")
    #expect(lines[1].hasSuffix("/"), "\(outcome)")
  }

  @Test(
    arguments: [
      (["explore"], "Missing expected argument", 2),
      (["explore", "photos", "--port", "70000"], "65535", 2),
      (["explore", "photos", "--host", "0.0.0.0"], "--token", 2),
      (["explore", "photos", "--token", "short"], "at least 16", 2),
      (["explore", "photos", "--token", "short", "--token-file", "key"], "not both", 2),
      (["explore", "photos", "--token-file", "nowhere"], "nowhere", 1),
      (["explore", "photos", "--token-file", "photos/0.png"], "chmod 600", 1),
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
