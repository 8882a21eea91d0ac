/// What a server takes at most: of one request, at a time, and how long it waits for a client.
package struct ExplorerLimits: Sendable {
  /// Bytes of a request's path with its parameters; a longer one is answered 414.
  package var targetBytes = 32_768
  /// Bytes of a request's headers; more are answered 431.
  package var headerBytes = 16384
  /// Headers of a request; more are answered 431.
  package var headerCount = 100
  /// Bytes of a body in JSON, and of a state that is saved.
  package var textBytes = 1 << 20
  /// Bytes of a body that is a mask: 33 million images.
  package var maskBytes = 1 << 22
  /// Bytes of a table that is sent.
  package var tableBytes = 64 << 20
  /// Bytes of all bodies that are being read or answered; a further one is answered 503.
  package var bodyBytes = 256 << 20
  /// Characters of a text that is looked for, as Unicode counts them.
  package var queryCharacters = 2000
  /// Characters of a name that something is saved under.
  package var nameCharacters = 200
  /// Images of one answer.
  package var images = 1000

  /// Connections that are open; further ones wait in the system's queue.
  package var connections = 512
  /// Streams of events that are open; a further one is answered 503.
  package var eventStreams = 64
  /// Searches that are computed at a time; each uses all cores by itself.
  package var searches = 2
  /// Other answers that are made at a time.
  package var readers = 8
  /// Answers of either kind that wait; a further one is answered 503.
  package var waiting = 256

  /// Seconds that a connection may be silent, or take to send the head of a request.
  package var idleSeconds = 30
  /// Seconds that a request may take to arrive with its body.
  package var requestSeconds = 60
  /// Seconds that a client may let an answer lie without reading on.
  package var stallSeconds = 30
  /// Seconds between the comments that keep a stream of events alive.
  package var heartbeatSeconds = 15
  /// Seconds that requests in hand may go on once the server is asked to stop.
  package var graceSeconds = 2

  package init() {}
}
