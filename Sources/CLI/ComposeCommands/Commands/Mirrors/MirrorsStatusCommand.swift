import ArgumentParser
import ComposeLifecycle
import ComposePolicy
import ComposeReports
import ComposeStream
import MirrorDocuments
import ReleaseLedger
import ReleaseModel

struct MirrorsStatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "What mirrors and clients are told, and what they have.",
    discussion: """
      Asks the policy's metalink server for every repository. Exit status 2 if a release that is \
      named has a binary repository that too few mirrors have or that the server does not know \
      as it is, 69 if nothing answers, or if a release is named and no server can be asked.
      """)

  @Argument(
    help: ArgumentHelp(
      "The major version, such as 7, the name of a stream, or a release; all streams if none "
        + "is given."))
  var subject: String?

  @Option(
    help: ArgumentHelp(
      "Ask that many of the listed mirrors themselves, chosen by chance.", valueName: "number"))
  var probe = 0

  @Option(
    help: ArgumentHelp(
      "Ask this mirror, by the signed statement of what is current: where it serves the public "
        + "root; may be repeated.", valueName: "url"))
  var mirror: [String] = []

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    for url in mirror {
      guard ["http://", "https://"].contains(where: { url.hasPrefix($0) }) else {
        throw ValidationError("--mirror is where a mirror serves the public root: a URL.")
      }
    }
    if !mirror.isEmpty, subject == nil {
      throw ValidationError("--mirror needs the stream that is asked for, such as 7.")
    }
    guard (0...1000).contains(probe) else {
      throw ValidationError("--probe is a number of mirrors from 0 to 1000.")
    }
  }

  func run() async throws {
    let context = Context(global)
    let (entries, release) = try subjects(context)
    var results: [MirrorStatus] = []
    var hosts: Set<String> = []
    for entry in entries {
      let stream = try context.readingStream(entry)
      results.append(
        try MirrorStatus(
          of: stream, release: release, probing: probe, mirrors: mirror, besides: &hosts))
    }
    try context.render(MirrorStatusReport(streams: results.map(\.report)))
    // What was asked by name comes first.
    for result in results { try result.report.requireTrusted(among: mirror) }
    for result in results { try result.requireAnswers() }
    for result in results { try result.requireEnough() }
  }

  /// Policies that were asked about, and the release where one is named.
  private func subjects(_ context: Context) throws -> ([PolicySet.Entry], ReleaseID?) {
    guard let subject else {
      let entries = try context.policies().entries
      // The error is that of any of them.
      if let first = entries.first, entries.allSatisfy({ $0.policy.mirrors == nil }) {
        try context.requireMirrors(first)
      }
      return (entries.filter { $0.policy.mirrors != nil }, nil)
    }
    if subject.contains("."), let id = try? ReleaseID(subject) {
      let (_, entry) = try context.release(subject)
      try context.requireMirrors(entry)
      return ([entry], id)
    }
    guard let stream = StreamArgument(argument: subject) else { return ([], nil) }
    let entry = try stream.policy(context)
    try context.requireMirrors(entry)
    return ([entry], nil)
  }
}

/// The answers for one stream.
private struct MirrorStatus {
  let report: MirrorStatusReport.Stream
  private let stream: StreamContext
  private let named: ReleaseID?
  private let answers: [ReleaseID: [MirrorSurvey.Finding]]
  private let isAnswered: Bool

  /// - Parameters:
  ///   - release: the only one that is asked about; nil for all that have trees to fetch.
  ///   - count: mirrors to ask themselves, of each release.
  ///   - mirrors: URLs of mirrors to ask by the statement of what is current.
  ///   - hosts: mirrors that were asked; none is asked twice.
  init(
    of stream: StreamContext, release: ReleaseID?, probing count: Int, mirrors: [String],
    besides hosts: inout Set<String>
  ) throws {
    self.stream = stream
    named = release
    let records =
      try release.map { [try stream.release($0)] }
      ?? stream.ledger.releases().filter(Self.isToFetch).sorted { $0.id < $1.id }
    let survey = try MirrorSurvey(stream)
    answers = try survey?.repositories(of: records) ?? [:]
    let clients = try survey?.clients() ?? []
    isAnswered =
      survey == nil || clients.contains(where: \.isAnswered)
      || answers.values.joined().contains { if case .none = $0.answer { false } else { true } }
      || (clients.isEmpty && answers.isEmpty)
    let answers = answers
    let statements = try StatementSurvey(stream)
    if !mirrors.isEmpty, statements == nil { throw stream.nothingStated }
    // What is signed tells more than a single repomd.xml.
    let asked =
      mirrors
      + (statements == nil
        ? []
        : survey?.places(of: Array(answers.values.joined()), count: count, besides: &hosts) ?? [])
    var probes: [ReleaseID: MirrorSurvey.Probe] = [:]
    if let survey, count > 0 {
      // Where mirrors do not suffice for all, the newest matters most.
      for record in records.reversed() {
        probes[record.id] = try survey.probe(
          answers[record.id] ?? [], count: count, besides: &hosts)
      }
    }
    report = MirrorStatusReport.Stream(
      stream: stream.policy.stream, modules: try stream.moduleStates(),
      releases: try records.map { record in
        let own = answers[record.id] ?? []
        let archives =
          record.state == .archived ? try survey?.archives(of: own) ?? [:] : [:]
        return MirrorStatusReport.Release(
          release: record.id.description, state: record.state.rawValue,
          repositories: own.map {
            MirrorStatusReport.Repository($0, in: stream, of: record.id, archives[$0.repository])
          },
          probe: probes[record.id].map(MirrorStatusReport.Probe.init))
      },
      clients: clients.map {
        .init(
          name: $0.name, arch: $0.arch, link: $0.link?.description,
          leadsTo: $0.release?.description, answered: $0.isAnswered)
      }, unasked: MirrorSurvey.obstacle(of: stream),
      statement: (statements?.newest).map {
        .init(
          serial: $0.serial, release: $0.release, written: $0.written, validUntil: $0.validUntil)
      },
      mirrors: try statements.map { statements in
        try asked.map { .init($0, try statements.verdict(of: $0)) }
      } ?? [])
  }

