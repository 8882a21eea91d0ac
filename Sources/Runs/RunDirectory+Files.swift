import Files
import Foundation

/// The rows of a run: `samples.csv`.
package enum SampleColumns {
  package static let row = Column<Int>("row", in: 0..., "The row of all embeddings, from 0.")
  package static let path = Column<String>("path", "The image as the data set lists it.")
  package static let className = Column<String>("class", "Its class.")
  package static let split = Column<String>(
    "split", "train, val or test; empty where the data set knows no splits.")

  /// The file.
  package static let file = RunFile(
    "samples.csv", "The images, in the order of the rows of every array and table.",
    columns: [row, path, className, split], role: .input)
}

/// The classes of a run: `classes.csv`.
package enum ClassColumns {
  package static let index = Column<Int>("index", in: 0..., "The row of text.npy, from 0.")
  package static let className = Column<String>("class", "The class.")

  /// The file.
  package static let file = RunFile(
    "classes.csv", "The classes, in the order of text.npy and of the columns of tables.",
    columns: [index, className], role: .input)
}

/// The conditions of a run: `conditions.csv`.
package enum ConditionList {
  package static let name = Column<String>("name", "What the condition's files are called.")

  /// The file.
  package static let file = RunFile(
    "conditions.csv", "The conditions, clean first, in the order of all tables.",
    columns: [name] + ConditionColumns.all, role: .input)
}

extension RunDirectory {
  /// The embeddings of a condition.
  package static let embeddings = RunFile(
    "embeddings/CONDITION.npy", "The images' embeddings: float32, [samples, dimension], unit rows.",
    role: .input)

  /// The embeddings of the classes.
  package static let classEmbeddings = RunFile(
    "embeddings/text.npy",
    "The classes' text embeddings: float32, [classes, dimension], unit rows, in the order of classes.csv."
  )

  /// The run's page.
  package static let page = RunFile("report.html", "The run's page.", role: .view)

  /// The page and what tells of it: what goes where the tables that they are of are replaced.
  package static let views = [page, PageRecord.file]

  /// The finished embeddings of some images.
  package static let cell = RunFile(
    "cells/KEY.npy", "Finished embeddings of some images, by their keys.", role: .work)

  /// The finished part of an analysis.
  package static let unit = RunFile(
    "units/KEY.json", "Finished parts of analyses, by their keys.", role: .work)

  /// The lock, which every folder of results has while a command writes there.
  package static let lock = RunFile(
    "lock", "Who works in the folder now: host, process, since when, command.", role: .work)

  /// The images that stopped a run: no file of one that is finished.
  package static let unusableImages = RunFile(
    "unusable-images.csv",
    "The images that stopped a run, missing or damaged; gone when it goes on.",
    role: .record)

  /// The files that a run has whatever its analyses are.
  package static let files = [
    SampleColumns.file, ClassColumns.file, ConditionList.file, embeddings,
    RunFile(
      "manifest.json",
      "What the run was made of and with: settings, seeds, digests, versions, machine, times.",
      role: .record),
    page, PageRecord.file, PictureRecord.file,
    RunFile("figures/FIGURE.svg", "A figure of the page.", role: .view),
    RunFile(
      "figures/FIGURE.png", "The same figure in pixels, 300 an inch, as --figure-format asks.",
      role: .view),
    RunFile(
      "figures/FIGURE.pdf", "The same figure for a paper, where --figure-format asks for it.",
      role: .view),
    ObjectColumns.file, cell, unit,
    lock,
  ]

  /// A table of the run.
  ///
  /// - Parameters:
  ///   - file: What it is declared as.
  ///   - path: Its path in the run directory; nil for a file of one name.
  /// - Returns: The table; nil when the run has none.
  /// - Throws: `FileError` naming the line of what is damaged.
  package func table(_ file: RunFile, at path: String? = nil) throws -> Table? {
    precondition(path != nil || file.pattern.isOneFile)
    let path = self.file(path ?? file.pattern.text)
    guard try FileStatus(path) != nil else { return nil }
    return try Table(CSV(path: path), as: file).checked()
  }

  // MARK: Files that are there

