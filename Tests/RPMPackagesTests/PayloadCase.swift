import ComposeTestSupport
import Foundation
import RPMPackages
import ReleaseModel
import Testing

/// An RPM with files of a test's own, as rpmbuild packs them.
struct PayloadCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// Commands of %install; `$D` is the directory of the documentation, which is all %doc
  /// but for what `files` names.
  let install: String
  /// Of %files, instead of the whole directory of the documentation.
  var files = ["%doc /usr/share/doc/gamma"]
  /// rpm's words for a compression, such as `w7.xzdio`.
  var compression = "w6.gzdio"
  /// Whether the payload is to have rpm's own form.
  var isNumbered = false
  var sources: [String: String] = [:]

  func build(into directory: TemporaryDirectory) throws -> [RPMFile] {
    let specFile = try directory.write(
      ([
        "Name: gamma", "Version: 1.0", "Release: 1", "Summary: Test", "License: MIT",
        "BuildArch: noarch", "AutoReqProv: no",
      ] + sources.keys.sorted().enumerated().map { "Source\($0.offset): \($0.element)" } + [
        "%description", "Test.", "%install", "D=%{buildroot}/usr/share/doc/gamma", "mkdir -p $D",
        install, "%files",
      ] + files).joined(separator: "\n") + "\n", to: "gamma.spec")
    for (name, text) in sources { _ = try directory.write(text, to: name) }
    let out = directory.path("out")
    try Shell.check(
      "rpmbuild",
      [
        "-ba", "--quiet", "--target", "noarch", "--define", "_topdir \(directory.path("top"))",
        "--define", "_sourcedir \(directory.path)", "--define", "_rpmdir \(out)", "--define",
        "_srcrpmdir \(out)", "--define",
        "_rpmfilename %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm",
        "--define", "__os_install_post %{nil}", "--define", "debug_package %{nil}", "--define",
        "_binary_payload \(compression)", "--define", "_dbpath \(directory.path("db"))", specFile,
      ], environment: ["HOME": directory.path, "LC_ALL": "C.UTF-8"])
    let binary = "\(out)/gamma-1.0-1.noarch.rpm"
    if isNumbered {
      try Shell.check("\(Fixtures.checkout)/Tests/Fixtures/edit-rpm", ["number-payload", binary])
    }
    return try [binary, "\(out)/gamma-1.0-1.src.rpm"].map { try RPMReaderTests.reader.read($0) }
  }
}
