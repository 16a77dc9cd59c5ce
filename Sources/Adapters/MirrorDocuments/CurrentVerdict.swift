package import ReleaseModel

/// What is to be thought of a place that serves a stream, by the statement that it serves,
/// the signature of it, and each repomd.xml that its links lead to. Docs/Trust.md, "What a
/// mirror can be", has the rules.
package struct CurrentVerdict: Hashable, Sendable {
  /// How it is called.
  package enum State: String, CaseIterable, Sendable {
    /// It has what is published now.
    case fresh
    /// It has the newest statement; some repomd.xml are those of a short time ago.
    case following
    /// It has an earlier statement, and what belongs to it, since no longer than mirrors take.
    case behind
    /// The same for longer, or the statement has expired while there is a newer one.
    case frozen
    /// Its statement is newer than what its links lead to.
    case rolledBack = "rolled-back"
    /// Some of what its links lead to belongs to the statement, and some does not.
    case mixed
    /// What its links lead to was never published together with the statement, nor before.
    case changed
    /// It has no statement, or no signature of it.
    case stripped
    /// The statement is signed by a key that is not the stream's.
    case otherKey = "other-key"
    /// The signature does not hold, or what it signs is no statement of the stream.
    case forged
    /// The newest statement there is has expired: nobody renewed it.
    case expired
    /// A newer statement than the one that was compared with.
    case ahead
    /// It has neither a statement nor what its links should lead to.
    case missing
    /// It did not answer.
    case unreachable

    /// Whether its users may get something that they should not.
    package var isAlarm: Bool {
      switch self {
      case .fresh, .following, .behind, .ahead, .unreachable: false
      case .frozen, .rolledBack, .mixed, .changed, .stripped, .otherKey, .forged, .expired,
        .missing:
        true
      }
    }
  }

  /// How it is called.
  package let state: State
  /// More words, such as which repository; nil where there is nothing to add.
  package let detail: String?
  /// Of its statement; nil where none could be read.
  package let serial: Int?

  /// - Parameters:
  ///   - detail: printable.
  ///   - serial: of its statement.
  package init(_ state: State, _ detail: String? = nil, serial: Int? = nil) {
    self.state = state
    self.detail = detail
    self.serial = serial
  }

  /// One repomd.xml as a place serves it.
  package enum Served: Hashable, Sendable {
    /// SHA-256 of its bytes, and its `<revision>`, if it has one.
    case found(Checksum, revision: Int?)
    /// Nothing is there.
    case missing
  }

  /// What we know ourselves.
  package struct Known: Sendable {
    /// The newest statement.
    package let newest: CurrentStatement
    /// When each later serial was written, seconds since 1970, oldest first.
    package let written: [(serial: Int, at: Int)]
    /// How long mirrors may take to follow, in seconds.
    package let patience: Int
    /// Seconds since 1970.
    package let now: Int

    /// - Parameter written: may lack early serials.
    package init(
      newest: CurrentStatement, written: [(serial: Int, at: Int)], patience: Int, now: Int
    ) {
      self.newest = newest
      self.written = written.sorted { $0.serial < $1.serial }
      self.patience = patience
      self.now = now
    }
  }

  /// Judges a place whose statement is signed by the right key.
  ///
  /// - Parameters:
  ///   - statement: as it serves it.
  ///   - served: every repomd.xml of the statement, by its path.
  package init(
    of statement: CurrentStatement, serving served: [RelativePath: Served], knowing known: Known
  ) {
    let serial = statement.serial
    guard statement.stream == known.newest.stream else {
      self.init(.forged, "its statement is one of the stream \(statement.stream)", serial: serial)
      return
    }
    if serial == known.newest.serial, statement != known.newest {
      self.init(.forged, "there are two statements \(serial)", serial: serial)
      return
    }
    if let verdict = Self.contents(of: statement, served, now: known.now) {
      self = verdict
      return
    }
    let isFollowing = statement.repositories.contains { index in
      if case .found(index.sha256, _)? = served[index.path] { return false }
      return true
    }
    if serial > known.newest.serial {
      self.init(
        .ahead, "its statement \(serial) is newer than \(known.newest.serial)", serial: serial)
    } else if serial == known.newest.serial {
      if statement.validUntil <= known.now {
        self.init(
          .expired, "its statement was valid until \(Moment(statement.validUntil))", serial: serial)
      } else {
        self.init(isFollowing ? .following : .fresh, serial: serial)
      }
    } else {
      let since = known.written.first { $0.serial > serial }?.at ?? known.newest.written
      let isLate = known.now.subtractingClamped(since) > known.patience
      self.init(
        isLate || statement.validUntil <= known.now ? .frozen : .behind,
        "it has statement \(serial) of \(Moment(statement.written)); the next one is of "
          + "\(Moment(since)), the newest is \(known.newest.serial)", serial: serial)
    }
  }

  /// Nil where everything belongs to the statement.
  private static func contents(
    of statement: CurrentStatement, _ served: [RelativePath: Served], now: Int
  ) -> CurrentVerdict? {
    var (right, older, other): (Int, [RelativePath], [RelativePath]) = (0, [], [])
    for index in statement.repositories {
      guard case .found(let checksum, let revision)? = served[index.path] else {
        other.append(index.path)
        continue
      }
      if checksum == index.sha256 {
        right += 1
      } else if statement.accepts(checksum, at: index.path, now: now) {
        // Neither right nor wrong: the others decide.
      } else if let revision, revision < index.revision {
        older.append(index.path)
      } else {
        other.append(index.path)
      }
    }
    let wrong = older + other
    guard let first = wrong.first else { return nil }
    let paths =
      "\(first)/repodata/repomd.xml" + (wrong.count > 1 ? " (and \(wrong.count - 1) more)" : "")
    let number = statement.serial
    return if right > 0 {
      CurrentVerdict(.mixed, "\(paths) does not belong to its statement \(number)", serial: number)
    } else if other.isEmpty {
      CurrentVerdict(.rolledBack, "\(paths) is older than its statement \(number)", serial: number)
    } else {
      CurrentVerdict(
        .changed, "\(paths) is not what its statement \(number) names", serial: number)
    }
  }
}

extension CurrentStatement {
  /// Whether mirrors may still have this repomd.xml there.
  package func accepts(_ checksum: Checksum, at path: RelativePath, now: Int) -> Bool {
    former.contains { $0.path == path && $0.sha256 == checksum && $0.until > now }
  }
}
