import Files
import Runs

/// What noise does to diagrams, classes and geometry, at the highest level of each kind.
struct StructureSentences {
  private let run: ReportedRun
  private let topLevels: [ReportedRun.Level]

  init(_ run: ReportedRun) {
    self.run = run
    topLevels = run.topLevels
  }

  /// The rows of a table at the highest level of a noise, of the first seed where there are several.
  private func rows(
    _ table: ReportTable, _ top: ReportedRun.Level, _ more: [String: String] = [:]
  ) throws -> ReportTable {
    let level = try table.rows(
      where: more.merging(["noise": top.noise, "level": top.level]) { $1 })
    guard level.has("seed"), let seed = try level.texts("seed").first else { return level }
    return try level.rows(where: ["seed": seed])
  }

  private func clean(_ table: ReportTable, _ more: [String: String] = [:]) throws -> ReportTable {
    try table.rows(where: more.merging(["noise": "none"]) { $1 })
  }

  // MARK: Diagrams

  /// How far diagrams moved, whether that is more than chance, and whether the theorem's bound holds.
  func topology() throws -> [String] {
    try distances() + diagramTests() + bands()
  }

  private func distances() throws -> [String] {
    guard let table = try run.table("distances.csv"), !table.rows.isEmpty else { return [] }
    var sentences: [String] = []
    for top in topLevels {
      let moved = try rows(
        table, top, ["scope": "all", "metric": "bottleneck", "scale": "none"])
      let halves =
        moved.has("between_halves")
        ? try moved.numbers("between_halves") : [Double?](repeating: nil, count: moved.rows.count)
      let parts = try zip(zip(moved.texts("dimension"), moved.numbers("distance")), halves)
        .compactMap { place, half -> String? in
          guard let distance = place.1 else { return nil }
          guard distance.isFinite else {
            return "the H\(place.0) diagram by ∞ (another number of its bars does not die)"
          }
          let text = "the H\(place.0) diagram by \(Wording.number(distance))"
          guard let half, half.isFinite else { return text }
          return text + (distance > half ? " (more than" : " (no more than")
            + " the \(Wording.number(half)) between halves of the clean images)"
        }
      guard !parts.isEmpty else { continue }
      sentences.append(
        "From clean images to \(Wording.level(noise: top.noise, level: top.level)), by bottleneck distance and over all "
          + "images, noise moves \(Wording.list(parts)).")
    }
    if table.has("ratio"), let largest = try table.numbers("ratio").compactMap(\.self).max() {
      let share = Wording.number(largest, digits: 2)
      // Embeddings and distances are float32.
      sentences.append(
        largest <= 1 + 1e-5
          ? "No diagram moved farther than the stability theorem allows: the largest share of its bound is \(share)."
          : "A diagram moved farther than the stability theorem allows, to \(share) of its bound, which cannot be: "
            + "distances.csv is in error."
      )
    }
    return sentences
  }

  private func diagramTests() throws -> [String] {
    guard let table = try run.table("diagram_tests.csv") else { return [] }
    return try topLevels.compactMap { top in
      let tests = try rows(table, top)
      let p = try tests.numbers("p_holm")
      guard !p.isEmpty else { return nil }
      let isRaw = try tests.texts("scale").map { $0 == "none" }
      let names = zip(try tests.texts("dimension"), isRaw).map {
        "H\($0)" + ($1 ? "" : " with the scale removed")
      }
      let found = p.indices.filter { (p[$0] ?? 1) < 0.05 }
      let count = Wording.count(p.count, "test")
      let told =
        "the classes' diagrams at \(Wording.level(noise: top.noise, level: top.level)) from those of clean images "
        + "(Robinson–Turner, Holm-corrected)"
      guard !found.isEmpty else {
        return "None of \(count) tells \(told): no evidence of a difference."
      }
      let onlyRaw = isRaw.contains(false) && found.allSatisfy { isRaw[$0] }
      return "\(found.count) of \(count) \(found.count == 1 ? "tells" : "tell") \(told): "
        + Wording.list(found.map { names[$0] })
        + (onlyRaw ? "; none with the scale of the distances removed." : ".")
    }
  }

