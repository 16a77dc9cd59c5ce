import ComposePolicy
import Foundation
import ReleaseModel

/// One thing that `policy new` has to know: by an option, by an answer at a terminal, or by
/// default.
struct PolicyQuestion {
  /// The option that answers it.
  let option: String
  /// What is asked for, one line.
  let words: String
  /// What the option says; nil where it was not given.
  let given: String?
  /// Whether it makes sense after what has been answered.
  var isAsked: (PolicyDraft) -> Bool = { _ in true }
  /// What holds where nobody says anything else; nil where somebody must.
  let fallback: (PolicyDraft) -> String?
  /// Takes an answer into the draft.
  let take: (String, inout PolicyDraft) throws -> Void

  /// Whether the major version is known once it is answered.
  var decidesMajor: Bool { option == "--major" }

  /// The word for what there is not.
  private static let nothing = "none"

  /// In the order in which they are asked: what is proposed follows from earlier answers.
  static func all(of command: PolicyNewCommand) -> [PolicyQuestion] {
    [
      PolicyQuestion(
        option: "--distribution",
        words:
          "What do its users have: \(Distribution.allCases.map(\.rawValue).joined(separator: ", "))",
        given: command.distribution?.rawValue, fallback: { $0.distribution.rawValue },
        take: { text, draft in
          guard let known = Distribution(rawValue: text) else {
            throw unknown(text, Distribution.self)
          }
          draft = PolicyDraft(stream: draft.stream, major: draft.major, distribution: known)
        }),
      PolicyQuestion(
        option: "--major", words: "Major version of Enterprise Linux", given: command.major,
        fallback: { PolicyDraft.major(of: $0.stream).map(String.init) },
        take: { text, draft in
          guard let number = Int(text) else {
            throw refuse("it is not a number", remedy: "Write one such as 9")
          }
          try draft.distribution.require(major: number)
          draft = PolicyDraft(
            stream: draft.stream, major: number, distribution: draft.distribution)
        }),
      PolicyQuestion(
        option: "--title", words: "What people call it", given: command.title,
        fallback: { $0.title }, take: { $1.title = $0 }),
      PolicyQuestion(
        option: "--arches", words: "Architectures", given: command.arches,
        fallback: { $0.arches.joined(separator: ",") },
        take: { text, draft in
          draft.arches = text.split { $0 == "," || $0 == " " }.map(String.init)
        }),
      PolicyQuestion(
        option: "--layout",
        words:
          "Trees of a release: \(PolicyDraft.Layout.allCases.map(\.rawValue).joined(separator: ", "))",
        given: command.layout?.rawValue, fallback: { $0.layout.rawValue },
        take: { text, draft in
          guard let known = PolicyDraft.Layout(rawValue: text) else {
            throw unknown(text, PolicyDraft.Layout.self)
          }
          draft.layout = known
        }),
      PolicyQuestion(
        option: "--directory", words: "Directory of the public, staging and archive roots",
        given: command.directory, fallback: { $0.directory }, take: { $1.directory = $0 }),
      PolicyQuestion(
        option: "--url", words: "Where users reach it, or none", given: command.url,
        fallback: { $0.url ?? nothing }, take: { $1.url = $0 == nothing ? nil : $0 }),
      PolicyQuestion(
        option: "--key", words: "File of the public key that RPMs are signed with, or none",
        given: command.key, fallback: { $0.keys.first ?? nothing },
        take: { $1.keys = $0 == nothing ? [] : [$0] }),
      PolicyQuestion(
        option: "--koji", words: "Koji hub, or none: builds are RPM files in a directory",
        given: command.koji, fallback: { $0.hub?.url ?? nothing },
        take: { text, draft in
          let tag = draft.hub?.liveTag ?? "\(draft.stream)-release"
          draft.hub = text == nothing ? nil : .init(url: text, liveTag: tag)
        }),
      PolicyQuestion(
        option: "--live-tag", words: "The tag that stable builds land in", given: command.liveTag,
        isAsked: { $0.hub != nil || command.liveTag != nil }, fallback: { $0.hub?.liveTag },
        take: { text, draft in
          guard draft.hub != nil else {
            throw refuse("there is no hub that could have it", remedy: "Name the hub with --koji")
          }
          draft.hub?.liveTag = text
        }),
    ]
  }

  /// Puts the answer into `draft`: that of the option, or of the person who is asked, again
  /// until it is one; else the default.
  ///
  /// Throws `usage` for a wrong answer of an option, `refused` where the terminal is gone.
  func settle(_ draft: inout PolicyDraft, asking asks: Bool) throws {
    let proposed = fallback(draft)
    if let text = given ?? (asks ? nil : proposed) { return try accept(text, &draft) }
    guard asks else {
      throw ComposeError(
        .usage, option, "it is not given, and the name of the stream does not tell",
        remedy: "Add \(option)")
    }
    while true {
      StandardStream.writeDiagnostic(
        words + (proposed.map { " [\($0.sanitizedForDisplay)]" } ?? "") + ": ")
      guard let line = readLine() else {
        throw ComposeError(
          .refused, "policy of \(draft.stream)", "a question was not answered; nothing was written",
          remedy: "Answer it, name it with \(option), or add --yes for what is in brackets")
      }
      let answer = line.trimmingCharacters(in: .whitespaces)
      guard let text = answer.isEmpty ? proposed : answer else { continue }
      do {
        return try accept(text, &draft)
      } catch let error as ComposeError {
        StandardStream.writeDiagnostic("  \(error.cause). \(error.remedy).\n")
      }
    }
  }

  private func accept(_ text: String, _ draft: inout PolicyDraft) throws {
    let thing = "\(option) '\(text.sanitizedForDisplay)'"
    var changed = draft
    do {
      try take(text, &changed)
    } catch let error as ComposeError {
      throw ComposeError(error.kind, thing, error.cause, remedy: error.remedy)
    }
    try Self.requireValid(changed, thing)
    draft = changed
  }

  /// Throws `usage` about `thing`, the newest value, where the draft is no policy.
  static func requireValid(_ draft: PolicyDraft, _ thing: String) throws {
    do {
      _ = try draft.policy(file: draft.stream)
    } catch let error as ComposeError {
      throw ComposeError(.usage, thing, error.cause, remedy: error.remedy)
    }
  }

  private static func refuse(_ cause: String, remedy: String) -> ComposeError {
    ComposeError(.usage, "", cause, remedy: remedy)
  }

  private static func unknown<Word: RawRepresentable & CaseIterable>(
    _ text: String, _ type: Word.Type
  ) -> ComposeError where Word.RawValue == String {
    let words = Word.allCases.map(\.rawValue)
    let meant = NearestName.of(text, among: words).map { "Did you mean '\($0)'? " } ?? ""
    return refuse(
      "there is no such name", remedy: meant + "Use one of: \(words.joined(separator: ", "))")
  }
}
