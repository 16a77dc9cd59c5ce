/// Which URLs lead to this machine: what is tried below a root of its own asks no others.
package enum LocalURL {
  /// Whether the host of `url` is this machine, by a name or number that no resolver decides:
  /// `localhost`, `127.0.0.0/8` or `[::1]`.
  package static func isLoopback(_ url: String) -> Bool {
    guard let scheme = url.firstRange(of: "://") else { return false }
    let authority = url[scheme.upperBound...].prefix { !"/?#\\".contains($0) }
    // Nothing but a host, and a port: what is before an @ is no host.
    if authority.contains("@") { return false }
    if authority.hasPrefix("[") {
      let rest = authority.dropFirst("[::1]".count)
      return authority.hasPrefix("[::1]") && (rest.isEmpty || rest.hasPrefix(":"))
    }
    let host = authority.prefix { $0 != ":" }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return host == "localhost"
      || (parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil })
  }
}
