import Foundation
import ReleaseModel

/// A small RPM for tests, built by rpmbuild.
package struct RPMSpec: Sendable {
  package var name: String
  package var version = "1.0"
  package var rpmRelease = "1"
  package var epoch: Int?
  package var arch = "noarch"
  /// Tags such as `Requires: gamma >= 1.0`.
  package var tags: [String] = []
  /// Files by path; a path in ``documents`` is %doc.
  package var files: [String: String] = [:]
  package var documents: [String: String] = [:]
  package var subpackages: [Subpackage] = []
  package var changelog = true
  /// Words of the header, where they matter.
  package var words: (summary: String, license: String, description: String)?
  package var changelogWords: (author: String, text: String)?
  /// Bytes of a further file that nothing compresses.
  package var noise = 0

  package struct Subpackage: Sendable {
    package var suffix: String
    package var arch: String?
    package var documents: [String: String] = [:]
    package var files: [String: String] = [:]

    package init(
      _ suffix: String, arch: String? = nil, documents: [String: String] = [:],
      files: [String: String] = [:]
    ) {
      self.suffix = suffix
      self.arch = arch
      self.documents = documents
      self.files = files
    }
  }

  package init(
    _ name: String, _ version: String = "1.0", _ rpmRelease: String = "1", epoch: Int? = nil,
    arch: String = "noarch", tags: [String] = [], files: [String: String] = [:],
    documents: [String: String] = [:], subpackages: [Subpackage] = []
  ) {
    self.name = name
    self.version = version
    self.rpmRelease = rpmRelease
    self.epoch = epoch
    self.arch = arch
    self.tags = tags
    self.files = files
    self.documents = documents
    self.subpackages = subpackages
  }

  /// The same with the marker that retires it.
  package func retired(_ text: String = "It is retired.\n") -> RPMSpec {
    var spec = self
    spec.documents["/usr/share/doc/\(name)/README-RETIRED.txt"] = text
    return spec
  }

  /// The same with a file of so many bytes that nothing compresses.
  package func withNoise(_ bytes: Int) -> RPMSpec {
    var spec = self
    spec.noise = bytes
    return spec
  }

  /// Builds source and binary RPMs into `directory`; returns their paths.
  ///
  /// - Parameter fileName: rpmbuild's template for the names of binary RPMs.
  @discardableResult
  package func build(
    into directory: String, sources: Bool = true,
    fileName: String = "%%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm"
  ) throws -> [String] {
    // Noise is another each time.
    let build =
      noise > 0 ? nil : Build(text: text, arch: arch, hasSources: sources, fileName: fileName)
    let known = build.flatMap { build in Self.builds.withLock { $0[build] } }
    let files = try known ?? made(sources: sources, fileName: fileName)
    if let build { Self.builds.withLock { $0[build] = files } }
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    return try files.map { name, contents in
      let target = URL(filePath: "\(directory)/\(name)")
      try? FileManager.default.removeItem(at: target)
      try contents.write(to: target)
      return target.path
    }
  }

  /// What rpmbuild is asked for: the same question has the same answer, byte for byte.
  private struct Build: Hashable {
    let text: String
    let arch: String
    let hasSources: Bool
    let fileName: String
  }

  /// What it answered in this run of the tests: many of them begin with the same packages.
  private static let builds = Guarded<[Build: [(name: String, contents: Data)]]>([:])

  /// Has rpmbuild make the RPMs.
  private func made(sources: Bool, fileName: String) throws -> [(name: String, contents: Data)] {
    let scratch = try TemporaryDirectory.ofPlainPath()
    let specFile = try scratch.write(text, to: "\(name).spec")
    let out = scratch.path("out")
    try Shell.check(
      "rpmbuild",
      [
        sources ? "-ba" : "-bb", "--quiet", "--target", arch, "--define",
        "_topdir \(scratch.path("top"))", "--define", "_rpmdir \(out)", "--define",
        "_srcrpmdir \(out)", "--define",
        "_rpmfilename \(fileName)",
        "--define", "__os_install_post %{nil}", "--define", "debug_package %{nil}", "--define",
        "_buildhost builder.example", "--define", "_dbpath \(scratch.path("db"))", "--define",
        "use_source_date_epoch_as_buildtime 1", "--define", "_unpackaged_files_terminate_build 0",
        specFile,
      ],
      environment: [
        "SOURCE_DATE_EPOCH": "1552000000", "HOME": scratch.path, "TZ": "UTC", "LC_ALL": "C.UTF-8",
      ])
    return try FileManager.default.contentsOfDirectory(atPath: out).sorted().map { name in
      (name, try Data(contentsOf: URL(filePath: "\(out)/\(name)")))
    }
  }

  /// The spec file.
  private var text: String {
    var lines = [
      "Name: \(name)", "Version: \(version)", "Release: \(rpmRelease)",
      "Summary: \(words?.summary ?? "Test package")", "License: \(words?.license ?? "MIT")",
      "AutoReqProv: no",
    ]
    if let epoch { lines.append("Epoch: \(epoch)") }
    if arch == "noarch" { lines.append("BuildArch: noarch") }
    lines +=
      tags + [
        "%description",
        words?.description ?? "A package for tests: \(name), with a < & > in its words.",
      ]
    for subpackage in subpackages {
      lines += ["%package \(subpackage.suffix)", "Summary: Part of it"]
      if let arch = subpackage.arch { lines.append("BuildArch: \(arch)") }
      lines += ["AutoReqProv: no", "%description \(subpackage.suffix)", "Part of it."]
    }
    var all = files.merging(documents) { $1 }
    all["/usr/share/\(name)/data.txt"] = "\(name) \(version)-\(rpmRelease)\n"
    for subpackage in subpackages {
      all.merge(subpackage.files.merging(subpackage.documents) { $1 }) { $1 }
    }
    lines.append("%install")
    for (path, contents) in all.sorted(by: { $0.key < $1.key }) {
      let encoded = Data(contents.utf8).base64EncodedString()
      lines.append("mkdir -p \"$RPM_BUILD_ROOT$(dirname '\(path)')\"")
      lines.append("echo '\(encoded)' | base64 -d > \"$RPM_BUILD_ROOT\(path)\"")
    }
    if noise > 0 {
      lines.append("head -c \(noise) /dev/urandom > \"$RPM_BUILD_ROOT/usr/share/\(name)/noise\"")
    }
    lines.append("%files")
    lines.append("/usr/share/\(name)/data.txt")
    if noise > 0 { lines.append("/usr/share/\(name)/noise") }
    lines += Self.fileLines(files, documents)
    for subpackage in subpackages {
      lines.append("%files \(subpackage.suffix)")
      lines += Self.fileLines(subpackage.files, subpackage.documents)
    }
    if changelog {
      lines += [
        "%changelog",
        "* Thu Mar 07 2019 \(changelogWords?.author ?? "Ann Packager") <ann@example.invalid> - "
          + "\(version)-\(rpmRelease)",
        "- \(changelogWords?.text ?? "Build \(version)")",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func fileLines(
    _ files: [String: String], _ documents: [String: String]
  ) -> [String] {
    files.keys.sorted().map { "\"\($0)\"" } + documents.keys.sorted().map { "%doc \"\($0)\"" }
  }
}
