import ComposePolicy
package import ComposeStream
import Digests
package import MirrorDocuments
package import ReleaseLedger
package import ReleaseModel

/// Asks the metalink server what clients are told.
package struct MirrorSurvey {
  let stream: StreamContext
  let fetching: any WebFetching
  private let questions: MirrorQuestions
  /// What is right of each directory, and what was.
  private let indexes: [RelativePath: Checksum]
  private let history: IndexHistory

  /// Questions at a time.
  static let threads = 4
  /// Seconds for each try of a question.
  static let patience = 10

  /// Nil where the policy names no server, or where it must not be asked: what is tried below
  /// a root of its own says nothing to servers of the world.
  package init?(_ stream: StreamContext) throws {
    guard let metalink = stream.policy.mirrors?.metalink, let fetching = stream.fetching,
      stream.mayAsk(metalink)
    else { return nil }
    self.stream = stream
    self.fetching = fetching
    questions = MirrorQuestions(metalink: metalink)
    let overlay = try OverlayGathering(stream)?.overlay()
    indexes = Dictionary(
      (overlay?.indexes ?? []).compactMap { index in
        Checksum(hex: index.digests.sha256).map { (index.directory, $0) }
      }
    ) { first, _ in first }
    history = try MirrorFiles.history(of: stream)
  }

  /// Which repomd.xml a server or mirror has.
  package enum Index: String, Sendable {
    /// As it is on disk.
    case newest
    /// One that was published before.
    case older
    /// None of this stream.
    case unknown
  }

  /// What the server says of one repository.
  package enum Answer: Sendable {
    /// It does not know the name (error 404).
    case missing
    /// It could not be asked, or said nothing that can be used; why.
    case none(String)
    /// Hosts that it names to everybody, which repomd.xml it calls the newest, and all places.
    case listed(hosts: Int, index: Index, mirrors: [Metalink.Mirror])
  }

  /// One repository and what the server says of it.
  package struct Finding: Sendable {
    /// The repository by its release name.
    package let repository: MirrorRepository
    /// What was asked.
    package let url: String
    /// What came back.
    package let answer: Answer
  }

  /// One client name on one architecture.
  package struct Client: Sendable {
    /// Such as `epel-7`.
    package let name: String
    /// MirrorManager's name of the architecture.
    package let arch: String
    /// The release that these clients get; nil where it is none that the ledger knows.
    package let release: ReleaseID?
    /// Whether there was an answer at all.
    package let isAnswered: Bool
  }

  /// Every repository of the trees of `releases` that have names: of `updates` first.
  package func repositories(of releases: [ReleaseRecord]) throws -> [ReleaseID: [Finding]] {
    let repositories = releases.flatMap { record in
      record.trees.reversed().flatMap { tree in
        stream.mirrorRepositories(of: tree.name).map { (record.id, $0) }
      }
    }
    let findings = try Concurrently.map(repositories, threads: Self.threads) { id, repository in
      let url = questions.repository(repository.name, arch: repository.arch)
      let answer = try answer(to: url) { index($0.current, of: repository) }
      return (id, Finding(repository: repository, url: url, answer: answer))
    }
    return Dictionary(grouping: findings) { $0.0 }.mapValues { $0.map(\.1) }
  }

  /// Which release the clients of each name get.
  package func clients() throws -> [Client] {
    let releases = try stream.ledger.releases().filter { !$0.trees.isEmpty }
    // The names are those of any release; each is asked for the repositories of the newest.
    guard let newest = releases.filter({ $0.state != .abandoned }).map(\.id).max() else {
      return []
    }
    let trees = releases.flatMap(\.trees).map(\.name)
    let pairs = stream.clientNames(of: newest).flatMap { client, repositories in
      repositories.map { (client: client, arch: $0.arch) }
    }
    return try Concurrently.map(pairs, threads: Self.threads) { pair in
      let url = questions.repository(pair.client, arch: pair.arch)
      switch try answer(to: url, judging: { _ in .unknown }) {
      case .missing:
        return Client(name: pair.client, arch: pair.arch, release: nil, isAnswered: true)
      case .none:
        return Client(name: pair.client, arch: pair.arch, release: nil, isAnswered: false)
      case .listed(_, _, let mirrors):
        let found = trees.first { tree in mirrors.contains { $0.url.contains("/\(tree.path)/") } }
        return Client(
          name: pair.client, arch: pair.arch, release: found?.release, isAnswered: true)
      }
    }
  }

  /// Places that the server names for `directory`; nil where it does not know it.
  ///
  /// Throws `unavailable` where it does not answer.
  func places(of directory: RelativePath) throws -> MirrorList? {
    let url = questions.directory(directory)
    switch try fetching.answer(to: url, limit: Metalink.limit, seconds: Self.patience) {
    case .body(let bytes): return MirrorList(bytes)
    case .missing: return nil
    case .none(let cause): throw Self.unavailable(url, cause)
    }
  }

  private func answer(
    to url: String, judging: (Metalink) -> Index
  ) throws -> Answer {
    switch try fetching.answer(to: url, limit: Metalink.limit, seconds: Self.patience) {
    case .missing: return .missing
    case .none(let cause): return .none(cause)
    case .body(let bytes):
      do {
        let metalink = try Metalink(bytes, from: url)
        return .listed(
          hosts: metalink.listedHosts, index: judging(metalink), mirrors: metalink.mirrors)
      } catch let error as ComposeError {
        return .none(error.cause)
      }
    }
  }

  private func index(_ version: Metalink.Version, of repository: MirrorRepository) -> Index {
    version.checksum.map { index($0, of: repository) } ?? .unknown
  }

  /// The same repository may be in the archive by now.
  func index(_ checksum: Checksum, of repository: MirrorRepository) -> Index {
    let directories = stream.directories(of: repository)
    if directories.contains(where: { indexes[$0] == checksum }) { return .newest }
    return directories.contains { history.knows(checksum, at: $0) } ? .older : .unknown
  }

  /// The error that a question was not answered.
  static func unavailable(_ url: String, _ cause: String) -> ComposeError {
    ComposeError(
      .unavailable, url.sanitizedForDisplay, cause,
      remedy: "Check 'mirrors.metalink' of the policy and the server, then run the command again")
  }
}

extension StreamContext {
  /// Directories of repomd.xml of `repository`, public and in the archive, as MirrorManager
  /// writes them.
  fileprivate func directories(of repository: MirrorRepository) -> [RelativePath] {
    guard let repodata = RelativePath("repodata") else { return [] }
    let archive = policy.mirrors.flatMap { RelativePath($0.manager.archive) }
    return [repository.directory, archive?.appending(repository.path)]
      .compactMap { $0?.appending(repodata) }
  }

  /// Whether a command may ask `url`: with a root of its own, only this machine.
  package func mayAsk(_ url: String) -> Bool {
    locations.prefix.isEmpty || url.hasPrefix("file:") || LocalURL.isLoopback(url)
  }
}
