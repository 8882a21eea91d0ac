internal import Hummingbird

/// Serves an image set to a browser on this machine.
package struct ExplorerServer {
  private let router = Router()
  package init() {}
}
