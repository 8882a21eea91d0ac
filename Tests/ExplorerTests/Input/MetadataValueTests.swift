import Files
import Foundation
import Testing

@testable import Explorer

struct MetadataValueTests {
  private func value(_ json: String) throws -> MetadataValue? {
    try MetadataValue(JSONValue(Data(json.utf8), file: "x", expecting: "JSON", takesInfinity: true))
  }

  @Test func `types are kept`() throws {
    #expect(try value("\"a\"") == .text("a"))
    #expect(try value("2") == .number(2))
    #expect(try value("2.5") == .number(2.5))
    #expect(try value("true") == .boolean(true))
    #expect(try value("\"2\"") == .text("2"))
  }

  @Test func `null and NaN are no values`() throws {
    #expect(try value("null") == nil)
    #expect(try value("NaN") == nil)
    #expect(throws: MetadataFault.self) { try value("-Infinity") }
    #expect(throws: MetadataFault.self) { try value("[1, [Infinity]]") }
  }

  @Test func `an identifier keeps its digits`() throws {
    #expect(try value("9007199254740992") == .number(9_007_199_254_740_992))
    #expect(try value("9007199254740993") == .text("9007199254740993"))
  }

  @Test func `lists and objects become JSON that reads back`() throws {
    let text = #"{"b": [1, 2.5, null, true], "a": {"\"q\"": "line\nend \u0001 \\ é"}}"#
    let found = try value(text)
    #expect(found == .json(#"{"a":{"\"q\"":"line\nend \u0001 \\ é"},"b":[1,2.5,null,true]}"#))
    let again = try value(found?.text ?? "")
    #expect(again == found)
  }
}
