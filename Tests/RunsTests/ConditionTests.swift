import Images
import Testing

@testable import Runs

struct ConditionTests {
  private func all(
    _ kinds: [NoiseKind] = [.gaussian], levels: [Double] = [0], severities: [Int] = [0],
    seeds: [UInt64] = [0]
  ) -> [Condition] {
    Condition.all(kinds: kinds, levels: levels, severities: severities, seeds: seeds)
  }

  @Test func `levels times seeds, each once, in order`() {
    #expect(
      all(levels: [1, 0, 0.5, 1], seeds: [7, 0]).map(\.name) == [
        "clean", "gaussian-0.5-s0", "gaussian-0.5-s7", "gaussian-1-s0", "gaussian-1-s7",
      ])
    #expect(all(levels: [2], seeds: [1]).map(\.name) == ["gaussian-2-s1"])
  }

  @Test func `kinds with their own levels, clean once, and no seed where nothing is random`() {
    let conditions = all(
      [.blur, .shot, .gaussian, .blur], levels: [0, 4], severities: [5, 0, 2], seeds: [0, 1])
    #expect(
      conditions.map(\.name) == [
        "clean", "gaussian-4-s0", "gaussian-4-s1", "shot-2-s0", "shot-2-s1", "shot-5-s0",
        "shot-5-s1", "blur-2", "blur-5",
      ])
    #expect(
      all([.jpeg, .contrast], severities: [3], seeds: []).map(\.name) == ["jpeg-3", "contrast-3"])
  }

  @Test func `names read back`() {
    let conditions = all(
      NoiseKind.all, levels: [0, 0.5, 1, 2, 1e-5, 0.1 + 0.2, 1000],
      severities: [0, 1, 2, 3, 4, 5], seeds: [0, .max])
    let counts = NoiseKind.all.map { ($0.hasSeverities ? 5 : 6) * ($0.isRandom ? 2 : 1) }
    #expect(conditions.count == 1 + counts.reduce(0, +))
    for condition in conditions { #expect(Condition(name: condition.name) == condition) }
  }

  @Test(arguments: [
    "", "text", "image", "gaussian", "gaussian-0.5", "gaussian-0-s0", "gaussian-x-s0",
    "gaussian-0.5-s-1", "shot-1", "shot-1.5-s0", "shot-6-s0", "shot-0-s0", "blur-1-s0", "blur-0",
    "-1", "1-2", "fog-0", "fog-1-s", "clean.npy", "gaussian-1e999-s0",
    "shot-1-s99999999999999999999", "none-3", "clean-3", "none-0.5-s1", "x-5e-3.0",
    String(repeating: "n", count: 101) + "-1",
  ])
  func `other names are no conditions`(name: String) {
    #expect(Condition(name: name) == nil)
  }

  @Test(arguments: [
    "fog-1", "defocus_blur-3", "jpeg-2000-0.5-s7", "glass-blur-1e-05",
    String(repeating: "n", count: 100) + "-1",
  ])
  func `a kind of noise need not be registered`(name: String) throws {
    let condition = try #require(Condition(name: name))
    #expect(condition.name == name && condition.kind == nil)
    #expect(Condition(tableFields: condition.tableFields) == condition)
    // Behind those that are registered, by name.
    #expect(try #require(Condition(name: "contrast-5")) < condition)
  }

  @Test func `a clean row has noise none, level 0 and no seed`() {
    #expect(Condition.clean.tableFields == ["none", "0", ""])
    #expect(Condition(name: "gaussian-0.5-s3")?.tableFields == ["gaussian", "0.5", "3"])
    #expect(Condition(name: "blur-3")?.tableFields == ["blur", "3", ""])
  }

  @Test func `a line of a table says which condition it is of`() throws {
    for name in ["clean", "gaussian-0.5-s3", "blur-2"] {
      let condition = try #require(Condition(name: name))
      #expect(Condition(tableFields: condition.tableFields) == condition)
    }
    #expect(Condition(tableFields: ["none", "1", ""]) == nil)
    #expect(Condition(tableFields: ["gaussian", "1", ""]) == nil)
    #expect(Condition(tableFields: ["blur", "2", "0"]) == nil)
  }

  /// Regression: `none-3` was a condition whose run could not be read.
  @Test func `the words for the clean images are no kinds`() throws {
    for word in ["none", "clean"] {
      let problem = try #require(Condition.problem(ofName: word + "-3"))
      #expect(problem.hasPrefix("\(word) is the word for the clean images, whose level is 0"))
      #expect(problem.hasSuffix("such as own-\(word)"))
      #expect(Condition(kind: word, level: 3, seed: nil) == nil)
      #expect(Condition(kind: word, level: 0, seed: nil) == .clean)
    }
    // A run that was made with it is read all the same.
    #expect(Condition(tableFields: ["clean", "3", ""])?.name == "clean-3")
    #expect(Condition.problem(ofName: "clean") == nil && Condition(name: "nonesuch-3") != nil)
  }

  /// Regression: a condition without a seed and one of the seed 0 stood in either order.
  @Test func `the order of conditions is total`() throws {
    let names = ["mist-3", "mist-3-s0", "mist-3-s1", "mist-4"]
    let conditions = try names.map { try #require(Condition(name: $0)) }
    for (i, a) in conditions.enumerated() {
      for (j, b) in conditions.enumerated() { #expect((a < b) == (i < j), "\(a.name) \(b.name)") }
    }
    #expect(conditions.reversed().sorted().map(\.name) == names)
  }

  /// Regression: kind x-5e of level 3 has the name of kind x of level 0.005.
  @Test func `a kind whose name reads as another is refused`() throws {
    #expect(Condition(kind: "x-5e", level: 3, seed: nil) == nil)
    #expect(
      Condition.problem(noise: "x-5e", level: 3, seed: nil)
        == "x-5e of level 3 would be called x-5e-3, which is x of level 0.005; give the kind another name, "
        + "such as x-5e_")
    #expect(Condition(kind: "x-5e_", level: 3, seed: nil)?.name == "x-5e_-3")
    #expect(Condition(name: "x-5e_-3")?.noise == "x-5e_")
    // Of another level it is not.
    let other = try #require(Condition(kind: "x-5e", level: 2.5, seed: nil))
    #expect(Condition(name: other.name) == other)
    #expect(Condition(tableFields: ["x-5e", "3", ""])?.name == "x-5e-3")
  }

  @Test func `a kind's name has 100 letters at most`() {
    let name = String(repeating: "n", count: 101)
    #expect(
      Condition.problem(noise: name, level: 1, seed: nil)
        == "the name of its kind has 101 letters; expected at most 100")
  }
}
