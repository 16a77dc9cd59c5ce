package import ReleaseModel

extension KojiHub {
  /// The newest event there is.
  package func lastEvent() throws -> BuildSystemEvent {
    let call = HubCall("getLastEvent")
    let value = try asked(call)
    return try understood(call) { () throws(MalformedRow) in
      let row = HubRow(value: value, call: call.method)
      return BuildSystemEvent(id: try row.integer("id"), time: try row.time("ts"))
    }
  }

  /// The tag `name`, or nil where there is none.
  ///
  /// - Parameter event: as it was then; nil for now.
  package func tag(_ name: String, at event: BuildSystemEvent? = nil) throws -> HubTag? {
    let call = HubCall("getTag", [.string(name)], named: Self.pinned(event))
    let value = try asked(call)
    guard !value.isNull else { return nil }
    return try understood(call) { () throws(MalformedRow) in
      let row = HubRow(value: value, call: call.method)
      return HubTag(
        id: try row.integer("id"), name: try row.text("name"),
        arches: (value["arches"].text ?? "").split(separator: " ").map(String.init),
        isLocked: try row.flag("locked"), permission: value["perm"].text)
    }
  }

  /// The builds in a tag itself, without what it inherits, last tagged first;
  /// drafts among them. The hub leaves out those whose package is not on the tag's
  /// list, inherited or its own, or is blocked there.
  package func builds(in tag: String, at event: BuildSystemEvent? = nil) throws -> [TaggedBuild] {
    let call = HubCall(
      "listTagged", [.string(tag)], named: ["inherit": false].merging(Self.pinned(event)) { $1 })
    return try list(call, into: []) { (builds: inout [TaggedBuild], _, row) throws(MalformedRow) in
      builds.append(try TaggedBuild(row))
    }
  }

  /// The packages on the list of a tag, with what it inherits, blocked ones
  /// included: by this list the hub decides which builds of the tag it shows.
  package func packages(of tag: HubTag, at event: BuildSystemEvent? = nil) throws -> [ListedPackage]
  {
    let call = HubCall(
      "listPackages",
      named: ["tagID": .integer(tag.id), "inherited": true].merging(Self.pinned(event)) { $1 })
    return try list(call, into: []) {
      (packages: inout [ListedPackage], _, row) throws(MalformedRow) in
      packages.append(try ListedPackage(row))
    }
  }

  /// What builds into a tag, sorted by name.
  package func targets(into tag: HubTag, at event: BuildSystemEvent? = nil) throws -> [BuildTarget]
  {
    let call = HubCall(
      "getBuildTargets",
      named: ["destTagID": .integer(tag.id)].merging(Self.pinned(event)) { $1 })
    return try list(call, into: []) { (targets: inout [BuildTarget], _, row) throws(MalformedRow) in
      targets.append(
        BuildTarget(
          name: try row.text("name"), buildTag: try row.text("build_tag_name"),
          destinationTag: try row.text("dest_tag_name")))
    }.sorted { $0.name < $1.name }
  }

  /// The event `id`; nil where the hub has had none of that number.
  package func event(_ id: Int) throws -> BuildSystemEvent? {
    try times(of: [id])[id].map { BuildSystemEvent(id: id, time: $0) }
  }

  /// The RPMs of the builds in a tag, by the id of their build.
  ///
  /// - Parameter latestOnly: only those of the build of each package that was
  ///   tagged last.
  /// - Parameter withoutDrafts: ask for none of drafts, which could hide the
  ///   latest build; only hubs that have drafts know the argument.
  package func rpms(
    in tag: String, latestOnly: Bool, withoutDrafts: Bool = false,
    at event: BuildSystemEvent? = nil
  ) throws -> [Int: [TaggedRPM]] {
    var named: [String: XMLRPCValue] = [
      "inherit": false, "latest": .boolean(latestOnly), "rpmsigs": true,
    ]
    if withoutDrafts { named["draft"] = false }
    let call = HubCall(
      "listTaggedRPMS", [.string(tag)], named: named.merging(Self.pinned(event)) { $1 })
    // One row for each signature, the one without among them; the builds
    // follow in an array of their own.
    let byID = try list(call, at: 2, into: [Int: TaggedRPM]()) {
      (rpms, part, row) throws(MalformedRow) in
      guard part == 0, let rpm = try TaggedRPM(row) else { return }
      rpms[rpm.id, default: rpm].keys.formUnion(rpm.keys)
    }
    return Dictionary(grouping: byID.values, by: \.buildID)
  }

