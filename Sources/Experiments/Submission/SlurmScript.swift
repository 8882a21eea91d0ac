/// The batch scripts that Slurm runs.
///
/// Each runs this program in the background, so that Bash can hear the signal that comes before the time limit, and
/// passes it on; the program finishes the work in hand and exits with 75. The job is then queued again, by its own
/// number: that of an array alone would queue all its tasks again. A job that is being cancelled hears the same
/// signal and is no longer in the state RUNNING; it is left alone.
struct SlurmScript {
  /// This program's path, the same on every machine.
  let program: String
  let plan: SubmittedPlan
  /// The threads of a command; nil for as many as Slurm gives cores.
  var threads: Int?

  /// How often a job queues itself again: whoever comes back more often makes no headway.
  static let mostRestarts = 100

  /// The script of a stage's arrays, whose one argument is the array's offset.
  ///
  /// - Parameters:
  ///   - stage: The stage.
  ///   - pack: The shards of a task.
  /// - Returns: Its text.
  /// - Throws: `FileError` for a path that cannot stand in a script.
  func text(_ stage: ShardStage, pack: Int) throws -> String {
    let words = try ShellWord.line(Array(plan.arguments(stage).dropFirst(2)))
    return try head(
      "the \(stage.rawValue) of a plan of \(plan.shards) shards, \(pack) a task; its argument is the array's offset",
      job: "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}") + """
        task=$((${1:-0} + SLURM_ARRAY_TASK_ID))
        for ((index = task * \(pack); index < (task + 1) * \(pack) && index < \(plan.shards); index++)); do
          compute shard "$run" \(words) "$index"
          [ "$result" -ne 75 ] || break
        done

        """ + Self.tail
  }

  /// The script of the merge.
  ///
  /// - Parameter report: Whether figures and page are made.
  /// - Returns: Its text.
  /// - Throws: `FileError` for a path that cannot stand in a script.
  func mergeText(report: Bool) throws -> String {
    let words = try ShellWord.line(Array(plan.mergeArguments(report: report).dropFirst(2)))
    return try head("the merge of a plan of \(plan.shards) shards", job: "${SLURM_JOB_ID}")
      + "compute merge \"$run\"\(words.isEmpty ? "" : " " + words)\n\n" + Self.tail
  }

  /// Up to the function that runs the program; `result` is then 75 when it was interrupted, else the first failure.
  private func head(_ what: String, job: String) throws -> String {
    """
    #!/bin/bash
    # Written by topoclip submit: \(what).
    program=\(try ShellWord.quoted(program))
    run=\(try ShellWord.quoted(plan.run))
    job="\(job)"
    child=
    stopping=
    signalled=
    result=0

    stop() {
      stopping=1
      signalled=1
      [ -z "$child" ] || kill -TERM "$child" 2>/dev/null
    }
    trap stop TERM INT

    compute() {
      if [ -n "$stopping" ]; then
        result=75
        return
      fi
      "$program" "$@" --quiet --threads \(threads.map(String.init) ?? "\"${SLURM_CPUS_ON_NODE:-1}\"") &
      child=$!
      # A signal that came before there was a child to pass it on to.
      [ -z "$stopping" ] || kill -TERM "$child" 2>/dev/null
      wait "$child"
      local code=$?
      # A signal cuts the wait short; 127 says that the child's own code is known already, and two signals at once
      # make Bash say -1.
      while [ -n "$signalled" ]; do
        signalled=
        wait "$child"
        local again=$?
        [ "$again" -eq 127 ] || [ "$again" -lt 0 ] || code=$again
      done
      child=
      # Ended by the signal before it could take it over.
      [ -z "$stopping" ] || { [ "$code" -ne 143 ] && [ "$code" -ge 0 ]; } || code=75
      if [ "$code" -eq 75 ] || [ "$result" -eq 0 ]; then result=$code; fi
    }


    """
  }

  private static let tail = """
    if [ "$result" -eq 75 ]; then
      if [ "${SLURM_RESTART_COUNT:-0}" -ge \(mostRestarts) ]; then
        echo "topoclip: interrupted, and not queued again after \(mostRestarts) times; topoclip submit goes on" >&2
      elif scontrol show job --oneliner "$job" | grep -q ' JobState=RUNNING '; then
        scontrol requeue "$job"
      fi
    fi
    exit "$result"

    """
}
