/// What shards do in turn: embed images, and compute the units of analyses of the embeddings.
package enum ShardStage: String, CaseIterable, Codable, Sendable {
  case embeddings, analyses
}
