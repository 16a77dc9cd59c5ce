package import MirrorlistSnapshot
import ReleaseModel

/// What each client gets, as a function of a snapshot, a question, a client and chance.
package struct Answering: Sendable {
  /// Below so many mirrors, all that are for everybody are told as well.
  package let minimum: Int

  /// - Parameter minimum: as ``minimum``.
  package init(minimum: Int) { self.minimum = minimum }

  /// - Parameter now: seconds since 1970.
  package func answer(
    _ question: MirrorQuestion, client: MirrorClient, from snapshot: Snapshot, now: Int,
    random: inout AnswerRandom
  ) -> MirrorAnswer {
    let form = question.form
    let query = question.query
    let failure = FailureAnswer(form: form, now: now)
    let place: Place
    switch find(question, in: snapshot, failure) {
    case .found(let found): place = found
    case .failed(let answer): return answer
    }
    let address = query["ip"].flatMap { IPAddress($0) } ?? client.address
    let country = address.flatMap { snapshot.country(of: $0) }
    let usage = place.repository.map {
      RepositoryUse(
        address: address, country: country ?? "N/A", repository: $0.name, arch: $0.arch)
    }
    let details = form == .metalink ? snapshot.details(of: place.file, in: place.directory) : []
    if form == .metalink, details.isEmpty {
      return failure.notFound(
        "\(snapshot.name(ofDirectory: place.directory))/\(place.file) not found or has no metalink",
        usage)
    }
    let protocols = ProtocolFilter(query["protocol"])
    let choice = choose(
      place.directory, query, address, country.flatMap { snapshot.country(coded: $0) }, snapshot,
      protocols, &random)
    let hosts = protocols.hosts(choice.chosen, in: snapshot)
    let body: [UInt8]
    switch form {
    case .metalink:
      body = MetalinkText.bytes(
        file: place.file, details: details, hosts: hosts, directory: place.directory,
        protocols: protocols.isEffective(hosts, in: snapshot) ? protocols : nil, in: snapshot,
        now: now)
    case .mirrorlist:
      let list = MirrorList(
        hosts: hosts, place: place, in: snapshot,
        protocols: protocols.isEffective(hosts, in: snapshot) ? protocols : nil)
      if let redirect = query["redirect"], redirect != "0" {
        return list.redirect.map {
          MirrorAnswer(status: 302, form: form, location: $0, body: [], usage: usage)
        } ?? failure.notFound("no mirror with https or http", usage)
      }
      var header = place.header + choice.reasons
      if let asked = query["protocol"] { header += "protocol = \(asked.singleLine)" }
      if query["time"] != nil { header += "\n# database creation time: \(snapshot.time)" }
      body = list.bytes(below: header)
    }
    return MirrorAnswer(status: 200, form: form, location: nil, body: body, usage: usage)
  }

  private func choose(
    _ directory: UInt32, _ query: MirrorQuery, _ address: IPAddress?, _ country: UInt32?,
    _ snapshot: Snapshot, _ protocols: ProtocolFilter, _ random: inout AnswerRandom
  ) -> HostChoice {
    var choice = HostChoice(snapshot, directory: directory)
    let asked = Set((query["country"] ?? "").split(separator: ",").map { $0.uppercased() }).sorted()
    if !asked.isEmpty {
      // Where there is nothing at all, any mirror is better than none.
      if choice.choose(countries: asked, clientsOf: country, &random) { return choice }
    } else if query["netblock"] ?? "1" == "1", let address {
      choice.chooseNear(address, &random)
    }
    if let country { choice.chooseAround(country, &random) }
    if protocols.count(choice.chosen, in: snapshot) < minimum {
      choice.chooseGlobal(clientsOf: country, &random)
    }
    return choice
  }
}

/// What a question is about.
struct Place {
  /// Whose mirrors are asked.
  let directory: UInt32
  /// Name of a file in it; empty for the directory itself.
  let file: String
  /// First words of a mirrorlist.
  let header: String
  /// Nil where a path was asked for.
  let repository: (name: String, arch: String)?
}

extension Answering {
  private enum Finding {
    case found(Place)
    case failed(MirrorAnswer)
  }

