import Testing

@testable import SignWriting

struct SignFiguresSettingsTests {
  private func settings(_ models: [String]) -> SignFiguresSettings {
    var drawing = RenderingSettings()
    drawing.canvas = 224
    return SignFiguresSettings(
      table: "signs.csv", models: models, fonts: "fonts", rendering: drawing, output: "out")
  }

  @Test func `models are called as their folders, those of a training as the training`() {
    #expect(
      settings(["builtin", "runs/signs/model", "other/signs/", "/model", "./clip-v1.5"]).modelNames
        == ["builtin", "signs", "signs-2", "model", "clip-v1.5"])
  }

  @Test func `the signs asked for by default can be read`() throws {
    for text in SignFiguresSettings.hello { #expect(try SignColumn(text).fsw == text) }
  }

  @Test func `options that are wrong are told`() {
    func told(_ change: (inout SignFiguresSettings) -> Void) -> String {
      var settings = settings(["a", "b"])
      change(&settings)
      do {
        _ = try SignFiguresJob(settings, isQuiet: true)
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(told { _ in } == "")
    #expect(told { $0.models = ["a", ""] }.hasPrefix("--model: expected one to 6 models"))
    #expect(told { $0.models = ["a", "a"] } == "--model names a model twice; name each once")
    #expect(told { $0.sample = 2 }.hasPrefix("--sample 2"))
    #expect(told { $0.neighborCount = 0 }.hasPrefix("--neighbors 0"))
    #expect(told { $0.queries = ["M500x500S1"] }.hasPrefix("--signs M500x500S1: "))
    let hello = SignFiguresSettings.hello[0]
    #expect(told { $0.queries = [hello, hello] } == "--signs names a sign twice; name each once")
    #expect(told { $0.table = "out/signs.csv" }.contains("would be overwritten"))
    #expect(told { $0.rendering.canvas = nil }.contains("--canvas 224"))
  }
}
