extension ThirdParty {
  /// Everything by others, in the order of the roles.
  static let all = inside + server + runtime + libraries + programs

  private static let inside = [
    ThirdParty(
      name: "Swift Argument Parser", version: "1.8.2", role: .inside,
      licence: .apacheWithException, copyright: ["2020 Apple Inc. and the Swift project authors"],
      home: "https://github.com/apple/swift-argument-parser",
      buildNames: ["swift-argument-parser", "ArgumentParser", "ArgumentParserToolInfo"]),
    ThirdParty(
      name: "Swift Collections", version: "1.6.0", role: .inside, licence: .apacheWithException,
      copyright: ["2021 Apple Inc. and the Swift project authors"],
      home: "https://github.com/apple/swift-collections",
      buildNames: [
        "swift-collections", "ContainersPreview", "DequeModule", "HeapModule",
        "InternalCollectionsUtilities", "OrderedCollections",
      ]),
    ThirdParty(
      name: "Swift Numerics", version: "1.1.1", role: .inside, licence: .apacheWithException,
      copyright: ["2019 Apple Inc. and the Swift Numerics project authors"],
      home: "https://github.com/apple/swift-numerics",
      buildNames: ["swift-numerics", "RealModule", "_NumericsShims"]),
    ThirdParty(
      name: "SwiftLog", version: "1.16.2", role: .inside, licence: .apache,
      copyright: ["2018, 2019 The SwiftLog Project"],
      home: "https://github.com/apple/swift-log",
      notice: """
        This product contains a derivation of the lock implementation and various scripts from
        SwiftNIO (Apache-2.0, https://github.com/apple/swift-nio).
        """, buildNames: ["swift-log", "Logging"]),
    ThirdParty(
      name: "Yams", version: "6.2.2", role: .inside, licence: .mit,
      copyright: ["(c) 2016 JP Simard"], home: "https://github.com/jpsim/Yams",
      buildNames: ["Yams"]),
    ThirdParty(
      name: "LibYAML, in Yams", role: .inside, licence: .mit,
      copyright: ["(c) 2017-2020 Ingy döt Net", "(c) 2006-2016 Kirill Simonov"],
      home: "https://github.com/yaml/libyaml", buildNames: ["CYaml"]),
    ThirdParty(
      name: "hnswlib", role: .inside, licence: .apache,
      copyright: ["Yury Malkov, D. A. Yanushin and contributors"],
      home: "https://github.com/nmslib/hnswlib", package: "libhnswlib-dev",
      buildNames: ["hnswlib"]),
    ThirdParty(
      name: "gnuplot-iostream", role: .inside, licence: .mit,
      copyright: [
        "2009 Daniel Stahlke, Jens Mueller, Robbie Morrison, Daniel Di Marco, Sylwester Arabas"
      ], home: "http://www.stahlke.org/dan/gnuplot-iostream/", package: "libgnuplot-iostream-dev",
      buildNames: ["gnuplot-iostream.h"]),
    ThirdParty(
      name: "Boost's headers", role: .inside, licence: .boost, copyright: ["the Boost authors"],
      home: "https://www.boost.org", package: "libboost1.74-dev"),
  ]

