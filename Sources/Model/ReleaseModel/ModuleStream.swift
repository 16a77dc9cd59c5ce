/// One build of one stream of a module: RPMs that users get together once they
/// chose that stream, or because it is the default one.
package struct ModuleStream: Hashable, Sendable {
  /// Another module that must be enabled as well.
  package struct Requirement: Hashable, Sendable {
    /// Such as `platform`.
    package let module: String
    /// Streams of it that will do; one with a minus in front will not. Empty where
    /// any does.
    package let streams: [String]

    /// - Parameter streams: empty for any.
    package init(module: String, streams: [String]) {
      self.module = module
      self.streams = streams
    }
  }

  /// Such as `nodejs`.
  package let module: String
  /// Such as `18`.
  package let stream: String
  /// Of several, clients take the highest.
  package let version: UInt64
  /// Tells builds of one version apart that need different modules.
  package let context: String
  /// Whether the packager gave the context its name.
  package let hasStaticContext: Bool
  /// Nil where the document does not say: for all.
  package let arch: Architecture?
  /// Its RPMs, as `name-epoch:version-release.arch`.
  package let artifacts: [String]
  /// Names of RPMs that are among the artifacts of earlier builds only, and whose
  /// plain namesakes it does not hide.
  package let demodularized: [String]
  /// Names of the sets in which users install it.
  package let profiles: [String]
  /// All of them must hold.
  package let requirements: [Requirement]

  /// `module:stream`, by which users name it.
  package var id: String { "\(module):\(stream)" }

  /// By default, what needs nothing and is for all machines.
  package init(
    module: String, stream: String, version: UInt64 = 1, context: String = "",
    hasStaticContext: Bool = false, arch: Architecture? = nil, artifacts: [String],
    demodularized: [String] = [], profiles: [String] = [], requirements: [Requirement] = []
  ) {
    self.module = module
    self.stream = stream
    self.version = version
    self.context = context
    self.hasStaticContext = hasStaticContext
    self.arch = arch
    self.artifacts = artifacts
    self.demodularized = demodularized
    self.profiles = profiles
    self.requirements = requirements
  }
}

/// What a document of modules says: the streams, and which of them users have
/// without choosing one.
package struct ModuleDocument: Hashable, Sendable {
  /// The default stream of a module, as one document has it.
  package struct Default: Hashable, Sendable {
    /// Nil where the document says that there is none.
    package let stream: String?
    /// Of several documents, the one with the highest number counts.
    package let modified: UInt64

    /// - Parameter stream: nil for none.
    package init(stream: String?, modified: UInt64 = 0) {
      self.stream = stream
      self.modified = modified
    }
  }

  /// In the document's order.
  package var streams: [ModuleStream]
  /// By the name of the module.
  package var defaults: [String: Default]

  /// Without any modules.
  package static let none = ModuleDocument(streams: [], defaults: [:])

  /// - Parameter defaults: by the name of the module.
  package init(streams: [ModuleStream], defaults: [String: Default]) {
    self.streams = streams
    self.defaults = defaults
  }

  /// Adds another repository's. Two that name different default streams with the
  /// same number leave the module without one, as libmodulemd has it.
  package mutating func add(_ other: ModuleDocument) {
    streams += other.streams
    defaults.merge(other.defaults) { mine, others in
      if mine.modified != others.modified { return mine.modified > others.modified ? mine : others }
      guard let stream = mine.stream else { return others }
      guard let second = others.stream, second != stream else { return mine }
      return Default(stream: nil, modified: mine.modified)
    }
  }

  /// Every RPM that some stream has, as `name-epoch:version-release.arch`.
  package var artifacts: Set<String> { Set(streams.lazy.flatMap(\.artifacts)) }
}

extension NEVRA {
  /// As documents of modules write it: always with the epoch.
  package var artifact: String {
    "\(name)-\(evr.epoch):\(evr.version)-\(evr.rpmRelease).\(arch.name)"
  }
}
