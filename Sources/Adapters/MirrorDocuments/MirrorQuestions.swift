package import ReleaseModel

/// What a metalink server and the mirrorlist beside it are asked.
package struct MirrorQuestions: Sendable {
  private let metalink: String

  /// - Parameter metalink: the URL that clients ask, without query.
  package init(metalink: String) { self.metalink = metalink }

  /// Who has the repository `name`, and which repomd.xml is the newest. The answer is a
  /// ``Metalink``; error 404 where the server does not know the name.
  package func repository(_ name: String, arch: String) -> String {
    "\(metalink)?repo=\(name.percentEncodedPath)&arch=\(arch.percentEncodedPath)"
  }

  /// Who has `directory`. The answer is a ``MirrorList``; error 404 where the server does
  /// not know the directory.
  package func directory(_ directory: RelativePath) -> String {
    let beside = metalink.lastIndex(of: "/").map { String(metalink[...$0]) } ?? ""
    // The question is the name of a file where a file answers.
    let path = directory.description.percentEncodedPath
    return "\(beside)mirrorlist?path="
      + (metalink.hasPrefix("file:") ? path.replacing("/", with: "%2F") : path)
  }
}

/// What a mirrorlist server answers: where a directory can be fetched.
package struct MirrorList: Hashable, Sendable {
  /// Without a slash at the end.
  package let urls: Set<String>

  /// Lines that begin with `#` say what was asked.
  package init(_ bytes: [UInt8]) {
    urls = Set(
      String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        .filter { !$0.hasPrefix("#") && $0.contains("://") }
        .map { $0.hasSuffix("/") ? String($0.dropLast()) : String($0) })
  }
}

extension Metalink.Mirror {
  /// URL of the repository that the repomd.xml is of; nil where it is not where one is.
  package var repositoryURL: String? {
    let ending = "/repodata/repomd.xml"
    return url.hasSuffix(ending) ? String(url.dropLast(ending.count)) : nil
  }
}
