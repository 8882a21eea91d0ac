/// A sentence on a run's inputs that is to be known before its tables are believed.
package struct Remark: Sendable, Equatable {
  /// What a remark is about; nil where a manifest of another version does not say it.
  package let subject: Subject?
  /// The sentence.
  package let text: String

  /// What remarks are about: what is told of it anew stands in the place of what was told before.
  ///
  /// In the order in which they stand in a manifest.
  package enum Subject: String, Sendable, CaseIterable {
    /// Files that lie beside the inputs and are not used.
    case unused
    /// What arrays of other names than conditions have were taken for.
    case taken
    /// How classes and lists were read.
    case lists
    /// Why there is no accuracy.
    case text
    /// The logit scale that is assumed.
    case logitScale = "logit-scale"
    /// A logit scale that is given and not used.
    case unusedScale = "unused-logit-scale"
    /// The order of the classes' embeddings.
    case textOrder = "text-order"
    /// What is not computed without clean images.
    case clean

    /// What the sentences of earlier versions, whose manifests do not say what they are about, have in them; nil of what
    /// those did not say.
    fileprivate var words: String? {
      switch self {
      case .unused: "not used: "
      case .taken: nil
      case .lists: " are whole numbers and are taken as such, "
      case .text: ": zero-shot accuracy, calibration and confusion are not computed"
      case .logitScale: ": the logit scale is not known, and "
      case .unusedScale: ": logit-scale is not used, as there is no accuracy"
      case .textOrder: " may stand in another order than the classes ("
      case .clean: "there are no clean images among the conditions"
      }
    }
  }

  /// A remark.
  package init(_ subject: Subject, _ text: String) {
    (self.subject, self.text) = (subject, text)
  }

  /// A remark of a manifest.
  ///
  /// - Parameters:
  ///   - text: The sentence.
  ///   - subject: What the manifest says that it is about; nil where it says nothing, and the sentence's own words do.
  init(_ text: String, subject: String?) {
    self.text = text
    self.subject =
      subject.flatMap(Subject.init(rawValue:))
      ?? Subject.allCases.first { $0.words.map(text.contains) ?? false }
  }

  fileprivate var place: Int {
    subject.flatMap { Subject.allCases.firstIndex(of: $0) } ?? Subject.allCases.count
  }
}

extension Manifest {
  /// What is to be known of the inputs; of a list without subjects, as earlier versions wrote it, each sentence's words
  /// tell what it is about.
  package var told: [Remark] {
    get {
      let texts = remarks ?? []
      let subjects = remarkSubjects.flatMap { $0.count == texts.count ? $0 : nil }
      return texts.enumerated().map { Remark($1, subject: subjects?[$0]) }
    }
    set {
      let sorted = newValue.enumerated().sorted {
        ($0.element.place, $0.offset) < ($1.element.place, $1.offset)
      }.map(\.element)
      remarks = sorted.isEmpty ? nil : sorted.map(\.text)
      remarkSubjects = sorted.isEmpty ? nil : sorted.map { $0.subject?.rawValue ?? "" }
    }
  }

  /// Says something in the place of all that was said of the same before.
  ///
  /// - Parameters:
  ///   - subject: What it is about.
  ///   - texts: A sentence each; none takes back what was said.
  package mutating func tell(_ subject: Remark.Subject, _ texts: [String]) {
    told = told.filter { $0.subject != subject } + texts.uniqued.map { Remark(subject, $0) }
  }

  /// Takes back what was said of some subjects.
  package mutating func takeBack(_ subjects: Remark.Subject...) {
    for subject in subjects { tell(subject, []) }
  }
}
