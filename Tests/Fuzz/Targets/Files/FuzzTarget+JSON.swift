import Files
import Foundation

extension FuzzTarget {
  /// JSON: what is taken, Foundation takes too.
  static let json = FuzzTarget(
    "json",
    seeds: {
      [
        #"{"a": [1, -2.5e3, true, false, null, "x\n\u00e9\ud83d\ude00"], "b": {"c": {}}, "d": []}"#,
        #"[[1e308, 0.1, -0, 12345678901234567890, 9223372036854775807]]"#, #""text""#, "0",
        "\u{feff}{}",
      ].map { Data($0.utf8) }
    },
    run: { data in
      let value = try JSONValue(data, file: "x.json", expecting: "JSON")
      requireJSON(value, depth: 0)
      promise(
        (try? JSONValue(data, file: "x", expecting: "", takesInfinity: true)) == value, "twice")
      if data.starts(with: [0xEF, 0xBB, 0xBF]) { return }
      let words = try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
      promise(words != nil, "is no JSON to others")
    })

  private static func requireJSON(_ value: JSONValue, depth: Int) {
    promise(depth <= 64, "nested \(depth) deep")
    if case .number(let number) = value { promise(number.isFinite, "a number is \(number)") }
    for element in value.elements ?? [] { requireJSON(element, depth: depth + 1) }
    for member in (value.members ?? [:]).values { requireJSON(member, depth: depth + 1) }
  }
}
