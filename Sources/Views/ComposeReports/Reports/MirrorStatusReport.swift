package import ReleaseModel

/// What mirrors and clients are told of streams, and what they have.
package struct MirrorStatusReport: Report, Encodable {
  /// One for each policy that was asked.
  package let streams: [Stream]

  /// In the order in which they are shown.
  package init(streams: [Stream]) { self.streams = streams }

  /// One stream.
  package struct Stream: Encodable, Sendable {
    /// Name, such as `epel-7`.
    package let stream: String
    /// Its rsync modules.
    package let modules: [Module]
    /// Those that mirrors have, or shall have, oldest first.
    package let releases: [Release]
    /// Where clients that ask for names without a release are led.
    package let clients: [Client]
    /// Why no server was asked, as the end of a sentence; null where one was.
    @OrNull package var unasked: String?
    /// What is signed as current; null where nothing is.
    @OrNull package var statement: Statement?
    /// Mirrors that were asked by it.
    package let mirrors: [Mirror]

    /// Lists may be empty.
    package init(
      stream: String, modules: [Module], releases: [Release], clients: [Client],
      unasked: String? = nil, statement: Statement? = nil, mirrors: [Mirror] = []
    ) {
      self.unasked = unasked
      self.statement = statement
      self.mirrors = mirrors
      self.stream = stream
      self.modules = modules
      self.releases = releases
      self.clients = clients
    }
  }

  /// One rsync module and its lists.
  package struct Module: Encodable, Sendable {
    /// Such as `epel`.
    package let name: String
    /// Of the newest document of its change feed; null where there is none.
    @OrNull package var serial: Int?
    /// When its lists were written: `YYYY-MM-DD HH:MM UTC`; null before the first time.
    @OrNull package var written: String?
    /// Since when lists are older than trees; null while they are not.
    @OrNull package var owed: String?
    /// Since when overlay, maps and hand-over are older than trees though lists are not; null
    /// while they are not.
    @OrNull package var filesOwed: String?

    /// Times are text, in UTC.
    package init(
      name: String, serial: Int?, written: String?, owed: String?, filesOwed: String? = nil
    ) {
      self.filesOwed = filesOwed
      self.name = name
      self.serial = serial
      self.written = written
      self.owed = owed
    }
  }

  /// One release.
  package struct Release: Encodable, Sendable {
    /// ID of the release.
    package let release: String
    /// Raw value of its state, such as `published`.
    package let state: String
    /// What the metalink server says of each of its repositories; empty where none is asked.
    package let repositories: [Repository]
    /// What mirrors themselves had; null where none was asked.
    @OrNull package var probe: Probe?

    /// - Parameter probe: nil where no mirror was asked.
    package init(release: String, state: String, repositories: [Repository], probe: Probe?) {
      self.release = release
      self.state = state
      self.repositories = repositories
      self.probe = probe
    }
  }

  /// One repository as the metalink server describes it.
  package struct Repository: Encodable, Sendable {
    /// What clients ask for, such as `epel-debug-7.07.201908`.
    package let name: String
    /// MirrorManager's name of the architecture.
    package let arch: String
    /// Below the public root.
    package let path: String
    /// Mirrors that are named to everybody; null where the server does not know it.
    @OrNull package var listed: Int?
    /// `newest`, `older`, `unknown`, `missing` or `unanswered`.
    package let repomd: String
    /// Since when the server was not scanned, where it is `older`; null where that is not known.
    @OrNull package var behindSince: String?
    /// Why there was no answer; null where there was one.
    @OrNull package var problem: String?
    /// What the server knows of the archived copy: `unknown`, `known` (clients of the name get the
    /// original), `served` (they get the archive) or `unnamed` (it knows the directory, and not the
    /// name); null where the release is not archived, and where there was no answer.
    @OrNull package var archive: String?
    /// What people call it, such as `x86_64 debug`.
    private let label: String

    private enum CodingKeys: CodingKey {
      case name, arch, path, listed, repomd, behindSince, problem, archive
    }

    /// - Parameters:
    ///   - repomd: as ``repomd`` has it.
    ///   - archive: as ``archive`` has it.
    ///   - label: what people call it.
    package init(
      name: String, arch: String, path: String, listed: Int?, repomd: String,
      behindSince: String? = nil, problem: String?, archive: String? = nil, label: String
    ) {
      self.behindSince = behindSince
      self.archive = archive
      self.name = name
      self.arch = arch
      self.path = path
      self.listed = listed
      self.repomd = repomd
      self.problem = problem
      self.label = label
    }

    fileprivate var cells: [String] {
      let words =
        switch repomd {
        case "older":
          "older, known: MirrorManager has not scanned since" + (behindSince.map { " \($0)" } ?? "")
        case "unknown": "none of ours"
        case "missing": "not there (404)"
        case "unanswered": "no answer: \(problem ?? "")"
        default: repomd
        }
      let archived =
        switch archive {
        case "unknown": ", archive not known"
        case "known": ", original served, archive known"
        case "served": ", archive served"
        case "unnamed": ", archive known"
        default: ""
        }
      return [label, listed.map { "\($0)" } ?? "-", words + archived]
    }
  }

  /// What some mirrors of a release had when they were asked themselves.
  package struct Probe: Encodable, Hashable, Sendable {
    /// How many were asked.
    package let asked: Int
    /// They have what is published now.
    package let fresh: Int
    /// They have something else.
    package let older: Int
    /// They have nothing there (404).
    package let missing: Int
    /// They did not answer within ten seconds.
    package let unreachable: Int

    /// The last four add up to `asked`.
    package init(asked: Int, fresh: Int, older: Int, missing: Int, unreachable: Int) {
      self.asked = asked
      self.fresh = fresh
      self.older = older
      self.missing = missing
      self.unreachable = unreachable
    }
  }

  /// Clients of one name on one architecture.
  package struct Client: Encodable, Sendable {
    /// Such as `epel-7`.
    package let name: String
    /// MirrorManager's name of the architecture.
    package let arch: String
    /// The link with moments of its own that the name goes with; left out for the leading release.
    package let link: String?
    /// The release that they get; null where it is none of this stream, and without an answer.
    @OrNull package var leadsTo: String?
    /// Whether the server said anything.
    package let answered: Bool

    /// - Parameters:
    ///   - link: nil for the leading release.
    ///   - leadsTo: ID of the release.
    package init(
      name: String, arch: String, link: String? = nil, leadsTo: String?, answered: Bool = true
    ) {
      self.link = link
      self.answered = answered
      self.name = name
      self.arch = arch
      self.leadsTo = leadsTo
    }
  }

  /// One paragraph a stream.
  package func text(_ style: TextStyle) -> String {
    streams.map { Self.text(of: $0, style) }.joined(separator: "\n")
  }

  private static func text(of stream: Stream, _ style: TextStyle) -> String {
    var text = style.paint(stream.stream, .heading) + "\n"
    for module in stream.modules {
      let written = module.written.map { "lists written \($0)" } ?? "no lists yet"
      text += "  \(module.name): \(written)" + (module.serial.map { ", serial \($0)" } ?? "") + "\n"
      if let owed = module.filesOwed {
        text +=
          "  "
          + style.paint(
            "overlay, maps and hand-over are older than the trees since \(owed)", .attention) + "\n"
      }
      if let owed = module.owed {
        text +=
          "  "
          + style.paint(
            "\(module.name): lists are older than the trees since \(owed)",
            .attention) + "\n"
      }
    }
    if let unasked = stream.unasked, stream.mirrors.isEmpty {
      text += "  no server was asked: \(unasked)\n"
    }
    text += statement(of: stream, style)
    let asked = stream.releases.filter { !$0.repositories.isEmpty }
    if !asked.isEmpty {
      var table = TextTable(["release", "repository", "mirrors", "repomd.xml"])
      for release in asked {
        for (index, repository) in release.repositories.enumerated() {
          table.add([index == 0 ? release.release : ""] + repository.cells)
        }
      }
      text += "\n" + table.text(style)
    }
    for release in stream.releases {
      guard let probe = release.probe else { continue }
      text +=
        "  \(release.release): of \(probe.asked) mirrors that were asked themselves, "
        + "\(probe.fresh) are fresh, \(probe.older) older, \(probe.missing) without it, "
        + "\(probe.unreachable) unreachable\n"
    }
    return text + clients(of: stream)
  }

  /// Architectures that get the same are told together.
  private static func clients(of stream: Stream) -> String {
    var names: [String] = []
    for client in stream.clients where !names.contains(client.name) { names.append(client.name) }
    let lines = names.map { name in
      let own = stream.clients.filter { $0.name == name }
      let name = name + (own.first?.link.map { " (link \($0))" } ?? "")
      if own.allSatisfy({ !$0.answered }) { return "  clients of \(name): no answer\n" }
      let releases = Dictionary(grouping: own) {
        $0.answered ? $0.leadsTo ?? "no release of this stream" : "no answer"
      }
      let parts = releases.sorted { $0.key < $1.key }.map { release, clients in
        releases.count == 1
          ? release : "\(release) (\(clients.map(\.arch).joined(separator: ", ")))"
      }
      return "  clients of \(name) get \(parts.joined(separator: ", "))\n"
    }
    return lines.isEmpty ? "" : "\n" + lines.joined()
  }
}
