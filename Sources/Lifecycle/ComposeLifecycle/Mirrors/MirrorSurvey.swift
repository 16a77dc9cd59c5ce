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
  /// a root of its own says nothing to servers of the world. ``obstacle(of:)`` says which.
  package init?(_ stream: StreamContext) throws {
    guard Self.obstacle(of: stream) == nil, let metalink = stream.policy.mirrors?.metalink,
      let fetching = stream.fetching
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

  /// Why no server is asked, as the end of a sentence; nil where one is.
  package static func obstacle(of stream: StreamContext) -> String? {
    guard let metalink = stream.policy.mirrors?.metalink else {
      return "the policy has no 'mirrors.metalink'"
    }
    let names = stream.policy.mirrors?.names
    if names?.updates == nil, names?.releases == nil {
      return "the policy has no 'mirrors.names'"
    }
    if stream.fetching == nil { return "this command asks no server" }
    guard stream.mayAsk(metalink) else {
      return "with --root, only this machine is asked, and 'mirrors.metalink' is "
        + metalink.sanitizedForDisplay
    }
    return nil
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
    /// When the repomd.xml that the server calls the newest was followed by another, seconds
    /// since 1970: it was not scanned since. Nil for others than ``Index/older``.
    package let behindSince: Int?
  }

  /// What the server knows of the archived copy of a repository.
  package enum Archive: String, Sendable {
    /// It does not know the directory: it was not scanned since, or is not MirrorManager's.
    case unknown
    /// It knows it, and leads clients of the name to the original.
    case known
    /// It leads clients of the name there.
    case served
    /// It knows the directory, and not the name.
    case unnamed
  }

  /// What the server knows of the archived copy of the repository that `finding` is about.
  ///
  /// Only the directory that the server goes by tells the original from the archive: both have
  /// the same path on many mirrors.
  ///
  /// Throws `unavailable` where it does not answer.
  ///
  /// - Parameter directory: of the archived copy, as MirrorManager writes it.
  package func archive(of finding: Finding, at directory: RelativePath) throws -> Archive {
    guard let archived = try places(of: directory) else { return .unknown }
    guard case .listed(_, _, let found) = finding.answer else { return .unnamed }
    let isServed = found.contains { $0.repositoryURL.map(archived.urls.contains) == true }
    return isServed ? .served : .known
  }

  /// The same for each of `findings` whose repository is archived, by name and architecture; what
  /// is not answered is left out.
  package func archives(of findings: [Finding]) throws -> [MirrorRepository: Archive] {
    let states = try Concurrently.map(findings, threads: Self.threads) { finding -> Archive? in
      guard let directory = stream.archiveDirectory(of: finding.repository) else { return nil }
      do {
        return try archive(of: finding, at: directory)
      } catch let error as ComposeError where error.kind == .unavailable {
        return nil
      }
    }
    return Dictionary(
      zip(findings, states).compactMap { finding, state in
        state.map { (finding.repository, $0) }
      }
    ) { first, _ in first }
  }

  /// One client name on one architecture.
  package struct Client: Sendable {
    /// Such as `epel-7`.
    package let name: String
    /// MirrorManager's name of the architecture.
    package let arch: String
    /// The link with moments of its own that it goes with; nil for the leading release.
    package let link: RelativePath?
    /// The release that these clients get; nil where it is none that the ledger knows.
    package let release: ReleaseID?
    /// Whether there was an answer at all.
    package let isAnswered: Bool
  }

  /// Every repository of the trees of `releases` that have names: of `updates` first.
  package func repositories(of releases: [ReleaseRecord]) throws -> [ReleaseID: [Finding]] {
    let repositories = releases.flatMap { record in
      (record.stableTrees.reversed() + record.trees.filter { !$0.name.area.isStable }).flatMap {
        tree in
        stream.mirrorRepositories(of: tree.name).map { (record.id, $0) }
      }
    }
    let findings = try Concurrently.map(repositories, threads: Self.threads) { id, repository in
      let url = questions.repository(repository.name, arch: repository.arch)
      var behindSince: Int?
      let answer = try answer(to: url) { metalink in
        let index = self.index(metalink.current, of: repository)
        if index == .older { behindSince = replaced(metalink.current, of: repository) }
        return index
      }
      return (
        id, Finding(repository: repository, url: url, answer: answer, behindSince: behindSince)
      )
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
    let pairs = stream.clientNames(of: newest).flatMap { client in
      client.repositories.map { (client: client, arch: $0.arch) }
    }
    return try Concurrently.map(pairs, threads: Self.threads) { pair in
      let url = questions.repository(pair.client.name, arch: pair.arch)
      func client(getting release: ReleaseID?, isAnswered: Bool = true) -> Client {
        Client(
          name: pair.client.name, arch: pair.arch, link: pair.client.mover, release: release,
          isAnswered: isAnswered)
      }
      switch try answer(to: url, judging: { _ in .unknown }) {
      case .missing: return client(getting: nil)
      case .none: return client(getting: nil, isAnswered: false)
      case .listed(_, _, let mirrors):
        let found = trees.first { tree in mirrors.contains { $0.url.contains("/\(tree.path)/") } }
        return client(getting: found?.release)
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

  private func replaced(_ version: Metalink.Version, of repository: MirrorRepository) -> Int? {
    guard let checksum = version.checksum else { return nil }
    return stream.directories(of: repository).compactMap { history.replaced(checksum, at: $0) }
      .min()
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
    return [repository.directory, archiveDirectory(of: repository)]
      .compactMap { $0?.appending(repodata) }
  }

  /// Where the archived copy of `repository` is, or would be, as MirrorManager writes it.
  func archiveDirectory(of repository: MirrorRepository) -> RelativePath? {
    policy.mirrors.flatMap { RelativePath($0.manager.archive) }?.appending(repository.path)
  }

  /// Whether a command may ask `url`: with a root of its own, only this machine.
  package func mayAsk(_ url: String) -> Bool {
    locations.prefix.isEmpty || url.hasPrefix("file:") || LocalURL.isLoopback(url)
  }
}
