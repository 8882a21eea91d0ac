import Testing

@testable import FileAnalyses

struct InputNamesTests {
  @Test(arguments: [
    (["a.npy"], ["a"]), (["x/a.npy", "y/b.csv"], ["a", "b"]), (["a.npz:m/n"], ["a-m-n"]),
    (["a.npz:m/\u{301}n\0"], ["a-m-\u{301}n-"]),
    (["a:b.npy"], ["a:b"]), (["a.safetensors:t", "a.npz:t"], ["a-t", "a-t-2"]),
    (["x/a.npy", "y/a.npy", "a.csv"], ["a", "a-2", "a-3"]),
    // The number of one is never the name of another.
    (["x/a.npy", "y/a.npy", "a-2.npy"], ["a", "a-3", "a-2"]), ([], []),
  ])
  func `names are short and all different`(inputs: [String], names: [String]) {
    #expect(InputNames.distinct(inputs) == names)
  }

  @Test func `a reserved name is not given`() {
    #expect(InputNames.distinct(["betti.npy", "x.npy"], reserved: ["betti"]) == ["betti-2", "x"])
  }
}
