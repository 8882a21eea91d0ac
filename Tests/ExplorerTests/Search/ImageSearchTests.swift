import CLIP
import Foundation
import ModelFixtures
import Testing

@testable import Explorer

struct ImageSearchTests {
  private let set = ImageSet.bare(4)
  private let rows: IndexedRows
  private let search: ImageSearch

  init() throws {
    rows = try IndexedRows([[1, 0, 0], [0, 1, 0], [0, 0.6, 0.8], nil])
    search = ImageSearch(index: rows.index, encoder: nil, rows: rows.float32)
  }

  private func found(_ request: SearchRequest) throws -> [Int] {
    try search.search(request, in: set).hits.map(\.row)
  }

  private func problem(_ request: SearchRequest) -> String {
    do { return "\(try found(request))" } catch { return "\(error)" }
  }

  @Test func `An example finds itself first`() throws {
    let result = try search.search(SearchRequest(examples: [.init(row: 1)]), in: set)
    #expect(result.hits.map(\.row) == [1, 2, 0] && result.candidateCount == 3)
    #expect(abs(result.hits[0].cosine - 1) < 1e-6 && abs(result.hits[1].cosine - 0.6) < 1e-6)
    #expect(abs(result.hits[1].similarity - 1.5) < 1e-6 && result.hits[2].similarity == 0)
  }

  @Test func `Plus and minus weigh as they should`() throws {
    // (1, −2, 0) / √5
    let request = SearchRequest(examples: [.init(row: 0), .init(row: 1, weight: -2)])
    let result = try search.search(request, in: set)
    #expect(result.hits.map(\.row) == [0, 2, 1])
    #expect(abs(result.hits[2].cosine + 2 / 5.0.squareRoot()) < 1e-6)
    // Weights count by their ratio.
    let scaled = SearchRequest(
      examples: [.init(row: 0, weight: 1e200), .init(row: 1, weight: -2e200)])
    #expect(try search.search(scaled, in: set) == result)
  }

  @Test func `A region is the direction of its mean`() throws {
    let region = RowMask(count: 4) { $0 < 2 || $0 == 3 }
    let result = try search.search(SearchRequest(region: region), in: set)
    #expect(result.hits.map(\.row) == [0, 1, 2])
    #expect(abs(result.hits[0].cosine - 0.5.squareRoot()) < 1e-6)
    #expect(
      try found(SearchRequest(region: RowMask(count: 4) { $0 == 2 })) == [2, 1, 0])
  }

  @Test func `Filters and choices leave the others out`() throws {
    var set = set
    set.columns = [
      MetadataColumn(key: "k", values: .categories(names: ["a"], codes: [0, -1, 0, 0]))
    ]
    set.embedded = RowMask(count: 4) { $0 != 2 }
    let all = SearchRequest(examples: [.init(row: 1)])
    #expect(try search.search(all, in: set).hits.map(\.row) == [1, 0])
    var request = all
    request.filters = [.isOne(key: "k", of: ["a"])]
    let filtered = try search.search(request, in: set)
    #expect(filtered.hits.map(\.row) == [0] && filtered.candidateCount == 1)
    request = all
    request.within = RowMask(count: 4) { $0 == 1 }
    #expect(try search.search(request, in: set).hits.map(\.row) == [1])
    request.within = RowMask(count: 4)
    #expect(try search.search(request, in: set) == SearchResult(hits: [], candidateCount: 0))
    request = all
    request.count = 1
    #expect(try search.search(request, in: set).hits.map(\.row) == [1])
  }

  @Test func `What cannot be looked for is said`() throws {
    #expect(problem(SearchRequest()).contains("nothing to look for"))
    #expect(problem(SearchRequest(examples: [.init(row: 4)])).contains("no image 4"))
    #expect(problem(SearchRequest(examples: [.init(row: -1)])).contains("no image -1"))
    #expect(problem(SearchRequest(examples: [.init(row: 3)])).contains("no embedding"))
    #expect(
      problem(SearchRequest(examples: [.init(row: 0), .init(row: 0, weight: -1)])).contains(
        "weighs to nothing"))
    #expect(
      problem(SearchRequest(examples: [.init(row: 0, weight: 0)])).contains("weighs to nothing"))
    for weight in [Double.nan, .infinity] {
      let request = SearchRequest(examples: [.init(row: 0, weight: weight)])
      #expect(problem(request).contains("a weight is"))
    }
    let huge = Double.greatestFiniteMagnitude
    #expect(
      problem(
        SearchRequest(examples: [.init(row: 0, weight: huge), .init(row: 1, weight: huge)])
      ).contains("weighs to nothing"))
    #expect(problem(SearchRequest(region: RowMask(count: 4))).contains("no image that is embedded"))
    #expect(problem(SearchRequest(region: RowMask(count: 9))).contains("is of 9 images"))
    #expect(
      problem(SearchRequest(examples: [.init(row: 0)], within: RowMask(count: 1))).contains(
        "is of 1 images"))
    for count in [0, -1, 1001, Int.max] {
      #expect(
        problem(SearchRequest(examples: [.init(row: 0)], count: count)).contains("1 to 1000"))
    }
    #expect(
      problem(SearchRequest(examples: .init(repeating: .init(row: 0), count: 65))).contains(
        "at most 64"))
    #expect(
      problem(SearchRequest(prompts: .init(repeating: .init(text: "a"), count: 33))).contains(
        "at most 32"))
    #expect(problem(SearchRequest(prompts: [.init(text: "a")])).contains("no model is known"))
    #expect(throws: SearchError.self) {
      try search.search(SearchRequest(examples: [.init(row: 0)]), in: .bare(3))
    }
  }

  @Test func `A text finds the images by the model's own embedding`() throws {
    let model = try TinyModel()
    defer { model.remove() }
    let opened = try CLIPModel(directory: model.folder.path)
    let encoder = try QueryEncoder(opened)
    let rows = try IndexedRows(
      IndexedRows.random(50, encoder.dimension) + [try encoder.embed("a red dot")])
    let search = ImageSearch(index: rows.index, encoder: encoder, rows: rows.float32)
    let set = ImageSet.bare(51)
    let request = SearchRequest(prompts: [.init(text: "A  red dot")], count: 3)
    let result = try search.search(request, in: set)
    #expect(result.hits[0].row == 50 && abs(result.hits[0].cosine - 1) < 1e-6)
    let against = SearchRequest(prompts: [.init(text: "a red dot", weight: -1)], count: 51)
    #expect(try search.search(against, in: set).hits[50].row == 50)
    for (text, problem) in [
      ("", "is empty"), (" \n", "is empty"),
      (String(repeating: "x", count: 2001), "2001 characters"),
    ] {
      do {
        _ = try search.search(SearchRequest(prompts: [.init(text: text)]), in: set)
        Issue.record("\(text) is refused")
      } catch { #expect("\(error)".contains(problem)) }
    }
    // A model of another dimension.
    let other = ImageSearch(
      index: self.rows.index, encoder: encoder, rows: self.rows.float32)
    #expect(throws: SearchError.self) {
      try other.search(SearchRequest(prompts: [.init(text: "a")]), in: self.set)
    }
  }
}
