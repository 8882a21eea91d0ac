import Testing

@testable import LinearAlgebra

struct ProcessorCountTests {
  private func allowed(_ mask: String) -> Int? {
    ProcessorCount.allowed(
      inStatus: "Name:\tx\nCpus_allowed_list:\t0-63\nCpus_allowed:\(mask)\nMems_allowed:\tff\n")
  }

  @Test(arguments: [
    ("\t1", 1), ("\t3", 2), ("\tff", 8), ("\tFF", 8), ("\t8000", 1), ("\ta5", 4),
    ("\tffffffff,ffffffff", 64), ("\t00000000,00000000,00000000,0000000f", 4),
    ("   80000000,00000001  ", 2),
  ])
  func `set bits are counted`(mask: String, count: Int) {
    #expect(allowed(mask) == count)
  }

  @Test func `no line or no bit is nil`() {
    #expect(ProcessorCount.allowed(inStatus: "") == nil)
    #expect(ProcessorCount.allowed(inStatus: "Cpus_allowed_list:\t0-3\n") == nil)
    #expect(allowed("") == nil)
    #expect(allowed("\t0,00000000") == nil)
  }
}
