import ComposeTrees
import ReleaseModel

/// The module streams that users of one architecture can choose.
struct ModuleChoices: Sendable {
  /// One stream.
  struct Choice: Hashable, Sendable {
    /// `module:stream`.
    let id: String
    /// Sets of its RPMs that users install at once, sorted.
    let profiles: [String]
  }

  /// Streams that have an RPM, sorted: default ones need not be enabled, but can be.
  let all: [Choice]
  /// Streams that are no default, by the names of their RPMs.
  private let streams: [String: String]

  /// - Parameter listed: what the repositories list.
  init(_ document: ModuleDocument, arch: Architecture, listed: Set<NEVRA>) {
    var names: [String: Set<String>] = [:]
    for nevra in listed { names[nevra.artifact, default: []].insert(nevra.name) }
    let here = document.streams.filter { stream in
      (stream.arch ?? arch) == arch && stream.artifacts.contains { names[$0] != nil }
    }
    all = Dictionary(grouping: here, by: \.id).map { id, builds in
      Choice(id: id, profiles: Set(builds.flatMap(\.profiles)).sorted())
    }.sorted { $0.id < $1.id }
    // RPMs that are in no default stream, nor in none at all.
    let hidden = document.undefaulted
    var streams: [String: String] = [:]
    for nevra in listed { if let id = hidden[nevra.artifact] { streams[nevra.name] = id } }
    for nevra in listed where hidden[nevra.artifact] == nil { streams[nevra.name] = nil }
    self.streams = streams
  }

  /// The stream that users must choose before they can install `name`; nil for none.
  func needed(for name: String) -> String? { streams[name] }
}
