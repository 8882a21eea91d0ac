import Analyses
import Files
import Runs

/// Which clean images a linear probe is fitted on, which choose its C, and which it tells.
struct ProbeDesign: Sendable {
  /// One probe's images, as rows of the samples.
  struct Part: Sendable {
    /// Its fold; nil where splits decide.
    let fold: Int?
    /// What it is fitted on while C is chosen.
    let training: [Int]
    /// What C is chosen on.
    let validation: [Int]
    /// What the last fit is on.
    let final: [Int]
    /// What it tells.
    let evaluated: [Int]
  }

  let parts: [Part]
  /// The fold of every image; nil where splits decide.
  let folds: [Int]?

  /// The design of a run's samples.
  ///
  /// Images of the split `train` train where there are any besides others to tell. Then those of `val` choose C if
  /// there are still others, and all that are neither are told; else a fold of the training images chooses. In a run
  /// without such splits each fold is told by a probe of all others, of which the next one chooses C.
  init(_ samples: SampleTable, _ settings: ProbeSettings) {
    let rows = Array(samples.labels.indices)
    func folds(_ rows: [Int]) -> [Int] {
      StratifiedFolds.assign(
        labels: rows.map { samples.labels[$0] }, names: rows.map { samples.paths[$0] },
        count: settings.folds, seed: settings.seed)
    }
    let train = rows.filter { samples.splits[$0] == "train" }
    let others = rows.filter { samples.splits[$0] != "train" }
    if !train.isEmpty, !others.isEmpty {
      let validation = others.filter { samples.splits[$0] == "val" }
      if !validation.isEmpty, validation.count < others.count {
        parts = [
          Part(
            fold: nil, training: train, validation: validation, final: train,
            evaluated: others.filter { samples.splits[$0] != "val" })
        ]
      } else {
        let inner = folds(train)
        parts = [
          Part(
            fold: nil, training: train.indices.filter { inner[$0] != 0 }.map { train[$0] },
            validation: train.indices.filter { inner[$0] == 0 }.map { train[$0] }, final: train,
            evaluated: others)
        ]
      }
      self.folds = nil
      return
    }
    let all = folds(rows)
    parts = (0..<settings.folds).map { fold in
      let inner = (fold + 1) % settings.folds
      return Part(
        fold: fold, training: rows.filter { all[$0] != fold && all[$0] != inner },
        validation: rows.filter { all[$0] == inner }, final: rows.filter { all[$0] != fold },
        evaluated: rows.filter { all[$0] == fold })
    }.filter { !$0.evaluated.isEmpty }
    self.folds = all
  }

  /// All images that are told, in their order.
  var evaluated: [Int] { parts.flatMap(\.evaluated).sorted() }
}

extension ProbeDesign.Part {
  /// SHA-256 over the rows.
  var digest: Digest { Digest(of: "\([training, validation, final, evaluated])") }
}
