import Foundation

extension BLAS {
  /// Calls `warn` when `OPENBLAS_CORETYPE` in the environment forces kernels below the CPU's: on a
  /// CPU with AVX-512 a forced Haswell kernel costs half the speed.
  public static func warnAboutForcedCore(_ warn: (String) -> Void) {
    let cpuInformation = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    if let warning = forcedCoreWarning(
      forced: ProcessInfo.processInfo.environment["OPENBLAS_CORETYPE"], core: coreName,
      cpuInformation: cpuInformation)
    {
      warn(warning)
    }
  }

  static func forcedCoreWarning(forced: String?, core: String, cpuInformation: String) -> String? {
    guard let forced, !forced.isEmpty else { return nil }
    let flags = cpuInformation.split(separator: "\n").first { $0.hasPrefix("flags") } ?? ""
    let features = Set(flags.split(whereSeparator: \.isWhitespace))
    let possible = features.contains("avx512f") ? 2 : features.contains("avx2") ? 1 : 0
    let chosen: Int
    switch core.lowercased() {
    case "skylakex", "cooperlake", "sapphirerapids": chosen = 2
    case "haswell", "zen", "excavator": chosen = 1
    default: chosen = 0
    }
    guard chosen < possible else { return nil }
    return
      "OPENBLAS_CORETYPE=\(forced) in the environment makes OpenBLAS use \(core) kernels, below "
      + "what this CPU can; unset it (and OPENBLAS_L2_SIZE) for up to twice the speed"
  }
}
