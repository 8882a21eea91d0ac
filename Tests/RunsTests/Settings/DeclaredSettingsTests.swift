import Testing

@testable import Runs

private struct Kitchen: DeclaredSettings {
  var cooks = 2
  var guests: Int?
  var heat: Double?
  var seed: UInt64 = 0
  var isOpen = true

  init() {}

  static let declared: [Setting<Self>] = [
    .count("cooks", \.cooks, in: 1...5, "how many cook"),
    .optionalCount("guests", \.guests, in: 2...1000, "how many eat"),
    .optionalNumber("heat", \.heat, in: 0...1e3, "how hot"),
    .seed("seed", \.seed, "the seed"), .flag("open", \.isOpen, "whether it is open"),
  ]
}

@Suite struct DeclaredSettingsTests {
  private func kitchen(_ yaml: String) throws -> Kitchen {
    try Kitchen(ConfigurationSection(ConfigurationTree(yaml: yaml, file: "k.yaml")))
  }

  @Test func `what is not said has its default, and every setting its canonical text`() throws {
    #expect(try kitchen("") == Kitchen())
    let set = try kitchen("cooks: 5\nheat: 0.50\nopen: false\nseed: 18446744073709551615\n")
    #expect(set.cooks == 5 && set.heat == 0.5 && !set.isOpen && set.guests == nil)
    #expect(
      set.canonical("kitchen").map { "\($0.key)=\($0.value)" } == [
        "kitchen.cooks=5", "kitchen.guests=", "kitchen.heat=0.5",
        "kitchen.seed=18446744073709551615", "kitchen.open=false",
      ])
    #expect(
      set.canonical("kitchen", ["heat", "open"]).map(\.key) == ["kitchen.heat", "kitchen.open"])
  }

  @Test(arguments: [
    ("cooks: 6", "cooks is \"6\"; expected a whole number from 1 to 5"),
    ("guests: 1", "guests is \"1\"; expected a whole number from 2 to 1000"),
    (
      "guests: 9223372036854775807",
      "guests is \"9223372036854775807\"; expected a whole number from 2 to 1000"
    ),
    (
      "guests: 9223372036854775808",
      "guests is \"9223372036854775808\"; expected a whole number from 2 to 1000"
    ),
    ("heat: 1e308", "heat is \"1e308\"; expected a number from 0 to 1000"),
    ("heat: nan", "heat is \"nan\"; expected a number from 0 to 1000"),
    ("heat: inf", "heat is \"inf\"; expected a number from 0 to 1000"),
    ("heat: -1", "heat is \"-1\"; expected a number from 0 to 1000"),
    ("seed: -1", "seed is \"-1\"; expected a whole number from 0"),
    ("open: maybe", "open is \"maybe\"; expected true or false"),
    ("cook: 3", "there is no setting cook; did you mean cooks?"),
  ])
  func `what is wrong is told with its place`(yaml: String, problem: String) throws {
    #expect(throws: RunError.setting(place: "k.yaml, line 1", problem: problem)) {
      try kitchen(yaml)
    }
  }
}
