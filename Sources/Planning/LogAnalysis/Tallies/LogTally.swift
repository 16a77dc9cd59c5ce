import Glibc

/// Everything that is counted of the lines of one server, or of a part of them: a value,
/// from which ``LogReports`` makes reports.
///
/// Memory is bounded whatever the lines say; what had to be forgotten is counted.
package struct LogTally: Sendable {
  let scope: LogScope
  private var parser = LogLineParser()
  private let hasPaths: Bool
  /// Whether another log of the same server comes before.
  private let follows: Bool

  /// Lines that could be read, those outside of the scope included.
  package private(set) var lines = 0
  /// Lines that could not.
  package private(set) var unreadable = 0
  /// The first of them.
  package private(set) var examples: [String] = []
  /// Lines of the scope.
  package private(set) var counted = 0
  /// Lines more than 15 minutes older than one before them.
  package private(set) var late = 0
  /// Seconds since 1970 of the earliest and the latest line that was counted.
  package private(set) var first = Int.max
  package private(set) var last = Int.min

  private(set) var times = TimeTally()
  private var agents = AgentTable()
  private(set) var kindRequests: [Int] = []
  private(set) var kindErrors: [Int] = []
  private(set) var networks = NetworkCounts()
  private(set) var sessions: FailedSessions
  private(set) var fetches = RecentFetches()
  private(set) var eager = EagerTally()
  private(set) var adoption: AdoptionTally
  private(set) var missing = MissingTally()
  private var repositories = PlaceTable()
  private var metalinks = PlaceTable()
  private var requests = RequestTable()

  private static let exampleLimit = 5

  /// - Parameter follows: whether another log of the same server comes before, to which
  ///   this one is appended.
  package init(scope: LogScope, follows: Bool = false) {
    self.scope = scope
    self.follows = follows
    hasPaths = scope.paths != nil
    sessions = FailedSessions(follows: follows)
    adoption = AdoptionTally(scope.paths)
  }

  /// Kinds of clients, in the order of ``kindRequests``.
  var kinds: [ClientKind] { agents.kinds }

  /// Counts all lines of `block`, which are whole but for a last one without line feed.
  package mutating func add(_ block: UnsafeRawBufferPointer) {
    guard let base = block.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
    let end = base + block.count
    var start = base
    while start < end {
      let feed = memchr(start, 0x0A, end - start)
      let next = feed.map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) } ?? end
      var lineEnd = next
      if lineEnd > start, (lineEnd - 1).pointee == 0x0D { lineEnd -= 1 }
      let isRead = parser.head(start, lineEnd).map { count($0) } ?? false
      if !isRead, lineEnd > start { refuse(LogSlice(start, lineEnd)) }
      start = next + 1
    }
  }

  /// When the first line of `block` is from that can be read; nil where none can.
  package static func firstTime(in block: UnsafeRawBufferPointer) -> Int? {
    guard let base = block.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
    var parser = LogLineParser()
    var start = 0
    while start < block.count {
      let end =
        memchr(base + start, 0x0A, block.count - start)
        .map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? block.count
      if let line = parser.line(base + start, base + end) { return line.seconds }
      start = end + 1
    }
    return nil
  }

  /// Counts one line that is longer than any block.
  package mutating func addOverlongLine() {
    unreadable += 1
    if examples.count < Self.exampleLimit { examples.append("a line of more than 4 MiB") }
  }

  private mutating func refuse(_ line: LogSlice) {
    unreadable += 1
    if examples.count < Self.exampleLimit { examples.append(line.text(limit: 120)) }
  }

  /// Counts a line; false where it cannot be read.
  @inline(__always)
  private mutating func count(_ head: LogHead) -> Bool {
    let hash = ByteHash.ofLong(head.rest.start, head.rest.count)
    guard let known = requests.find(hash, count: head.rest.count) else {
      return countNew(head, hash)
    }
    lines &+= 1
    if isCounted(head.seconds) { count(known, head) }
    return true
  }

  /// Counts a line whose rest is not known.
  @inline(never)
  private mutating func countNew(_ head: LogHead, _ hash: UInt64) -> Bool {
    guard let (target, status, agent) = LogLineParser.request(head.rest) else { return false }
    lines &+= 1
    guard isCounted(head.seconds) else { return true }
    let request = request(head, target, status, agent)
    count(request, head)
    if status == 404, hasPaths {
      // What is missing is looked at by its path each time.
      countMissing(head, target, Int(request.kind))
    } else {
      requests.keep(request, hash, count: head.rest.count)
    }
    return true
  }

  /// Notes the time of a line; false where it is not of the scope, or of one day too many.
  @inline(__always)
  private mutating func isCounted(_ time: Int) -> Bool {
    guard scope.times.contains(time) else { return false }
    counted &+= 1
    if time < first { first = time }
    if time > last {
      last = time
      sessions.sweep(time)
    } else if last &- time > FailedSessions.lateness {
      late &+= 1
    }
    return times.add(at: time)
  }

  /// What the rest of a line says.
  private mutating func request(
    _ head: LogHead, _ target: LogSlice, _ status: Int, _ agent: LogSlice
  ) -> KnownRequest {
    let kind = agents.kind(agent)
    if kind == kindRequests.count {
      kindRequests.append(0)
      kindErrors.append(0)
    }
    let hash = target.hash
    var place = PlaceTable.Entry.none
    var subject = KnownRequest.Subject.other
    var path = target
    if !target.hasSuffix(Self.metadata), let mark = target.index(of: UInt8(ascii: "?")) {
      // A query says nothing to who serves files.
      path = target.prefix(mark)
    }
    if path.hasSuffix(Self.metadata) {
      let prefix = path.prefix(path.count - Self.metadata.utf8CodeUnitCount)
      let hash = prefix.hash
      (subject, place) = (.repository, repositories.find(hash) ?? newRepository(prefix, hash))
    } else if path.count < target.count, hasPaths, status < 400, Self.isMetalink(path) {
      (subject, place) = (.metalink, metalinks.find(hash) ?? newMetalink(target, hash))
    }
    return KnownRequest(
      target: hash, place: place, subject: subject, kind: UInt16(kind), status: UInt16(status),
      start: UInt32(target.start - head.rest.start), pathCount: UInt32(path.count))
  }

  @inline(__always)
  private mutating func count(_ request: KnownRequest, _ head: LogHead) {
    let kind = Int(request.kind)
    let client = head.client
    kindRequests[kind] &+= 1
    networks.add(client.network)
    let session = ByteHash.mixed(client.hash, request.target)
    if request.status >= 500, request.status < 600 {
      times.fail(Int(request.status), client: client.hash)
      kindErrors[kind] &+= 1
      sessions.fail(session, at: head.seconds, kind: kind)
    } else {
      sessions.succeed(session, at: head.seconds)
    }
    switch request.subject {
    case .repository: countMetadata(request, head)
    case .metalink: adoption.add(request.place, at: head.seconds)
    case .other: break
    }
  }

  private static let metadata: StaticString = "/repodata/repomd.xml"

  @inline(__always)
  private mutating func countMetadata(_ request: KnownRequest, _ head: LogHead) {
    let succeeded = request.status < 400
    let key = ByteHash.mixed(head.client.hash, request.place.hash)
    if let count = fetches.add(key, at: head.seconds, succeeded: succeeded) {
      let path = head.rest.dropping(Int(request.start)).prefix(Int(request.pathCount))
      eager.add(key, count: count, address: head.address, path: path)
    }
    guard succeeded, hasPaths else { return }
    if head.seconds < last { missing.read(key, at: head.seconds) }
    adoption.add(request.place, at: head.seconds)
  }

  @inline(never)
  private mutating func newRepository(_ path: LogSlice, _ hash: UInt64) -> PlaceTable.Entry {
    // What ends like a path of repomd.xml may be a query.
    let paths = path.index(of: UInt8(ascii: "?")) == nil ? scope.paths : nil
    return repositories.add(path, hash) { paths?.place(ofPath: $0.text) ?? .none }
  }

  private static func isMetalink(_ path: LogSlice) -> Bool {
    path.hasSuffix("/metalink") || path.hasSuffix("/mirrorlist")
  }

  /// The value of `name=` in the query of a metalink or mirror list; nil for any other
  /// target.
  private static func query(_ target: LogSlice, _ name: StaticString) -> LogSlice? {
    guard let mark = target.index(of: UInt8(ascii: "?")), isMetalink(target.prefix(mark)) else {
      return nil
    }
    var rest = target.dropping(mark + 1)
    while rest.count > 0 {
      let end = rest.index(of: UInt8(ascii: "&")) ?? rest.count
      let pair = rest.prefix(end)
      if pair.hasPrefix(name) { return pair.dropping(name.utf8CodeUnitCount) }
      rest = rest.dropping(end + 1)
    }
    return nil
  }

  @inline(never)
  private mutating func newMetalink(_ target: LogSlice, _ hash: UInt64) -> PlaceTable.Entry {
    let paths = scope.paths
    return metalinks.add(target, hash) { target in
      if let name = Self.query(target, "repo=") {
        return paths?.place(ofName: name.text(limit: 200)) ?? .none
      }
      // Mirror lists are asked for by path as well.
      return Self.query(target, "path=").flatMap { paths?.place(ofPath: $0.text(limit: 1000)) }
        ?? .none
    }
  }

  private mutating func countMissing(_ head: LogHead, _ target: LogSlice, _ kind: Int) {
    guard let paths = scope.paths else { return }
    let path = target.prefix(target.index(of: UInt8(ascii: "?")) ?? target.count)
    func group(_ reason: MissingClass, _ place: StreamPaths.Place) -> MissingTally.Group {
      MissingTally.Group(reason: reason, place: missing.number(of: place), kind: kind)
    }
    if let name = Self.query(target, "repo=") {
      let name = name.withPlainPath { $0.text(limit: 200) }
      var place = paths.place(ofName: name)
      if place.way == .name { place.repository = name }
      return missing.add(group(.unknownRepo, place), path: target)
    }
    if let asked = Self.query(target, "path=") {
      let place = paths.place(ofPath: asked.withPlainPath { $0.text(limit: 1000) })
      return missing.add(group(place.way == .link ? .link : .other, place), path: target)
    }
    let (key, place, isNamedByMetadata) = path.withPlainPath { plain in
      let read = MissingFile(plain, isRepository: repositories.knows)
      let hash = read.repository.hash
      let place =
        repositories.place(hash)
        ?? paths.place(ofPath: read.repository.text(limit: 1000))
      return (ByteHash.mixed(head.client.hash, hash), place, read.isNamedByMetadata)
    }
    if isNamedByMetadata, fetches.wasRead(key, before: head.seconds) {
      return missing.add(group(.torn, place), path: path)
    }
    let isArchived = place.release.map { paths.isArchived($0, at: head.seconds) } ?? false
    let group = group(isArchived ? .archived : .other, place)
    missing.add(group, path: path)
    guard isNamedByMetadata else { return }
    missing.mayBeTorn(
      key, at: head.seconds, group, path: path, last: last,
      isFirst: follows && head.seconds - first <= RecentFetches.window)
  }

  /// Adds the next log of the same server. Sessions and torn reads that reach from one
  /// into the other are put together where `next` was made to follow.
  package mutating func append(_ next: LogTally) {
    lines += next.lines
    unreadable += next.unreadable
    examples = Array((examples + next.examples).prefix(Self.exampleLimit))
    counted += next.counted
    late += next.late
    first = min(first, next.first)
    last = max(last, next.last)
    times.merge(next.times)
    var numbers: [Int] = []
    for (index, kind) in next.kinds.enumerated() {
      let number = agents.number(of: kind)
      if number == kindRequests.count {
        kindRequests.append(0)
        kindErrors.append(0)
      }
      kindRequests[number] += next.kindRequests[index]
      kindErrors[number] += next.kindErrors[index]
      numbers.append(number)
    }
    networks.merge(next.networks)
    sessions.append(next.sessions, kinds: numbers)
    let known = fetches
    missing.append(next.missing, kinds: numbers) { known.wasRead($0, before: $1) }
    eager.merge(next.eager)
    forgottenFetches += fetches.forgotten
    fetches = next.fetches
    forgottenFetches += next.forgottenFetches
    adoption.merge(next.adoption)
  }

  private var isFinished = false
  /// Of logs that others were appended to.
  private var forgottenFetches = 0

  /// Repositories that clients had, and that were forgotten within 15 minutes.
  var forgottenClients: Int {
    forgottenFetches + fetches.forgotten + missing.forgotten
  }

  /// Ends what may still have gone on.
  package mutating func finish() {
    guard !isFinished else { return }
    isFinished = true
    times.flush()
    sessions.finish()
    adoption.finish()
    networks.compact()
    // What was needed only to count on.
    forgottenFetches += fetches.forgotten
    fetches = RecentFetches()
    requests = RequestTable()
  }
}
