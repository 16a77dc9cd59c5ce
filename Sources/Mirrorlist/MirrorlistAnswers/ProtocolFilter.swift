import MirrorlistSnapshot

/// The protocols that a client can use: `protocol=https,http`.
struct ProtocolFilter {
  private let asked: Set<String>

  init(_ text: String?) {
    asked = Set((text ?? "").split(separator: ",").map { $0.lowercased() })
  }

  /// Whether a URL can be used.
  func keeps(_ url: MirrorURL, in snapshot: Snapshot) -> Bool {
    guard !url.text.isEmpty else { return false }
    return asked.isEmpty || asked.contains(snapshot.string(url.scheme).lowercased())
  }

  /// How many hosts have a URL that can be used.
  func count(_ hosts: [(host: UInt32, urls: UInt32)], in snapshot: Snapshot) -> Int {
    asked.isEmpty ? hosts.count : hosts.count { hasURL($0.urls, in: snapshot) }
  }

  /// Hosts that have a URL that can be used; all, where none has.
  func hosts(
    _ hosts: [(host: UInt32, urls: UInt32)], in snapshot: Snapshot
  ) -> [(host: UInt32, urls: UInt32)] {
    guard !asked.isEmpty else { return hosts }
    let kept = hosts.filter { hasURL($0.urls, in: snapshot) }
    return kept.isEmpty ? hosts : kept
  }

  /// Whether any of the hosts has a URL that can be used; else URLs are not filtered.
  func isEffective(_ hosts: [(host: UInt32, urls: UInt32)], in snapshot: Snapshot) -> Bool {
    guard !asked.isEmpty else { return false }
    return hosts.contains { hasURL($0.urls, in: snapshot) }
  }

  private func hasURL(_ list: UInt32, in snapshot: Snapshot) -> Bool {
    (0..<snapshot.urlCount(of: list)).contains { keeps(snapshot.url($0, of: list), in: snapshot) }
  }
}
