import Foundation
import RunFixtures
import Testing

@testable import Reports

struct WitnessesTests {
  @Test func `bars of the highest level come first`() throws {
    let run = try HandmadeRun()
    let columns =
      "scope,dimension,noise,level,seed,rank,change,birth,death,noisy_birth,noisy_death,displacement,role,row,path,class"
    try run.table(
      "witnesses.csv", columns,
      "class-a,1,gaussian,0.5,0,1,moved,0.1,0.2,0.3,0.4,0.1,birth,0,a/0.png,a",
      "class-a,1,gaussian,2,0,1,vanished,0.1,0.2,,,0.1,birth,0,a/0.png,a",
      "all,1,gaussian,2,0,2,vanished,0.3,0.4,,,0.1,birth,0,a/0.png,a")
    let html = try run.page()
    let places = ["the class a at σ = 2", "all images at σ = 2", "the class a at σ = 0.5"]
      .compactMap { html.range(of: "H1 of \($0), seed 0")?.lowerBound }
    #expect(places.count == 3 && places == places.sorted())
  }

  @Test func `images are folded away, and lead to the map`() throws {
    let run = try HandmadeRun()
    try run.table(
      "witnesses.csv",
      "scope,dimension,noise,level,seed,rank,change,birth,death,noisy_birth,noisy_death,displacement,role,row,path,class",
      "class-a,1,gaussian,2,0,1,moved,0.1,0.2,0.3,0.4,0.1,birth,1,a/1.png,a")
    #expect(try !run.page().contains("<a href=\"#layouts\" data-image"))
    try run.table("layouts/pca-clean.csv", "row,x,y", "0,0,0", "1,1,1", "2,0,1", "3,1,0")
    let html = try run.page()
    #expect(html.contains("<details><summary>The images of 1 bar</summary>"))
    #expect(
      html.contains("<a href=\"#layouts\" data-image=\"1\" data-condition=\"2\">birth: <strong>a"))
  }
}