  /// When events happened, seconds since 1970, by id.
  package func times(of events: Set<Int>) throws -> [Int: Int] {
    let answers = try inParts(events.sorted()) { HubCall("getEvent", [.integer($0)]) }
    return Dictionary(
      answers.compactMap { id, value in value["ts"].seconds.map { (id, $0) } }
    ) { first, _ in first }
  }

  // MARK: Helpers

  private static func pinned(_ event: BuildSystemEvent?) -> [String: XMLRPCValue] {
    event.map { ["event": .integer($0.id)] } ?? [:]
  }

  /// One call for each thing, some hundred in one request; what the hub
  /// refuses is left out.
  func inParts<Thing>(
    _ things: [Thing], _ call: (Thing) -> HubCall
  ) throws -> [(Thing, XMLRPCValue)] {
    var answers: [(Thing, XMLRPCValue)] = []
    for start in stride(from: 0, to: things.count, by: 400) {
      let part = Array(things[start..<min(start + 400, things.count)])
      for (thing, result) in zip(part, try readAll(part.map(call))) {
        if let value = try? result.get() { answers.append((thing, value)) }
      }
    }
    return answers
  }

  /// The result of a read that a hub has no reason to refuse.
  func asked(_ call: HubCall) throws -> XMLRPCValue {
    do {
      return try read(call)
    } catch let fault as HubFault {
      throw Self.refusal(fault, of: call.method, access)
    }
  }

  private func list<Rows>(
    _ call: HubCall, at depth: Int = 1, into initial: Rows,
    _ take: @escaping (inout Rows, Int, HubRow) throws(MalformedRow) -> Void
  ) throws -> Rows {
    do {
      let (rest, rows) = try rows(of: call, at: depth, into: initial) { rows, part, value in
        try take(&rows, part, HubRow(value: value, call: call.method))
      }
      // Throw for a reply that is no list: it must not count as an empty one.
      guard let lists = rest.array, depth == 1 || lists.count == 2,
        depth == 1 || lists.allSatisfy({ $0.array != nil })
      else { throw MalformedRow(cause: "it is not a list") }
      return rows
    } catch let fault as HubFault {
      throw Self.refusal(fault, of: call.method, access)
    } catch let row as MalformedRow {
      throw Self.unexpectedReply(to: call, from: access, row.cause)
    }
  }

  private func understood<Value>(
    _ call: HubCall, _ body: () throws(MalformedRow) -> Value
  ) throws -> Value {
    do { return try body() } catch {
      throw Self.unexpectedReply(to: call, from: access, error.cause)
    }
  }

  /// A fault as the error that ends a command.
  package static func refusal(
    _ fault: HubFault, of method: String, _ access: HubAccess
  ) -> ComposeError {
    let (kind, remedy): (ComposeError.Kind, String) =
      switch fault.code {
      case HubFault.Code.notAllowed, HubFault.Code.auth:
        (.permission, fault.neededRight)
      case HubFault.Code.expired, HubFault.Code.sequence, HubFault.Code.authLock,
        HubFault.Code.offline, HubFault.Code.internal:
        (.unavailable, "Run the command again when the hub is well")
      default: (.failed, "Look at what the hub says; names of tags are in 'koji' of the policy")
      }
    return ComposeError(
      kind, "hub \(access.url.sanitizedForDisplay)", "it refuses \(method): \(fault.summary)",
      remedy: remedy)
  }
}
