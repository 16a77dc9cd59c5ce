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
