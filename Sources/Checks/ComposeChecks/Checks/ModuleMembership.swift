import ReleaseModel

/// Which module stream an RPM belongs to.
struct ModuleMembership {
  /// By the RPM, as documents of modules write it.
  private let streams: [String: String]

  /// For repositories without modules.
  static let none = ModuleMembership()

  /// - Parameter documents: of several that name one RPM, the last counts.
  init(_ documents: ModuleDocument...) {
    var streams: [String: String] = [:]
    for stream in documents.lazy.flatMap(\.streams) {
      for artifact in stream.artifacts { streams[artifact] = stream.id }
    }
    self.streams = streams
  }

  /// `module:stream`; nil for what belongs to none.
  func stream(of nevra: NEVRA) -> String? {
    streams.isEmpty ? nil : streams[nevra.artifact]
  }
}
