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
    let files = FileManager.default.enumerator(atPath: tree)?.compactMap { $0 as? String } ?? []
    let indexes = files.filter { $0.hasSuffix("/repodata/repomd.xml") }
    guard !indexes.isEmpty else { return ["no repository below \(tree)"] }
    return try indexes.flatMap { index in
      try problems(of: tree + "/" + index.dropLast("/repodata/repomd.xml".count))
    }
  }

  private static func problems(of repository: String) throws -> [String] {
    let index = try String(contentsOfFile: repository + "/repodata/repomd.xml", encoding: .utf8)
    let records = index.components(separatedBy: "<data ").dropFirst()
    var problems: [String] = []
    var primary: (path: String, sum: String)?
    for record in records {
      guard let href = record.firstMatch(of: /href="([^"]+)"/)?.1,
        let sum = record.firstMatch(of: /<checksum type="sha256">([0-9a-f]{64})</)?.1
      else {
        problems.append("\(repository): a record without name or checksum")
        continue
      }
      let path = "\(repository)/\(href)"
      if FileSum.hex(of: path) != String(sum) {
        problems.append("\(path) is not as repomd.xml says")
      } else if record.hasPrefix("type=\"primary\"") {
        primary = (path, String(sum))
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
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return Checksum(of: Array(data)).hex
  }
}
