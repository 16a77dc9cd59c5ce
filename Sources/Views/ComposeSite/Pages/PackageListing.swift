import ReleaseModel

/// All packages of a stream by their first letters, in pages that a phone can
/// load: how a reader without script finds a package.
struct PackageListing: Sendable {
  /// How many packages a page lists at most.
  static let pageSize = 400

  struct Page: Sendable {
    /// Such as `P` or `P, 2 of 3`.
    let label: String
    /// Below `packages/`.
    let file: String
    let first: String
    let last: String
    let packages: [SitePackage]
  }

  let pages: [Page]

  init(_ packages: [SitePackage]) {
    let groups = Dictionary(grouping: packages) { Self.letter($0.package) }
    pages = groups.sorted { $0.key.precedesByBytes($1.key) }.flatMap { letter, packages in
      let shares = Concurrently.shares(of: packages.count, size: Self.pageSize)
      return shares.enumerated().map { number, share in
        let listed = Array(packages[share])
        return Page(
          label: letter.uppercased()
            + (shares.count == 1 ? "" : ", \(number + 1) of \(shares.count)"),
          file: letter + (number == 0 ? "" : "-\(number + 1)") + ".html",
          first: listed.first?.package ?? "", last: listed.last?.package ?? "", packages: listed)
      }
    }
  }

  /// `a` to `z`, `0-9`, or `other`.
  private static func letter(_ name: String) -> String {
    switch name.utf8.first {
    case .some(let byte) where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte): "0-9"
    case .some(let byte) where (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20):
      String(Unicode.Scalar(byte | 0x20))
    default: "other"
    }
  }
}
