import Embedding
import Files
import Foundation
import Logging
import Runs

/// The list of the cells and units that a run refers to.
extension ObjectList {
  /// Those of a run that was just computed; nil where some of it was not made now, and nobody knows of what that is
  /// made.
  ///
  /// - Parameters:
  ///   - cells: Keys and conditions of the cells that its embeddings were read from.
  ///   - units: The keys of the units that were asked for.
  ///   - performed: The analyses that were computed.
  ///   - earlier: The list as it was; nil for one that is lost.
  ///   - conditions: All conditions of the run that are made of cells.
  ///   - analyses: All analyses of the run.
  init?(
    cells: [Cell], units: [UnitKey], performed: Set<String>, after earlier: ObjectList?,
    conditions: [Condition], analyses: Set<String>
  ) {
    var objects = Set(cells.map { Object(.cell, of: $0.condition.name, $0.key) })
    let made = Set(cells.map(\.condition.name))
    let all = Set(conditions.map(\.name))
    guard earlier != nil || (all.isSubset(of: made) && analyses.isSubset(of: performed)) else {
      return nil
    }
    for object in earlier?.objects ?? [] {
      // What was not made now is as it was.
      switch object.kind {
      case .cell where !made.contains(object.subject) && all.contains(object.subject),
        .unit where !performed.contains(object.subject) && analyses.contains(object.subject):
        objects.insert(object)
      default: break
      }
    }
    objects.formUnion(units.map { Object(.unit, of: $0.analysis, $0.digest) })
    self.init(objects)
  }

  /// The list of a run that is made anew or extended, as it was: empty where there was no run; nil where it is lost.
  static func before(_ earlier: EarlierRun?, in run: RunDirectory) throws -> ObjectList? {
    guard let earlier else { return ObjectList([]) }
    return try known(run, recorded: earlier.manifest.objectsDigest)
  }
}

extension RunDirectory {
  /// Writes the list of finished work, or says that it is lost: whoever began the run has removed it then.
  ///
  /// - Returns: Its SHA-256, for the manifest; nil where there is none.
  func write(_ list: ObjectList?) throws -> String? {
    if let list { return try list.write(to: self) }
    Logger(label: "topoclip").warning(
      """
      \(file(ObjectColumns.file.pattern.text)) was lost or changed, and this is a part of the run alone: topoclip gc \
      refuses the run until all of it is asked for at once
      """)
    return nil
  }
}
