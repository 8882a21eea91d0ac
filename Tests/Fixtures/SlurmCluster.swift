import Foundation
import Testing

/// A Slurm cluster of one node with two processors, in a temporary folder: its own daemons, keys and ports, for whoever
/// runs the tests, root in a container too.
///
/// It ends with the tests, however they end: its daemons are children of a shell that waits for the end of its
/// standard input.
public final class SlurmCluster: Sendable {
  private static let shared = Result { try SlurmCluster() }

  /// The cluster of all tests, which the first that asks for it starts.
  ///
  /// - Throws: What ends a test as skipped, and says why, where there can be none.
  public static func sharedOrCancel() throws -> SlurmCluster {
    switch shared {
    case .success(let cluster): return cluster
    case .failure(let problem): try Test.cancel("no Slurm here: \(problem)")
    }
  }

  /// The most tasks of an array: few, so that small plans need several arrays.
  public static let maximumArraySize = 5

  /// What a process needs in its environment to reach the cluster.
  public let environment: [String: String]
  private let folder: TemporaryFolder
  /// Closed with this process.
  private let life: FileHandle

  /// Why there is no cluster.
  private struct Failure: Error, CustomStringConvertible {
    /// What is missing, or the daemons' last words.
    let description: String
  }

  /// Starts the daemons and waits until the node is idle.
  ///
  /// - Throws: `Failure`.
  private init() throws {
    folder = try TemporaryFolder()
    let path = folder.path
    let standing = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let variables = ["PATH": standing + ":/usr/sbin:/sbin", "SLURM_CONF": path + "/slurm.conf"]
    environment = variables
    let script = try folder.write(Self.script, "cluster.sh")
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    // The threads of a test hear no signals, and what they start would hear none either.
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "--default-signal", "bash", script, path, String(Self.maximumArraySize),
    ]
    process.environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    life = input.fileHandleForWriting
    // One line: that the node is idle, or what is wrong.
    var said = Data()
    while said.last != UInt8(ascii: "\n"),
      let more = try output.fileHandleForReading.read(upToCount: 1), !more.isEmpty
    { said += more }
    let line = String(decoding: said, as: UTF8.self).trimmingCharacters(in: .newlines)
    guard line == "idle" else {
      try life.close()
      throw Failure(description: line.isEmpty ? "its shell ended without a word" : line)
    }
  }

  deinit {
    try? life.close()
  }

  /// Runs a line of Bash with the cluster's programs.
  ///
  /// - Returns: What it wrote to both streams, and its exit code.
  public func shell(_ line: String) throws -> ProgramRun {
    try RunningProgram(
      URL(filePath: "/usr/bin/env"), ["--default-signal", "bash", "-c", line], input: "", in: nil,
      environment: environment
    ).wait()
  }

  /// Waits until a line of Bash succeeds.
  ///
  /// - Returns: Whether it did within the time.
  public func wait(seconds: Double, until line: String) throws -> Bool {
    let end = Date(timeIntervalSinceNow: seconds)
    repeat {
      if try shell(line).code == 0 { return true }
      Thread.sleep(forTimeInterval: 0.1)
    } while Date() < end
    return false
  }

  /// Starts the daemons, says `idle` or what is wrong, and ends them with its standard input.
  private static let script = #"""
    cd "$1" || exit 1
    chmod 700 .
    mkdir munge state spool
    chmod 700 munge
    for program in munged slurmctld slurmd sbatch; do
      command -v $program >/dev/null || { echo "$program is not installed"; exit 1; }
    done
    free_port() {
      local port
      while :; do
        port=$((20000 + RANDOM % 12000))
        (exec 3<>/dev/tcp/127.0.0.1/$port) 2>/dev/null || { echo $port; return; }
      done
    }
    host=$(uname -n); host=${host%%.*}
    head -c 1024 /dev/urandom >munge/key
    chmod 600 munge/key
    cat >slurm.conf <<END
    ClusterName=topoclip
    SlurmctldHost=$host(127.0.0.1)
    SlurmctldPort=$(free_port)
    SlurmdPort=$(free_port)
    AuthType=auth/munge
    # A job that is queued again waits as long as a credential lasts: five seconds at least.
    AuthInfo=socket=$1/munge/socket,cred_expire=5
    SlurmUser=$(id -un)
    SlurmdUser=$(id -un)
    StateSaveLocation=$1/state
    SlurmdSpoolDir=$1/spool
    SlurmctldPidFile=$1/slurmctld.pid
    SlurmdPidFile=$1/slurmd.pid
    SlurmctldLogFile=$1/slurmctld.log
    SlurmdLogFile=$1/slurmd.log
    ProctrackType=proctrack/linuxproc
    TaskPlugin=task/none
    JobAcctGatherType=jobacct_gather/none
    AccountingStorageType=accounting_storage/none
    SwitchType=switch/none
    MpiDefault=none
    MailProg=/bin/true
    SelectType=select/cons_tres
    SelectTypeParameters=CR_CPU
    SchedulerType=sched/builtin
    SchedulerParameters=sched_interval=1
    SlurmdParameters=config_overrides
    ReturnToService=2
    KillWait=2
    MaxArraySize=$2
    NodeName=node NodeHostname=$host NodeAddr=127.0.0.1 CPUs=2
    PartitionName=test Nodes=node Default=YES State=UP
    END
    munged --foreground --force --key-file="$1/munge/key" --socket="$1/munge/socket" \
      --pid-file="$1/munge/pid" --log-file="$1/munge/log" --seed-file="$1/munge/seed" </dev/null >/dev/null 2>&1 &
    daemons=$!
    for ((i = 0; i < 100; i++)); do [ -S munge/socket ] && break; sleep 0.1; done
    slurmctld -D </dev/null >/dev/null 2>&1 &
    daemons="$! $daemons"
    slurmd -D -N node </dev/null >/dev/null 2>&1 &
    daemons="$! $daemons"
    state=
    for ((i = 0; i < 200; i++)); do
      state=$(sinfo --noheader --format=%T 2>/dev/null)
      [ "$state" = idle ] && break
      sleep 0.1
    done
    if [ "$state" = idle ]; then
      echo idle
      cat >/dev/null
      scancel --user="$(id -un)" 2>/dev/null
      for ((i = 0; i < 50; i++)); do [ -z "$(squeue --noheader 2>/dev/null)" ] && break; sleep 0.1; done
    else
      echo "the node is ${state:-unknown}:" $(tail -q -n 2 munge/log slurmctld.log slurmd.log 2>&1)
    fi
    kill $daemons
    for ((i = 0; i < 50; i++)); do [ -z "$(jobs -pr)" ] && break; sleep 0.1; done
    kill -KILL $daemons 2>/dev/null
    rm -rf "$1"
    """#
}
