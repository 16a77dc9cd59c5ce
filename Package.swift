// swift-tools-version: 6.2

import PackageDescription

/// `make fuzz` sets EPEL_COMPOSE_FUZZ: the compiler then notes which code runs, and
/// libFuzzer's own program is built. Nothing else can be linked then.
let isForFuzzing = Context.environment["EPEL_COMPOSE_FUZZ"] != nil

/// Settings of every Swift target. CI sets EPEL_COMPOSE_STRICT: warnings are
/// errors there, but a newer compiler's new warning does not break a user's
/// build.
let settings: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  ] + (Context.environment["EPEL_COMPOSE_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)])
  + (isForFuzzing ? [.unsafeFlags(["-sanitize=fuzzer"])] : [])

/// A C library of the system, found by pkg-config.
func library(_ name: String, pkgConfig: String, apt: [String]) -> Target {
  .systemLibrary(
    name: name, path: "Sources/SystemLibraries/\(name)", pkgConfig: pkgConfig,
    providers: [.apt(apt)])
}

/// A target of the program, in the folder of its floor.
func target(_ name: String, in floor: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/\(floor)/\(name)",
    swiftSettings: settings)
}

/// Tests of one target, or of several together.
func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["ReleaseModel", "ComposeTestSupport", "TestRandom"],
    exclude: exclude, swiftSettings: settings)
}

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

/// The program that libFuzzer drives; see `isForFuzzing`.
let fuzzing: [Target] =
  isForFuzzing
  ? [
    .executableTarget(
      name: "epel-compose-libfuzzer", dependencies: ["FuzzTargets"], path: "Tests/Fuzzing/Coverage",
      swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])],
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])])
  ] : []

