import Foundation

/// Kinds of programs that ask, by the first words of their User-Agent.
package enum ClientFamily: String, CaseIterable, Codable, Sendable {
  /// dnf 4, microdnf and others with librepo: `libdnf (CentOS Linux 8; generic; Linux.x86_64)`.
  case libdnf
  /// dnf 5.
  case libdnf5
  /// dnf before libdnf had a User-Agent of its own.
  case dnf
  /// microdnf where it says so.
  case microdnf
  /// yum of Enterprise Linux 7 and before: `urlgrabber/3.10 yum/3.4.3`.
  case yum
  /// PackageKit, GNOME Software.
  case packageKit = "PackageKit"
  /// `ZYpp 17.31.8 (curl 7.88.1)`.
  case zypper
  /// What mirrors and caches copy with.
  case mirrorTool = "mirror tool"
  /// curl.
  case curl
  /// wget, of either generation.
  case wget
  /// What people click with.
  case browser
  /// Everything else, also where a log has no User-Agent.
  case other
}

/// One kind of client: a family and what it says of its version.
struct ClientKind: Hashable {
  let family: ClientFamily
  /// The version of the program, or for libdnf the system, such as `CentOS Linux 8`;
  /// empty where the User-Agent has none.
  let version: String

  private static let mirrorTools = [
    "quick-fedora-mirror", "mirrormanager", "mm2_crawler", "lftp", "artifactory", "nexus", "pulp",
    "katello", "reposync", "apt-cacher", "squid", "rsync",
  ]

  /// - Parameter agent: the User-Agent as the log has it.
  init(agent: String) {
    func version(after name: String) -> String? {
      guard let range = agent.range(of: name) else { return nil }
      let rest = agent[range.upperBound...].prefix {
        $0.isASCII && ($0.isLetter || $0.isNumber || ".-_+~".contains($0))
      }
      return rest.first?.isNumber == true ? String(rest.prefix(32)) : ""
    }
    /// What stands first in the brackets of `libdnf (NAME VERSION; variant; Linux.x86_64)`.
    var system: String {
      guard let opening = agent.firstIndex(of: "(") else { return "" }
      return String(
        agent[agent.index(after: opening)...].prefix { $0 != ";" && $0 != ")" }.prefix(48))
    }
    let lowered = agent.lowercased()
    if agent.hasPrefix("libdnf5") {
      (family, self.version) = (
        .libdnf5, version(after: "libdnf5/").flatMap { $0.isEmpty ? nil : $0 } ?? system
      )
    } else if agent.hasPrefix("libdnf") {
      (family, self.version) = (.libdnf, system)
    } else if agent.hasPrefix("microdnf") {
      (family, self.version) = (.microdnf, version(after: "microdnf/") ?? "")
    } else if agent.hasPrefix("dnf") {
      (family, self.version) = (.dnf, version(after: "dnf/") ?? "")
    } else if agent.hasPrefix("urlgrabber") || agent.hasPrefix("yum") {
      (family, self.version) = (.yum, version(after: "yum/") ?? "")
    } else if agent.hasPrefix("PackageKit") || agent.hasPrefix("gnome-software") {
      (family, self.version) = (.packageKit, version(after: "PackageKit/") ?? "")
    } else if agent.hasPrefix("ZYpp") || lowered.hasPrefix("zypp") {
      (family, self.version) = (.zypper, version(after: " ") ?? "")
    } else if agent.hasPrefix("curl/") || agent.hasPrefix("libcurl") {
      (family, self.version) = (.curl, version(after: "curl/") ?? "")
    } else if agent.hasPrefix("Wget") || agent.hasPrefix("wget") {
      (family, self.version) = (.wget, version(after: "/") ?? "")
    } else if let tool = Self.mirrorTools.first(where: lowered.hasPrefix) {
      (family, self.version) = (.mirrorTool, tool)
    } else if agent.hasPrefix("Mozilla/") || agent.hasPrefix("Opera/") {
      (family, self.version) = lowered.contains("bot") ? (.other, "") : (.browser, "")
    } else {
      (family, self.version) = (.other, "")
    }
  }

  init(family: ClientFamily, version: String) {
    self.family = family
    self.version = version
  }
}
