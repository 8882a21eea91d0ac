import Analyses
package import Files
package import Runs

/// Which layouts a sweep makes.
package struct LayoutSettings: DeclaredSettings {
  /// The methods with their settings.
  package var recipes = LayoutMethod.allCases.map { LayoutRecipe($0) }
  /// The classes of the sample that is laid out beside the whole.
  package var sampleClasses = ClassSelection.sample(count: 15, seed: 0)
  /// Whether all conditions are also laid out together, by one fit.
  package var isJoint = true

  /// The defaults.
  package init() {}

  package static let declared: [Setting<Self>] =
    [
      Setting("methods", "the methods: \(LayoutMethod.words)") { settings, section in
        let methods = try section.list("methods", expected: "a list of \(LayoutMethod.words)") {
          LayoutMethod(rawValue: $0)
        }
        // Each once, however often it is named: its files have its name.
        if let methods { settings.recipes.removeAll { !methods.contains($0.method) } }
      } canonical: { settings in
        [("methods", settings.recipes.map(\.method.rawValue).joined(separator: ","))]
      }
    ]
    + LayoutRecipe.declared.map { setting in
      // All recipes have the same settings.
      Setting(setting.key, setting.help) { settings, section in
        for index in settings.recipes.indices {
          try setting.read(&settings.recipes[index], section)
        }
      } canonical: { settings in
        settings.recipes.first.map { setting.canonical($0) } ?? []
      }
    } + [
      Setting("sample-classes", "the classes of the sample: all, a number, or names") {
        settings, section in
        settings.sampleClasses = try section.classSelection(
          key: "sample-classes", fallback: settings.sampleClasses)
      } canonical: { settings in
        [("sample-classes", settings.sampleText)]
      },
      .flag("joint", \.isJoint, "whether all conditions are also laid out together"),
    ]

  private var sampleText: String {
    switch sampleClasses {
    case .all: "all"
    case .named(let names): ListText.text(names)
    case .sample(let count, let seed): "\(count) by seed \(seed)"
    }
  }
}
