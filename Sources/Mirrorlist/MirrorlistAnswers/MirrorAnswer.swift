package import MirrorlistSnapshot

/// What a client gets.
package struct MirrorAnswer: Hashable, Sendable {
  /// 200, 302, 400, 404 or 410.
  package let status: Int
  /// In which form it was asked.
  package let form: MirrorQuestion.Form
  /// Where a client is sent, with status 302.
  package let location: String?
  /// Its body.
  package let body: [UInt8]
  /// What is written down about it; nil where no repository was asked for, or none that
  /// there is.
  package let usage: RepositoryUse?

  /// Media type of the body.
  package var mediaType: StaticString {
    switch form {
    // A sentence for people, whatever they asked.
    case _ where status == 410: "text/plain; charset=utf-8"
    case .mirrorlist: "text/plain"
    case .metalink: "application/metalink+xml"
    }
  }
}

/// Who asked for which repository.
package struct RepositoryUse: Hashable, Sendable {
  /// Nil where it is not known.
  package let address: IPAddress?
  /// Code of two letters, or `N/A`.
  package let country: String
  /// As it was asked for.
  package let repository: String
  /// As it was asked for; `source` for sources.
  package let arch: String
}
