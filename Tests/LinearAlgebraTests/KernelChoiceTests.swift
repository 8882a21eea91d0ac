import Testing

@testable import LinearAlgebra

struct KernelChoiceTests {
  private static let avx512 = "avx2 fma avx512f avx512cd avx512bw avx512dq avx512vl"

  private func information(_ flags: String?) -> String {
    "processor\t: 0\nmodel name\t: A CPU with \(Self.avx512) in its name\n"
      + (flags.map { "flags\t\t: \($0)\nbugs\t\t: none\n" } ?? "")
  }

  private func warning(_ forced: String?, core: String, flags: String?) -> String? {
    BLAS.forcedCoreWarning(forced: forced, core: core, cpuInformation: information(flags))
  }

  private func betterCore(_ forced: String?, core: String, flags: String?) -> String? {
    BLAS.betterCore(forced: forced, core: core, cpuInformation: information(flags))
  }

  @Test(arguments: [
    ("Haswell", avx512, "SkylakeX"), ("Zen", avx512, "SkylakeX"), ("Prescott", avx512, "SkylakeX"),
    ("Nehalem", "fpu avx avx2 fma", "Haswell"), ("Sandybridge", "avx2 fma avx512f", "Haswell"),
  ])
  func `kernels below the CPU are replaced, or warned of when forced`(
    core: String, flags: String, better: String
  ) {
    #expect(betterCore(nil, core: core, flags: flags) == better)
    #expect(betterCore("FORCED", core: core, flags: flags) == nil)
    let text = warning("FORCED", core: core, flags: flags)
    #expect(text?.contains("OPENBLAS_CORETYPE=FORCED") == true)
    #expect(text?.contains("\(core) kernels") == true)
    #expect(text?.contains("unset it") == true)
    #expect(warning(nil, core: core, flags: flags) == nil)
  }

  @Test(arguments: [
    ("SkylakeX", avx512), ("Cooperlake", avx512), ("SAPPHIRERAPIDS", avx512),
    ("Haswell", "fpu sse2 avx2 fma"), ("Zen", "avx2 fma"), ("Nehalem", "sse4_2 avx"),
    ("Haswell", "avx2 fma avx512_but_not_f avx512fx"), ("Nehalem", "avx2 without its partner"),
  ])
  func `kernels that fit the CPU are neither`(core: String, flags: String) {
    #expect(warning("FORCED", core: core, flags: flags) == nil)
    #expect(betterCore(nil, core: core, flags: flags) == nil)
  }

  @Test func `a system that does not tell its features is left alone`() {
    #expect(warning("Haswell", core: "Haswell", flags: nil) == nil)
    #expect(betterCore(nil, core: "Prescott", flags: nil) == nil)
    #expect(BLAS.forcedCoreWarning(forced: "Haswell", core: "Haswell", cpuInformation: "") == nil)
  }
}
