import DependencyClosure
import Digests
import Foundation
import ReleaseModel
import RepoMetadata

/// Primary metadata, as the program reads it and as libsolv does.
struct PrimaryTarget: FuzzTarget {
  static let name = "primary"
  static let words = [
    "<rpm:requires>", "<rpm:entry name=\"(a if b)\"/>", "((((((((", " or ",
    "<package type=\"rpm\">",
    "flags=\"EQ\"", "epoch=\"", "&#0;", "&amp;", "<![CDATA[", "]]>", "<!ENTITY a \"b\">",
  ]
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  func seeds() throws -> [[UInt8]] {
    let sum = Checksum(of: [1])
    return [
      Array(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <metadata xmlns="http://linux.duke.edu/metadata/common" \
        xmlns:rpm="http://linux.duke.edu/metadata/rpm" packages="1">
        <package type="rpm">
          <name>alpha</name><arch>noarch</arch>
          <version epoch="1" ver="1.0" rel="1.el7"/>
          <checksum type="sha256" pkgid="YES">\(sum)</checksum>
          <summary>A</summary><description>B</description><packager></packager><url></url>
          <time file="1552000000" build="1552000000"/>
          <size package="1234" installed="56" archive="78"/>
          <location href="Packages/a/alpha-1.0-1.el7.noarch.rpm"/>
          <format>
            <rpm:license>MIT</rpm:license><rpm:sourcerpm>alpha-1.0-1.el7.src.rpm</rpm:sourcerpm>
            <rpm:header-range start="4504" end="6801"/>
            <rpm:provides><rpm:entry name="alpha" flags="EQ" epoch="1" ver="1.0" rel="1.el7"/>\
        </rpm:provides>
            <rpm:requires><rpm:entry name="(gamma if delta else zeta)"/>\
        <rpm:entry name="/bin/sh" pre="1"/></rpm:requires>
            <rpm:obsoletes><rpm:entry name="beta" flags="LT" epoch="0" ver="2"/></rpm:obsoletes>
            <file>/etc/alpha</file>
          </format>
        </package>
        </metadata>
        """.utf8)
    ]
  }

  func run(_ input: [UInt8]) throws {
    let file = try scratch.write(input, as: "primary.xml")
    let packages = try? PrimaryReader.packages(in: file, openChecksum: nil)
    _ = packages?.map { VersionText.of($0) }
    let universe = try PackageUniverse(arch: Architecture("x86_64"), assumesExternals: true)
    let document = try OpenedMetadata(contents: input, of: "primary.xml")
    try universe.add(
      PrimaryContents { body in try document.withDescriptor { try body($0) } },
      fileLists: { _ in [] }, as: .release, label: "a repository")
    _ = try universe.brokenPackages()
    _ = try universe.former(universe.releasePackages())
  }
}

/// What is printed of a listed package.
private enum VersionText {
  static func of(_ package: ListedPackage) -> String {
    package.nevra.description
      + package.obsoletes.map { "\($0.name) \($0.bound?.evr.description ?? "")" }.joined()
  }
}