  private func find(
    _ question: MirrorQuestion, in snapshot: Snapshot, _ failure: FailureAnswer
  ) -> Finding {
    let query = question.query
    if let path = query["path"] {
      let path = path.split(separator: "/").joined(separator: "/")
      if let text = snapshot.endText(ofPath: path) { return .failed(failure.ended(text)) }
      let header = "# path = \(path.singleLine) "
      guard let (directory, file) = place(of: path, in: snapshot) else {
        return .failed(failure.notFound(header + "error: invalid path"))
      }
      return .found(Place(directory: directory, file: file, header: header, repository: nil))
    }
    guard let asked = query["repo"], let askedArch = query["arch"] else {
      return .failed(failure.incomplete())
    }
    // As it was asked for: whoever is led from a name that lives gets what it has.
    if let text = snapshot.endText(ofRepository: asked) { return .failed(failure.ended(text)) }
    let arch = asked.contains("source") ? "source" : askedArch
    let repository = snapshot.redirected(asked, arch: arch)
    let header = "# repo = \(repository.singleLine) arch = \(arch.singleLine) "
    if snapshot.isDisabled(repository) {
      return .failed(failure.notFound(header + "repo disabled"))
    }
    guard let known = snapshot.directory(ofRepository: repository, arch: arch) else {
      return .failed(failure.unknown(header, in: snapshot))
    }
    var name = known.name
    var file = ""
    if question.form == .metalink {
      name = Snapshot.indexDirectory(of: name)
      file = Snapshot.index
    }
    guard let directory = snapshot.servedDirectory(named: name) else {
      return .failed(
        question.form == .metalink
          ? failure.notFound("\(name)/\(file) not found or has no metalink")
          : failure.unknown(header, in: snapshot))
    }
    return .found(
      Place(directory: directory, file: file, header: header, repository: (asked, arch)))
  }

  /// The directory at `path`, or the one that a file at `path` is in: where links lead, if
  /// the cache has it there.
  private func place(of path: String, in snapshot: Snapshot) -> (UInt32, String)? {
    let target = snapshot.followingLinks(path)
    if let found = plainPlace(of: target, in: snapshot) { return found }
    return target == path ? nil : plainPlace(of: path, in: snapshot)
  }

  private func plainPlace(of path: String, in snapshot: Snapshot) -> (UInt32, String)? {
    if let directory = snapshot.servedDirectory(named: path) { return (directory, "") }
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")),
      let directory = snapshot.servedDirectory(named: String(path[..<slash]))
    else { return nil }
    return (directory, String(path[path.utf8.index(after: slash)...]))
  }
}

/// Answers with a message.
struct FailureAnswer {
  let form: MirrorQuestion.Form
  let now: Int

  /// Neither path nor repository.
  func incomplete() -> MirrorAnswer {
    answer(400, "# either path=, or repo= and arch= must be specified", nil)
  }

  func notFound(_ message: String, _ usage: RepositoryUse? = nil) -> MirrorAnswer {
    answer(404, message, usage)
  }

  /// What ended: one line for people, in both forms. Downloaders read no body of an error.
  func ended(_ text: String) -> MirrorAnswer {
    MirrorAnswer(
      status: 410, form: form, location: nil, body: Array((text.singleLine + "\n").utf8), usage: nil
    )
  }

  /// A repository that there is not, with those that there are.
  func unknown(_ header: String, in snapshot: Snapshot) -> MirrorAnswer {
    var message = header + "error: invalid repo or arch\n# following repositories are available:\n"
    for key in snapshot.repositoryKeys {
      let parts = key.split(separator: "+", omittingEmptySubsequences: false)
      guard parts.count >= 2, let arch = parts.last else { continue }
      message += "# repo=\(parts.dropLast().joined(separator: "+"))&arch=\(arch)\n".keepingLastLine
    }
    return answer(404, message, nil)
  }

  private func answer(_ status: Int, _ message: String, _ usage: RepositoryUse?) -> MirrorAnswer {
    MirrorAnswer(
      status: status, form: form, location: nil,
      body: form == .metalink
        ? MetalinkText.failure(message, now: now)
        : Array((message.hasSuffix("\n") ? message : message + "\n").utf8), usage: usage)
  }
}

extension String {
  /// On one line: `?` in place of control characters.
  var singleLine: String {
    if utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return self }
    return String(
      String.UnicodeScalarView(unicodeScalars.map { $0.isUnspeakable ? "?" : $0 }))
  }

  /// The same, with the line feed at its end.
  fileprivate var keepingLastLine: String { String(dropLast()).singleLine + "\n" }
}
