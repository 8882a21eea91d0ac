package enum ShardStage: String, CaseIterable, Codable, Sendable {
  case embeddings, analyses
}
