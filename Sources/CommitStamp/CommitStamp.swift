import Foundation
import PackagePlugin

/// Writes the commit that is being built into a source file.
///
/// The manifest knows the commit too, but SwiftPM caches what it says from one commit to the next.
/// Here git's log of HEAD and every source file are inputs: a new commit, a checkout or an edit
/// writes the file again.
@main
struct CommitStamp: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) -> [Command] {
    let root = context.package.directoryURL
    let output = context.pluginWorkDirectoryURL.appending(path: "BuiltCommit.swift")
    let log = root.appending(path: ".git/logs/HEAD")
    var inputs = FileManager.default.fileExists(atPath: log.path) ? [log] : []
    inputs.append(root.appending(path: "Package.swift"))
    for module in context.package.targets.compactMap({ $0 as? any SourceModuleTarget }) {
      inputs += module.sourceFiles.map(\.url).filter { $0.path.hasPrefix(root.path + "/Sources") }
    }
    let script = """
      cd "$1" || exit 1
      commit=$(git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)
      git diff --quiet HEAD 2>/dev/null || [ "$commit" = unknown ] || commit="$commit+"
      printf 'let builtCommit = "%s"\\n' "$commit" > "$2"
      """
    return [
      .buildCommand(
        displayName: "Writing the commit", executable: URL(filePath: "/bin/sh"),
        arguments: ["-c", script, "sh", root.path, output.path], inputFiles: inputs,
        outputFiles: [output])
    ]
  }
}
