import Dispatch

/// Runs the tasks of a server, and of what asks it, on a thread of its own: other tests block the shared ones for long.
final class ServerExecutor: TaskExecutor {
  private let queue = DispatchQueue(label: "server of a test")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
