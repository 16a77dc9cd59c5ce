import ComposePolicy
import ComposeStage
import ComposeStream
import ComposeTestSupport
import Digests
import HeaderCache
import PackageLibrary
import RPMPackages
import ReleaseModel
import Testing

@testable import ComposeChecks

/// What clients are given to load, and what is remembered of it.
@Suite struct LoadedRepositoryTests {
  private let scratch: TemporaryDirectory
  private let policy: Policy

  init() throws {
    scratch = try TemporaryDirectory()
    policy = try Stage().policy
  }

  private func library() throws -> PackageLibrary {
    let cache = try #require(
      HeaderCache.open(directory: scratch.path("cache"), access: .writing))
    return PackageLibrary(
      reader: RPMReader(keyring: nil, markerPattern: GlobPattern("README-RETIRED*")),
      cache: cache, form: policy.metadataForm)
  }

  private func repository(
    _ tree: String, _ path: String, _ contents: String?, packages: Int = 3
  ) -> ClientRepository {
    ClientRepository(
      id: "\(tree)-\(path)", place: .directory("/trees/\(tree)/\(path)"), packages: packages,
      contents: contents.map { Checksum(of: Array($0.utf8)) })
  }

  private func client(_ arch: String, _ repositories: [ClientRepository]) -> RehearsingClient {
    RehearsingClient(
      name: .dnf(nil), arch: Architecture(arch), policy: policy, repositories: repositories)
  }

  /// Sources of the first tree are what the second one has, too.
  private var clients: [RehearsingClient] {
    ["x86_64", "ppc64le"].map { arch in
      client(
        arch,
        ["releases", "updates"].flatMap { tree in
          [
            repository(tree, "Everything/\(arch)", "binary of \(arch)"),
            repository(tree, "Everything/source/tree", "sources of \(tree)"),
          ]
        })
    }
  }

  private func ids(_ clients: [RehearsingClient]) -> [String] {
    clients.flatMap { client in client.repositories.map { "\(client.arch): \($0.id)" } }
  }

  @Test func `each repository is loaded once, and sources by one client`() throws {
    let new = LoadedRepositories(library: try library(), asks: true).new(for: clients)
    #expect(
      ids(new) == [
        "x86_64: releases-Everything/x86_64", "x86_64: releases-Everything/source/tree",
        "x86_64: updates-Everything/source/tree", "ppc64le: releases-Everything/ppc64le",
      ])
  }

  @Test func `what was loaded is known to the next run, unless that asks anew`() throws {
    do {
      let memory = LoadedRepositories(library: try library(), asks: true)
      memory.remember(memory.new(for: clients))
    }
    let library = try library()
    #expect(LoadedRepositories(library: library, asks: true).new(for: clients).isEmpty)
    #expect(LoadedRepositories(library: library, asks: false).new(for: clients).count == 2)
  }

  @Test func `other bytes, another number of packages and unknown bytes are loaded`() throws {
    let library = try library()
    let memory = LoadedRepositories(library: library, asks: true)
    memory.remember(clients)
    let others = client(
      "x86_64",
      [
        repository("updates", "Everything/x86_64", "binary of x86_64"),
        repository("updates", "Everything/x86_64", "other bytes"),
        repository("updates", "Everything/x86_64", "binary of x86_64", packages: 4),
        repository("updates", "Everything/x86_64", nil),
        repository("updates", "Everything/x86_64", "binary of ppc64le"),
      ])
    #expect(memory.new(for: [others]).first?.repositories == Array(others.repositories.dropFirst()))
  }

  @Test func `a client that is not installed has no identity`() {
    #expect(InstalledClient.identity(of: "no-such-client") == nil)
    #expect(InstalledClient.identity(of: "rpm")?.contains("/rpm ") == true)
  }
}
