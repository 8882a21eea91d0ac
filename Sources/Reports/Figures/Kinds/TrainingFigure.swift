import Files
import Foundation
import Runs

/// Curves of a training: loss, scores of the validation, learning rate.
enum TrainingFigure {
  private struct Entry: Decodable {
    let kind: String
    let epoch: Int?
    let step: Int?
    let epochs: Int?
    let steps: Int?
    let loss: Double?
    let learningRate: Double?
    let scores: [String: Double]?
    let trainingLoss: Double?
    let isBest: Bool?

    enum CodingKeys: String, CodingKey {
      case kind, epoch, step, epochs, steps, loss, scores
      case learningRate = "learning_rate"
      case trainingLoss = "training_loss"
      case isBest = "is_best"
    }
  }

  /// The figure of a `log.jsonl`.
  ///
  /// - Throws: `FileError` naming the line; `FigureLeftOut` for a log without steps.
  static func figure(log path: String) throws -> Figure {
    let entries = try read(path)
    let steps = entries.filter { $0.kind == "step" }
    let validations = entries.filter { $0.kind == "validation" }
    guard !steps.isEmpty else { throw FigureLeftOut("\(path) has no step") }
    var panels = [loss(steps, validations)]
    var legend = [
      LegendEntry(text: "batch", color: "#B8B8B8", mark: .line(dash: 1)),
      LegendEntry(text: "training, mean of an epoch", color: "#0072B2", mark: .line(dash: 1)),
      LegendEntry(text: "validation", color: "#D55E00", mark: .line(dash: 1)),
    ]
    if let (panel, entries) = scores(validations) {
      panels.append(panel)
      legend += entries
    }
    if let panel = rate(steps) { panels.append(panel) }
    let last = Double(
      max(steps.compactMap(\.step).max() ?? 0, validations.compactMap(\.steps).max() ?? 0))
    let range = Scale.range(of: [0, last], from: 0, margin: 0.02)
    for index in panels.indices {
      panels[index].x = Axis(label: "Step", range: range, ticks: Scale.linear(range, count: 4))
    }
    return Figure(
      name: "training", title: "Training",
      caption: "The loss of the batches, its mean over each epoch "
        + "beside the validation's, the validation's scores, and the learning rate, against the step."
        + (legend.contains { $0.text == "kept" }
          ? " The dotted line marks the model that was kept." : ""),
      section: .training, width: .twoColumns,
      layout: PanelLayout(columns: panels.count, panelHeight: 110, left: 28, columnGap: 32),
      panels: panels, legend: legend)
  }

  private static func loss(_ steps: [Entry], _ validations: [Entry]) -> Panel {
    let batch = rows(steps, \.loss)
    let training = rows(validations, \.trainingLoss)
    let validation = rows(validations) { $0.scores?["loss"] }
    var panel = Panel(title: "Loss")
    panel.y = axis(of: batch + training + validation)
    panel.plots = [
      .line(batch, color: "#B8B8B8", width: 0.5), .line(training, color: "#0072B2"),
      .line(validation, color: "#D55E00"),
    ]
    return panel
  }

  /// What a validation measures besides its loss, and which model was kept; nil where there is nothing else.
  private static func scores(
    _ validations: [Entry]
  ) -> (panel: Panel, legend: [LegendEntry])? {
    let names = Set(validations.flatMap { $0.scores.map { Array($0.keys) } ?? [] })
      .subtracting(["loss"]).sorted()
    guard !names.isEmpty else { return nil }
    var panel = Panel(title: names.count == 1 ? "Validation \(readable(names[0]))" : "Validation")
    var legend: [LegendEntry] = []
    let curves = names.map { name in rows(validations) { $0.scores?[name] } }
    panel.y = axis(of: curves.flatMap { $0 })
    for (index, curve) in curves.enumerated() {
      let color = names.count == 1 ? "#D55E00" : FigureStyle.color(ofClass: index + 2)
      panel.plots.append(.line(curve, color: color))
      if names.count > 1 {
        legend.append(
          LegendEntry(text: readable(names[index]), color: color, mark: .line(dash: 1)))
      }
    }
    if let place = validations.last(where: { $0.isBest == true })?.steps.map(Double.init) {
      panel.plots.append(
        .line(
          [[place, panel.y.range.lowerBound], [place, panel.y.range.upperBound]],
          color: FigureStyle.grey, width: 0.6, dash: 3))
      legend.append(LegendEntry(text: "kept", color: FigureStyle.grey, mark: .line(dash: 3)))
    }
    return (panel, legend)
  }

  private static func rate(_ steps: [Entry]) -> Panel? {
    let rates = rows(steps, \.learningRate)
    guard let highest = rates.map({ $0[1] }).max() else { return nil }
    let power = highest > 0 ? Int(floor(log10(highest))) : 0
    var panel = Panel(title: "Learning rate (\(Scale.powerOfTen(power)))")
    let scaled = rates.map { [$0[0], $0[1] / pow(10, Double(power))] }
    panel.y = axis(of: scaled)
    panel.plots = [.line(scaled, color: "#009E73")]
    return panel
  }

  /// The steps and the finite values of some entries.
  private static func rows(_ entries: [Entry], _ value: (Entry) -> Double?) -> [[Double]] {
    entries.compactMap { entry in
      guard let place = entry.step ?? entry.steps, let value = value(entry), value.isFinite else {
        return nil
      }
      return [Double(place), value]
    }
  }

  private static func axis(of rows: [[Double]]) -> Axis {
    let range = Scale.range(of: rows.map { $0[1] }, from: 0)
    return Axis(range: range, ticks: Scale.linear(range, count: 4))
  }

  private static func readable(_ name: String) -> String { name.replacing("_", with: " ") }

  private static func read(_ path: String) throws -> [Entry] {
    let text = try FileContents.readText(path)
    let decoder = CheckedJSONDecoder()
    return try text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap
    {
      index, line in
      if line.isEmpty { return nil }
      do {
        return try decoder.decode(Entry.self, from: Data(line.utf8))
      } catch {
        throw FileError(
          path,
          "line \(index + 1): is no entry of a training log; expected an object with kind and numbers"
        )
      }
    }
  }
}
