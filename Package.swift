// swift-tools-version: 6.2
import PackageDescription

// One set of rules for every Swift target. Numeric loops are 10 to 100 times slower
// unoptimised, so debug builds are optimised too.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .unsafeFlags(["-O"], .when(configuration: .debug)),
]

// What computes little itself, tests and commands, spends more time in the optimiser than it gives back. Without
// optimisation the compiler would make the module apart from the code, and check all types twice.
let plainSettings = settings + [.unsafeFlags(["-Onone", "-no-emit-module-separately-wmo"])]

// What C and C++ are compiled with: they check their stacks and the sizes of what they copy, which needs an
// optimised build in every configuration.
let checks = ["-fstack-protector-strong", "-D_FORTIFY_SOURCE=2"]
let warnings = ["-Wall", "-Wextra", "-Werror"]

// Kernels are written for the vectoriser, which -O0 leaves out.
let kernelSettings: [CSetting] = [.unsafeFlags(["-O3"] + warnings + checks)]

let algorithms = Target.Dependency.product(name: "RealModule", package: "swift-numerics")
let heaps = Target.Dependency.product(name: "HeapModule", package: "swift-collections")

let package = Package(
  name: "topoclip",
  products: [
    .executable(name: "topoclip", targets: ["topoclip"])
  ],
  dependencies: [
    // Exact versions: Package.resolved is not committed.
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
    .package(url: "https://github.com/apple/swift-numerics", exact: "1.1.1"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    // What reads configuration files is left out.
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1",
      traits: ["FullFoundation"]),
    // What Hummingbird stands on, where the server looks below it.
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
  ],
  targets: [
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev", "liblapacke-dev"])]),
    .systemLibrary(name: "CDNNL", providers: [.apt(["libdnnl-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CJPEG", pkgConfig: "libjpeg", providers: [.apt(["libjpeg62-turbo-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
    .systemLibrary(
      name: "CFreeType", pkgConfig: "freetype2", providers: [.apt(["libfreetype-dev"])]),
    .target(
      name: "CImageCodecs", dependencies: ["CPNG", "CJPEG"],
      cSettings: [.unsafeFlags(["-O2"] + warnings + checks)]),
    .target(
      name: "CKernels",
      // What the folders share stands beside them.
      cSettings: kernelSettings + [.headerSearchPath(".")]),
    .target(
      name: "CHNSW", dependencies: ["CKernels"],
      cxxSettings: [.unsafeFlags(["-O3"] + warnings + checks)]),
    .target(
      name: "CGnuplot",
      cxxSettings: [.unsafeFlags(["-O2", "-Wall", "-Wextra"] + checks)],
      linkerSettings: [.linkedLibrary("boost_iostreams")]),
    .target(
      name: "CBuiltInModel", exclude: ["model"],
      cSettings: [.unsafeFlags(["-std=c23", "-O2"] + warnings + checks)]),
    .plugin(name: "CommitStamp", capability: .buildTool(), path: "Sources/CommitStamp"),
    .target(name: "Version", swiftSettings: settings, plugins: ["CommitStamp"]),
    .target(
      name: "LinearAlgebra", dependencies: ["COpenBLAS", "CKernels", "CNettle", algorithms],
      swiftSettings: settings),
    .target(
      name: "Files", dependencies: ["CZip", "CKernels", "LinearAlgebra"],
      swiftSettings: settings),
    .target(
      name: "Images",
      dependencies: ["CImageCodecs", "CKernels", "LinearAlgebra", "Files"],
      swiftSettings: settings),
    .target(
      name: "Textures", dependencies: ["LinearAlgebra", "Images"], swiftSettings: settings),
    .target(
      name: "Datasets", dependencies: ["CZlib", "LinearAlgebra", "Files", "Images", "Textures"],
      swiftSettings: settings),
    .target(
      name: "CLIP",
      dependencies: [
        "CBuiltInModel", "CDNNL", "COpenBLAS", "CKernels", "LinearAlgebra", "Files", "Images",
        heaps,
      ],
      swiftSettings: settings),
    .target(
      name: "Analyses",
      dependencies: ["CHNSW", "COpenBLAS", "CKernels", "LinearAlgebra", algorithms],
      swiftSettings: settings),
    .target(
      name: "Topology", dependencies: ["COpenBLAS", "CKernels", "LinearAlgebra"],
      swiftSettings: settings),
    .target(
      name: "Runs",
      dependencies: [
        "Version", "LinearAlgebra", "Files", "Images",
        .product(name: "Yams", package: "Yams"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: settings),
    .target(
      name: "RunAnalyses",
      dependencies: ["LinearAlgebra", "Files", "Analyses", "Topology", "Runs"],
      swiftSettings: settings),
    .target(
      name: "Embedding",
      dependencies: ["Analyses", "LinearAlgebra", "Files", "Images", "Datasets", "CLIP", "Runs"],
      swiftSettings: settings),
    .target(
      name: "Experiments",
      dependencies: [
        "Version", "LinearAlgebra", "Files", "Images", "Datasets", "CLIP", "Analyses", "Runs",
        "RunAnalyses",
        "Embedding",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: settings),
    .target(
      name: "Pages",
      dependencies: ["Version", "LinearAlgebra", "Files", "Images"],
      // A page carries them inside; a file of the program would have to be found at run time.
      resources: [
        .embedInCode("page.css"), .embedInCode("page-print.css"),
        .embedInCode("page-navigation.js"),
        .embedInCode("page-tables.js"), .embedInCode("page-thumbnails.js"),
        .embedInCode("page-map.js"),
        .embedInCode("Map/point-marks.js"), .embedInCode("Map/point-map-grid.js"),
        .embedInCode("Map/point-map-camera.js"), .embedInCode("Map/point-map-canvas.js"),
        .embedInCode("Map/point-map-webgl.js"), .embedInCode("Map/point-map-images.js"),
        .embedInCode("Map/point-map-overlay.js"), .embedInCode("Map/point-map-controls.js"),
        .embedInCode("Map/point-map-input.js"), .embedInCode("Map/point-map.js"),
        .embedInCode("Map/point-map.css"),
      ],
      swiftSettings: settings),
    .target(
      name: "FileAnalyses",
      dependencies: [
        "LinearAlgebra", "Files", "Images", "Analyses", "Topology", "Runs", "RunAnalyses", "Pages",
      ],
      swiftSettings: settings),
    .target(
      name: "Training",
      dependencies: [
        "Version", "LinearAlgebra", "Files", "Images", "Datasets", "Textures", "CLIP", "Analyses",
        "Runs", "RunAnalyses",
        "Embedding",
      ],
      swiftSettings: settings),
    .target(
      name: "Pairs",
      dependencies: [
        "Version", "LinearAlgebra", "Files", "Images", "CLIP", "Analyses", "Runs", "RunAnalyses",
        "Embedding", "Pages",
      ],
      swiftSettings: settings),
    .target(
      name: "SignWriting",
      dependencies: [
        "CFreeType", "Version", "LinearAlgebra", "Files", "Images", "CLIP", "Analyses", "Topology",
        "Runs", "RunAnalyses", "Embedding", "Pages", "FileAnalyses",
      ],
      swiftSettings: settings),
    .target(
      name: "Benchmarks",
      dependencies: [
        "Version", "LinearAlgebra", "Files", "CLIP", "Analyses", "Topology", "Runs",
        "RunAnalyses", "Embedding", "FileAnalyses",
      ],
      swiftSettings: settings),
    .target(
      name: "Reports",
      dependencies: [
        "CGnuplot", "Analyses", "Files", "Images", "LinearAlgebra", "Pages", "RunAnalyses", "Runs",
        "Topology", "Version",
      ],
      swiftSettings: settings),
    .target(
      name: "Explorer",
      dependencies: [
        "Version", "LinearAlgebra", "Files", "Images", "CKernels", "CLIP", "Analyses", "Runs",
        "RunAnalyses", "Embedding", "Pages",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        .product(name: "Logging", package: "swift-log"),
      ],
      // A program that is copied elsewhere has its page with it.
      resources: [
        .embedInCode("Page/explorer-client.js"), .embedInCode("Page/explorer-detail.js"),
        .embedInCode("Page/explorer-elements.js"), .embedInCode("Page/explorer-filters.js"),
        .embedInCode("Page/explorer-gallery.js"), .embedInCode("Page/explorer-images.js"),
        .embedInCode("Page/explorer-keyboard.js"), .embedInCode("Page/explorer-legend.js"),
        .embedInCode("Page/explorer-map.js"), .embedInCode("Page/explorer-masks.js"),
        .embedInCode("Page/explorer-model.js"), .embedInCode("Page/explorer-search.js"),
        .embedInCode("Page/explorer-selection.js"), .embedInCode("Page/explorer-view.js"),
        .embedInCode("Page/explorer-waiting.js"), .embedInCode("Page/explorer.css"),
        .embedInCode("Page/explorer.html"), .embedInCode("Page/explorer.js"),
        .embedInCode("Server/openapi.json"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "topoclip",
      dependencies: [
        "Analyses", "Benchmarks", "CLIP", "Datasets", "Embedding", "Experiments", "Explorer",
        "FileAnalyses",
        "Files", "Images", "LinearAlgebra", "Pairs", "Reports", "RunAnalyses", "Runs",
        "SignWriting",
        "Textures", "Topology", "Training", "Version",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: plainSettings,
      // The loader resolves everything at the start, and then makes its tables read-only.
      linkerSettings: [
        .unsafeFlags(["-Xlinker", "-z", "-Xlinker", "relro", "-Xlinker", "-z", "-Xlinker", "now"])
      ]),
    // What several test targets share; apart, so that no test builds what it does not need.
    .target(
      name: "Fixtures", dependencies: ["CZlib", "LinearAlgebra"], path: "Tests/Fixtures",
      swiftSettings: settings),
    .target(
      name: "ModelFixtures", dependencies: ["CLIP", "Images", "LinearAlgebra"],
      path: "Tests/ModelFixtures",
      swiftSettings: settings),
    .target(
      name: "RunFixtures", dependencies: ["Files", "Fixtures", "LinearAlgebra", "Runs"],
      path: "Tests/RunFixtures", swiftSettings: settings),
    .target(
      name: "ExplorerFixtures", dependencies: ["Explorer", "Images", "LinearAlgebra", "Runs"],
      path: "Tests/ExplorerFixtures", swiftSettings: settings),
    // What engines are compared with: in targets of their own, which are optimised, so that the tests need not be.
    .target(
      name: "AnalysesFixtures", dependencies: ["LinearAlgebra"], path: "Tests/AnalysesFixtures",
      swiftSettings: settings),
    .target(
      name: "TopologyFixtures", dependencies: ["LinearAlgebra"], path: "Tests/TopologyFixtures",
      swiftSettings: settings),
    // Every parser with inputs that are damaged: a short while in the tests, for hours in `make fuzz`.
    .target(
      name: "Fuzzing",
      dependencies: [
        "CLIP", "Datasets", "Embedding", "Experiments", "Explorer", "ExplorerFixtures",
        "FileAnalyses", "Files", "Fixtures", "Images", "LinearAlgebra", "ModelFixtures", "Pairs",
        "RunAnalyses", "Runs", "SignWriting", "Topology", "Training", "Version",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
      ],
      path: "Tests/Fuzz/Targets", swiftSettings: settings),
    .executableTarget(
      name: "fuzz", dependencies: ["Fixtures", "Fuzzing"], path: "Tests/Fuzz/Driver",
      swiftSettings: settings),
    .testTarget(
      name: "LinearAlgebraTests", dependencies: ["Fixtures", "LinearAlgebra"],
      swiftSettings: plainSettings),
    .testTarget(
      name: "FilesTests", dependencies: ["Files", "Fixtures", "LinearAlgebra"],
      swiftSettings: plainSettings),
    .testTarget(
      name: "ImagesTests", dependencies: ["Files", "Fixtures", "Images", "LinearAlgebra"],
      swiftSettings: plainSettings),
    .testTarget(
      name: "TexturesTests", dependencies: ["Images", "LinearAlgebra", "Textures"],
      swiftSettings: plainSettings),
    .testTarget(
      name: "DatasetsTests",
      dependencies: ["Datasets", "Files", "Fixtures", "Images", "LinearAlgebra", "Textures"],
      swiftSettings: plainSettings),
    .testTarget(
      name: "CLIPTests",
      dependencies: [
        "CKernels", "CLIP", "Files", "Fixtures", "Images", "LinearAlgebra", "ModelFixtures",
        "Textures",
      ],
      swiftSettings: plainSettings),
    .testTarget(
      name: "AnalysesTests",
      dependencies: ["Analyses", "AnalysesFixtures", "CKernels", "Fixtures", "LinearAlgebra"],
      swiftSettings: plainSettings),
    .testTarget(
      name: "TopologyTests",
      dependencies: ["Fixtures", "LinearAlgebra", "Topology", "TopologyFixtures"],
      swiftSettings: plainSettings),
    .testTarget(
      name: "RunsTests",
      dependencies: ["Files", "Fixtures", "Images", "LinearAlgebra", "Runs", "Version"],
      swiftSettings: plainSettings),
    .testTarget(
      name: "RunAnalysesTests",
      dependencies: [
        "Analyses", "Files", "Fixtures", "LinearAlgebra", "RunAnalyses", "RunFixtures", "Runs",
        "Topology",
      ],
      swiftSettings: plainSettings),
    .testTarget(
      name: "EmbeddingTests",
      dependencies: [
        "CLIP", "Datasets", "Embedding", "Files", "Fixtures", "Images", "LinearAlgebra",
        "RunFixtures", "Runs",
      ],
      swiftSettings: plainSettings),
    .testTarget(
      name: "PagesTests", dependencies: ["Files", "Fixtures", "Images", "Pages"],
      swiftSettings: plainSettings),
    .testTarget(
      name: "FileAnalysesTests",
      dependencies: [
        "Runs",
        "Analyses", "FileAnalyses", "Files", "Fixtures", "Images", "LinearAlgebra", "ModelFixtures",
        "Pages", "RunAnalyses", "RunFixtures", "Topology",
      ],
      swiftSettings: plainSettings),
    .testTarget(
      name: "TrainingTests",
      dependencies: [
        "CLIP", "Datasets", "Embedding", "Files", "Fixtures", "Images", "LinearAlgebra",
        "ModelFixtures", "RunFixtures", "Runs", "Textures", "Training",
      ],
      swiftSettings: plainSettings),
    .testTarget(
      name: "PairsTests",
      dependencies: [
        "Analyses", "CLIP", "Embedding", "Files", "Fixtures", "Images", "LinearAlgebra",
        "ModelFixtures", "Pages", "Pairs", "Runs", "Topology",
      ],
      swiftSettings: plainSettings),
    .testTarget(
      name: "SignWritingTests",
      dependencies: [
        "Files", "Fixtures", "Images", "LinearAlgebra", "ModelFixtures", "Runs", "SignWriting",
      ],
      swiftSettings: plainSettings),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: [
        "Analyses", "CLIP", "Datasets", "Embedding", "Experiments", "Files", "Fixtures", "Images",
        "LinearAlgebra", "ModelFixtures", "RunAnalyses", "RunFixtures", "Runs",
      ],
      swiftSettings: plainSettings),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "Files", "Fixtures", "Images", "Pages", "Reports", "RunAnalyses", "RunFixtures", "Runs",
        "Topology", "Version",
      ],
      swiftSettings: plainSettings),
    .testTarget(
      name: "ExplorerTests",
      dependencies: [
        "Analyses", "CKernels", "CLIP", "Explorer", "ExplorerFixtures", "Files", "Fixtures",
        "Images",
        "LinearAlgebra", "ModelFixtures", "Pages", "RunAnalyses", "RunFixtures", "Runs", "Textures",
        "Version",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
      ],
      swiftSettings: plainSettings),
    .testTarget(
      name: "FuzzTests", dependencies: ["Files", "Fixtures", "Fuzzing", "fuzz"],
      swiftSettings: plainSettings),
    .testTarget(
      name: "topoclipTests",
      dependencies: [
        "Datasets", "Files", "Fixtures", "Images", "LinearAlgebra", "ModelFixtures", "Pages",
        "Reports", "RunAnalyses", "Runs", "Textures", "topoclip",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: plainSettings),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
