import Foundation

/// OpenBLAS chooses its kernels when it is loaded, by the name of the CPU, and takes the oldest ones
/// for a CPU newer than itself: version 0.3.21 multiplies with SSE3 on Intel processors of 2023
/// (https://github.com/OpenMathLib/OpenBLAS/issues/4267), at a third of the speed.
extension BLAS {
  /// Starts the program again with better kernels if those that OpenBLAS chose are below the CPU's.
  ///
  /// `OPENBLAS_CORETYPE` is read while the library is loaded, so only a new start can set it. One that
  /// the user set holds. Call it first thing; it costs nothing when the choice was right.
  public static func restartIfKernelsAreBelowCPU() {
    guard
      let core = betterCore(
        forced: forcedCore, core: coreName, cpuInformation: cpuInformation()),
      let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
      unsafe setenv(forcedCoreName, core, 1) == 0
    else { return }
    unsafe execv(program, CommandLine.unsafeArgv)
    // A system that starts no second program runs the first one, slower.
    unsafe unsetenv(forcedCoreName)
  }

  /// Calls `warn` when `OPENBLAS_CORETYPE` in the environment forces kernels below the CPU's: on a
  /// CPU with AVX-512 a forced Haswell kernel costs half the speed.
  public static func warnAboutForcedCore(_ warn: (String) -> Void) {
    if let warning = forcedCoreWarning(
      forced: forcedCore, core: coreName, cpuInformation: cpuInformation())
    {
      warn(warning)
    }
  }

  static func betterCore(forced: String?, core: String, cpuInformation: String) -> String? {
    let possible = Instructions(ofCPU: cpuInformation)
    guard forced == nil, Instructions(ofCore: core) < possible else { return nil }
    return possible == .avx512 ? "SkylakeX" : "Haswell"
  }

  static func forcedCoreWarning(forced: String?, core: String, cpuInformation: String) -> String? {
    guard let forced, Instructions(ofCore: core) < Instructions(ofCPU: cpuInformation) else {
      return nil
    }
    return
      "OPENBLAS_CORETYPE=\(forced) in the environment makes OpenBLAS use \(core) kernels, below "
      + "what this CPU can; unset it (and OPENBLAS_L2_SIZE) for up to twice the speed"
  }

  private static let forcedCoreName = "OPENBLAS_CORETYPE"

  private static var forcedCore: String? {
    let value = ProcessInfo.processInfo.environment[forcedCoreName]
    return value == "" ? nil : value
  }

  private static func cpuInformation() -> String {
    (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
  }

  private enum Instructions: Int, Comparable {
    case older, avx2, avx512

    /// Those of the flags in the text of `/proc/cpuinfo`.
    init(ofCPU information: String) {
      let line = information.split(separator: "\n").first { $0.hasPrefix("flags") } ?? ""
      let flags = Set(line.split(whereSeparator: \.isWhitespace))
      if flags.isSuperset(of: ["avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"]) {
        self = .avx512
      } else {
        self = flags.isSuperset(of: ["avx2", "fma"]) ? .avx2 : .older
      }
    }

    /// Those that OpenBLAS's kernels of a processor use.
    init(ofCore core: String) {
      switch core.lowercased() {
      case "skylakex", "cooperlake", "sapphirerapids": self = .avx512
      case "haswell", "zen", "excavator": self = .avx2
      default: self = .older
      }
    }

    static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }
}