  /// What the store and the server of `topoclip explore` are made of.
  private static let server = [
    ThirdParty(
      name: "GRDB", version: "7.10.0", role: .inside, licence: .mit,
      copyright: ["(C) 2015-2025 Gwendal Roué"], home: "https://github.com/groue/GRDB.swift",
      notice: """
        This product contains derivations of Swift's standard library
        (Apache-2.0, https://github.com/swiftlang/swift).
        """, buildNames: ["GRDB.swift", "GRDB"]),
    ThirdParty(
      name: "Active Support's inflections, in GRDB", role: .inside, licence: .mit,
      copyright: ["(c) 2005-2019 David Heinemeier Hansson"],
      home: "https://github.com/rails/rails"),
    ThirdParty(
      name: "Hummingbird", version: "2.28.1", role: .inside, licence: .apache,
      copyright: ["2024 The Hummingbird Project"],
      home: "https://github.com/hummingbird-project/hummingbird",
      notice: """
        This product contains code from swift-foundation (MIT,
        https://github.com/swiftlang/swift-foundation), from swift-middleware and the Swift AWS Lambda
        Runtime (Apache-2.0).
        """, buildNames: ["hummingbird", "Hummingbird", "HummingbirdCore"]),
    ThirdParty(
      name: "SwiftNIO", version: "2.101.2", role: .inside, licence: .apache,
      copyright: ["2017, 2018 The SwiftNIO Project"], home: "https://github.com/apple/swift-nio",
      notice: """
        This product is heavily influenced by Netty (Apache-2.0, https://netty.io).
        This product contains derivations of Fabian Fett's Base64.swift, of XCTest+AsyncAwait.swift and
        StructuredConcurrencyHelpers from AsyncHTTPClient, of _TinyArray.swift from SwiftCertificates, of
        the mocking infrastructure from Swift System and of TokenBucket.swift from Swift Package Manager
        (all Apache-2.0).
        """,
      buildNames: [
        "swift-nio",
        "CNIOAtomics", "CNIODarwin", "CNIOFreeBSD", "CNIOLinux", "CNIOOpenBSD", "CNIOPosix",
        "CNIOWASI", "CNIOWindows", "NIO", "NIOConcurrencyHelpers", "NIOCore", "NIOEmbedded",
        "NIOFileSystem", "NIOFoundationEssentialsCompat", "NIOHTTP1", "NIOPosix", "_NIOBase64",
        "_NIODataStructures", "_NIOFileSystem",
      ]),
    ThirdParty(
      name: "llhttp, in SwiftNIO", role: .inside, licence: .mit,
      copyright: ["Fedor Indutny, 2018"], home: "https://github.com/nodejs/llhttp",
      buildNames: ["CNIOLLHTTP"]),
    ThirdParty(
      name: "uSHET's cpp_magic.h, in SwiftNIO", role: .inside, licence: .mit,
      copyright: ["(c) 2014 Thomas Nixon, Jonathan Heathcote"],
      home: "https://github.com/18sg/uSHET"),
    ThirdParty(
      name: "SwiftNIO Extras", version: "1.35.2", role: .inside, licence: .apache,
      copyright: ["2017, 2018 The SwiftNIO Project"],
      home: "https://github.com/apple/swift-nio-extras",
      notice: """
        This product contains a derivation of HTTP1ProxyConnectHandler.swift from AsyncHTTPClient
        (Apache-2.0, https://github.com/swift-server/async-http-client).
        """, buildNames: ["swift-nio-extras", "NIOExtras", "NIOHTTPTypes", "NIOHTTPTypesHTTP1"]),
    ThirdParty(
      name: "Swift HTTP Types", version: "1.8.0", role: .inside, licence: .apache,
      copyright: ["2023 The Swift HTTP Types Project"],
      home: "https://github.com/apple/swift-http-types",
      buildNames: ["swift-http-types", "HTTPTypes"]),
    ThirdParty(
      name: "Swift Async Algorithms", role: .inside, licence: .apacheWithException,
      copyright: ["2022 Apple Inc. and the Swift project authors"],
      home: "https://github.com/apple/swift-async-algorithms", buildNames: ["AsyncAlgorithms"]),
    ThirdParty(
      name: "Swift Atomics", role: .inside, licence: .apacheWithException,
      copyright: ["2020-2025 Apple Inc. and the Swift project authors"],
      home: "https://github.com/apple/swift-atomics", buildNames: ["Atomics", "_AtomicsShims"]),
    ThirdParty(
      name: "Swift System", role: .inside, licence: .apacheWithException,
      copyright: ["2020-2026 Apple Inc. and the Swift System project authors"],
      home: "https://github.com/apple/swift-system", buildNames: ["CSystem", "SystemPackage"]),
    ThirdParty(
      name: "Swift Service Lifecycle", version: "2.13.0", role: .inside, licence: .apache,
      copyright: ["2019-2023 The ServiceLifecycle Project"],
      home: "https://github.com/swift-server/swift-service-lifecycle",
      notice: """
        This product contains derivations of the Lock and LockedValueBox implementations from SwiftNIO
        (Apache-2.0, https://github.com/apple/swift-nio), and uses swift-async-algorithms.
        """,
      buildNames: [
        "swift-service-lifecycle", "ConcurrencyHelpers", "ServiceLifecycle", "UnixSignals",
      ]),
    ThirdParty(
      name: "Swift Metrics", role: .inside, licence: .apache,
      copyright: ["2018, 2019 The SwiftMetrics Project"],
      home: "https://github.com/apple/swift-metrics",
      notice: """
        This product contains a derivation of the lock implementation and various scripts from
        SwiftNIO (Apache-2.0, https://github.com/apple/swift-nio).
        """, buildNames: ["CoreMetrics", "Metrics"]),
    ThirdParty(
      name: "Swift Distributed Tracing", role: .inside, licence: .apache,
      copyright: ["2020-2026 Apple Inc. and the Swift Distributed Tracing project authors"],
      home: "https://github.com/apple/swift-distributed-tracing",
      buildNames: ["Instrumentation", "Tracing"]),
    ThirdParty(
      name: "Swift Service Context", role: .inside, licence: .apache,
      copyright: ["2024 The Swift Service Context Project"],
      home: "https://github.com/apple/swift-service-context", buildNames: ["ServiceContextModule"]
    ),
  ]

  private static let runtime = [
    ThirdParty(
      name: "Swift's standard library, runtime and concurrency", role: .runtime,
      licence: .apacheWithException,
      copyright: ["2014-2026 Apple Inc. and the Swift project authors"],
      home: "https://github.com/swiftlang/swift"),
    ThirdParty(
      name: "Foundation", role: .runtime, licence: .apacheWithException,
      copyright: ["2014-2026 Apple Inc. and the Swift project authors"],
      home: "https://github.com/swiftlang/swift-corelibs-foundation"),
    ThirdParty(
      name: "ICU, in Foundation", role: .runtime, licence: .unicode,
      copyright: ["(c) 2016 and later: Unicode, Inc. and others"],
      home: "https://github.com/unicode-org/icu"),
    ThirdParty(
      name: "libdispatch and BlocksRuntime", role: .runtime, licence: .apacheWithException,
      copyright: ["2008-2026 Apple Inc. and the Swift project authors"],
      home: "https://github.com/swiftlang/swift-corelibs-libdispatch"),
  ]

