internal import Hummingbird
internal import LinearAlgebra
internal import Runs
internal import Version

/// What the page has to know before it draws anything.
private struct StateAnswer: Encodable {
  struct Name: Encodable {
    let name: String
    let label: String
  }

  struct Problem: Encodable {
    let subject: String
    let reason: String
  }

  struct Column: Encodable {
    let key: String
    let role: JSONField
    let kind: String
    var names: [String]?
    var minimum: Double?
    var maximum: Double?
  }

  struct Sprites: Encodable {
    let tile: Int
    let columns: Int
    let rows: Int
    let sheets: Int
  }

  let version: String
  let title: String
  let notes: [String]
  let model: JSONField
  let dimension: Int
  let conditions: [Name]
  let condition: String
  let revision: Int
  let count: Int
  let embeddedCount: Int
  let locatedCount: Int
  let progress: ProgressAnswer
  let columns: [Column]
  let problems: [Problem]
  let problemCount: Int
  let sprites: Sprites
}

/// Some of what cannot be shown, and how much there is.
private struct ProblemsAnswer: Encodable {
  let problems: [StateAnswer.Problem]
  let count: Int
}

/// How far the images have come, as `state` and the events tell it.
struct ProgressAnswer: Encodable {
  let stage: String
  let done: Int
  let total: Int
  let rate: Double
  let message: JSONField
  let revision: Int

  init(_ progress: ExplorationProgress) {
    stage = progress.stage.rawValue
    (done, total, revision) = (progress.done, progress.total, progress.revision)
    rate = progress.rate.isFinite ? progress.rate : 0
    message = progress.message.map(JSONField.text) ?? .null
  }
}

extension Route {
  /// What there is, how far it has come, and the columns of it.
  static let stateRoutes = [
    Route(.get, "/api/v1/state") { call in
      let set = try call.images()
      let progress = call.explorable.progress
      return call.service.cache.answer(
        "state \(set.condition.name) \(progress.stage) \(progress.done)", revision: set.revision
      ) {
        .json(StateAnswer(set, call.explorable), isKept: true)
      }
    },
    Route(.get, "/api/v1/problems") { call in
      let problems = try call.images().problems
      let rows = try call.range(of: problems.count)
      return .json(
        ProblemsAnswer(
          problems: problems[rows].map { .init(subject: $0.subject, reason: $0.reason) },
          count: problems.count), isKept: true)
    },
    Route(.get, "/api/v1/positions") { call in
      let images = try call.images()
      return call.service.cache.answer(
        "positions \(images.condition.name)", revision: images.revision
      ) {
        var bytes = ByteBuffer()
        bytes.reserveCapacity(9 * images.images.count)
        for value in images.positions.values {
          bytes.writeInteger(value.bitPattern, endianness: .little)
        }
        bytes.writeBytes(images.located.bytes)
        return .binary(bytes, isKept: true)
      }
    },
    Route(.get, "/api/v1/columns/{key}") { call in
      let images = try call.images()
      let key = call.name("key")
      guard let column = images.columns.first(where: { $0.key == key }) else {
        throw Refusal.missing("there is no column \"\(key.prefix(80))\"")
      }
      return call.service.cache.answer(
        "column \(images.condition.name) \(key)", revision: images.revision
      ) {
        .binary(column.values.bytes, isKept: true)
      }
    },
    Route(.get, "/api/v1/events") { call in try call.service.events.answer() },
  ]
}

extension StateAnswer {
  fileprivate init(_ set: ImageSet, _ explorable: any Explorable) {
    version = ProgramVersion.current.description
    (title, notes, dimension) = (explorable.title, explorable.notes, explorable.dimension)
    model = explorable.modelName.map(JSONField.text) ?? .null
    conditions = explorable.conditions.map { Name(name: $0.name, label: $0.name) }
    condition = set.condition.name
    (revision, count) = (set.revision, set.images.count)
    (embeddedCount, locatedCount) = (set.embedded.population, set.located.population)
    progress = ProgressAnswer(explorable.progress)
    columns = set.columns.map(Column.init)
    problems = set.problems.prefix(100).map { Problem(subject: $0.subject, reason: $0.reason) }
    problemCount = set.problems.count
    let layout = explorable.sprites
    let tiles = max(1, layout.columns * layout.rows)
    sprites = Sprites(
      tile: layout.tile, columns: layout.columns, rows: layout.rows,
      sheets: (set.images.count + tiles - 1) / tiles)
  }
}

extension StateAnswer.Column {
  fileprivate init(_ column: MetadataColumn) {
    key = column.key
    role = column.role.map(JSONField.text) ?? .null
    switch column.values {
    case .categories(let names, _):
      kind = "category"
      self.names = names
    case .numbers(let values, let present):
      kind = "number"
      let finite = present.rows.lazy.map { values[$0] }.filter(\.isFinite)
      minimum = finite.min() ?? 0
      maximum = finite.max() ?? 0
    }
  }
}

extension MetadataColumn.Values {
  /// Codes of 32 bits, or doubles and a bit each for being there.
  fileprivate var bytes: ByteBuffer {
    var bytes = ByteBuffer()
    switch self {
    case .categories(_, let codes):
      bytes.reserveCapacity(4 * codes.count)
      for code in codes { bytes.writeInteger(code, endianness: .little) }
    case .numbers(let values, let present):
      bytes.reserveCapacity(9 * values.count)
      for value in values { bytes.writeInteger(value.bitPattern, endianness: .little) }
      bytes.writeBytes(present.bytes)
    }
    return bytes
  }
}
