extension FuzzTarget {
  /// The registry.
  public static let all: [FuzzTarget] = [
    .safetensors, .numPy, .numPyArchive, .json, .csv, .points, .distances, .sparseDistances,
    .labels,
    .png, .jpeg,
    .matlab, .splitFile, .datasetTable,
    .modelConfiguration, .preprocessor, .vocabulary, .merges, .tokenizerDescription,
    .tokenizerSettings, .tokens,
    .checkpoint, .shards, .prompts,
    .yaml, .experiment, .trainingPlan, .assignment, .listText, .runTable, .conditionList, .manifest,
    .unit, .cell,
    .lock, .conditionName, .importedConditions, .plan, .shardRecord,
    .diagram,
    .sign, .signTable, .signLines,
    .pairs, .annotations, .candidates, .scoreTable,
    .request, .searchBody, .metadata, .embeddingIndex,
  ]
}
