import MirrorDocuments
import ReleaseModel

/// Redirects, links and ends of overlays. An overlay knows of a release before the cache does: as
/// long as the cache has no mirrors of it, a name stays where it led before.
extension OverlayTables {
  /// - Parameters:
  ///   - snapshot: what can be answered, without redirects of overlays.
  ///   - memory: where names lead in the snapshot that serves.
  ///   - rules: a name that must be answered needs as many mirrors as they say.
  ///   - notes: sentences about what is not used.
  mutating func addRedirects(
    of overlays: [Overlay], on snapshot: Snapshot, after memory: OverlayMemory,
    _ rules: SnapshotRules, _ notes: inout [String]
  ) {
    var asked: [String: String] = [:]
    for redirect in overlays.flatMap(\.redirects) { asked[redirect.client] = redirect.release }
    guard !asked.isEmpty else { return }
    let arches = snapshot.architectures
    for (client, release) in asked.sorted(by: { $0.key < $1.key }) {
      let known = snapshot.redirected(client, arch: "")
      guard known != release else { continue }
      let before = memory.redirects[client] ?? [:]
      var names: [String: String] = [:]
      var late: [String] = []
      let all = Set(arches[release] ?? []).union(arches[known] ?? []).union(before.keys)
      for arch in all.sorted() {
        let needed =
          before[arch] == release ? 1 : rules.mirrorsNeeded(byRepository: client, arch: arch)
        if snapshot.mirrors(ofRepository: release, arch: arch) >= needed {
          names[arch] = release
        } else if let earlier = before[arch], earlier != release,
          snapshot.mirrors(ofRepository: earlier, arch: arch) > 0
        {
          names[arch] = earlier
          late.append(arch)
        } else if snapshot.mirrors(ofRepository: known, arch: arch) > 0 {
          late.append(arch)
        } else if arches[release]?.contains(arch) ?? false {
          // Nothing else answers either.
          names[arch] = release
        }
      }
      redirects[client] = names
      guard !late.isEmpty || arches[release] == nil else { continue }
      ignored.redirects += 1
      notes.append(
        "\(client) does not lead to \(release) yet, as an overlay has it: the cache has too few "
          + "mirrors of it" + (late.isEmpty ? "" : " for \(late.joined(separator: ", "))"))
    }
  }

  /// - Parameters: as those of `addRedirects`.
  mutating func addLinks(
    of overlays: [Overlay], on snapshot: Snapshot, after memory: OverlayMemory,
    _ notes: inout [String]
  ) {
    var asked: [String: String] = [:]
    for link in overlays.flatMap(\.links) {
      asked[link.path.description] = link.target.description
    }
    guard !asked.isEmpty else { return }
    let trees = snapshot.trees(
      among: Set(asked.keys).union(asked.values).union(asked.keys.compactMap { memory.links[$0] }))
    for (path, target) in asked.sorted(by: { $0.key < $1.key }) {
      if trees.served.contains(target)
        || (trees.listed.contains(target) && !trees.served.contains(path))
      {
        links.add(path, leadingTo: target)
        continue
      }
      if let earlier = memory.links[path], trees.served.contains(earlier) {
        links.add(path, leadingTo: earlier)
      }
      ignored.links += 1
      notes.append(
        "\(path.sanitizedForDisplay) does not lead to \(target.sanitizedForDisplay) yet, as an "
          + "overlay has it: the cache has no mirrors of it")
    }
  }

  /// What ended, but what people want to be answered: a name of another overlay's stream, a link
  /// of one, and repositories that the rules require.
  ///
  /// - Parameters: as those of `addRedirects`.
  mutating func addEnded(
    of overlays: [Overlay], _ rules: SnapshotRules, _ notes: inout [String]
  ) {
    let led = Set(overlays.flatMap(\.redirects).map(\.client))
    let linked = Set(overlays.flatMap(\.links).map(\.path.description))
    var answered: [String: String] = [:]
    for ended in overlays.flatMap(\.ended) {
      switch ended.subject {
      case .name(let name) where rules.requires(name):
        answered[name] = "it must be: remove it from --require"
      case .name(let name) where led.contains(name):
        answered[name] = "another overlay leads it to a release"
      case .name(let name): endedNames[name] = ended.text
      case .path(let path) where linked.contains(path.description):
        answered[path.description] = "another overlay has it as a link"
      case .path(let path): endedPaths.add(path.description, leadingTo: ended.text)
      }
    }
    ignored.ended = answered.count
    for (subject, reason) in answered.sorted(by: { $0.key < $1.key }) {
      notes.append(
        "\(subject.sanitizedForDisplay) ended, as an overlay has it, and is answered: \(reason)")
    }
  }
}
