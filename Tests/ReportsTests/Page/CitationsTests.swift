import Files
import Fixtures
import Foundation
import Pages
import Testing
import Version

@testable import Reports

struct CitationsTests {
  @Test func `the page cites as the repository does`() throws {
    let file = Checkout.folder.appending(path: "CITATION.cff")
    let text = try FileContents.readText(file.path)
    #expect(text.contains("title: \"\(Citations.title)\"\n"))
    #expect(text.contains("name: \(Citations.authors)\n"))
    #expect(text.contains("version: \(ProgramVersion.current.version)\n"))
    #expect(text.contains("license: MIT\n"))
  }

  @Test func `papers are those of the files that a run has`() {
    let html = Citations.html { $0 == "bands.csv" }.markup
    #expect(html.contains("https://doi.org/10.1214/14-AOS1252"))
    #expect(html.contains("10.48550/arXiv.2103.00020"))
    #expect(!html.contains("UMAP"))
  }
}
