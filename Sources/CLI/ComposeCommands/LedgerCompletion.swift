import ArgumentParser
import ComposePolicy
import ComposeStream
import Foundation
import ReleaseLedger
import ReleaseModel

/// What a shell offers while a command line is typed: names from the policies and the
/// ledgers of the places that the line names. Whatever is wrong there, nothing is offered
/// and nothing is said.
extension CompletionKind {
  /// Releases that the ledgers know.
  ///
  /// - Parameter states: only these; nil for all.
  static func releases(in states: Set<ReleaseState>? = nil) -> CompletionKind {
    .custom { words, _, prefix in
      TypedLine(words).streams.flatMap { stream in
        ((try? stream.ledger.releases()) ?? [])
          .filter { states?.contains($0.state) ?? true }.map(\.id.description)
      }.beginning(with: prefix)
    }
  }

  /// Major versions and names of streams.
  static func streams() -> CompletionKind {
    .custom { words, _, prefix in TypedLine(words).streamNames.beginning(with: prefix) }
  }

  /// Both.
  static func releasesAndStreams() -> CompletionKind {
    .custom { words, _, prefix in
      let line = TypedLine(words)
      let releases = line.streams.flatMap {
        ((try? $0.ledger.releases()) ?? []).map(\.id.description)
      }
      return (releases + line.streamNames).beginning(with: prefix)
    }
  }

  /// Source packages that releases of the stream have, had or left out; of all streams
  /// where the line names none.
  static func packages() -> CompletionKind {
    .custom { words, _, prefix in
      TypedLine(words).namedStreams.flatMap { stream in
        ((try? stream.ledger.releases()) ?? []).flatMap { release in
          ((try? stream.ledger.builds(of: release.id)) ?? []).map(\.package)
            + ((try? stream.ledger.retirements(of: release.id)) ?? []).map(\.package)
        }
      }.beginning(with: prefix)
    }
  }

  /// Builds that users of the stream have.
  static func listedBuilds() -> CompletionKind {
    .custom { words, _, prefix in
      TypedLine(words).namedStreams.flatMap { stream -> [String] in
        guard let current = try? stream.ledger.currentRelease() else { return [] }
        return ((try? stream.ledger.builds(of: current.id)) ?? [])
          .filter { $0.unlisted == nil }.map(\.nvr.description)
      }.beginning(with: prefix)
    }
  }

  /// Builds that are held.
  static func heldBuilds() -> CompletionKind {
    .custom { words, _, prefix in
      TypedLine(words).namedStreams.flatMap { stream in
        ((try? stream.ledger.holds()) ?? []).map(\.nvr.description)
      }.beginning(with: prefix)
    }
  }
}

extension [String] {
  /// Those with `prefix`, each once, sorted.
  fileprivate func beginning(with prefix: String) -> [String] {
    Set(filter { $0.hasPrefix(prefix) }).sorted()
  }
}

/// The words that were typed up to now.
private struct TypedLine {
  private let words: [String]

  init(_ words: [String]) { self.words = words }

  struct Stream {
    let policy: Policy
    let ledger: Ledger
  }

  /// Streams that have been worked on.
  var streams: [Stream] {
    entries.compactMap { entry in
      let path = Locations(policy: entry.policy, prefix: context?.rootPrefix ?? "").ledgerFile
      guard (try? Ledger.hasContents(path)) == true,
        let ledger = try? Ledger.openForReading(path: path)
      else { return nil }
      return Stream(policy: entry.policy, ledger: ledger)
    }
  }

  /// Those that a word names; all where none does.
  var namedStreams: [Stream] {
    let named = streams.filter { stream in
      words.contains { $0 == stream.policy.stream || $0 == "\(stream.policy.major)" }
    }
    return named.isEmpty ? streams : named
  }

  var streamNames: [String] {
    entries.flatMap { ["\($0.policy.major)", $0.policy.stream] }
  }

  private var entries: [PolicySet.Entry] { (try? context?.policies().entries) ?? [] }

  /// With the places that the line names, else those of the environment.
  private var context: Context? {
    let places = ["--policies", "--root"].flatMap { option in
      value(of: option).map { [option, NSString(string: $0).expandingTildeInPath] } ?? []
    }
    return (try? GlobalOptions.parse(places)).map { Context($0) }
  }

  private func value(of option: String) -> String? {
    let joined = words.last { $0.hasPrefix(option + "=") }?.dropFirst(option.count + 1)
    let separate = words.lastIndex(of: option).flatMap { index in
      words.indices.contains(index + 1) ? words[index + 1] : nil
    }
    return (joined.map(String.init) ?? separate).flatMap { $0.isEmpty ? nil : $0 }
  }
}
