/// The signs whose embeddings are compared: `signs.csv`, and those whose neighbours are listed: `queries.csv`.
package enum SignColumns {
  package static let row = Column<Int>("row", in: 0..., "The row of the embeddings, from 0.")
  package static let sign = Column<String>("sign", "The sign in FSW.")
  package static let text = Column<String>(
    "text", "What it means, as the table of signs has it; empty for a sign that the table has not.")
  package static let image = Column<String>("image", "The file of its drawing in the folder.")

  package static let file = RunFile(
    "signs.csv", "The drawn signs of the sample, in the order of the rows of embeddings/NAME.npy.",
    columns: [row, sign, text, image])
  package static let queries = RunFile(
    "queries.csv",
    "The signs whose nearest are listed, in the order of the rows of queries/NAME.npy.",
    columns: [row, sign, text, image])
}

/// The signs of the sample that lie nearest to given ones, by each model.
package enum SignNeighborColumns {
  package static let query = Column<String>("query", "The sign whose nearest are listed, in FSW.")
  package static let rank = Column<Int>("rank", in: 1..., "The place of the neighbour, from 1.")
  package static let model = Column<String>("model", "The model, by its name.")
  package static let sign = Column<String>("sign", "The neighbour in FSW.")
  package static let text = Column<String>("text", "What it means, as the table of signs has it.")
  package static let cosine = Column<Double>(
    "cosine", in: -1...1, "The cosine of its embedding and the query's.")

  package static let file = RunFile(
    "neighbors.csv", "The nearest signs of the sample, a line a query, model and rank.",
    columns: [query, model, rank, sign, text, cosine])
}
