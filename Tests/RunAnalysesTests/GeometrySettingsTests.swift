import Testing




struct GeometrySettingsTests {
  @Test func `defaults, and values of one's own`() throws {
    let defaults = try experiment().geometry
    #expect(defaults.overlapNeighbors == 10 && defaults.dimensionNeighbors == 20)
    let own = try experiment(["geometry.overlap-neighbors=1", "geometry.dimension-neighbors=3"])
    #expect(own.geometry.overlapNeighbors == 1 && own.geometry.dimensionNeighbors == 3)
    #expect(try own.digest != experiment().digest)
  }

  @Test(arguments: [
    ("overlap-neighbors=0", "expected a whole number from 1"),
    ("overlap-neighbors=2.5", "expected a whole number from 1"),
    ("dimension-neighbors=2", "expected a whole number from 3"),
    ("dimension-neighbors=nan", "expected a whole number from 3"),
    ("neighbors=3", "there is no setting geometry.neighbors"),
  ])
  func `bad values are named with what was expected`(assignment: String, part: String) {
    let message = problem { _ = try experiment(["geometry.\(assignment)"]) }
    #expect(message.hasPrefix("--set geometry.\(assignment): "), "\(message)")
    #expect(message.contains(part), "\(message)")
  }
}
