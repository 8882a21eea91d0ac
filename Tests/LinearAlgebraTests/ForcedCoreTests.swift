import Testing

@testable import LinearAlgebra

struct ForcedCoreTests {
  private func warning(_ forced: String?, core: String, flags: String?) -> String? {
    BLAS.forcedCoreWarning(
      forced: forced, core: core,
      cpuInformation: "processor\t: 0\nmodel name\t: A CPU with avx512f in its name\n"
        + (flags.map { "flags\t\t: \($0)\nbugs\t\t: none\n" } ?? ""))
  }

  @Test(arguments: [
    ("Haswell", "fpu sse2 avx2 avx512f"), ("Zen", "avx512f avx2"), ("Excavator", "avx512f"),
    ("Nehalem", "fpu avx avx2 fma"), ("Prescott", "avx2"), ("Sandybridge", "avx2 avx512f"),
  ])
  func `kernels below the CPU are warned of`(core: String, flags: String) {
    let text = warning("FORCED", core: core, flags: flags)
    #expect(text?.contains("OPENBLAS_CORETYPE=FORCED") == true)
    #expect(text?.contains("\(core) kernels") == true)
    #expect(text?.contains("unset it") == true)
  }

  @Test(arguments: [
    ("SkylakeX", "avx2 avx512f"), ("Cooperlake", "avx2 avx512f"), ("SAPPHIRERAPIDS", "avx512f"),
    ("Haswell", "fpu sse2 avx2"), ("Zen", "avx2"), ("Nehalem", "sse4_2 avx"),
    ("Haswell", "avx2 avx512_but_not_f avx512fx"),
  ])
  func `kernels that fit the CPU are not`(core: String, flags: String) {
    #expect(warning("FORCED", core: core, flags: flags) == nil)
  }

  @Test func `nothing forced, nothing warned of`() {
    #expect(warning(nil, core: "Haswell", flags: "avx512f") == nil)
    #expect(warning("", core: "Haswell", flags: "avx512f") == nil)
  }

  @Test func `a system that does not tell its features is not warned of`() {
    #expect(warning("Haswell", core: "Haswell", flags: nil) == nil)
    #expect(BLAS.forcedCoreWarning(forced: "Haswell", core: "Haswell", cpuInformation: "") == nil)
  }
}
