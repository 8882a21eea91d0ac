import Files
import Images

/// Whether a folder may be written into: one that holds other people's files may not.
package enum OutputFolder {
  /// What a command writes.
  package struct Kind: Sendable {
    /// As messages name it: "a run".
    let name: String
    /// The files that it may hold.
    let files: [RunFile]
    /// Folders of it whatever is in them.
    let folders: Set<String>
    /// Whether a folder is one of these, whatever else lies in it.
    let isOne: @Sendable (String) throws -> Bool

    /// A kind of output.
    ///
    /// - Parameters:
    ///   - name: As messages name it: "a run".
    ///   - files: The files that it may hold.
    ///   - folders: Folders of it, whatever is in them.
    ///   - isOne: Whether a folder is one of these, whatever else lies in it.
    package init(
      _ name: String, files: [RunFile], folders: Set<String> = [],
      isOne: @escaping @Sendable (String) throws -> Bool
    ) {
      self.name = name
      self.files = files
      self.folders = folders
      self.isOne = isOne
    }
  }

  private static let namedFiles = 3

  /// Refuses a folder that holds files which are not of a kind.
  ///
  /// A folder that is not there or empty, one that is such an output already, and one with nothing but what an
  /// interrupted command leaves may be written into.
  ///
  /// - Parameters:
  ///   - folder: The folder.
  ///   - kind: What is to be written.
  ///   - inputs: Files that the command reads, which may lie there.
  /// - Throws: `FileError` naming some of the files.
  package static func require(
    _ folder: String, for kind: Kind, apartFrom inputs: [String] = []
  ) throws {
    guard let status = try FileStatus(folder) else { return }
    guard status.kind == .folder else { throw FileError(folder, "is a file; expected a folder") }
    if try kind.isOne(folder) { return }
    let foreign = try foreign(folder, kind, inputs: Set(inputs.map(ResolvedPath.init)))
    guard !foreign.isEmpty else { return }
    let more = foreign.count - namedFiles
    throw FileError(
      folder,
      "holds files that are not \(kind.name)'s: \(foreign.prefix(namedFiles).joined(separator: ", "))"
        + (more > 0 ? " and \(more) more" : "") + "; give another --output, or move them")
  }

  /// The entries of a folder that are not of a kind.
  ///
  /// Folders that hold nothing of the kind are told by their names. Hidden files are passed over, temporary ones among
  /// them.
  private static func foreign(
    _ folder: String, _ kind: Kind, inputs: Set<ResolvedPath>
  ) throws -> [String] {
    func entries(_ name: String) throws -> [String] {
      let path = name.isEmpty ? folder : folder + "/" + name
      return try (FolderContents.textNames(of: path) ?? []).filter { !$0.hasPrefix(".") }
        .map { name.isEmpty ? $0 : name + "/" + $0 }
    }
    /// No name of this program's has bytes that are no text.
    func others(_ name: String) throws -> [String] {
      let path = name.isEmpty ? folder : folder + "/" + name
      return try (FolderContents.escapedNames(of: path) ?? []).filter { !$0.hasPrefix(".") }
        .map { name.isEmpty ? $0 : name + "/" + $0 }
    }
    let known = Dictionary(grouping: kind.files, by: \.pattern.folder)
    // Finished work is known by its keys: its folders may hold a great many of them.
    let whole = kind.folders.union(
      kind.files.filter { $0.role == .work }.map(\.pattern.folder).filter { !$0.isEmpty })
    return try others("")
      + entries("").flatMap { name -> [String] in
        if try FileStatus(folder + "/" + name)?.kind == .folder {
          if whole.contains(name) { return [] }
          guard let files = known[name] else { return [name + "/"] }
          return try others(name)
            + entries(name).filter { entry in !files.contains { $0.pattern.matches(entry) } }
        }
        let isOwn = known["", default: []].contains { $0.pattern.matches(name) }
        return isOwn || inputs.contains(ResolvedPath(folder + "/" + name)) ? [] : [name]
      }
  }

  // MARK: Data sets

  /// Refuses an output that would become part of the data set that it is made of.
  ///
  /// - Parameters:
  ///   - output: The folder to be written.
  ///   - dataset: The data set's path.
  /// - Throws: `FileError` naming the two.
  package static func require(_ output: String, outsideDataset dataset: String) throws {
    guard try FileStatus(dataset)?.kind == .folder else { return }
    let images = dataset + "/images"
    let place = ResolvedPath(output)
    for root in try FileStatus(images) == nil ? [dataset] : [dataset, images] {
      let folder = ResolvedPath(root)
      if folder.isInside(place) {
        let relation = folder == place ? "is" : "holds"
        throw FileError(
          output,
          "\(relation) the data set \(dataset), whose images the run's own pictures would join; give "
            + "an --output outside it, such as results/NAME")
      }
      if place.parent == folder, try hasClassFolders(root) {
        throw FileError(
          output,
          "would stand among the class folders of the data set \(dataset); give an --output outside "
            + "it, such as results/NAME")
      }
    }
  }

  /// Refuses to write anywhere into a data set whose folders within folders say what its images are.
  ///
  /// - Parameters:
  ///   - folder: The folder to be written.
  ///   - option: As what it is given: `--output`.
  ///   - dataset: The data set's path.
  /// - Throws: `FileError` naming the two.
  package static func require(
    _ folder: String, as option: String = "--output", outsideNested dataset: String
  ) throws {
    guard ResolvedPath(folder).isInside(ResolvedPath(dataset)) else { return }
    throw FileError(
      folder,
      "lies in the data set \(dataset), whose folders say what its images are, and would be taken for one of "
        + "them; give another \(option) outside it")
  }

  /// Whether folders of a folder hold images.
  private static func hasClassFolders(_ root: String) throws -> Bool {
    try (FolderContents.textNames(of: root) ?? []).contains { name in
      let folder = root + "/" + name
      guard try FileStatus(folder)?.kind == .folder else { return false }
      return try (FolderContents.textNames(of: folder) ?? []).contains { file in
        !file.hasPrefix(".") && ImageFormat.isNamed(file)
      }
    }
  }
}
