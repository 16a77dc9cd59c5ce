import ReleaseModel

/// The names of all packages, and of the RPMs that are made from them, for the search of the site.
///
/// Pages that are opened as files cannot fetch, but can load a script: the
/// index is both.
struct SearchIndex: Encodable {
  let streams: [Stream]

  struct Stream: Encodable {
    let name: String
    let title: String
    let directory: String
    let packages: [Package]
    /// Names of RPMs that are not those of their packages, by package.
    let binaries: [String: [String]]
  }

  /// As an array, since there are ten thousand: name, first letter of the
  /// state's name in capitals where it is not live, and the file below
  /// `package/` where it is not the name.
  struct Package: Encodable {
    let name: String
    let state: PackageStatus.State
    let page: String

    func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      try container.encode(name)
      let isPlain = page == "package/\(name).html"
      if state != .live || !isPlain { try container.encode(state.rawValue) }
      if !isPlain { try container.encode(page) }
    }
  }

  init(_ streams: [StreamSite]) {
    self.streams = streams.map { stream in
      Stream(
        name: stream.contents.name, title: stream.contents.title, directory: stream.directory,
        packages: stream.contents.packages.compactMap { package in
          stream.page(package.package).map {
            Package(name: package.package, state: package.state, page: $0)
          }
        },
        binaries: Dictionary(
          stream.contents.packages.compactMap { package in
            let names = (package.description?.subpackages ?? []).map(\.name)
              .filter { $0 != package.package }
            return names.isEmpty ? nil : (package.package, names)
          }
        ) { first, _ in first })
    }
  }

  /// A script that hands `json` to `site.js`.
  static func script(_ json: String) -> String {
    "window.composeSiteSearch = \(json);\n"
  }
}
