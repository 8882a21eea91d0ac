import Testing

@testable import Images

struct NoiseSpecificationTests {
  @Test func `clipping left open follows the space and the stage`() throws {
    for (space, stage, clipping) in [
      (.normalized, .preprocessed, .none), (.unit, .preprocessed, .unit),
      (.byte, .preprocessed, .unit), (.normalized, .native, .unit), (.unit, .native, .unit),
      (.byte, .native, .unit),
    ] as [(NoiseSpace, NoiseStage, NoiseClipping)] {
      #expect(try NoiseSpecification(space: space, stage: stage).clipping == clipping)
    }
  }

  @Test func `clipping that is given holds`() throws {
    for clipping in NoiseClipping.allCases {
      for space in NoiseSpace.allCases {
        #expect(
          try NoiseSpecification(space: space, stage: .preprocessed, clipping: clipping).clipping
            == clipping)
      }
    }
  }

  @Test(arguments: NoiseSpace.allCases)
  func `noise at the native stage cannot go unclipped`(space: NoiseSpace) {
    let error = #expect(throws: NoiseError.self) {
      try NoiseSpecification(space: space, stage: .native, clipping: NoiseClipping.none)
    }
    #expect(error?.description.contains("use --clip unit, or --noise-stage preprocessed") == true)
  }

  @Test func `descriptions differ exactly where specifications do`() throws {
    var descriptions: Set<String> = []
    var count = 0
    for space in NoiseSpace.allCases {
      for stage in NoiseStage.allCases {
        for clipping in NoiseClipping.allCases where stage == .preprocessed || clipping == .unit {
          let noise = try NoiseSpecification(space: space, stage: stage, clipping: clipping)
          descriptions.insert(noise.canonicalDescription(of: .gaussian))
          count += 1
        }
      }
    }
    #expect(descriptions.count == count && count == 9)
    #expect(
      try NoiseSpecification(space: .unit, stage: .native).canonicalDescription(of: .gaussian)
        == "space=unit stage=native clip=unit generator=philox4x32-10/box-muller-1")
  }

  @Test func `descriptions tell kinds and stages apart, and no space where there is none`() throws {
    let all = try NoiseStage.allCases.flatMap { stage in
      try NoiseKind.all.map { kind in
        try NoiseSpecification(space: .unit, stage: stage).canonicalDescription(of: kind)
      }
    }
    #expect(Set(all).count == NoiseKind.all.count * NoiseStage.allCases.count)
    let byte = try NoiseSpecification(space: .byte, stage: .native)
    #expect(byte.canonicalDescription(of: .blur) == "stage=native method=gaussian-filter-1")
  }
}
