import Foundation

/// What a test hub begins with.
package struct HubSeed: Encodable, Sendable {
  package struct User: Encodable, Sendable {
    let name: String
    let permissions: [String]
  }

  package struct Tag: Encodable, Sendable {
    package var name: String
    package var arches = "x86_64"
    package var locked = false

    package init(name: String) { self.name = name }
  }

  package struct Listed: Encodable, Sendable {
    package var tag: String
    package var package: String
    package var owner = "tibbs"
    package var blocked = false

    package init(tag: String, package: String, blocked: Bool = false) {
      self.tag = tag
      self.package = package
      self.blocked = blocked
    }
  }

  package struct RPM: Encodable, Sendable {
    package var name: String
    package var version: String
    package var release: String
    package var arch: String
    package var sigkeys: [String] = []

    package init(
      name: String, version: String, release: String, arch: String, sigkeys: [String] = []
    ) {
      self.name = name
      self.version = version
      self.release = release
      self.arch = arch
      self.sigkeys = sigkeys
    }
  }

  package struct Build: Encodable, Sendable {
    package var name: String
    package var version: String
    package var release: String
    package var epoch: Int?
    package var owner = "tibbs"
    package var rpms: [RPM] = []

    package init(
      name: String, version: String, release: String, epoch: Int? = nil, rpms: [RPM] = []
    ) {
      self.name = name
      self.version = version
      self.release = release
      self.epoch = epoch
      self.rpms = rpms
    }

    package var nvr: String { "\(name)-\(version)-\(release)" }
  }

  package struct Tagging: Encodable, Sendable {
    package var tag: String
    package var build: String
  }

  package var users = [
    User(name: "releng", permissions: ["tag", "admin"]), User(name: "nobody", permissions: []),
    User(name: "tibbs", permissions: []), User(name: "orion", permissions: []),
  ]
  package var tags: [Tag] = []
  package var packages: [Listed] = []
  package var builds: [Build] = []
  package var tagged: [Tagging] = []

  package init() {}

  /// Packages `p001`, `p002`, … of one build each, all in the tag `epel7`.
  package init(packages count: Int) {
    tags = [Tag(name: "epel7")]
    for index in 1...count {
      let digits = String(index)
      let name = "p" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
      add(Build(name: name, version: "1.0", release: "1.el7"), to: "epel7")
    }
  }

  /// Adds a build, lists its package and tags it.
  package mutating func add(_ build: Build, to tag: String) {
    if !packages.contains(where: { $0.tag == tag && $0.package == build.name }) {
      packages.append(Listed(tag: tag, package: build.name))
    }
    if !builds.contains(where: { $0.nvr == build.nvr }) { builds.append(build) }
    tagged.append(Tagging(tag: tag, build: build.nvr))
  }

  package func json() throws -> String {
    String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
  }
}
