import ArgumentParser
import Dispatch
import Explorer
import Foundation
import Runs
import Synchronization

struct ExploreCommand: ExecutingCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore",
    abstract: "A page over an image folder or a run: a map, and search by text and by image.",
    discussion: """
      Embeds the images of a folder (JPEG and PNG, also in folders below it) and serves a page on this machine: a map \
      on which images that the model takes for alike lie together, search by texts and images with plus and minus, \
      filters by metadata, selections that are saved and exported. The first line on standard output is the page's \
      address; Ctrl-C ends it. Of a run directory it shows the clean images with their classes and predictions.

      What is computed is kept in .topoclip/explorer.sqlite in the folder (--store names another file): the next start \
      embeds only what is new or changed, and one that was killed goes on. Images that are added later are placed on \
      the map without moving the others; --new-map makes it anew.

      Metadata is read from metadata.json ({id: {key: value}}) or metadata.csv in the folder, or from --metadata FILE; a CSV names the \
      images in a column path, image or id. An id is a file's name without its ending where no other image has it, else its path.

      The page needs no network, and nobody else on the network reaches it: --host lets others in, and then demands \
      a token, which every visitor has to know: whoever opens the address with ?token=TOKEN behind it is let in from then \
      on. On a terminal the address is printed with it, and into a pipe or a file without. --token-file keeps it from \
      those who list this machine's processes; --token does not.

      Examples:
        topoclip explore photos
        topoclip explore photos --metadata captions.csv --model models/clip-vit-b-32 --port 0
        topoclip explore results/builtin
      """)

  @Argument(help: ArgumentHelp("A folder of images, or a run directory.", valueName: "path"))
  var path: String
  @Option(help: "The port; 0 for any that is free.")
  var port = 8080
  @Option(
    help: ArgumentHelp(
      "The name or address of this machine to listen on (default 127.0.0.1, which only this machine reaches).",
      valueName: "name"))
  var host = "127.0.0.1"
  @Option(
    help: ArgumentHelp(
      "A file that the user alone may read, with what a visitor has to know: letters, digits, - and _, 16 at least.",
      valueName: "file"))
  var tokenFile: String?
  @Option(help: "The same, on the command line.")
  var token: String?
  @Option(
    help: ArgumentHelp(
      "The model: a folder in Hugging Face's layout, or builtin (default: the run's own; of a folder, builtin).",
      valueName: "dir"))
  var model: String?
  @Option(
    help: ArgumentHelp(
      "What is known of the images, JSON or CSV (default: metadata.json or metadata.csv in the folder).",
      valueName: "file"))
  var metadata: String?
  @Option(
    help: ArgumentHelp(
      "Where embeddings, map and what is saved are kept (default: .topoclip/explorer.sqlite in the folder).",
      valueName: "file"))
  var store: String?
  @Flag(help: "Make the map anew from all images.")
  var newMap = false
  @OptionGroup var execution: ExecutionOptions

  func validate() throws {
    guard token == nil || tokenFile == nil else {
      throw ValidationError("give --token-file or --token, not both")
    }
    try asUsage {
      try ExplorerServer.check(
        host: host, port: port, token: token, isTokenToCome: tokenFile != nil)
    }
  }

  func run() throws {
    do {
      try Interruption.whileFinishing(explore)
    } catch RunError.interrupted where Interruption.isRequested {
      // Whoever ends it is done with it, however far it had come.
    }
  }

  private func explore() throws {
    var options = ExplorationOptions(path: path)
    options.model = model
    options.metadata = metadata
    options.store = store
    options.makesNewMap = newMap
    options.isQuiet = execution.quiet
    let token = try tokenFile.map { try TokenFile.read($0) } ?? token
    let exploration = try Exploration(options)
    let server = try ExplorerServer(
      exploration, page: ExplorerPage.page, assets: ExplorerPage.assets, host: host, port: port,
      token: token)
    let worker = ExplorationWorker(exploration)
    try server.serve { address in
      // A signal that came before the server took them would not be heard.
      try Interruption.check()
      // Who reads a terminal opens it as it stands; a log keeps no secret.
      let entry = isatty(STDOUT_FILENO) == 1 ? token.map { "?token=\($0)" } : nil
      try Console.output(address + (entry ?? "") + "\n")
      worker.start()
    }
    // What was in hand is kept before the process ends.
    if let error = worker.wait(), !Interruption.isRequested { throw error }
  }
}

/// The thread that embeds while the server answers: parallel loops block the one that asks for them.
private final class ExplorationWorker: Sendable {
  private let exploration: Exploration
  private let outcome = Mutex<(hasStarted: Bool, error: (any Error)?)>((false, nil))
  private let isOver = DispatchSemaphore(value: 0)

  init(_ exploration: Exploration) { self.exploration = exploration }

  func start() {
    outcome.withLock { $0.hasStarted = true }
    let thread = Thread { [self] in
      do {
        try exploration.work()
      } catch {
        outcome.withLock { $0.error = error }
        // The page goes on with what there is, and says it too.
        if !Interruption.isRequested { Console.error("topoclip: \(error)") }
      }
      isOver.signal()
    }
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// Waits for its end, and says with which error it ended; nil for none.
  func wait() -> (any Error)? {
    guard outcome.withLock({ $0.hasStarted }) else { return nil }
    isOver.wait()
    return outcome.withLock { $0.error }
  }
}
