import ArgumentParser
import ComposePolicy
import ReleaseModel

/// A stream as people name it: its major version, or its name, such as `epel-7`.
struct StreamArgument: ExpressibleByArgument {
  private let text: String

  init?(argument: String) { text = argument }

  init(_ text: String) { self.text = text }

  /// Whatever a shell can know of it.
  static var defaultCompletionKind: CompletionKind { .streams() }

  /// The policy of the stream, and the release, where one is named in its place, such as `10.1`.
  ///
  /// Throws `usage` for what is not written as the stream writes releases, and else as
  /// ``policy(_:)``.
  func target(_ context: Context) throws -> (entry: PolicySet.Entry, release: ReleaseID?) {
    guard text.contains("."), text.first?.isNumber == true,
      try !context.policies().entries.contains(where: { $0.policy.stream == text })
    else { return (try policy(context), nil) }
    let (release, entry) = try context.release(text)
    return (entry, release)
  }

  /// The policy of the stream.
  ///
  /// Throws `noInput` for what is neither the name nor the major version of a policy.
  func policy(_ context: Context) throws -> PolicySet.Entry {
    if let major = Int(text) { return try context.policy(major: major) }
    let set = try context.policies()
    if let entry = set.entries.first(where: { $0.policy.stream == text }) { return entry }
    if let problem = set.problems.first { throw problem }
    let names = set.entries.map(\.policy.stream)
    let meant = NearestName.of(text, among: names).map { "Did you mean \($0)? " } ?? ""
    throw ComposeError(
      .noInput, "stream '\(text.sanitizedForDisplay)'", "no policy has that name",
      remedy: meant + "Name a major version, such as 7, or a stream of "
        + "\(set.directory.sanitizedForDisplay): \(names.joined(separator: ", "))")
  }
}
