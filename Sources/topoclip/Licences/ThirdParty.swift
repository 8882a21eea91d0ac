/// Work of others that the program contains or uses.
struct ThirdParty: Sendable {
  /// How the program comes to it.
  enum Role: String, Sendable, CaseIterable {
    /// Its code is in the program's file.
    case inside = "In the program"
    /// Its code is in the program's file when that is made by `make static`, and beside it otherwise.
    case runtime = "Swift's libraries, in the program when it is made by make static"
    /// A library of the system that is loaded when the program starts.
    case library = "Libraries of the system"
    /// A program of the system that is started for figures.
    case program = "Programs of the system"
  }

  let name: String
  /// The version; nil for the system's, or where another package chooses it.
  var version: String?
  let role: Role
  let licence: Licence
  let copyright: [String]
  /// Where it comes from.
  let home: String
  /// The Debian package whose `/usr/share/doc/PACKAGE/copyright` has the words.
  var package: String?
  /// What its authors want to be passed on.
  var notice: String?
  /// What it is called where the program is built: the names of a package, a module, a library or a header.
  var buildNames: [String] = []

  /// What `topoclip --licences` prints: what there is by role, then the licences' words.
  static var report: String {
    var text = """
      topoclip is under the MIT licence, Copyright (c) 2026 The topoclip authors. It contains and uses work of
      others:

      """
    for role in Role.allCases {
      text += "\n\(role.rawValue)\n\n"
      text += all.filter { $0.role == role }.map(\.paragraph).joined(separator: "\n")
    }
    var told: [LicenceText] = []
    for licence in Licence.allCases {
      guard let words = licence.text, !told.contains(words),
        all.contains(where: { $0.licence == licence && $0.role != .library })
      else { continue }
      told.append(words)
      text += "\n" + String(repeating: "-", count: 80) + "\n\(licence.rawValue)\n\n\(words.text)\n"
    }
    return text
  }

  private var paragraph: String {
    var lines = ["  \(name)\(version.map { " \($0)" } ?? ""): \(licence.rawValue)"]
    lines += copyright.map { "    Copyright \($0)" }
    lines.append("    \(home)")
    if let package { lines.append("    /usr/share/doc/\(package)/copyright") }
    if let notice { lines += notice.split(separator: "\n").map { "    \($0)" } }
    return lines.map { $0 + "\n" }.joined()
  }
}