  private static let libraries = [
    ThirdParty(
      name: "OpenBLAS", role: .library, licence: .bsd,
      copyright: ["2011-2022 The OpenBLAS Project", "2009-2010 The University of Texas at Austin"],
      home: "https://github.com/OpenMathLib/OpenBLAS", package: "libopenblas0-pthread",
      buildNames: ["COpenBLAS", "openblas"]),
    ThirdParty(
      name: "LAPACKE and LAPACK", role: .library, licence: .bsd,
      copyright: [
        "2010-2022 Intel Corp",
        "1992-2022 The University of Tennessee and The University of Tennessee Research Foundation",
        "2000-2022 The University of California Berkeley",
        "2006-2022 The University of Colorado Denver",
      ], home: "https://www.netlib.org/lapack/", package: "liblapacke", buildNames: ["lapacke"]),
    ThirdParty(
      name: "oneDNN", role: .library, licence: .apache,
      copyright: [
        "2016-2020 Intel Corporation", "2020 Arm Ltd. and affiliates", "2018 YANDEX LLC",
      ],
      home: "https://github.com/oneapi-src/oneDNN", package: "libdnnl2",
      buildNames: ["CDNNL", "dnnl"]),
    ThirdParty(
      name: "libpng", role: .library, licence: .libpng,
      copyright: [
        "1995-2022 The PNG Reference Library Authors", "2018-2022 Cosmin Truta",
        "1998-2018 Glenn Randers-Pehrson", "1996-1997 Andreas Dilger",
        "1995-1996 Guy Eric Schalnat, Group 42, Inc.",
      ], home: "http://www.libpng.org/pub/png/", package: "libpng16-16",
      buildNames: ["CPNG", "png16"]),
    ThirdParty(
      name: "libjpeg-turbo", role: .library, licence: .ijg,
      copyright: [
        "1991-2020 Thomas G. Lane, Guido Vollbeding", "2009-2023 D. R. Commander",
        "2015 Viktor Szathmáry",
      ], home: "https://libjpeg-turbo.org", package: "libjpeg62-turbo",
      notice: "This software is based in part on the work of the Independent JPEG Group.",
      buildNames: ["CJPEG", "jpeg"]),
    ThirdParty(
      name: "zlib", role: .library, licence: .zlib,
      copyright: ["1995-2022 Jean-loup Gailly and Mark Adler"], home: "https://zlib.net",
      package: "zlib1g", buildNames: ["CZlib", "z"]),
    ThirdParty(
      name: "libzip", role: .library, licence: .bsd,
      copyright: ["1999-2020 Dieter Baron and Thomas Klausner"], home: "https://libzip.org",
      package: "libzip4", buildNames: ["CZip", "zip"]),
    ThirdParty(
      name: "SQLite", role: .library, licence: .publicDomain, copyright: [],
      home: "https://sqlite.org", package: "libsqlite3-0",
      notice: "Its authors have given it to the public domain.", buildNames: ["sqlite3"]),
    ThirdParty(
      name: "Nettle", role: .library, licence: .lgplOrGPL,
      copyright: ["2001-2020 Niels Möller", "the Free Software Foundation"],
      home: "https://www.lysator.liu.se/~nisse/nettle/", package: "libnettle8",
      buildNames: ["CNettle", "nettle"]),
    ThirdParty(
      name: "FreeType", role: .library, licence: .freeType,
      copyright: ["1996-2022 David Turner, Robert Wilhelm and Werner Lemberg"],
      home: "https://freetype.org", package: "libfreetype6",
      notice:
        "Portions of this software are copyright 2022 The FreeType Project (www.freetype.org).",
      buildNames: ["CFreeType", "freetype"]),
    ThirdParty(
      name: "Boost.Iostreams", role: .library, licence: .boost,
      copyright: ["2003-2007 Jonathan Turkanis"], home: "https://www.boost.org",
      package: "libboost-iostreams1.74.0", buildNames: ["boost_iostreams"]),
    ThirdParty(
      name: "GCC's libraries: libstdc++, libgcc, libgfortran, libgomp", role: .library,
      licence: .gccException, copyright: ["1997-2022 Free Software Foundation, Inc."],
      home: "https://gcc.gnu.org", package: "libstdc++6", buildNames: ["gomp"]),
    ThirdParty(
      name: "The GNU C Library", role: .library, licence: .lgpl,
      copyright: ["1991-2022 Free Software Foundation, Inc."],
      home: "https://www.gnu.org/software/libc/", package: "libc6"),
  ]

  private static let programs = [
    ThirdParty(
      name: "gnuplot", role: .program, licence: .gnuplot,
      copyright: ["1986-1993, 1998, 2004 Thomas Williams, Colin Kelley"],
      home: "http://www.gnuplot.info", package: "gnuplot-nox")
  ]
}
