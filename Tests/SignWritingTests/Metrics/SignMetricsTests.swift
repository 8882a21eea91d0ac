import Foundation
import Testing

@testable import SignWriting

/// Against PyPI signwriting-evaluation 0.1.0 with signwriting 0.1.19, sacrebleu 2.6.0, SciPy's assignment.
@Suite struct SignMetricsTests {
  private static let hypothesis = "M530x538S37602508x462S15a11493x494S20e00488x510S22f03469x517"
  private static let reference = "M519x534S37900497x466S3770b497x485S15a51491x501S22f03481x513"
  private static let near = "M530x538S17600508x462S15a11493x494S20e00488x510S22f03469x517"
  private static let nearReference = "M530x538S17600508x462S12a11493x494S20e00488x510S22f13469x517"

  private func similarity(_ first: String, _ second: String) -> Double {
    SignSimilarity.between(Sign.signs(tolerating: first), Sign.signs(tolerating: second))
  }

  private func bleu(_ hypothesis: String, _ references: [String]) -> BLEU {
    func tokens(_ text: String) -> [SignToken] {
      SignToken.tokens(of: Sign.signs(tolerating: text))
    }
    return BLEU(hypothesis: tokens(hypothesis), references: references.map(tokens))
  }

  private func isNear(_ first: Double, _ second: Double) -> Bool { abs(first - second) <= 1e-12 }

