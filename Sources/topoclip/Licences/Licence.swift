/// A licence of others' work.
enum Licence: String, Sendable, CaseIterable {
  case apache = "Apache-2.0"
  /// What is embedded by compiling need not be told of; it is told of all the same.
  case apacheWithException = "Apache-2.0 with Swift's runtime library exception"
  case mit = "MIT"
  case unicode = "Unicode-3.0"
  /// Programs need not carry its words.
  case boost = "BSL-1.0"
  case bsd = "BSD-3-Clause"
  case ijg = "IJG, BSD-3-Clause and Zlib"
  case libpng = "libpng-2.0"
  case zlib = "Zlib"
  case gccException = "GPL-3.0 with GCC's runtime library exception"
  case lgpl = "LGPL-2.1"
  case lgplOrGPL = "LGPL-3.0 or GPL-2.0"
  case freeType = "FTL or GPL-2.0"
  case gnuplot = "gnuplot"
  case publicDomain = "public domain"

  /// The words, where a program that contains such work must carry them.
  var text: LicenceText? {
    switch self {
    case .apache, .apacheWithException: .apache
    case .mit: .mit
    case .unicode: .unicode
    default: nil
    }
  }
}
