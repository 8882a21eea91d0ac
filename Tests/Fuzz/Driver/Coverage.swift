import Fixtures
import Foundation
import Fuzzing

#if LIBFUZZER
@_silgen_name("LLVMFuzzerRunDriver")
private func runLibFuzzer(
  _ count: UnsafeMutablePointer<Int32>,
  _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32
#endif

/// libFuzzer, which keeps inputs that reach what none before them did, and damages those further.
enum Coverage {
  nonisolated(unsafe) private static var target = FuzzTarget.all[0]

  /// Fuzzes a target with libFuzzer until its flags say that it is enough.
  ///
  /// The seeds are written to a folder of their own, to which what is found is added.
  static func run(_ target: FuzzTarget, flags: [String]) {
    #if LIBFUZZER
    unsafe Self.target = target
    do {
      let folder = Checkout.folder.appending(path: ".build/fuzz/\(target.name)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let seeds = try target.seeds(corpus: Checkout.folder.appending(path: "Tests/Fuzz/Corpus"))
      for (place, seed) in seeds.enumerated() {
        try seed.write(to: folder.appending(path: "seed-\(place)"))
      }
      let words = [CommandLine.arguments[0]] + flags + [folder.path]
      var pointers = unsafe words.map { unsafe strdup($0) }
      unsafe pointers.append(nil)
      var count = Int32(words.count)
      let code = unsafe pointers.withUnsafeMutableBufferPointer { buffer in
        guard var start = buffer.baseAddress else { return Int32(1) }
        return unsafe runLibFuzzer(&count, &start) { bytes, count in
          unsafe Coverage.target.execute(Data(UnsafeBufferPointer(start: bytes, count: count)))
          return 0
        }
      }
      exit(code)
    } catch {
      Fuzz.fail("\(error)")
    }
    #else
    Fuzz.fail("this build has no libFuzzer; see make fuzz")
    #endif
  }
}
