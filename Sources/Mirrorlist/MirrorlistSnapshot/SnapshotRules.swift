import ReleaseModel

/// What a snapshot must be like to take the place of another.
package struct SnapshotRules: Hashable, Sendable {
  /// How many mirrors each of ``required`` must have.
  package var minimum: Int
  /// Repositories that must be answered, as `epel-7+x86_64`.
  package var required: [String]
  /// How many of a hundred repositories, hosts or directories may be gone.
  package var shrink: Int

  /// - Parameter shrink: percent, 0 to 100.
  package init(minimum: Int = 5, required: [String] = [], shrink: Int = 10) {
    self.minimum = minimum
    self.required = required
    self.shrink = shrink
  }

  /// Why `new` may not take the place of `old`; nil if it may.
  package func refusal(of new: Snapshot, after old: Snapshot?) -> SnapshotRefusal? {
    guard new.counts.repositories > 0 else {
      return SnapshotRefusal(.noRepository, "the cache has no repository")
    }
    if let old {
      if new.time < old.time {
        return SnapshotRefusal(
          .older, "the cache was made \(old.time - new.time) seconds before the one in use")
      }
      let kinds = [
        ("repositories", old.counts.repositories, new.counts.repositories),
        ("hosts", old.counts.hosts, new.counts.hosts),
        ("directories", old.counts.directories, new.counts.directories),
      ]
      for (kind, before, now) in kinds where (before - now) * 100 > shrink * before {
        return SnapshotRefusal(
          .shrunk,
          "it has \(now) \(kind) where there were \(before): more than \(shrink) % are gone")
      }
    }
    for key in required {
      let (name, arch) = Self.parts(of: key)
      let count = new.mirrors(ofRepository: new.redirected(name, arch: arch), arch: arch)
      let needed = max(1, minimum)
      if count < needed {
        return SnapshotRefusal(
          .required,
          "\(key.sanitizedForDisplay) has \(count) mirrors that any client can be told, not \(needed)"
        )
      }
    }
    return nil
  }

  /// How many mirrors a release must have before clients of `name` are led to it.
  func mirrorsNeeded(byRepository name: String, arch: String) -> Int {
    required.contains("\(name)+\(arch)") ? max(1, minimum) : 1
  }

  /// Whether a repository of that name must be answered, for any architecture.
  func requires(_ name: String) -> Bool { required.contains { Self.parts(of: $0).name == name } }

  private static func parts(of key: String) -> (name: String, arch: String) {
    guard let plus = key.lastIndex(of: "+") else { return (key, "") }
    return (String(key[..<plus]), String(key[key.index(after: plus)...]))
  }
}

/// Why a snapshot is not used.
package struct SnapshotRefusal: Hashable, Sendable, CustomStringConvertible {
  /// In a word, for metrics.
  package enum Reason: String, Sendable, CaseIterable {
    /// A file is missing, cannot be read, or is not what it should be.
    case badFile = "bad-file"
    /// The cache has no repository.
    case noRepository = "no-repository"
    /// More is gone than may be.
    case shrunk
    /// The cache is older than the one in use.
    case older
    /// A repository that must be answered is not.
    case required
  }

  /// For metrics.
  package let reason: Reason
  /// A sentence without full stop.
  package let description: String

  /// - Parameter description: a sentence without full stop.
  package init(_ reason: Reason, _ description: String) {
    self.reason = reason
    self.description = description
  }
}
