import Digests
import Foundation
import ReleaseModel

/// Looks at trees as a client does, without any of the program's own code:
/// repomd.xml → metadata → RPMs, all present, all with the stated checksum.
package enum ServedRepositories {
  /// What is wrong below `path`, which may lead through links; empty where
  /// every repository is whole. A tree without repositories is wrong, too.
  package static func problems(below path: String) throws -> [String] {
    // The links are resolved once, as a client's session would be: what they
    // lead to a moment later is another session's business.
    guard let resolved = realpath(path, nil) else { return ["\(path) leads nowhere"] }
    defer { free(resolved) }
    let tree = String(cString: resolved)
    var repositories: [String] = []
    FileTree.walk(tree) { path, kind in
      if kind == .file, path.hasSuffix("/repodata/repomd.xml") {
        repositories.append("\(tree)/\(path.dropLast("/repodata/repomd.xml".count))")
      }
    }
    guard !repositories.isEmpty else { return ["no repository below \(tree)"] }
    return try repositories.flatMap(problems(of:))
  }

  private static func problems(of repository: String) throws -> [String] {
    guard let bytes = FileTree.contents(of: repository + "/repodata/repomd.xml") else {
      return ["\(repository): repomd.xml cannot be read"]
    }
    var problems: [String] = []
    var primary: (path: String, sum: String)?
    let records = records(of: bytes)
    for record in records {
      guard let href = record.href, let sum = record.sum else {
        problems.append("\(repository): a record without name or checksum")
        continue
      }
      let path = "\(repository)/\(href)"
      if FileSum.hex(of: path) != sum {
        problems.append("\(path) is not as repomd.xml says")
      } else if record.isPrimary {
        primary = (path, sum)
      }
    }
    guard records.count == 3, let primary else {
      return problems + ["\(repository): repomd.xml has \(records.count) records"]
    }
    let listing = try listing(of: primary.path, sum: primary.sum)
    if listing.stated != listing.packages.count {
      problems.append("\(primary.path) lists \(listing.packages.count)")
    }
    for (href, sum) in listing.packages
    where FileSum.hex(of: "\(repository)/\(href)") != sum {
      problems.append("\(repository)/\(href) is not as primary.xml says")
    }
    return problems
  }

  private struct Record: Sendable {
    let isPrimary: Bool
    let href: String?
    /// SHA-256.
    let sum: String?
  }

  /// By their bytes: a sweep reads the same few documents hundreds of times.
  private static let known = Guarded<[[UInt8]: [Record]]>([:])

  private static func records(of bytes: [UInt8]) -> [Record] {
    if let records = known.withLock({ $0[bytes] }) { return records }
    let text = String(decoding: bytes, as: UTF8.self)
    let records = text.components(separatedBy: "<data ").dropFirst().map { record in
      Record(
        isPrimary: record.hasPrefix("type=\"primary\""),
        href: record.firstMatch(of: /href="([^"]+)"/).map { String($0.1) },
        sum: record.firstMatch(of: /<checksum type="sha256">([0-9a-f]{64})</).map {
          String($0.1)
        })
    }
    known.withLock { $0[bytes] = records }
    return records
  }

  private struct Listing: Sendable {
    let stated: Int?
    /// Path and SHA-256.
    let packages: [(href: String, sum: String)]
  }

  /// By SHA-256 of the file: a sweep reads the same metadata hundreds of times.
  private static let listings = Guarded<[String: Listing]>([:])

  private static func listing(of primary: String, sum: String) throws -> Listing {
    if let known = listings.withLock({ $0[sum] }) { return known }
    let xml = try Shell.check("zcat", [primary])
    let listing = Listing(
      stated: xml.firstMatch(of: /packages="([0-9]+)"/).flatMap { Int($0.1) },
      packages: xml.components(separatedBy: "<package ").dropFirst().compactMap { package in
        guard let href = package.firstMatch(of: /<location href="([^"]+)"/)?.1,
          let sum = package.firstMatch(of: /pkgid="YES">([0-9a-f]{64})</)?.1
        else { return nil }
        return (String(href), String(sum))
      })
    listings.withLock { $0[sum] = listing }
    return listing
  }
}

enum FileSum {
  /// SHA-256 of a whole file, hexadecimal; nil where it cannot be read.
  static func hex(of path: String) -> String? {
    FileTree.contents(of: path).map { Checksum(of: $0).hex }
  }
}
