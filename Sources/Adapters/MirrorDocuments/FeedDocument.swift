import Foundation
package import ReleaseModel

/// One entry of the change feed: `changes/00000042.json`. It never changes once it has its
/// name.
package struct FeedDocument: Codable, Sendable, Equatable {
  /// A repository whose repomd.xml is another than before.
  package struct Repository: Codable, Sendable, Equatable {
    /// Directory above `repodata`, below the module.
    package let path: String
    /// SHA-256 of repomd.xml, lower-case hexadecimal.
    package let sha256: String
    /// Bytes of repomd.xml.
    package let size: Int
    /// The largest time of its documents, seconds since 1970: what metalinks call its
    /// timestamp.
    package let timestamp: Int

    /// As the list and repomd.xml say.
    package init(path: String, sha256: String, size: Int, timestamp: Int) {
      self.path = path
      self.sha256 = sha256
      self.size = size
      self.timestamp = timestamp
    }
  }

  /// Always 1.
  package let format: Int
  /// Name of the module.
  package let module: String
  /// Grows by one with each document.
  package let serial: Int
  /// When the change was published, such as `2019-08-30T12:00:00Z`.
  package let time: String
  /// Whose command published it.
  package let stream: String
  /// The command, such as `promote`.
  package let command: String
  /// The release that the command was about; null for a command about none.
  @OrNull package var release: String?
  /// Links that lead elsewhere than before, by path below the module, with their targets.
  package let links: [String: String]
  /// Sorted by path.
  package let repositories: [Repository]
  /// Numbers of lines in ``paths``.
  package let added: Int
  /// The same of `C`.
  package let changed: Int
  /// The same of `D`.
  package let removed: Int
  /// Name of the file beside this one that has the paths.
  package let paths: String
  /// SHA-256 of the rows, without those of the feed, of a reader who has made this change:
  /// lower-case hexadecimal.
  package let list: String

  /// - Parameters:
  ///   - time: seconds since 1970.
  ///   - difference: what changed.
  ///   - list: SHA-256 of the rows afterwards.
  package init(
    module: ModuleName, serial: Int, time: Int, stream: String, command: String, release: String?,
    links: [String: String], repositories: [Repository], difference: ListDifference, list: String
  ) {
    format = 1
    self.module = module.description
    self.serial = serial
    self.time = FeedTime.text(time)
    self.stream = stream
    self.command = command
    self.release = release
    self.links = links
    self.repositories = repositories.sorted { $0.path.precedesByBytes($1.path) }
    added = difference.added
    changed = difference.changed
    removed = difference.removed
    paths = FeedNames.paths(serial)
    self.list = list
  }

  /// What `bytes` say; nil for anything else.
  package init?(bytes: [UInt8]) {
    guard let document = try? JSONDecoder().decode(FeedDocument.self, from: Data(bytes)),
      NumberFromOutside.counts.contains(document.serial)
    else { return nil }
    self = document
  }

  /// One line of JSON, keys sorted.
  package func bytes() throws -> [UInt8] { try FeedNames.encode(self) }
}

/// `changes/head.json`: how far the feed is. A mirror's own tells how far the mirror is.
package struct FeedHead: Codable, Sendable, Equatable {
  /// Always 1.
  package let format: Int
  /// Name of the module.
  package let module: String
  /// Of the newest document; 0 where there is none yet.
  package let serial: Int
  /// A reader that has not come so far reads the list instead: earlier documents may be gone.
  package let oldest: Int
  /// When ``serial`` was published.
  package let time: String

  /// - Parameter time: seconds since 1970.
  package init(module: ModuleName, serial: Int, oldest: Int, time: Int) {
    format = 1
    self.module = module.description
    self.serial = serial
    self.oldest = oldest
    self.time = FeedTime.text(time)
  }

  /// What `bytes` say; nil for anything else.
  package init?(bytes: [UInt8]) {
    guard let head = try? JSONDecoder().decode(FeedHead.self, from: Data(bytes)),
      NumberFromOutside.counts.contains(head.serial),
      NumberFromOutside.counts.contains(head.oldest)
    else { return nil }
    self = head
  }

  /// One line of JSON, keys sorted.
  package func bytes() throws -> [UInt8] { try FeedNames.encode(self) }
}

/// Names of the files of the change feed.
package enum FeedNames {
  /// The directory in that of the module.
  package static let directory = "changes"
  /// The file of ``FeedHead``.
  package static let head = "head.json"

  /// At least eight digits.
  private static func number(_ serial: Int) -> String {
    let digits = String(serial)
    return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }

  /// The file of a ``FeedDocument``.
  package static func document(_ serial: Int) -> String { number(serial) + ".json" }
  /// The file of its ``ListDifference``.
  package static func paths(_ serial: Int) -> String { number(serial) + ".paths.gz" }

  /// The serial in the name of a file of the feed, with whether it has the paths; nil for
  /// other names.
  package static func serial(of name: String) -> (serial: Int, hasPaths: Bool)? {
    guard let match = name.wholeMatch(of: /([0-9]{8,15})\.(json|paths\.gz)/),
      let serial = Int(match.output.1)
    else { return nil }
    return (serial, match.output.2 != "json")
  }

  static func encode(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
  }
}

/// Times as the feed writes them.
enum FeedTime {
  /// `2019-08-30T12:00:00Z` of seconds since 1970.
  static func text(_ seconds: Int) -> String {
    Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601)
  }
}
