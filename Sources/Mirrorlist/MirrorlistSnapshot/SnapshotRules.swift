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
      let count = hosts(of: key, in: new)
      if count < minimum {
        return SnapshotRefusal(
          .required, "\(key.sanitizedForDisplay) has \(count) mirrors, not \(minimum)")
      }
    }
    return nil
  }

  /// As many mirrors as a client could be told, who asks for a repository.
  private func hosts(of key: String, in snapshot: Snapshot) -> Int {
    let parts = key.split(separator: "+", omittingEmptySubsequences: false)
    let name = snapshot.redirected(parts.dropLast().joined(separator: "+"))
    guard let arch = parts.last, !snapshot.isDisabled(name),
      let directory = snapshot.directory(ofRepository: name, arch: String(arch))
    else { return 0 }
    let count = snapshot.hostCount(of: directory.number)
    guard count == 0, let path = snapshot.archived(directory.name),
      let other = snapshot.directory(named: path)
    else { return count }
    return snapshot.hostCount(of: other)
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
