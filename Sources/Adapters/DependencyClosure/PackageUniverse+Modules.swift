import CSolv
package import ReleaseModel

/// What clients hide because of modules, as libdnf's `dnf_sack_filter_modules`
/// does it: RPMs of streams that are not in use, and RPMs that have or provide the
/// name of one of a stream that is.
extension PackageUniverse {
  /// Adds what a repository says of modules.
  ///
  /// - Parameter role: ``Role/release`` for streams that must be installable,
  ///   ``Role/base`` for others.
  package func add(modules document: ModuleDocument, as role: Role) {
    guard !document.streams.isEmpty || !document.defaults.isEmpty else { return }
    modules.add(document)
    if role == .release { ownStreams.formUnion(document.streams.map(\.id)) }
    forgetPreparation()
  }

  /// RPMs of a role that users can install without choosing a stream.
  package func offeredNames(_ role: Role) throws -> Set<String> {
    try prepare()
    return Set(ids(role).filter(isConsidered).map { rpm($0).nevra.name })
  }

  /// Finds out which solvables belong to which stream.
  func indexArtifacts() {
    artifacts = Array(repeating: [], count: modules.streams.count)
    guard !modules.streams.isEmpty else { return }
    var wanted: [String: [Int]] = [:]
    for (position, stream) in modules.streams.enumerated() {
      for artifact in stream.artifacts {
        wanted[Self.withEpoch(artifact), default: []].append(position)
      }
    }
    for id in ids(.release) + ids(.base) {
      for position in wanted[rpm(id).nevra.artifact] ?? [] { artifacts[position].append(id) }
    }
  }

  /// An artifact without an epoch has 0.
  private static func withEpoch(_ artifact: String) -> String {
    guard !artifact.contains(":") else { return artifact }
    let parts = artifact.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count > 2 else { return artifact }
    return parts.dropLast(2).joined(separator: "-") + "-0:"
      + parts.suffix(2).joined(separator: "-")
  }

  /// Hides what clients hide that enabled `stream`, or nothing; false where they
  /// cannot enable it.
  func choose(_ stream: String?) throws -> Bool {
    for id in hidden.keys { csolv_map_set(considered, id) }
    hidden = [:]
    guard !modules.streams.isEmpty else { return true }
    let resolution =
      try moduleResolution
      ?? ModuleResolution(modules, own: ownStreams, arch: arch, platform: platform)
    moduleResolution = resolution
    guard let active = resolution.active(enabling: stream) else { return false }
    hide(beside: active)
    return true
  }

  private func hide(beside active: Set<Int>) {
    let included = Set(active.flatMap { artifacts[$0] })
    for (position, stream) in modules.streams.enumerated() where !active.contains(position) {
      for id in artifacts[position] where !included.contains(id) {
        note(id, .notEnabled(stream.id))
      }
    }
    for position in active.sorted() {
      let stream = modules.streams[position]
      let plain = Set(stream.demodularized)
      for name in Self.names(of: stream.artifacts) where !plain.contains(name) {
        let key = pool_str2id(pool, name, 0)
        guard key != 0 else { continue }
        for id in providers(of: key) where !included.contains(id) {
          note(id, .behind(stream.id))
        }
      }
    }
    for id in hidden.keys { csolv_map_clear(considered, id) }
  }

  /// Whether clients hide it as one of a stream that is not in use.
  func isOfUnusedStream(_ id: Id) -> Bool {
    if case .notEnabled? = hidden[id] { return true }
    return false
  }

  private func note(_ id: Id, _ hiding: BrokenPackage.Hiding) {
    guard [.release, .base].contains(role(id)), hidden[id] == nil else { return }
    hidden[id] = hiding
  }

  /// Names of binary RPMs among artifacts.
  private static func names(of artifacts: [String]) -> Set<String> {
    Set(
      artifacts.compactMap { artifact -> String? in
        guard !artifact.hasSuffix(".src"), !artifact.hasSuffix(".nosrc") else { return nil }
        let parts = artifact.split(separator: "-", omittingEmptySubsequences: false)
        return parts.count > 2 ? parts.dropLast(2).joined(separator: "-") : nil
      })
  }

  /// Calls `body` for a machine on which nobody chose a stream, and for one on which
  /// somebody chose one, for each stream of the release that is no default; with the
  /// RPMs of the release to ask about then.
  ///
  /// - Parameter unusable: gets a stream that nobody can enable, with its RPMs.
  func inEachState<Value>(
    _ body: (_ asked: [Id]) throws -> [Value], unusable: (String, [Id]) throws -> [Value]
  ) throws -> [Value] {
    try prepare()
    let plain = ids(.release).filter { hidden[$0] == nil }
    var found = try body(plain)
    if modules.streams.isEmpty { return found }
    var seen = Set(plain)
    defer { _ = try? choose(nil) }
    let release = Set(ids(.release))
    for id in ownStreams.sorted() {
      let own = modules.streams.indices.filter { modules.streams[$0].id == id }
        .flatMap { artifacts[$0] }.filter { release.contains($0) && !seen.contains($0) }
      if own.isEmpty { continue }
      seen.formUnion(own)
      found +=
        try choose(id) ? body(own.filter { hidden[$0] == nil }) : unusable(id, Set(own).sorted())
    }
    return found
  }

  /// RPMs of the release that no choice of streams lets users have, though nothing of
  /// the release takes their place: a stream that users have anyway hides them.
  func hiddenForGood() -> [BrokenPackage] {
    let shown = Set(
      ids(.release).filter { hidden[$0] == nil }.map { csolv_solvable(pool, $0).pointee.name })
    return newest(ids(.release)).compactMap { id in
      guard case .behind? = hidden[id], let hiding = hidden[id],
        !shown.contains(csolv_solvable(pool, id).pointee.name)
      else { return nil }
      return BrokenPackage(
        rpm: rpm(id), cause: .hidden(requirement: nil, rpm: rpm(id), hiding), missing: [])
    }
  }

  /// What is said of RPMs of a stream that nobody can enable.
  func unusable(_ stream: String, _ ids: [Id]) -> [BrokenPackage] {
    let needs = Set(
      modules.streams.filter { $0.id == stream }.flatMap(\.requirements).map {
        $0.streams.isEmpty ? $0.module : "\($0.module):\($0.streams.joined(separator: ","))"
      }
    ).sorted()
    let text =
      "nobody can enable its module stream \(stream)"
      + (needs.isEmpty ? "" : ", which needs \(needs.joined(separator: " and "))")
    return ids.map { BrokenPackage(rpm: rpm($0), cause: .conflict([text]), missing: []) }
  }
}
