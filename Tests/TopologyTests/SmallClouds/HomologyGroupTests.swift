import Testing

@testable import Topology

@Suite struct HomologyGroupTests {
  @Test func `a relation ends the youngest class in it`() {
    var group = HomologyGroup()
    let a = group.addClass(bornAt: 1)
    let b = group.addClass(bornAt: 2)
    let c = group.addClass(bornAt: 3)
    // Once b = a, their sum is no news, and b + c ends c.
    let news = [(a, b), (b, a), (b, c), (c, a), (a, 0)].enumerated().map { time, pair in
      group.addRelation(group.sum(pair.0, pair.1), at: Float(10 + time))
    }
    #expect(news == [true, false, true, false, true])
    #expect(group.ended.map(\.birth) == [2, 3, 1])
    #expect(group.ended.map(\.death) == [10, 12, 14])
    #expect(group.living.isEmpty)
  }

  @Test func `a class that ends where it was born leaves no bar`() {
    var group = HomologyGroup()
    let a = group.addClass(bornAt: 1)
    let isNews = group.addRelation(a, at: 1)
    #expect(isNews)
    #expect(group.ended.isEmpty)
    #expect(group.living.isEmpty)
  }

  @Test func `sums of labels obey the laws of a vector space`() {
    var group = HomologyGroup()
    let basis = (0..<150).map { group.addClass(bornAt: Float($0)) }
    #expect(Set(basis).count == 150)
    let (a, b, c) = (basis[3], basis[70], basis[149])
    let ab = group.sum(a, b)
    let bc = group.sum(b, c)
    let sums = [(ab, c), (a, bc), (ab, bc), (c, a), (ab, b), (ab, 0), (ab, ab)].map {
      group.sum($0, $1)
    }
    #expect(sums[0] == sums[1])
    #expect(sums[2] == sums[3])
    #expect(sums[4] == a)
    #expect(sums[5] == ab)
    #expect(sums[6] == 0)
  }

  /// A plain model: words as sets of all classes ever born, reduced from the youngest down.
  @Test(arguments: [0.05, 0.5, 0.95])
  func `bits are recycled without a change of meaning`(rateOfRelations: Double) {
    var random = SplitMix(seed: UInt64(rateOfRelations * 100))
    var group = HomologyGroup()
    var words: [(label: HomologyGroup.Label, classes: Set<Int>)] = []
    var relations: [Int: Set<Int>] = [:]
    var bars: [[Float]] = []
    var count = 0
    for step in 0..<3000 {
      let value = Float(step)
      let living = count - relations.count
      if living < 2 || Double.random(in: 0..<1, using: &random) > rateOfRelations {
        words.append((group.addClass(bornAt: value), [count]))
        bars.append([value, .infinity])
        count += 1
        if count > 700 { break }
      } else {
        let picked = (0..<Int.random(in: 1...3, using: &random)).map { _ in
          words[Int.random(in: 0..<words.count, using: &random)]
        }
        let label = picked.reduce(0) { group.sum($0, $1.label) }
        let sum = picked.reduce(Set<Int>()) { $0.symmetricDifference($1.classes) }
        words.append((label, sum))
        var reduced = sum
        while let youngest = reduced.max(), let relation = relations[youngest] {
          reduced.formSymmetricDifference(relation)
        }
        let isNews = group.addRelation(label, at: value)
        #expect(isNews == !reduced.isEmpty)
        if let youngest = reduced.max() {
          relations[youngest] = reduced
          bars[youngest][1] = value
        }
      }
    }
    let expected = bars.filter { $0[1] < .infinity }.sorted { $0[0] < $1[0] }
    #expect(group.ended.sorted { $0.birth < $1.birth }.map { [$0.birth, $0.death] } == expected)
    #expect(group.living == bars.filter { $0[1] == .infinity }.map { $0[0] })
  }
}
