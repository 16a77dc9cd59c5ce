// swift-tools-version: 6.2

import PackageDescription

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

// Arrows point down only; Docs/Design.md, "Layers", gives the reasons.
let package = Package(
  name: "epel-compose",
  products: [
    .executable(name: "epel-compose", targets: ["epel-compose"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // C libraries of the system.
    .systemLibrary(name: "CRPM", pkgConfig: "rpm", providers: [.apt(["librpm-dev"])]),
    .systemLibrary(
      name: "CCreaterepo", pkgConfig: "createrepo_c", providers: [.apt(["libcreaterepo-c-dev"])]),
    .systemLibrary(
      name: "CLibArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(
      name: "CModulemd", pkgConfig: "modulemd-2.0", providers: [.apt(["libmodulemd-dev"])]),
    .systemLibrary(
      name: "CSolv", pkgConfig: "libsolvext",
      providers: [.apt(["libsolv-dev", "libsolvext-dev"])]),
    .systemLibrary(
      name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CDurable"),
    .target(name: "CModules", dependencies: ["CModulemd"]),

    // Layer 0: words, and what names their contents.
    .target(name: "ReleaseModel", swiftSettings: settings),
    .target(name: "Digests", dependencies: ["ReleaseModel", "COpenSSL"], swiftSettings: settings),

    // Layer 1: one outside thing each; none imports another.
    .target(
      name: "ComposePolicy",
      dependencies: ["ReleaseModel", .product(name: "Yams", package: "Yams")],
      swiftSettings: settings),
    .target(
      name: "KojiClient", dependencies: ["ReleaseModel", "CCurl"], swiftSettings: settings),
    .target(
      name: "RPMPackages", dependencies: ["ReleaseModel", "CRPM", "CLibArchive", "Digests"],
      swiftSettings: settings),
    .target(
      name: "RepoMetadata",
      dependencies: [
        "ReleaseModel", "CCreaterepo", "CDeflate", "CModules", "CLibArchive", "CRPM", "CZlib",
        "Digests",
      ],
      swiftSettings: settings),
    .target(
      name: "DependencyClosure", dependencies: ["ReleaseModel", "Digests", "CSolv"],
      swiftSettings: settings),
    .target(
      name: "DurableFiles", dependencies: ["ReleaseModel", "CDurable", "Digests"],
      swiftSettings: settings),
    .target(
      name: "ReleaseLedger",
      dependencies: ["ReleaseModel", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: settings),

    .target(
      name: "Advisories", dependencies: ["ReleaseModel", .product(name: "Yams", package: "Yams")],
      swiftSettings: settings),
    .target(
      name: "HeaderCache",
      dependencies: [
        "ReleaseModel", "CDeflate", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: settings),

    // Layer 2: what could be done.
    .target(
      name: "PackageLibrary",
      dependencies: [
        "ReleaseModel", "Digests", "DurableFiles", "HeaderCache", "RPMPackages", "RepoMetadata",
      ],
      swiftSettings: settings),
    .target(
      name: "BuildSystems",
      dependencies: [
        "ReleaseModel", "ComposePolicy", "KojiClient", "RPMPackages", "ReleaseLedger",
        "DurableFiles", "PackageLibrary",
      ],
      swiftSettings: settings),
    .target(
      name: "ComposePlanning", dependencies: ["ReleaseModel", "ComposePolicy", "Digests"],
      swiftSettings: settings),

    // Layer 3: doing it, and telling.
    .target(
      name: "ComposeExecution",
      dependencies: [
        "ReleaseModel", "ComposePolicy", "RPMPackages", "RepoMetadata", "DependencyClosure",
        "DurableFiles", "ReleaseLedger", "HeaderCache", "Advisories", "Digests", "PackageLibrary",
        "BuildSystems", "ComposePlanning",
      ],
      swiftSettings: settings),
    .target(
      name: "ComposeReports",
      dependencies: [
        "ReleaseModel", "ComposePolicy", "ComposePlanning", "ReleaseLedger",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      swiftSettings: settings),
    .target(
      name: "ComposeSite",
      dependencies: ["ReleaseModel", .product(name: "Mustache", package: "swift-mustache")],
      swiftSettings: settings),

    // Layer 4: the command line.
    .target(
      name: "ComposeCommands",
      dependencies: [
        "ReleaseModel", "ComposePolicy", "KojiClient", "RPMPackages", "RepoMetadata",
        "DurableFiles", "ReleaseLedger", "HeaderCache", "PackageLibrary", "BuildSystems",
        "ComposePlanning", "ComposeExecution", "ComposeReports", "ComposeSite",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),

    // Layer 5: the doorbell.
    .executableTarget(
      name: "epel-compose", dependencies: ["ComposeCommands"], swiftSettings: settings),

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
        "PackageLibrary", "ComposeExecution",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tests/ComposeParts", swiftSettings: settings),
    .target(
      name: "ComposeTestSupport", dependencies: ["ReleaseModel", "Digests", "COpenSSL"],
      path: "Tests/ComposeTestSupport",
      swiftSettings: settings),
    .target(
      name: "ComposeStage",
      dependencies: [
        "ComposeExecution", "ComposePlanning", "ComposePolicy", "BuildSystems", "RPMPackages",
        "ReleaseLedger", "ReleaseModel", "ComposeTestSupport",
      ],
      path: "Tests/ComposeStage", swiftSettings: settings),
    .testTarget(
      name: "ReleaseModelTests", dependencies: ["ReleaseModel", "ComposeTestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "ComposePolicyTests",
      dependencies: ["ComposePolicy", "ReleaseModel", "ComposeTestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "KojiClientTests", dependencies: ["KojiClient", "ReleaseModel", "ComposeTestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "RPMPackagesTests",
      dependencies: [
        "RPMPackages", "ComposePlanning", "ComposePolicy", "ReleaseModel", "ComposeTestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "RepoMetadataTests",
      dependencies: ["RepoMetadata", "RPMPackages", "ReleaseModel", "ComposeTestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "DependencyClosureTests",
      dependencies: ["DependencyClosure", "RepoMetadata", "ReleaseModel", "ComposeTestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "DurableFilesTests",
      dependencies: ["DurableFiles", "ReleaseModel", "ComposeTestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "ReleaseLedgerTests",
      dependencies: ["ReleaseLedger", "ReleaseModel", "ComposeTestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "AdvisoriesTests", dependencies: ["Advisories", "ReleaseModel", "ComposeTestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "HeaderCacheTests",
      dependencies: [
        "HeaderCache", "ReleaseModel", "ComposeTestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "PackageLibraryTests",
      dependencies: [
        "PackageLibrary", "HeaderCache", "RPMPackages", "RepoMetadata", "DurableFiles", "Digests",
        "ReleaseModel", "ComposeTestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "BuildSystemsTests",
      dependencies: [
        "BuildSystems", "PackageLibrary", "RPMPackages", "RepoMetadata", "ReleaseLedger",
        "ReleaseModel", "ComposeTestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ComposePlanningTests",
      dependencies: [
        "ComposePlanning", "ComposePolicy", "RPMPackages", "ReleaseModel", "ComposeTestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ComposeExecutionTests",
      dependencies: [
        "ComposeExecution", "ComposePlanning", "ComposePolicy", "BuildSystems", "DurableFiles",
        "RPMPackages", "ReleaseLedger", "ReleaseModel", "ComposeStage", "ComposeTestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ComposeReportsTests",
      dependencies: ["ComposeReports", "ReleaseModel", "ComposeTestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "ComposeSiteTests",
      dependencies: ["ComposeSite", "ReleaseModel", "ComposeTestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "ComposeCommandsTests",
      dependencies: [
        "ComposeCommands", "ReleaseLedger", "ReleaseModel", "epel-compose", "epel-compose-faulty",
        "ComposeTestSupport",
      ], exclude: ["Golden"],
      swiftSettings: settings),
    .testTarget(
      name: "FaultTests",
      dependencies: [
        "ComposeExecution", "ComposePlanning", "BuildSystems", "DurableFiles", "ReleaseLedger",
        "ReleaseModel", "epel-compose", "epel-compose-faulty", "ComposeStage",
        "ComposeTestSupport",
      ],
      swiftSettings: settings),
  ]
)
