import Fixtures
import Foundation
import Testing

@testable import topoclip

/// Everything by others that the package names is told of.
struct ThirdPartyTests {
  private func file(_ path: String) throws -> String {
    try String(contentsOf: Checkout.folder.appending(path: path), encoding: .utf8)
  }

  private static let told = Set(ThirdParty.all.flatMap(\.buildNames))

  @Test func `every package is told of, with its version`() throws {
    let packages = try file("Package.swift").matches(
      of: /\.package\(\s*url: "[^"]*\/([^"\/]+)", exact: "([^"]+)"/)
    #expect(packages.count > 6)
    for package in packages {
      let entry = ThirdParty.all.first { $0.buildNames.contains(String(package.1)) }
      #expect(entry?.version == String(package.2), "\(package.1)")
      #expect(entry?.role == .inside)
    }
  }

  @Test func `every library that is linked is told of`() throws {
    let manifest = try file("Package.swift")
    let modules = manifest.matches(of: /\.systemLibrary\(\s*name: "([^"]+)"/).map { String($0.1) }
    #expect(modules.count > 4)
    var libraries = manifest.matches(of: /\.linkedLibrary\("([^"]+)"/).map { String($0.1) }
    for module in modules {
      libraries += try file("Sources/\(module)/module.modulemap").matches(of: /link "([^"]+)"/)
        .map { String($0.1) }
    }
    #expect(libraries.count > modules.count)
    for name in modules + libraries { #expect(Self.told.contains(name), "\(name)") }
  }

  /// The paths of the objects that the program was linked of.
  private static let linked =
    (try? String(
      contentsOf: URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appending(path: "topoclip.product/Objects.LinkFileList"), encoding: .utf8)) ?? ""

  @Test(.enabled(if: !linked.isEmpty, "the build keeps no list of what it links"))
  func `every module that is in the program is told of`() throws {
    let modules = Set(Self.linked.matches(of: /\/([^\/]+)\.build\//).map { String($0.1) })
    let own = try file("Package.swift").matches(of: /arget\(\s*name: "(\w+)"/).map { String($0.1) }
    let foreign = modules.subtracting(own)
    #expect(foreign.count > 20)
    for module in foreign.sorted() { #expect(Self.told.contains(module), "\(module)") }
  }

  @Test(arguments: ["CHNSW/hnsw.cpp", "CGnuplot/gnuplot.cpp"])
  func `every library of headers is told of`(source: String) throws {
    // What is no part of C, C++ or POSIX.
    let known = try file("Sources/" + source).matches(of: /#include <([a-z\-]+)(\/[^>]+|\.h)>/)
      .map { String($0.2).hasPrefix("/") ? String($0.1) : String($0.1) + ".h" }
      .filter { !["signal.h", "time.h", "math.h", "stdint.h", "string.h"].contains($0) }
    #expect(!known.isEmpty)
    for name in known { #expect(Self.told.contains(name), "\(name)") }
  }

  @Test func `the program prints them, with the words it must carry`() throws {
    let outcome = try ProgramRun(["--licences"])
    #expect(outcome.code == 0 && outcome.error.isEmpty)
    for entry in ThirdParty.all {
      #expect(outcome.output.contains(entry.name))
      for holder in entry.copyright { #expect(outcome.output.contains(holder)) }
    }
    for words in [
      "Apache License\n", "END OF TERMS AND CONDITIONS", "UNICODE LICENSE V3",
      "Permission is hereby granted, free of charge, to any person obtaining a copy\nof this software",
      "This software is based in part on the work of the Independent JPEG Group.",
    ] { #expect(outcome.output.contains(words), "\(words)") }
  }

  @Test func `work that is inside the program has its words there, or needs none`() {
    for entry in ThirdParty.all where entry.role == .inside || entry.role == .runtime {
      #expect(
        entry.licence.text != nil || entry.licence == .boost,
        "\(entry.name)"
      )
      #expect(!entry.copyright.isEmpty, "\(entry.name)")
    }
  }

  @Test func `the article names all of them`() throws {
    let article = try file("Sources/topoclip/topoclip.docc/Licences.md")
    for entry in ThirdParty.all {
      let row = ["| \(entry.name) |", entry.version.map { " \($0) |" } ?? nil].compactMap(\.self)
        .joined()
      #expect(article.contains(row), "\(row)")
      #expect(article.contains("| \(entry.licence.rawValue) |"))
    }
  }
}