  /// From the package's own tests, which give BLEU and chrF with nine digits.
  @Test func `known values`() {
    #expect(isNear(similarity(Self.hypothesis, Self.reference), 0.5557001288803375))
    #expect(isNear(similarity(Self.reference, Self.hypothesis), 0.5557001288803375))
    #expect(abs(bleu(Self.hypothesis, [Self.reference]).score - 0.126835469) < 1e-9)
    let f = CharacterFScore(hypothesis: Self.hypothesis, references: [Self.reference]).score
    #expect(abs(f - 0.293473597) < 1e-9)
    #expect(isNear(similarity(Self.near, Self.nearReference), 0.8210067817002714))
    let twice = Self.near + " " + Self.near
    #expect(isNear(similarity(twice, Self.nearReference), 0.8210067817002714 / 2))
    #expect(similarity("M<s><s>M<s>p483", "M<s><s>M<s>p483") == 0)
    // A base that no class has is as far as can be.
    #expect(similarity("M530x538S38c00508x462", "M530x538S10000508x462") == 0)
    #expect(
      isNear(
        similarity("𝠃𝤤𝤬񎱃𝤎𝣠񂇒𝣿𝤀񆕁𝣺𝤐񇆤𝣧𝤗", "𝠃𝤙𝤨񎵡𝤃𝣤񎲬𝤃𝣷񂈒𝣽𝤇񇆤𝣳𝤓"),
        0.5557001288803375))
  }

  @Test func `a text is like itself in any order`() {
    let jumbled = "M530x538S22f03469x517S37602508x462S20e00488x510S15a11493x494"
    #expect(isNear(similarity(Self.hypothesis, jumbled), 1))
    let signs = [Self.near, Self.nearReference]
    #expect(
      isNear(similarity(signs.joined(separator: " "), signs.reversed().joined(separator: " ")), 1))
    #expect(isNear(bleu(Self.near, [Self.near]).score, 1))
    #expect(isNear(CharacterFScore(hypothesis: Self.near, references: [Self.near]).score, 1))
  }

  @Test func `distance by hand`() throws {
    func placed(_ text: String) throws -> Sign.Placed {
      try #require(try Sign(fsw: text).symbols.first)
    }
    // A base apart 5, a fill 5/3, and 50 apart in place: a tenth of that.
    let first = try placed("S10000500x500")
    let second = try placed("S10110530x540")
    #expect(isNear(SymbolDistance.between(first, second), (25 + 25.0 / 9).squareRoot() + 5))
    // From a hand to a contact symbol: the next class.
    let contact = try placed("S20500500x500")
    #expect(isNear(SymbolDistance.between(first, contact), 0x105 * 5 + 100))
    // Fills 2 and 3 have the palm upright and parallel to the floor.
    let (upright, parallel) = (try placed("S10020500x500"), try placed("S10030500x500"))
    #expect(isNear(SymbolDistance.between(upright, parallel), (25.0 / 9 + 25).squareRoot()))
  }

  @Test func `damaged texts have the reference's scores`() {
    let reference = "M530x538S37602508x462S15a11493x494S20e00488x510"
    let cases: [(String, Double, Double, Double)] = [
      ("", 0, 0.0067379469990854705, 0),
      ("M<s><s>M<s>p483", 0, 0.04088986951654114, 0.020629628176140117),
      ("M530x538S37602508x462S15a1", 0.41789321881345254, 0.2865047968601902, 0.5824467179751918),
      (
        "M500x500S1000050x500S20000500x499", 0.21131214660366926, 0.07405764422833548,
        0.14487230848662339
      ),
      ("B900x999S37602008x999S4a000500x500", 0, 0.14811528845667093, 0.180565564892012),
      (
        "M530x538S37602508x462 S38800464x496", 0.20894660940672627, 0.42726305630398065,
        0.5291208363904173
      ),
      (
        "R530x538S15a70493x494S15a5f493x494", 0.3474569420660569, 0.047318621096418684,
        0.3357780233503277
      ),
      (
        "M530x538 S37602508x462  S15a11493x494\n", 0.1392977396044842, 0.5578537980042048,
        0.7514006789754007
      ),
      (
        "L530x538S3ff5f749x749S10000250x250", 0.06055501254623638, 0.059474984828954976,
        0.2714151827062609
      ),
    ]
    for (text, expected, expectedBLEU, expectedF) in cases {
      #expect(isNear(similarity(text, reference), expected), "\(text)")
      #expect(isNear(bleu(text, [reference]).score, expectedBLEU), "\(text)")
      let f = CharacterFScore(hypothesis: text, references: [reference]).score
      #expect(isNear(f, expectedF), "\(text)")
    }
  }

  /// Records of sign2mint.csv, from 0, drawn by chance: similarity, BLEU, chrF.
  private static let oracle: [(Int, Int, Double, Double, Double)] = [
    (84, 214, 0.39870439013427245, 0.10655893794246038, 0.33138585688254013),
    (353, 214, 0.4128518531068653, 0.0967531844232093, 0.3219411176988032),
    (325, 144, 0.5530164190423136, 0.1620978046159249, 0.3648392334307801),
    (245, 110, 0.4199586157980914, 0.15149236692461088, 0.3333600143452947),
    (243, 262, 0.29299329719055534, 0.056857585751262374, 0.22520162484800654),
    (93, 258, 0.5071199470447303, 0.12553530547786182, 0.3262904460024523),
    (270, 120, 0.3183120835720408, 0.0660697670080665, 0.20816194890969683),
    (1, 7, 0.19209407951754803, 0.09954487510473113, 0.35686026390328207),
    (189, 299, 0.45559869035142403, 0.16684195647378833, 0.35990289519987473),
    (219, 35, 0.43836197971459184, 0.14860706919206249, 0.3304630808904699),
    (74, 384, 0.25583508269316657, 0.05209911800628078, 0.3310018948461533),
    (118, 119, 0.27376561995513027, 0.07131143348392847, 0.19467441176535935),
    (355, 21, 0.058958079575429374, 0.004996176670087688, 0.07848042954707743),
    (223, 378, 0.4896643897958053, 0.1645494395423276, 0.3575254000423027),
    (394, 208, 0.2566072429293721, 0.1329007997247758, 0.29962733595963026),
    (315, 226, 0.3447523708228708, 0.08971972007750662, 0.268020022854439),
    (17, 168, 0.2675584390694187, 0.06409912521492096, 0.2856701277373276),
    (276, 254, 0.2944469534990044, 0.08471794744989775, 0.24028065655583233),
    (355, 59, 0.26802948604462945, 0.05179293676033425, 0.12560908473277077),
    (332, 188, 0.26166828859303, 0.10339294278472702, 0.40073191837982014),
    (11, 79, 0.3134767050864293, 0.056649542644089, 0.2501536941258741),
    (379, 45, 0.3580322603093042, 0.09274067656437099, 0.3438473235064374),
    (63, 10, 0.15980499213875177, 0.019040701089264474, 0.1360296683182278),
    (232, 82, 0.30491887811942525, 0.055076025528554756, 0.36445017523966267),
    (282, 372, 0.53143957219251, 0.11133996756497437, 0.30124513538281983),
    (175, 205, 0.6137833359347391, 0.14203206314371675, 0.3643101511221436),
    (248, 77, 0.37574794932975825, 0.15090631196761686, 0.31248809428998175),
    (95, 340, 0.3350438276908466, 0.06708839685423083, 0.30736470559509926),
    (19, 240, 0.25476303915890613, 0.019782875611279317, 0.1643772967496072),
    (120, 38, 0.5229696342474214, 0.13555458444275956, 0.3861996670416047),
  ]

  @Test(.enabled(if: SignMint.isThere, SignMint.absence))
  func `pairs of sign2mint have the reference's scores`() throws {
    let texts = try SignMint.texts()
    for (i, j, expected, expectedBLEU, expectedF) in Self.oracle {
      #expect(isNear(similarity(texts[i], texts[j]), expected))
      #expect(isNear(bleu(texts[i], [texts[j]]).score, expectedBLEU))
      let f = CharacterFScore(hypothesis: texts[i], references: [texts[j]]).score
      #expect(isNear(f, expectedF))
    }
  }

  @Test(.enabled(if: SignMint.isThere, SignMint.absence))
  func `corpora of sign2mint have the reference's scores`() throws {
    let texts = try SignMint.texts()
    let shifted = [1, 7].map { Array(texts[$0...] + texts[..<$0]) }
    let expected = [
      (0.40560599741770026, 0.12745173933745602, 0.2974560639949234),
      (0.47336722883219023, 0.15708014139895085, 0.33299365622863036),
    ]
    for (count, values) in zip(1...2, expected) {
      var (total, blue, f) = (0.0, BLEU(), CharacterFScore())
      for (index, text) in texts.enumerated() {
        let references = shifted.prefix(count).map { $0[index] }
        total += references.map { similarity(text, $0) }.max() ?? 0
        blue += bleu(text, references)
        f += CharacterFScore(hypothesis: text, references: references)
      }
      #expect(isNear(total / 400, values.0))
      #expect(isNear(blue.score, values.1))
      #expect(isNear(f.score, values.2))
    }
  }
}
