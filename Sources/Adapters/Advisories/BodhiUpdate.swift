/// One update, as Bodhi sends it: what an advisory needs of it.
struct BodhiUpdate: Decodable {
  let alias: String
  let release: Release
  let builds: [Build]
  let status: String
  let type: String
  let title: String?
  let notes: String?
  let severity: String?
  let suggest: String?
  /// `rpm`, `module`, `container` or `flatpak`; null without builds.
  let contentType: String?
  let bugs: [Bug]?
  /// Never changes.
  let dateSubmitted: String?
  /// Changed by an edit alone.
  let dateModified: String?
  /// When it became stable, or else came to testing.
  let datePushed: String?

  struct Release: Decodable {
    let name: String
  }

  struct Build: Decodable {
    let nvr: String
  }

  struct Bug: Decodable {
    let number: Int?
    let title: String?

    enum CodingKeys: String, CodingKey {
      case number = "bug_id"
      case title
    }
  }

  enum CodingKeys: String, CodingKey {
    case alias, release, builds, status, type, title, notes, severity, suggest, bugs
    case contentType = "content_type"
    case dateSubmitted = "date_submitted"
    case dateModified = "date_modified"
    case datePushed = "date_pushed"
  }

  /// Whether it is what was asked for. Bodhi takes the names of releases
  /// without case.
  func has(_ status: BodhiStatus, in release: String) -> Bool {
    self.status == status.rawValue && self.release.name.lowercased() == release.lowercased()
  }
}
