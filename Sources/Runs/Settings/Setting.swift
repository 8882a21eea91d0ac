import Files

/// A setting of a section, declared once: its key, how it is read, its canonical text and what help says of it.
///
/// The default is what the section's type has before anything is read.
package struct Setting<Root>: Sendable {
  /// The key in its section.
  package let key: String
  /// What it decides, for help and documentation.
  package let help: String
  package let read: @Sendable (inout Root, ConfigurationSection) throws -> Void
  package let canonical: @Sendable (Root) -> [(key: String, value: String)]

  /// A setting that is read and written in a way of its own.
  ///
  /// - Parameters:
  ///   - key: The key in its section.
  ///   - help: What it decides.
  ///   - read: Asks the section for the key, and keeps what it says.
  ///   - canonical: The texts that decide results, by key below the section.
  package init(
    _ key: String, _ help: String,
    read: @escaping @Sendable (inout Root, ConfigurationSection) throws -> Void,
    canonical: @escaping @Sendable (Root) -> [(key: String, value: String)]
  ) {
    self.key = key
    self.help = help
    self.read = read
    self.canonical = canonical
  }

  /// A setting with a text that stands for its value.
  package static func value<Value: Sendable>(
    _ key: String, _ path: any WritableKeyPath<Root, Value> & Sendable, _ help: String,
    expected: String, parse: @escaping @Sendable (String) -> Value?,
    text: @escaping @Sendable (Value) -> String
  ) -> Setting {
    Setting(key, help) { root, section in
      if let value = try section.optional(key, expected: expected, parse) {
        root[keyPath: path] = value
      }
    } canonical: { root in
      [(key, text(root[keyPath: path]))]
    }
  }

  /// A whole number in a range.
  package static func count(
    _ key: String, _ path: any WritableKeyPath<Root, Int> & Sendable, in range: ClosedRange<Int>,
    _ help: String
  ) -> Setting {
    value(key, path, help, expected: range.words, parse: range.number) { "\($0)" }
  }

  /// A whole number in a range, or none.
  package static func optionalCount(
    _ key: String, _ path: any WritableKeyPath<Root, Int?> & Sendable, in range: ClosedRange<Int>,
    _ help: String
  ) -> Setting {
    value(key, path, help, expected: range.words) { text in
      range.number(text).map { .some($0) }
    } text: {
      $0.map(String.init) ?? ""
    }
  }

  /// A number in a range.
  package static func number(
    _ key: String, _ path: any WritableKeyPath<Root, Double> & Sendable,
    in range: ClosedRange<Double>, _ help: String
  ) -> Setting {
    value(key, path, help, expected: range.words, parse: range.number) { $0.shortestText }
  }

  /// A number in a range, or none.
  package static func optionalNumber(
    _ key: String, _ path: any WritableKeyPath<Root, Double?> & Sendable,
    in range: ClosedRange<Double>, _ help: String
  ) -> Setting {
    value(key, path, help, expected: range.words) { text in
      range.number(text).map { .some($0) }
    } text: {
      $0?.shortestText ?? ""
    }
  }

  /// Whole numbers in a range: one, or several separated by commas; each once, ascending.
  package static func counts(
    _ key: String, _ path: any WritableKeyPath<Root, [Int]> & Sendable, in range: ClosedRange<Int>,
    _ help: String
  ) -> Setting {
    Setting(key, help) { root, section in
      let expected = "whole numbers from \(range.lowerBound) to \(range.upperBound)"
      if let counts = try section.list(key, expected: expected, range.number) {
        root[keyPath: path] = Set(counts).sorted()
      }
    } canonical: { root in
      [(key, root[keyPath: path].map(String.init).joined(separator: ","))]
    }
  }

  /// Numbers in a range: one, or several separated by commas; each once, ascending.
  package static func numbers(
    _ key: String, _ path: any WritableKeyPath<Root, [Double]> & Sendable,
    in range: ClosedRange<Double>, _ help: String
  ) -> Setting {
    Setting(key, help) { root, section in
      let expected = "numbers" + range.words.dropFirst("a number".count)
      if let numbers = try section.list(key, expected: expected, range.number) {
        root[keyPath: path] = Set(numbers).sorted()
      }
    } canonical: { root in
      [(key, root[keyPath: path].map(\.shortestText).joined(separator: ","))]
    }
  }

  /// A seed.
  package static func seed(
    _ key: String, _ path: any WritableKeyPath<Root, UInt64> & Sendable, _ help: String
  ) -> Setting {
    value(key, path, help, expected: ConfigurationSection.wholeNumber) {
      UInt64($0)
    } text: {
      "\($0)"
    }
  }

  /// True or false.
  package static func flag(
    _ key: String, _ path: any WritableKeyPath<Root, Bool> & Sendable, _ help: String
  ) -> Setting {
    value(key, path, help, expected: "true or false") {
      Bool($0)
    } text: {
      "\($0)"
    }
  }
}

/// Settings of a section, each declared once.
package protocol DeclaredSettings: Sendable, Equatable {
  /// The defaults.
  init()
  /// All of them, in the order of the canonical text.
  static var declared: [Setting<Self>] { get }
}

extension DeclaredSettings {
  /// Reads a section, and refuses keys that are none of its settings.
  ///
  /// - Throws: `RunError.setting` with the place of a value that is wrong or a key that is unknown.
  package init(_ section: ConfigurationSection) throws {
    self.init()
    for setting in Self.declared { try setting.read(&self, section) }
    try section.finish()
  }

  /// The texts that decide results, by their paths below the configuration's root.
  ///
  /// - Parameters:
  ///   - section: The section's name.
  ///   - keys: The settings; nil for all.
  /// - Returns: A key and a text a setting.
  package func canonical(_ section: String, _ keys: [String]? = nil) -> [(
    key: String, value: String
  )] {
    let declared = Self.declared.filter { keys?.contains($0.key) ?? true }
    precondition(keys.map { $0.count == declared.count } ?? true, "a key that is no setting")
    return declared.flatMap { setting in
      setting.canonical(self).map { (key: "\(section).\($0.key)", value: $0.value) }
    }
  }

  /// The same as an object, for files in JSON.
  package func canonicalObject(_ section: String) -> [String: String] {
    Dictionary(uniqueKeysWithValues: canonical(section).map { ($0.key, $0.value) })
  }
}