  /// The paths of those files that are there.
  ///
  /// - Parameters:
  ///   - files: What they are declared as.
  ///   - conditions: Those whose files are wanted; nil for any.
  ///   - known: Paths that are passed over.
  /// - Returns: Paths in the run directory, by file.
  /// - Throws: `FileError` when that cannot be said.
  package func existing(
    _ files: [RunFile], of conditions: [Condition]? = nil, except known: Set<String> = []
  ) throws -> [String] {
    try files.flatMap { file -> [String] in
      if file.pattern.isOneFile {
        let path = file.pattern.text
        let isThere = try FileStatus(self.file(path)) != nil
        return isThere && !known.contains(path) ? [path] : []
      }
      let folder = file.pattern.folder
      let place = folder.isEmpty ? "" : folder + "/"
      return try contents(folder).map { place + $0 }.filter { path in
        !known.contains(path) && file.pattern.matches(path, of: conditions)
      }
    }
  }

  /// Removes those of some kinds of files that are there; whatever else lies in the folder stays.
  ///
  /// - Parameters:
  ///   - files: What they are declared as.
  ///   - kept: The paths in the run directory of those that stay.
  /// - Throws: `FileError` naming a file that the system does not let go.
  package func remove(_ files: [RunFile], except kept: Set<String> = []) throws {
    // A file may be of two kinds, by its name.
    for path in try existing(files, except: kept).uniqued {
      do {
        try FileManager.default.removeItem(atPath: file(path))
      } catch {
        throw FileError(file(path), "cannot be removed", error)
      }
    }
  }

  /// Removes the files that a run no longer has, and leaves those of their names that it never wrote.
  ///
  /// A finished run has recorded all that it wrote. What an interrupted one wrote since is told by the names, those of
  /// its conditions among them.
  ///
  /// - Parameters:
  ///   - files: What they are declared as.
  ///   - earlier: What the run said of itself before; nil where nobody can say.
  ///   - conditions: Those that an interrupted run may have written files of; nil for any.
  ///   - kept: The paths in the run directory of those that stay.
  /// - Returns: The paths of somebody's files, which stay.
  /// - Throws: As `remove`.
  package func removeStale(
    _ files: [RunFile], of earlier: Manifest?, conditions: [Condition]?,
    except kept: Set<String> = []
  ) throws -> [String] {
    let recorded = earlier?.outputs ?? [:]
    let hasRecordedAll = earlier?.isFinished ?? false && !recorded.isEmpty
    var foreign: Set<String> = []
    for path in try existing(files, except: kept).uniqued where recorded[path] == nil {
      if hasRecordedAll || !files.contains(where: { $0.pattern.matches(path, of: conditions) }) {
        foreign.insert(path)
      }
    }
    try remove(files, except: kept.union(foreign))
    return foreign.sorted()
  }

  /// Removes all that a run has but finished work, and its control with it.
  ///
  /// Figures have names of their own and go when there is no page for them any more.
  ///
  /// - Parameter files: All kinds of files of a run.
  /// - Returns: The paths of files that have names of inputs or results and that the run never wrote; they stay.
  /// - Throws: As `remove`.
  @discardableResult
  package func removeResults(_ files: [RunFile]) throws -> [String] {
    let control = RunDirectory(file(Self.controlFolder))
    var foreign: [String] = []
    if try FileStatus(control.file(Manifest.fileName)) != nil {
      foreign = try control.removeResults(files).map { Self.controlFolder + "/" + $0 }
    }
    // One that is damaged says nothing, and what it is of is replaced all the same.
    let manifest = (try? Manifest.read(self)).flatMap { $0.isOwn ? $0 : nil }
    var known: [Condition]?
    if let manifest {
      let listed = (try? table(ConditionList.file)).flatMap { try? $0.distinctConditions() }
      known = manifest.conditionNames.compactMap { Condition(name: $0) } + (listed ?? [])
    }
    foreign += try removeStale(
      files.filter(\.isDigested), of: manifest, conditions: known)
    try remove(
      [Self.unusableImages]
        + files.filter {
          $0.role != .work && !$0.isDigested && $0.pattern.folder != "figures"
        })
    return foreign
  }
}
