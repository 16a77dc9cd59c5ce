package import ReleaseModel

extension KojiHub {
  /// Whether the account of the login may make tags and tag builds: the hub takes
  /// the permission `admin` for any that one of its methods asks for.
  package func mayTag() throws -> Bool {
    try hasPermission("tag") || hasPermission("admin")
  }

  /// Whether the account of the login has this very permission: a tag that asks
  /// for one takes no other in its place.
  package func hasPermission(_ name: String) throws -> Bool {
    let call = HubCall("hasPerm", [.string(name)])
    do {
      for _ in 0..<3 {
        // In the session: the hub is asked about whoever is logged in.
        if case .done(let value) = try write(call) { return value.flag ?? false }
      }
      return true
    } catch let fault as HubFault {
      throw Self.refusal(fault, of: call.method, access)
    }
  }

  /// Makes a tag. One that is there already is success: the call may have
  /// been carried out before, and who needs to know asks for the tag.
  ///
  /// Throws `failed`, `permission`, `unavailable`.
  package func createTag(_ name: String, arches: [String]) throws {
    let call = HubCall(
      "createTag", [.string(name)], named: ["arches": .string(arches.joined(separator: " "))])
    do {
      try write(call) { try tag(name) != nil }
    } catch let fault as HubFault {
      guard fault.code == HubFault.Code.generic, fault.message.contains("already exists") else {
        throw Self.refusal(fault, of: call.method, access)
      }
    }
  }

  /// Locks a tag, so that nobody but an administrator who insists changes its
  /// builds; or unlocks it.
  package func setLocked(_ isLocked: Bool, of name: String) throws {
    let call = HubCall("editTag2", [.string(name)], named: ["locked": .boolean(isLocked)])
    do {
      try write(call) { try tag(name)?.isLocked == isLocked }
    } catch let fault as HubFault {
      throw Self.refusal(fault, of: call.method, access)
    }
  }

  /// Deletes a tag: its history stays in the hub.
  ///
  /// A tag that is not there is success.
  package func deleteTag(_ name: String) throws {
    do {
      try write(HubCall("deleteTag", [.string(name)])) { try tag(name) == nil }
    } catch let fault as HubFault {
      guard try tag(name) != nil else { return }
      throw Self.refusal(fault, of: "deleteTag", access)
    }
  }

  /// Sends `call` until the hub has answered it, or `isDone` says that it was
  /// carried out.
  private func write(_ call: HubCall, until isDone: () throws -> Bool) throws {
    for _ in 0..<4 {
      if case .done = try write(call) { return }
      if try isDone() { return }
    }
    throw ComposeError(
      .unavailable, "hub \(access.url.sanitizedForDisplay)",
      "it loses its replies to \(call.method)",
      remedy: "Run the command again when the hub is well")
  }

  /// Puts packages on a tag's list, with their owners.
  ///
  /// Returns what the hub refused, by package; nil where the reply was lost:
  /// then the list must be read.
  package func addPackages(
    _ packages: [ListedPackage], to tag: String
  ) throws -> [String: HubFault]? {
    try refused(
      packages.map(\.name),
      packages.map { package in
        // A blocked package would be left as it is without a word, unless it
        // is asked to be unblocked, which the hub refuses.
        var named: [String: XMLRPCValue] = ["owner": .string(package.owner), "block": false]
        if !package.extraArches.isEmpty { named["extra_arches"] = .string(package.extraArches) }
        return HubCall("packageListAdd", [.string(tag), .string(package.name)], named: named)
      }, isFine: { _ in false })
  }

  /// Tags builds, in the order given. The hub does not look at the tag's list
  /// of packages.
  ///
  /// Returns what the hub refused, by NVR; nil where the reply was lost: then
  /// the tag must be read. A build that is in the tag already is no refusal.
  package func tagBuilds(_ builds: [NVR], into tag: String) throws -> [String: HubFault]? {
    let names = builds.map(\.description)
    return try refused(
      names,
      names.map {
        // Older hubs would send a mail for each build.
        HubCall("tagBuildBypass", [.string(tag), .string($0)], named: ["notify": false])
      },
      isFine: { $0.code == HubFault.Code.tag && $0.message.contains("already tagged") })
  }

  private func refused(
    _ names: [String], _ calls: [HubCall], isFine: (HubFault) -> Bool
  ) throws -> [String: HubFault]? {
    let outcome: WriteOutcome<[Result<XMLRPCValue, HubFault>]>
    do {
      outcome = try writeAll(calls)
    } catch let fault as HubFault {
      throw Self.refusal(fault, of: calls.first?.method ?? "multiCall", access)
    }
    guard case .done(let results) = outcome else { return nil }
    var refused: [String: HubFault] = [:]
    for (name, result) in zip(names, results) {
      if case .failure(let fault) = result, !isFine(fault) { refused[name] = fault }
    }
    return refused
  }
}
