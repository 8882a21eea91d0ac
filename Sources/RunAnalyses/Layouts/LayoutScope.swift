import Files
import Runs

/// The samples that a layout shows: all of them, or those of a sample of classes.
struct LayoutScope {
  /// The samples' rows.
  let rows: [Int]
  /// The indices of the sample's classes; nil for all.
  let classes: [Int]?

  /// As tables name it.
  var name: String { LayoutQualityColumns.scopeName(isSample: classes != nil) }

  /// All samples first, then the sample of classes, unless it would be all of them again.
  ///
  /// A sample that is drawn and too small for a layout is left out.
  ///
  /// - Throws: `FileError` for a class that is not there; `RunError.failure` when classes that
  ///   are named have too few images.
  static func all(of samples: SampleTable, settings: LayoutSettings) throws -> [LayoutScope] {
    let all = LayoutScope(rows: Array(samples.labels.indices), classes: nil)
    switch settings.sampleClasses {
    case .all: return [all]
    case .sample(let count, _) where count >= samples.classes.count: return [all]
    case .sample, .named: break
    }
    let classes = try settings.sampleClasses.indices(
      of: samples.classes, source: "samples.csv (layouts.sample-classes)")
    let rows = all.rows.filter { classes.contains(samples.labels[$0]) }
    if rows.count >= LayoutRecipe.fewestPoints {
      return [all, LayoutScope(rows: rows, classes: classes)]
    }
    if case .named(let names) = settings.sampleClasses {
      throw RunError.failure(
        "layouts.sample-classes: \(names.joined(separator: ", ")) have \(rows.count) images, and "
          + "a layout needs \(LayoutRecipe.fewestPoints) or more: name more classes, or all")
    }
    return [all]
  }

  /// For keys, which rows of the embeddings a layout reads: nothing more to say for all.
  var reads: [Digest] {
    classes == nil ? [] : [Digest(of: rows.map(String.init).joined(separator: ","))]
  }
}
