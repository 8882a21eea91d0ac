import Embedding
import Files
import Foundation
import LinearAlgebra
import Runs

extension FuzzTarget {
  /// The name of a condition: it is called the same again.
  static let conditionName = FuzzTarget(
    "condition-name",
    seeds: {
      ["clean", "gaussian-0.5-s0", "fog-3", "my-noise-2-1e-3-s18446744073709551615", "shot-1.50"]
        .map { Data($0.utf8) }
    },
    run: { data in
      let name = String(decoding: data, as: UTF8.self)
      guard let condition = Condition(name: name) else {
        throw FileError(name, Condition.problem(ofName: name) ?? Condition.nameGrammar)
      }
      promise(Condition(name: condition.name) == condition, "\(condition.name) is another")
      promise(Condition(tableFields: condition.tableFields) == condition, "tables have another")
      promise(condition.level.isFinite && condition.level >= 0, "the level is \(condition.level)")
    })

  /// A list of conditions beside embeddings that were made elsewhere: each has its array, and none has two.
  static let importedConditions = FuzzTarget(
    "imported-conditions", shortRuns: 200,
    seeds: {
      [
        "file,noise,level,seed\nclean.npy,clean,0,\nb.npy,gaussian,0.5,0\n",
        "file;kind;level\nclean;none;0\nb;fog;3\n",
        "condition,noise,level,seed\nclean,none,0,\nb,own,2,\n",
      ].map { Data($0.utf8) }
    },
    run: { data in
      func fill(_ folder: ScratchFolder) throws {
        let array = NumPyFile.encode(Matrix<Float>(rows: 2, columns: 2, values: [1, 0, 0, 1]))
        for name in ["clean.npy", "b.npy"] { _ = try folder.write(array, name) }
        _ = try folder.write(Data("row,class\n0,a\n1,b\n".utf8), "samples.csv")
      }
      try ScratchFolder.lend("imported", filling: fill) { folder in
        _ = try folder.write(data, "conditions.csv")
        let imported = try ImportedEmbeddings(folder.path)
        let conditions = imported.conditions
        promise(!conditions.isEmpty, "no condition")
        promise(Set(conditions).count == conditions.count, "a condition is there twice")
        for condition in conditions {
          promise(try imported.embeddings(condition).rows == 2, "another array")
        }
      }
    })
}
