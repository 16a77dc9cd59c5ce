import Crypto
import Foundation

/// Looks at trees as a client does, without any of the program's own code:
/// repomd.xml → metadata → RPMs, all present, all with the stated checksum.
package enum ServedRepositories {
  /// What is wrong below `path`, which may lead through links; empty where
  /// every repository is whole. A tree without repositories is wrong, too.
  package static func problems(below path: String) throws -> [String] {
    let listing = try Shell.run("find", ["-L", path, "-name", "repomd.xml"])
    let indexes = listing.output.split(separator: "\n").map(String.init)
    guard !indexes.isEmpty else { return ["no repository below \(path)"] }
    return try indexes.flatMap { index in
      let repository = String(index.dropLast("/repodata/repomd.xml".count))
      return try problems(of: repository)
    }
  }

  private static func problems(of repository: String) throws -> [String] {
    let index = try String(contentsOfFile: repository + "/repodata/repomd.xml", encoding: .utf8)
    let records = index.components(separatedBy: "<data ").dropFirst()
    var problems: [String] = []
    var primary: String?
    for record in records {
      guard let href = record.firstMatch(of: /href="([^"]+)"/)?.1,
        let sum = record.firstMatch(of: /<checksum type="sha256">([0-9a-f]{64})</)?.1
      else {
        problems.append("\(repository): a record without name or checksum")
        continue
      }
      let path = "\(repository)/\(href)"
      if sha256(path) != String(sum) { problems.append("\(path) is not as repomd.xml says") }
      if record.hasPrefix("type=\"primary\"") { primary = path }
    }
    guard records.count == 3, let primary else {
      return problems + ["\(repository): repomd.xml has \(records.count) records"]
    }
    let xml = try Shell.check("zcat", [primary])
    let packages = xml.components(separatedBy: "<package ").dropFirst()
    let stated = xml.firstMatch(of: /packages="([0-9]+)"/).flatMap { Int($0.1) }
    if stated != packages.count { problems.append("\(primary) lists \(packages.count)") }
    for package in packages {
      guard let href = package.firstMatch(of: /<location href="([^"]+)"/)?.1,
        let sum = package.firstMatch(of: /pkgid="YES">([0-9a-f]{64})</)?.1
      else { continue }
      let path = "\(repository)/\(href)"
      if sha256(path) != String(sum) { problems.append("\(path) is not as primary.xml says") }
    }
    return problems
  }

  private static func sha256(_ path: String) -> String? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return SHA256.hash(data: data).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}
