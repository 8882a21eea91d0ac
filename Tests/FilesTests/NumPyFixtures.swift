import Foundation

/// Files written by NumPy 2.4; the line that wrote each stands above it.
enum NumPyFixtures {
  // np.save(f, np.arange(6, dtype="<f4").reshape(2, 3) / 4)
  static let matrix = decoded(
    """
    k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9
    ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAACAPgAA
    AD8AAEA/AACAPwAAoD8=
    """)

  // np.save(f, np.asfortranarray((np.arange(24).reshape(2, 3, 4) - 0.5).astype(">f2")))
  static let fortran = decoded(
    """
    k05VTVBZAQB2AHsnZGVzY3InOiAnPmYyJywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMywgNCks
    IH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAq4AEnAQwBLwEeA
    TOA4AEpARIBMIEhATSA+AErARYBMYEjATWBBAEtARoBMoElATaA=
    """)

  // np.save(f, np.float64(-0.1))
  static let scalar = decoded(
    """
    k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKCksIH0gICAg
    ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAqamZmZmZm5vw==
    """)

  // np.savez(f, a=np.arange(6.0).reshape(2, 3), b=np.zeros(3, "<f4"))
  static let storedArchive = decoded(
    """
    UEsDBC0AAAAAAAAAIQDwzTtG//////////8FABQAYS5ucHkBABAAsAAAAAAAAACwAAAAAAAAAJNOVU1QWQEAdgB7J2Rl
    c2NyJzogJzxmOCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgyLCAzKSwgfSAgICAgICAgICAgICAg
    ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAAAAAAAAAAAAAAAAAADwPwAAAAAAAABA
    AAAAAAAACEAAAAAAAAAQQAAAAAAAABRAUEsDBC0AAAAAAAAAIQCp9psY//////////8FABQAYi5ucHkBABAAjAAAAAAA
    AACMAAAAAAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzogJzxmNCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6
    ICgzLCksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAK
    AAAAAAAAAAAAAAAAUEsBAi0DLQAAAAAAAAAhAPDNO0awAAAAsAAAAAUAAAAAAAAAAAAAAIABAAAAAGEubnB5UEsBAi0D
    LQAAAAAAAAAhAKn2mxiMAAAAjAAAAAUAAAAAAAAAAAAAAIAB5wAAAGIubnB5UEsFBgAAAAACAAIAZgAAAKoBAAAAAA==
    """)

  // np.savez_compressed(f, x=np.arange(6.0).reshape(2, 3))
  static let deflatedArchive = decoded(
    """
    UEsDBC0AAAAIAAAAIQDwzTtG//////////8FABQAeC5ucHkBABAAsAAAAAAAAABXAAAAAAAAAJvsF+obEMnIUMZQrZ6S
    WpxcpG6loG6TZqGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CsaaOgq1CmQDLgYU8MEeynCAUBxQWgBK
    izgAAFBLAQItAy0AAAAIAAAAIQDwzTtGVwAAALAAAAAFAAAAAAAAAAAAAACAAQAAAAB4Lm5weVBLBQYAAAAAAQABADMA
    AACOAAAAAAA=
    """)

  private static func decoded(_ text: String) -> Data {
    Data(base64Encoded: text, options: .ignoreUnknownCharacters) ?? Data()
  }
}