  /// Those that mirrors have or shall have: archived ones until their original is gone.
  private static func isToFetch(_ record: ReleaseRecord) -> Bool {
    switch record.state {
    case .published, .current, .superseded: true
    case .archived: record.trees.contains { $0.place == .public }
    case .composing, .staged, .abandoned: false
    }
  }

  /// Throws `unavailable` where the server did not answer a single question, and where a release
  /// is named and nobody was asked: whoever asks for a proof must not take silence for one.
  func requireAnswers() throws {
    if let named, let obstacle = report.unasked {
      throw ComposeError(
        .unavailable, "release \(named)", "no server was asked: \(obstacle)",
        remedy:
          "Name one that can be asked with 'mirrors.metalink' and 'mirrors.names' of the policy")
    }
    guard !isAnswered, let metalink = stream.policy.mirrors?.metalink else { return }
    let causes = answers.values.joined().compactMap { finding -> String? in
      if case .none(let cause) = finding.answer { cause } else { nil }
    }
    throw ComposeError(
      .unavailable, metalink.sanitizedForDisplay, causes.first ?? "it does not answer",
      remedy: "Check 'mirrors.metalink' of the policy and the server, then run the command again")
  }

  /// Throws `refused` where the release that was named is not where clients could be led to it.
  func requireEnough() throws {
    guard let named, let own = answers[named] else { return }
    let findings: [ReleaseModel.Finding]
    do {
      findings = try MirrorGate.findings(
        own, of: named, in: stream.servedTree(of: named),
        minimum: stream.policy.mirrors?.minimum ?? 0)
    } catch let error as ComposeError where error.kind == .unavailable {
      throw ComposeError(
        .refused, "release \(named)", "\(error.thing): \(error.cause)", remedy: error.remedy)
    }
    guard let first = findings.first else { return }
    throw ComposeError(
      .refused, "release \(named)",
      first.message + (findings.count > 1 ? "; \(findings.count - 1) more like this" : ""),
      remedy: first.remedy, findings: findings)
  }
}

extension MirrorStatusReport.Repository {
  fileprivate init(
    _ finding: MirrorSurvey.Finding, in stream: StreamContext, of release: ReleaseID,
    _ archive: MirrorSurvey.Archive?
  ) {
    var (listed, repomd, problem): (Int?, String, String?) = (nil, "missing", nil)
    switch finding.answer {
    case .missing: break
    case .none(let cause): (repomd, problem) = ("unanswered", cause)
    case .listed(let hosts, let index, _): (listed, repomd) = (hosts, index.rawValue)
    }
    let repository = finding.repository
    // Clients get the other tree by their names.
    let isServed = stream.servedTree(of: release).map { repository.path.isWithin($0.path) } ?? true
    self.init(
      name: repository.name, arch: repository.arch, path: repository.path.description,
      listed: listed, repomd: repomd,
      behindSince: finding.behindSince.map { Moment($0).description },
      problem: problem, archive: archive?.rawValue,
      label: isServed ? repository.label : "\(repository.label) in releases")
  }
}

extension MirrorStatusReport.Probe {
  fileprivate init(_ probe: MirrorSurvey.Probe) {
    self.init(
      asked: probe.asked, fresh: probe.fresh, older: probe.older, missing: probe.missing,
      unreachable: probe.unreachable)
  }
}

extension StreamContext {
  /// Lists of each module as the ledger has them.
  fileprivate func moduleStates() throws -> [MirrorStatusReport.Module] {
    let known = try ledger.mirrorModules()
    return moduleNames.map { name in
      let record = known.first { $0.module == name }
      return MirrorStatusReport.Module(
        name: name.description, serial: record.flatMap { $0.serial > 0 ? $0.serial : nil },
        written: record?.writtenAt.map { Moment($0).description },
        owed: record.flatMap { $0.owesLists ? $0.owedSince : nil }.map { Moment($0).description },
        filesOwed: record.flatMap { $0.owesLists ? nil : $0.owedSince }
          .map { Moment($0).description })
    }
  }
}