// Arrows point down only; Docs/Architecture.md, "Floors", gives the reasons. A
// test compares its table with this file.
let package = Package(
  name: "epel-compose",
  products: [
    .executable(name: "epel-compose", targets: ["epel-compose"]),
    .executable(name: "epel-mirrorlist", targets: ["epel-mirrorlist"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    library("CRPM", pkgConfig: "rpm", apt: ["librpm-dev"]),
    library("CCreaterepo", pkgConfig: "createrepo_c", apt: ["libcreaterepo-c-dev"]),
    library("CLibArchive", pkgConfig: "libarchive", apt: ["libarchive-dev"]),
    library("CCurl", pkgConfig: "libcurl", apt: ["libcurl4-openssl-dev"]),
    library("CModulemd", pkgConfig: "modulemd-2.0", apt: ["libmodulemd-dev"]),
    library("CSolv", pkgConfig: "libsolvext", apt: ["libsolv-dev", "libsolvext-dev"]),
    library("COpenSSL", pkgConfig: "libcrypto", apt: ["libssl-dev"]),
    library("CDeflate", pkgConfig: "libdeflate", apt: ["libdeflate-dev"]),
    library("CZlib", pkgConfig: "zlib", apt: ["zlib1g-dev"]),
    library("CXML2", pkgConfig: "libxml-2.0", apt: ["libxml2-dev"]),
    library("CRNP", pkgConfig: "librnp", apt: ["librnp-dev"]),
    library("CMaxMind", pkgConfig: "libmaxminddb", apt: ["libmaxminddb-dev"]),
    .target(name: "CDurable", path: "Sources/SystemLibraries/CDurable"),
    .target(name: "CMirrorlist", path: "Sources/SystemLibraries/CMirrorlist"),
    .target(
      name: "CModules", dependencies: ["CModulemd"], path: "Sources/SystemLibraries/CModules"),
    .target(
      name: "CXMLReader", dependencies: ["CXML2"], path: "Sources/SystemLibraries/CXMLReader"),

    // Words and results, and what names contents.
    target("ReleaseModel", in: "Model", []),
    target("Digests", in: "Model", ["ReleaseModel", "COpenSSL"]),

    // One outside thing each; none imports another.
    target("ComposePolicy", in: "Adapters", ["ReleaseModel", yams]),
    target("KojiClient", in: "Adapters", ["ReleaseModel", "CCurl"]),
    target("OpenPGPKeys", in: "Adapters", ["ReleaseModel", "CRNP"]),
    target("RPMPackages", in: "Adapters", ["ReleaseModel", "Digests", "CRPM", "CLibArchive"]),
    target(
      "RepoMetadata", in: "Adapters",
      [
        "ReleaseModel", "Digests", "CCreaterepo", "CDeflate", "CModules", "CLibArchive", "CRPM",
        "CXMLReader", "CZlib",
      ]),
    target("DependencyClosure", in: "Adapters", ["ReleaseModel", "Digests", "CSolv"]),
    target("DurableFiles", in: "Adapters", ["ReleaseModel", "Digests", "CDurable"]),
    target("ReleaseLedger", in: "Adapters", ["ReleaseModel", "Digests", grdb, grdbSQLite]),
    target("Advisories", in: "Adapters", ["ReleaseModel", yams]),
    target("HeaderCache", in: "Adapters", ["ReleaseModel", "CDeflate", grdb, grdbSQLite]),
    target("AccessLogs", in: "Adapters", ["ReleaseModel", "CLibArchive"]),
    target("MirrorDocuments", in: "Adapters", ["ReleaseModel", "Digests", "CXMLReader"]),

    // The responder, a program of its own: the rest imports none of it.
    target(
      "MirrorlistSnapshot", in: "Mirrorlist",
      ["ReleaseModel", "Digests", "MirrorDocuments", "CMaxMind"]),
    target("MirrorlistAnswers", in: "Mirrorlist", ["ReleaseModel", "MirrorlistSnapshot"]),
    target(
      "MirrorlistServer", in: "Mirrorlist",
      [
        "ReleaseModel", "MirrorlistSnapshot", "MirrorlistAnswers", "CMirrorlist", nioCore, nioHTTP1,
        nioPosix,
      ]),

    // What RPMs say, where builds come from, and who signs what is made of them.
    target(
      "PackageLibrary", in: "Packages",
      ["ReleaseModel", "Digests", "DurableFiles", "HeaderCache", "RPMPackages", "RepoMetadata"]),
    target(
      "BuildSystems", in: "Packages",
      [
        "ReleaseModel", "ComposePolicy", "KojiClient", "RPMPackages", "ReleaseLedger",
        "DurableFiles", "PackageLibrary",
      ]),
    target(
      "DocumentSigning", in: "Packages",
      ["ReleaseModel", "ComposePolicy", "DurableFiles", "OpenPGPKeys"]),

    // What could be done: pure functions of values.
    target("ComposePlanning", in: "Planning", ["ReleaseModel", "Digests", "ComposePolicy"]),
    target("LogAnalysis", in: "Planning", ["ReleaseModel"]),

    // One stream: its policy, places, ledger and clock.
    target(
      "ComposeStream", in: "Stream",
      [
        "ReleaseModel", "ComposePolicy", "RPMPackages", "RepoMetadata", "DurableFiles",
        "ReleaseLedger", "PackageLibrary", "DocumentSigning", "ComposePlanning",
      ]),

    // What is in a tree.
    target(
      "ComposeTrees", in: "Trees",
      [
        "ReleaseModel", "Digests", "ComposePolicy", "RPMPackages", "RepoMetadata", "DurableFiles",
        "ReleaseLedger", "Advisories", "PackageLibrary", "BuildSystems", "DocumentSigning",
        "ComposePlanning", "ComposeStream",
      ]),

    // What is right or wrong with it.
    target(
      "ComposeChecks", in: "Checks",
      [
        "ReleaseModel", "ComposePolicy", "RPMPackages", "RepoMetadata",
        "DependencyClosure", "DurableFiles", "ReleaseLedger", "HeaderCache", "PackageLibrary",
        "Digests", "DocumentSigning", "ComposePlanning", "ComposeStream", "ComposeTrees",
      ]),

    // Changing it.
    target(
      "ComposeLifecycle", in: "Lifecycle",
      [
        "ReleaseModel", "Digests", "ComposePolicy", "RPMPackages", "RepoMetadata", "DurableFiles",
        "ReleaseLedger", "MirrorDocuments", "BuildSystems", "DocumentSigning", "ComposePlanning",
        "ComposeStream", "ComposeTrees", "ComposeChecks",
      ]),

    // Telling of it: values in, text, JSON and pages out.
    target(
      "ComposeReports", in: "Views",
      ["ReleaseModel", "ComposePlanning", "LogAnalysis", "DocumentTemplates"]),
    target(
      "ComposeSite", in: "Views",
      ["ReleaseModel", "Digests", "ComposePlanning", "ComposeReports", "DocumentTemplates"]),
    target("DocumentTemplates", in: "Views", ["ReleaseModel", "Digests", mustache]),

    // The command line.
    target(
      "ComposeCommands", in: "CLI",
      [
        "ReleaseModel", "Digests", "ComposePolicy", "KojiClient", "RPMPackages", "DurableFiles",
        "ReleaseLedger", "HeaderCache", "AccessLogs", "MirrorDocuments", "OpenPGPKeys",
        "PackageLibrary", "BuildSystems", "DocumentSigning",
        "ComposePlanning", "LogAnalysis", "ComposeStream", "ComposeTrees", "ComposeChecks",
        "ComposeLifecycle", "ComposeReports", "ComposeSite", argumentParser,
      ]),
    .executableTarget(
      name: "epel-compose", dependencies: ["ComposeCommands"], path: "Sources/CLI/epel-compose",
      swiftSettings: settings),
    .executableTarget(
      name: "epel-mirrorlist",
      dependencies: [
        "ReleaseModel", "Digests", "MirrorlistSnapshot", "MirrorlistAnswers", "MirrorlistServer",
        "CMirrorlist", argumentParser,
      ],
      path: "Sources/CLI/epel-mirrorlist", swiftSettings: settings),

    // Tests: real RPMs, real clients, and the program with faults.
    .executableTarget(
      name: "epel-compose-faulty",
      dependencies: [
        "ComposeCommands", "BuildSystems", "DurableFiles", "ReleaseLedger", "ReleaseModel",
      ],
      path: "Tests/FaultyCompose", swiftSettings: settings),
    .executableTarget(
      name: "epel-compose-parts",
      dependencies: [
        "ReleaseModel", "DurableFiles", "HeaderCache", "RPMPackages", "RepoMetadata",
        "PackageLibrary", "ComposeStream", "ComposeTrees",
        argumentParser,
      ],
      path: "Tests/ComposeParts", swiftSettings: settings),
    .target(
      name: "FuzzTargets",
      dependencies: [
        "ReleaseModel", "Digests", "ComposePolicy", "KojiClient", "OpenPGPKeys", "RPMPackages",
        "RepoMetadata", "DependencyClosure", "ReleaseLedger", "Advisories", "HeaderCache",
        "MirrorDocuments",
        "MirrorlistSnapshot", "MirrorlistAnswers", "ComposePlanning", "LogAnalysis", "ComposeTrees",
        "ComposeTestSupport", "MirrorlistTestSupport", "TestRandom", grdb,
      ],
      path: "Tests/Fuzzing/Targets", swiftSettings: settings),
    .executableTarget(
      name: "epel-compose-fuzz", dependencies: ["FuzzTargets", argumentParser],
      path: "Tests/Fuzzing/Command", swiftSettings: settings),
    .target(
      name: "ComposeTestSupport",
      dependencies: ["ReleaseModel", "Digests", "ReleaseLedger", "COpenSSL", grdb],
      path: "Tests/ComposeTestSupport",
      swiftSettings: settings),
    .target(
      name: "ComposeStage",
      dependencies: [
        "ComposeStream", "ComposeTrees", "ComposeChecks", "ComposeLifecycle", "ComposePlanning",
        "ComposePolicy", "BuildSystems", "PackageLibrary", "RPMPackages", "ReleaseLedger",
        "ReleaseModel", "ComposeTestSupport",
      ],
      path: "Tests/ComposeStage", swiftSettings: settings),
    .target(
      name: "MirrorlistTestSupport", dependencies: ["TestRandom"],
      path: "Tests/MirrorlistTestSupport", swiftSettings: settings),
    .target(name: "TestRandom", path: "Tests/TestRandom", swiftSettings: settings),
    .executableTarget(
      name: "epel-mirrorlist-data", dependencies: ["MirrorlistTestSupport"],
      path: "Tests/MirrorlistData", swiftSettings: settings),
    tests(
      "MirrorlistSnapshotTests",
      ["MirrorlistSnapshot", "MirrorlistTestSupport", "MirrorDocuments", "Digests"]),
    tests(
      "MirrorlistAnswersTests",
      [
        "MirrorlistAnswers", "MirrorlistSnapshot", "MirrorlistTestSupport", "MirrorDocuments",
        "Digests",
      ], exclude: ["Golden"]),
    tests(
      "MirrorlistServerTests",
      [
        "MirrorlistServer", "MirrorlistSnapshot", "MirrorlistTestSupport", "MirrorDocuments",
        "Digests", "epel-mirrorlist",
      ]),
    tests("ReleaseModelTests", []),
    tests("ComposePolicyTests", ["ComposePolicy"]),
    tests("KojiClientTests", ["KojiClient"]),
    tests("OpenPGPKeysTests", ["OpenPGPKeys"]),
    tests(
      "RPMPackagesTests", ["RPMPackages", "OpenPGPKeys", "ComposePlanning", "ComposePolicy"]),
    tests("RepoMetadataTests", ["RepoMetadata", "RPMPackages", "CCreaterepo", "Digests"]),
    tests("DependencyClosureTests", ["DependencyClosure", "RepoMetadata"]),
    tests("DurableFilesTests", ["DurableFiles"]),
    tests("ReleaseLedgerTests", ["ReleaseLedger", "Digests"], exclude: ["Ledgers"]),
    tests("AdvisoriesTests", ["Advisories"]),
    tests("MirrorDocumentsTests", ["MirrorDocuments", "Digests"], exclude: ["Golden"]),
    tests("HeaderCacheTests", ["HeaderCache", grdb]),
    tests("AccessLogsTests", ["AccessLogs"]),
    tests("LogAnalysisTests", ["LogAnalysis"]),
    tests(
      "PackageLibraryTests",
      [
        "PackageLibrary", "HeaderCache", "OpenPGPKeys", "RPMPackages", "RepoMetadata",
        "DurableFiles", "Digests",
      ]),
    tests("DocumentSigningTests", ["DocumentSigning", "ComposePolicy", "DurableFiles"]),
    tests(
      "BuildSystemsTests",
      ["BuildSystems", "PackageLibrary", "RPMPackages", "RepoMetadata", "ReleaseLedger"]),
    tests("ComposePlanningTests", ["ComposePlanning", "ComposePolicy", "RPMPackages"]),
    tests(
      "ComposeExecutionTests",
      [
        "HeaderCache", "PackageLibrary", "DependencyClosure", "RepoMetadata", "Digests",
        "ComposeStream", "ComposeTrees", "ComposeChecks", "ComposeLifecycle", "ComposePlanning",
        "ComposePolicy", "BuildSystems", "DurableFiles", "RPMPackages", "ReleaseLedger",
        "ComposeStage", "MirrorDocuments",
      ]),
    tests("ComposeReportsTests", ["ComposeReports", "LogAnalysis"], exclude: ["Golden"]),
    tests("ComposeSiteTests", ["ComposeSite", "ComposeReports", "ComposePlanning"]),
    tests("DocumentTemplatesTests", ["DocumentTemplates"]),
    tests(
      "ComposeCommandsTests",
      [
        "ComposeCommands", "ComposePolicy", "Digests", "MirrorDocuments", "ReleaseLedger",
        "epel-compose", "epel-compose-faulty",
      ],
      exclude: ["Golden"]),
    tests(
      "FaultTests",
      [
        "ComposeStream", "ComposeTrees", "ComposeChecks", "ComposeLifecycle", "ComposePlanning",
        "ComposePolicy", "BuildSystems", "DocumentSigning", "DurableFiles", "ReleaseLedger",
        "ComposeStage", "epel-compose",
        "epel-compose-faulty",
      ]),
    tests("MirrorWorldTests", ["epel-compose"]),
    tests("FuzzingTests", ["FuzzTargets", "epel-compose-fuzz"]),
  ] + fuzzing
)
