import ExplorerFixtures
import Foundation
import Hummingbird
import Testing

@testable import Explorer

struct SearchBodyTests {
  private let exploration = HandmadeExploration(count: 20)

  private func request(_ json: String) throws -> SearchRequest {
    let service = ExplorerService(
      exploration, page: PageAsset([], mediaType: ""), assets: [:], limits: ExplorerLimits())
    let call = Call(service: service, names: [:], parameters: [:], body: ByteBuffer(string: json))
    let body = try SearchBody(call, members: SearchBody.searchMembers)
    return try body.request(among: try call.images(of: body.condition))
  }

  @Test func `everything that can be looked for is read`() throws {
    let found = try request(
      """
      {"prompts": [{"text": "ä", "weight": -0.5}, {"text": ""}], "examples": [{"row": 19, "weight": 2}],
       "region": "AQAA", "within": null, "count": 7, "condition": "clean",
       "filters": [{"key": "a", "isOne": ["x", ""]}, {"key": "b", "lower": 1, "upper": null},
                   {"key": "c", "contains": "t"}]}
      """)
    #expect(
      found
        == SearchRequest(
          prompts: [.init(text: "ä", weight: -0.5), .init(text: "")],
          examples: [.init(row: 19, weight: 2)], region: RowMask(count: 20) { $0 == 0 },
          filters: [
            .isOne(key: "a", of: ["x", ""]), .isBetween(key: "b", lower: 1, upper: nil),
            .contains(key: "c", text: "t"),
          ], count: 7))
    #expect(try request("{}") == SearchRequest())
  }

  @Test(arguments: [
    "", "[]", "null", "{", "{\"prompts\": 1}", "{\"prompt\": []}", "{\"count\": 0}",
    "{\"count\": 1001}",
    "{\"count\": 1.5}", "{\"count\": 1, \"count\": 2}", "{\"prompts\": [{}]}",
    "{\"prompts\": [{\"text\": \"a\\u0000\"}]}",
    "{\"prompts\": [{\"text\": \"a\", \"weight\": 1e400}]}",
    "{\"prompts\": [{\"text\": \"a\", \"weight\": 1001}]}",
    "{\"prompts\": [{\"text\": \"a\", \"x\": 1}]}",
    "{\"prompts\": [{\"text\": \"a\", \"weight\": \"1\"}]}",
    "{\"prompts\": [{\"text\": \"a\", \"weight\": NaN}]}",
    "{\"examples\": [{\"row\": 20}]}", "{\"examples\": [{\"row\": -1}]}", "{\"examples\": [{}]}",
    "{\"region\": \"AQA\"}", "{\"region\": \"AQ==\"}", "{\"region\": \"AQAQ\"}", "{\"within\": 1}",
    "{\"filters\": [{\"key\": \"a\"}]}", "{\"filters\": [{\"isOne\": []}]}",
    "{\"filters\": [{\"key\": \"a\", \"isOne\": [1]}]}",
    "{\"filters\": [{\"key\": \"a\", \"isOne\": [], \"lower\": 1}]}",
    "{\"filters\": [{\"key\": \"a\", \"lower\": 1e999}]}", "{\"condition\": 1}",
  ])
  func `what is wrong is refused`(_ json: String) {
    #expect { try request(json) } throws: { ($0 as? Refusal)?.status == .badRequest }
  }

  @Test func `a condition that is not there is not found`() {
    #expect { try request("{\"condition\": \"fog-3\"}") } throws: {
      ($0 as? Refusal)?.status == .notFound
    }
  }

  @Test func `texts and lists have limits`() throws {
    let text = String(repeating: "é", count: 2000)
    #expect(try request("{\"prompts\": [{\"text\": \"\(text)\"}]}").prompts.count == 1)
    #expect(throws: Refusal.self) { try request("{\"prompts\": [{\"text\": \"\(text)x\"}]}") }
    func prompts(_ count: Int) -> String {
      let list = [String](repeating: "{\"text\": \"a\"}", count: count)
      return "{\"prompts\": [\(list.joined(separator: ","))]}"
    }
    #expect(try request(prompts(32)).prompts.count == 32)
    #expect(throws: Refusal.self) { try request(prompts(33)) }
  }
}
