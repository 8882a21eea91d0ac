import Hummingbird
import Testing

@testable import Explorer

struct AnswerCacheTests {
  private func answer(_ text: String) -> Answer { Answer(ByteBuffer(string: text), "text/plain") }

  @Test func `an answer is made once for a revision`() {
    let cache = AnswerCache()
    var made = 0
    for revision in [1, 1, 2, 2, 1] {
      _ = cache.answer("a", revision: revision) {
        made += 1
        return answer("a\(revision)")
      }
    }
    #expect(made == 3)
    #expect(cache.answer("a", revision: 1) { answer("other") }.tag == answer("a1").tag)
    #expect(cache.answer("b", revision: 1) { answer("b") }.tag == answer("b").tag)
  }

  @Test func `what is too large is not kept, and what is full begins again`() {
    let cache = AnswerCache(limit: 10)
    var made = 0
    func ask(_ key: String, _ text: String) {
      _ = cache.answer(key, revision: 1) {
        made += 1
        return answer(text)
      }
    }
    ask("large", "12345678901")
    ask("large", "12345678901")
    #expect(made == 2)
    ask("a", "123456")
    ask("b", "123456")
    ask("b", "123456")
    #expect(made == 4)
    ask("a", "123456")
    #expect(made == 5)
  }
}
