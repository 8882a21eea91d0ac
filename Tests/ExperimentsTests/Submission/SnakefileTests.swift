import Files
import Testing

@testable import Experiments

struct SnakefileTests {
  @Test func `a rule a stage and the merge`() throws {
    let text = try Snakefile(
      plan: .example("/runs/a \"b\""), program: "/bin/topoclip", report: false
    ).text()
    #expect(
      text == #"""
        # Written by topoclip submit --engine print --snakemake.
        RUN = "/runs/a \"b\""
        SHARDS = range(7)

        rule all:
            input: RUN + "/shards/merged"

        rule embeddings:
            output: RUN + "/shards/{index}/embeddings.json"
            wildcard_constraints: index="[0-9]+"
            threads: 2
            shell: "/bin/topoclip shard '/runs/a \"b\"' --stage embeddings --plan 0123456789ab --index {wildcards.index} --threads {threads}"

        rule analyses:
            input: [f"{RUN}/shards/{index}/embeddings.json" for index in SHARDS]
            output: RUN + "/shards/{index}/analyses.json"
            wildcard_constraints: index="[0-9]+"
            threads: 2
            shell: "/bin/topoclip shard '/runs/a \"b\"' --stage analyses --plan 0123456789ab --index {wildcards.index} --threads {threads}"

        rule merge:
            input: [f"{RUN}/shards/{index}/analyses.json" for index in SHARDS]
            output: touch(RUN + "/shards/merged")
            threads: 2
            shell: "/bin/topoclip merge '/runs/a \"b\"' --plan 0123456789ab --no-report --threads {threads}"

        """#)
  }

  @Test(arguments: ["/runs/{index}", "/runs/a}", "/runs/a\nb"])
  func `what Snakemake would take apart is refused`(run: String) {
    #expect(throws: FileError.self) { try Snakefile(plan: .example(run), program: "t").text() }
  }
}
