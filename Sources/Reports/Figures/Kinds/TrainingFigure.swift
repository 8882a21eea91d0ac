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
    let last = Double(
      max(steps.compactMap(\.step).max() ?? 0, validations.compactMap(\.steps).max() ?? 0))
    func across(_ label: String = "Step") -> Axis {
      let range = Scale.range(of: [0, last], from: 0, margin: 0.02)
      return Axis(label: label, range: range, ticks: Scale.linear(range, count: 4))
    }
    func rows(_ entries: [Entry], _ value: (Entry) -> Double?) -> [[Double]] {
      entries.compactMap { entry in
        guard let place = entry.step ?? entry.steps, let value = value(entry), value.isFinite else {
          return nil
        }
        return [Double(place), value]
      }
    }
    let batch = rows(steps, \.loss)
    let training = rows(validations, \.trainingLoss)
    let validation = rows(validations) { $0.scores?["loss"] }
    var loss = Panel(title: "Loss")
    loss.x = across()
    let lossRange = Scale.range(of: (batch + training + validation).map { $0[1] }, from: 0)
    loss.y = Axis(range: lossRange, ticks: Scale.linear(lossRange, count: 4))
    loss.plots = [
      .line(batch, color: "#B8B8B8", width: 0.5), .line(training, color: "#0072B2"),
      .line(validation, color: "#D55E00"),
    ]
    var panels = [loss]
    var legend = [
      LegendEntry(text: "batch", color: "#B8B8B8", mark: .line(dash: 1)),
      LegendEntry(text: "training, mean of an epoch", color: "#0072B2", mark: .line(dash: 1)),
      LegendEntry(text: "validation", color: "#D55E00", mark: .line(dash: 1)),
    ]
    let names = Set(validations.flatMap { $0.scores.map { Array($0.keys) } ?? [] })
      .subtracting(["loss"]).sorted()
    if !names.isEmpty {
      var scores = Panel(
        title: names.count == 1 ? "Validation \(readable(names[0]))" : "Validation")
      scores.x = across()
      let curves = names.map { name in rows(validations) { $0.scores?[name] } }
      let range = Scale.range(of: curves.flatMap { $0.map { $0[1] } }, from: 0)
      scores.y = Axis(range: range, ticks: Scale.linear(range, count: 4))
      for (index, curve) in curves.enumerated() {
        let color = names.count == 1 ? "#D55E00" : FigureStyle.color(ofClass: index + 2)
        scores.plots.append(.line(curve, color: color))
        if names.count > 1 {
          legend.append(
            LegendEntry(text: readable(names[index]), color: color, mark: .line(dash: 1)))
        }
      }
      let best = validations.filter { $0.isBest == true }.last
      if let best, let place = best.steps {
        scores.plots.append(
          .line(
            [[Double(place), range.lowerBound], [Double(place), range.upperBound]],
            color: FigureStyle.grey, width: 0.6, dash: 3))
        legend.append(LegendEntry(text: "kept", color: FigureStyle.grey, mark: .line(dash: 3)))
      }
      panels.append(scores)
    }
    let rates = rows(steps, \.learningRate)
    if !rates.isEmpty {
      let highest = rates.map { $0[1] }.max() ?? 1
      let power = highest > 0 ? Int(floor(log10(highest))) : 0
      var rate = Panel(title: "Learning rate (\(Scale.powerOfTen(power)))")
      rate.x = across()
      let scaled = rates.map { [$0[0], $0[1] / pow(10, Double(power))] }
      let range = Scale.range(of: scaled.map { $0[1] }, from: 0)
      rate.y = Axis(range: range, ticks: Scale.linear(range, count: 4))
      rate.plots = [.line(scaled, color: "#009E73")]
      panels.append(rate)
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

  private static func readable(_ name: String) -> String { name.replacing("_", with: " ") }

  private static func read(_ path: String) throws -> [Entry] {
    let text: String
    do {
      text = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw FileError(path, "cannot be read: \(error.localizedDescription)")
    }
    let decoder = JSONDecoder()
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
