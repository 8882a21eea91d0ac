import Testing

@testable import Experiments

struct ConditionTests {
  @Test func `levels times seeds, each once, in order`() {
    let conditions = Condition.all(kind: .gaussian, levels: [1, 0, 0.5, 1], seeds: [7, 0])
    #expect(
      conditions.map(\.name) == [
        "clean", "gaussian-0.5-s0", "gaussian-0.5-s7", "gaussian-1-s0", "gaussian-1-s7",
      ])
    #expect(
      Condition.all(kind: .gaussian, levels: [2], seeds: [1]).map(\.name) == ["gaussian-2-s1"])
  }

  @Test func `names read back`() {
    for level in [0.5, 1, 2, 1e-5, 0.1 + 0.2, 1000] {
      for condition in Condition.all(kind: .gaussian, levels: [0, level], seeds: [0, .max]) {
        #expect(Condition(name: condition.name) == condition)
      }
    }
  }

  @Test(arguments: [
    "", "text", "image", "gaussian", "gaussian-0.5", "gaussian-0-s0", "gaussian-x-s0",
    "gaussian-0.5-s-1", "shot-1-s0", "clean.npy", "gaussian-1e999-s0",
  ])
  func `other names are no conditions`(name: String) {
    #expect(Condition(name: name) == nil)
  }

  @Test func `a clean row has noise none, level 0 and no seed`() {
    #expect(Condition.clean.tableFields == ["none", "0", ""])
    #expect(Condition(name: "gaussian-0.5-s3")?.tableFields == ["gaussian", "0.5", "3"])
  }
}
