/// What clients of a repository are answered from, and by how many mirrors.
extension Snapshot {
  /// The repository that clients of `name` get: followed once, overlays first.
  package func redirected(_ name: String, arch: String) -> String {
    overlays.redirects[name]?[arch] ?? tables.redirects[name] ?? name
  }

  /// The directory of that name, or in the archive where no host has it; nil where the
  /// cache lists neither.
  package func servedDirectory(named name: String) -> UInt32? {
    let known = directory(named: name).flatMap { isListed($0) ? $0 : nil }
    if let known, hostCount(of: known) > 0 { return known }
    let other = archived(name).flatMap { directory(named: $0) }
    if let other, isListed(other) { return other }
    return known
  }

  /// Name of the directory of the index of a repository whose own directory is `name`.
  package static func indexDirectory(of name: String) -> String {
    name.hasSuffix("/repodata") ? name : name + "/repodata"
  }

  /// How many mirrors a client is told of whose address is not known, at least: those for
  /// everybody that have both the repository and its index, by a URL that downloaders can
  /// use. 0 where there is no answer, such as without checksums of the index.
  ///
  /// - Parameter name: no redirect is followed.
  package func mirrors(ofRepository name: String, arch: String) -> Int {
    guard !isDisabled(name), let own = directory(ofRepository: name, arch: arch),
      let directory = servedDirectory(named: own.name),
      let index = servedDirectory(named: Self.indexDirectory(of: own.name)),
      !details(of: Self.index, in: index).isEmpty
    else { return 0 }
    return min(openHosts(of: directory), openHosts(of: index))
  }

  private func openHosts(of directory: UInt32) -> Int {
    var usable: Set<UInt32> = []
    forEachHost(of: directory) { host, urls in
      let hasURL = (0..<urlCount(of: urls)).contains { index in
        let url = url(index, of: urls)
        return !url.text.isEmpty && url.rank <= .ftp
      }
      if hasURL { usable.insert(host) }
    }
    var count = 0
    forEachGlobalHost(of: directory) { host in
      if allows(host: host, clientsOf: nil), usable.remove(host) != nil { count += 1 }
    }
    return count
  }

  /// The architectures of each repository.
  var architectures: [String: [String]] {
    var result: [String: [String]] = [:]
    for name in tables.repositoryKeys.names {
      let key = tables.texts.string(name)
      guard let plus = key.lastIndex(of: "+") else { continue }
      result[String(key[..<plus]), default: []].append(String(key[key.index(after: plus)...]))
    }
    return result
  }

  /// Those of `paths` at or below which the cache lists directories, and those of them of
  /// which a host has one.
  func trees(among paths: Set<String>) -> (listed: Set<String>, served: Set<String>) {
    var (listed, served): (Set<String>, Set<String>) = ([], [])
    for (number, name) in tables.directoryNames.names.enumerated()
    where tables.directories[number].isListed {
      let path = tables.texts.string(name)
      let hasHosts = hostCount(of: UInt32(number)) > 0
      var end = path.endIndex
      while true {
        let above = String(path[..<end])
        if paths.contains(above) {
          listed.insert(above)
          if hasHosts { served.insert(above) }
        }
        guard let slash = path.utf8[..<end].lastIndex(of: UInt8(ascii: "/")) else { break }
        end = slash
      }
    }
    return (listed, served)
  }
}