  private func bands() throws -> [String] {
    guard let table = try run.table("bands.csv"), table.has("significant_h1") else { return [] }
    let cleanBand = try clean(table, ["scope": "all"])
    let before = try cleanBand.numbers("significant_h1").first ?? nil
    return try topLevels.compactMap { top in
      let band = try rows(table, top, ["scope": "all"])
      let after = try band.numbers("significant_h1").first ?? nil
      // No bar that dies is longer than the largest distance, which of unit vectors is 2 at most.
      let diameter = try max(cleanBand.number("diameter") ?? 2, band.number("diameter") ?? 2)
      guard let before, let after else { return nil }
      if table.has("half_width"), let wide = try cleanBand.numbers("half_width").first ?? nil,
        let noisyWide = try band.numbers("half_width").first ?? nil,
        2 * min(wide, noisyWide) >= diameter
      {
        return
          "The confidence band of the diagram of all images takes bars up to \(Wording.number(2 * wide, digits: 1)) long "
          + "on clean images and \(Wording.number(2 * noisyWide, digits: 1)) at "
          + "\(Wording.level(noise: top.noise, level: top.level)) for sampling noise; none that dies can be longer than \(Wording.number(diameter, digits: 1)), "
          + "so the band tells nothing here."
      }
      func bars(_ count: Double) -> String {
        Wording.count(Int(count), "loop")
      }
      return
        "Outside the confidence band of the diagram of all images stand \(bars(before)) on clean images and "
        + "\(bars(after)) at \(Wording.level(noise: top.noise, level: top.level))."
    }
  }

  // MARK: Classes

  /// The pair of classes that came together most.
  func merging() throws -> [String] {
    var sentences: [String] = []
    if let table = try run.table("class_means.csv") {
      let before = try clean(table).numbers("smallest_distance").first ?? nil
      for top in topLevels {
        let after = try rows(table, top)
        guard let before, let distance = try after.numbers("smallest_distance").first ?? nil,
          let a = try after.texts("class_a").first, let b = try after.texts("class_b").first
        else { continue }
        sentences.append(
          "The smallest distance between class means goes from \(Wording.number(before)) on clean images to "
            + "\(Wording.number(distance)) at \(Wording.level(noise: top.noise, level: top.level)) (\(a) and \(b))."
        )
      }
    }
    if let table = try run.table("merging_pairs.csv") {
      for top in topLevels {
        let pairs = try rows(table, top)
        let pair = try pairs.rows(where: ["rank": "1"])
        if pairs.rows.isEmpty {
          sentences.append(
            "At \(Wording.level(noise: top.noise, level: top.level)) no classes come together beyond the shrinking of "
              + "all.")
        }
        guard let a = try pair.texts("class_a").first, let b = try pair.texts("class_b").first,
          let confusedBefore = try pair.numbers("clean_confusion").first ?? nil,
          let confused = try pair.numbers("confusion").first ?? nil
        else { continue }
        let gain = pair.has("relative_fall") ? try pair.numbers("relative_fall").first ?? nil : nil
        let by = gain.map { " by \(Wording.number($0, digits: 2)) median distances of means" } ?? ""
        sentences.append(
          "Beyond the shrinking of all, the classes that came together most at "
            + "\(Wording.level(noise: top.noise, level: top.level)) are \(a) and \(b)\(by); "
            + "\(Wording.percent(confused)) of their images are taken for the other class there, "
            + "\(Wording.percent(confusedBefore)) when clean.")
      }
    }
    return sentences
  }

  // MARK: Geometry

  /// How much of the clean space is left.
  func geometry() throws -> [String] {
    guard let table = try run.table("geometry.csv"), table.has("cka_unbiased"),
      table.has("neighbor_overlap")
    else { return [] }
    return try topLevels.compactMap { top in
      let row = try rows(table, top)
      guard let cka = try row.numbers("cka_unbiased").first ?? nil,
        let overlap = try row.numbers("neighbor_overlap").first ?? nil
      else { return nil }
      return
        "At \(Wording.level(noise: top.noise, level: top.level)) the embeddings have an unbiased linear CKA of "
        + "\(Wording.number(cka, digits: 2)) with the clean ones, and \(Wording.percent(overlap)) of an image's nearest "
        + "neighbours are still its neighbours."
    }
  }
}
