import DependencyClosure
import ReleaseModel

/// An answer about the closure of some repositories, as the header cache keeps it.
struct StoredAnswer: Codable {
  private let broken: [Broken]
  private let lost: [Lost]
  private let overlaps: [Overlapping]
  private let assumed: [String]

  private struct Broken: Codable {
    let rpm: BinaryPackage
    let cause: Cause
    let missing: [BinaryPackage]
  }

  fileprivate indirect enum Cause: Codable {
    case unprovided(requirement: String, formerly: [BinaryPackage])
    case needsBroken(requirement: String, provider: BinaryPackage, because: Cause)
    case conflict(words: [String])
    case notEnabled(requirement: String?, rpm: BinaryPackage, stream: String)
    case behind(requirement: String?, rpm: BinaryPackage, stream: String)
  }

  private struct Lost: Codable {
    let rpm: BinaryPackage
    let recommendation: String
    let formerly: [BinaryPackage]
  }

  private struct Overlapping: Codable {
    let rpm: BinaryPackage
    let base: BinaryPackage
    let repository: String
    let kind: String
  }

  init(_ answer: ClosureGathering.Answer) {
    broken = answer.broken.map {
      Broken(rpm: $0.rpm, cause: Cause($0.cause), missing: $0.missing)
    }
    lost = answer.lost.map {
      Lost(rpm: $0.rpm, recommendation: $0.recommendation, formerly: $0.formerly)
    }
    overlaps = answer.overlaps.map {
      Overlapping(
        rpm: $0.rpm, base: $0.base, repository: $0.repository, kind: $0.kind.rawValue)
    }
    assumed = answer.assumed.sorted()
  }

  /// Nil where another version of the program wrote it.
  var answer: ClosureGathering.Answer? {
    let overlaps = overlaps.compactMap { stored in
      Overlap.Kind(rawValue: stored.kind).map {
        Overlap(rpm: stored.rpm, base: stored.base, repository: stored.repository, kind: $0)
      }
    }
    guard overlaps.count == self.overlaps.count else { return nil }
    return ClosureGathering.Answer(
      broken: broken.map {
        BrokenPackage(rpm: $0.rpm, cause: $0.cause.cause, missing: $0.missing)
      },
      lost: lost.map {
        LostRecommendation(
          rpm: $0.rpm, recommendation: $0.recommendation, formerly: $0.formerly)
      }, overlaps: overlaps, assumed: Set(assumed))
  }
}

extension StoredAnswer.Cause {
  fileprivate init(_ cause: BrokenPackage.Cause) {
    switch cause {
    case .unprovided(let requirement, let formerly):
      self = .unprovided(requirement: requirement, formerly: formerly)
    case .needsBroken(let requirement, let provider, let because):
      self = .needsBroken(
        requirement: requirement, provider: provider, because: Self(because))
    case .conflict(let words): self = .conflict(words: words)
    case .hidden(let requirement, let rpm, .notEnabled(let stream)):
      self = .notEnabled(requirement: requirement, rpm: rpm, stream: stream)
    case .hidden(let requirement, let rpm, .behind(let stream)):
      self = .behind(requirement: requirement, rpm: rpm, stream: stream)
    }
  }

  fileprivate var cause: BrokenPackage.Cause {
    switch self {
    case .unprovided(let requirement, let formerly):
      .unprovided(requirement: requirement, formerly: formerly)
    case .needsBroken(let requirement, let provider, let because):
      .needsBroken(requirement: requirement, provider: provider, because: because.cause)
    case .conflict(let words): .conflict(words)
    case .notEnabled(let requirement, let rpm, let stream):
      .hidden(requirement: requirement, rpm: rpm, .notEnabled(stream))
    case .behind(let requirement, let rpm, let stream):
      .hidden(requirement: requirement, rpm: rpm, .behind(stream))
    }
  }
}
