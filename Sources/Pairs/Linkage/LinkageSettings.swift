/// How records are linked, as the command line says it.
package struct LinkageSettings: Sendable {
  /// What records are compared by.
  package enum Input: String, Sendable, CaseIterable {
    /// Their images alone.
    case image
    /// Their texts alone.
    case text
    /// The weighted mean of the two embeddings.
    case both
  }

  /// How much of the mean of both the image is.
  package enum ImageWeight: Sendable, Equatable {
    /// So much.
    case fixed(Double)
    /// What golden-section search finds best on the validation records.
    case optimized
  }

  /// Where thresholds come from.
  package enum Threshold: Sendable, Equatable {
    /// The user: a cosine distance.
    case fixed(Double)
    /// The best on the records of another CSV.
    case validation(String)
    /// The best on some of the records, none of whose labels is among the others: shares of the labels
    /// for training (which are written and not used), validation and test.
    case split([Double], seed: UInt64)
  }

  /// Where embeddings come from.
  package enum Embeddings: Sendable, Equatable {
    /// A CLIP.
    case model(String)
    /// Files with a row a record; those of the validation CSV too where there is one.
    case files(image: String?, text: String?, validationImage: String?, validationText: String?)
  }

  /// The Jaccard baseline: words of n-grams and thresholds to try.
  package struct Baseline: Sendable, Equatable {
    /// The words of an n-gram.
    package var gramLengths = [1, 2, 3, 4, 5]
    /// Jaccard indices.
    package var thresholds = [0.05, 0.1, 0.15, 0.2]
    /// The published grid.
    package init() {}
  }

  /// Labels from Label Studio.
  package struct Annotations: Sendable, Equatable {
    /// The export.
    package var file: String
    /// The keys of a task's data that name its two records.
    package var keys: [String]
    /// The choice that calls them the same.
    package var choice: String
    /// The column of the CSV that has the names; nil for the image's.
    package var column: String?

    /// Annotations from a file.
    package init(file: String, keys: [String], choice: String, column: String?) {
      self.file = file
      self.keys = keys
      self.choice = choice
      self.column = column
    }
  }

  /// The CSV of records.
  package var pairs: String
  /// Where embeddings come from.
  package var embeddings: Embeddings
  /// Where thresholds come from.
  package var threshold: Threshold
  /// The seed of random weights.
  package var modelSeed: UInt64 = 0
  /// What to compare by, a row of the table each.
  package var inputs = Input.allCases
  /// The image's part of both.
  package var imageWeight = ImageWeight.fixed(0.5)
  /// The baseline; nil for none.
  package var baseline: Baseline?
  /// Labels in place of the CSV's.
  package var annotations: Annotations?
  /// The columns of images, texts and labels; nil for `text` or `caption`, and for `label` where there
  /// is one.
  package var columns: (image: String, text: String?, label: String?) = ("image_path", nil, nil)
  /// The label of records that have none.
  package var unlabelled = "999"
  /// Where relative image paths start; nil for the CSV's folder.
  package var imageFolder: String?
  /// Whether records with missing or damaged images are left out.
  package var skipsBroken = false
  /// The folder for everything that comes out.
  package var output: String

  /// Settings with the defaults for everything else.
  package init(pairs: String, embeddings: Embeddings, threshold: Threshold, output: String) {
    self.pairs = pairs
    self.embeddings = embeddings
    self.threshold = threshold
    self.output = output
  }
}
