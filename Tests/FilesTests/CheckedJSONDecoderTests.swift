import Files
import Fixtures
import Foundation
import Testing

@Suite struct CheckedJSONDecoderTests {
  private struct Value: Codable, Equatable {
    var name = ""
    var numbers: [[Double]] = []
  }

  private func problem(_ data: Data) -> String {
    let error = #expect(throws: DecodingError.self) {
      try CheckedJSONDecoder().decode(Value.self, from: data)
    }
    guard case .dataCorrupted(let context) = error else { return "\(String(describing: error))" }
    return context.debugDescription
  }

  @Test func `brackets of any number that open and never close are refused`() {
    for count in 1...1100 {
      let text = String(repeating: "[", count: count)
      #expect(problem(Data(text.utf8)) == "the text ends where an array begins")
      for opening in ["{\"numbers\":", "[{\"name\":[{\"name\":"] {
        #expect(problem(Data((opening + text).utf8)) == "the text ends where an array begins")
      }
    }
  }

  @Test func `so they are in encodings that have zeros in them`() {
    for count in 500...520 {
      let text = String(repeating: "[", count: count)
      for encoding in [
        String.Encoding.utf16, .utf16LittleEndian, .utf16BigEndian, .utf32, .utf32LittleEndian,
        .utf32BigEndian,
      ] {
        let data = text.data(using: encoding) ?? Data()
        #expect(data.count >= 2 * count)
        #expect(problem(data).hasSuffix("is zero; expected UTF-8 text"))
      }
    }
    #expect(problem(Data("{\"name\":\"a\0\"}".utf8)) == "byte 10 is zero; expected UTF-8 text")
    #expect(
      problem(Data("--{\"name\":\0}".utf8).dropFirst(2)) == "byte 8 is zero; expected UTF-8 text")
  }

  @Test func `what Foundation reads is read`() throws {
    let value = Value(name: "[", numbers: [[], [1, 0.5]])
    #expect(
      try CheckedJSONDecoder().decode(Value.self, from: JSONEncoder().encode(value)) == value)
    #expect(try CheckedJSONDecoder().decode(String.self, from: Data("\"[\"".utf8)) == "[")
    #expect(!problem(Data()).isEmpty)
  }

  @Test func `nothing is read past it`() throws {
    let sources = Checkout.folder.appending(path: "Sources")
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var count = 0
    for case let file as URL in files where file.pathExtension == "swift" {
      count += 1
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(!text.contains(/\bJSONDecoder\(/), "\(file.lastPathComponent)")
    }
    #expect(count > 500)
  }
}
