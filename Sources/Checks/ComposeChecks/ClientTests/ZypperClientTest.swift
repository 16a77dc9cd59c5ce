import ComposeStream
import ComposeTrees
import ReleaseModel

/// zypper, with an empty cache. It knows only the machine's own architecture.
struct ZypperClientTest {
  let program: ClientProgram

  /// Loads one repository and counts what zypper sees.
  func load(_ repository: ClientRepository) throws -> [Finding] {
    var options = ["--root", "\(program.scratch)/root", "--non-interactive", "--quiet"]
    // It asks whether to trust a key that it does not have.
    options.append(
      repository.metadataKey == nil ? "--no-gpg-checks" : "--gpg-auto-import-keys")
    let checks = repository.metadataKey == nil ? [] : ["--gpgcheck-strict"]
    for arguments in [
      ["addrepo"] + checks + ["--type", "rpm-md", try program.url(of: repository), repository.id],
      ["refresh", repository.id],
    ] {
      let outcome = try program.run(options + arguments)
      guard outcome.status == 0 else {
        return [
          Finding(
            code: "client-cannot-load",
            message: "zypper cannot load \(repository.label): \(outcome.lastWords)",
            remedy: "Look at what it names; compose again")
        ]
      }
    }
    let outcome = try program.run(
      options + ["search", "--details", "--type", "package", "--repo", repository.id])
    // Rows of a table: status, name, type, version, architecture, repository.
    let seen = outcome.output.split(whereSeparator: \.isNewline)
      .filter { $0.split(separator: "|").dropFirst(2).first?.contains("package") ?? false }.count
    // 104: nothing was found.
    guard outcome.status == 0 || outcome.status == 104, seen == repository.packages else {
      return [
        Finding(
          code: "client-count",
          message:
            "zypper sees \(seen.grouped) of \(repository.packages.counted("package")) in \(repository.label)",
          remedy: "Check that its metadata is what the clients of the stream read; compose again")
      ]
    }
    return []
  }
}
