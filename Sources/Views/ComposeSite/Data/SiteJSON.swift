import Foundation
import ReleaseModel

/// The JSON beside the pages. Keys are stable, and only ever come to be more.
enum SiteJSON {
  struct Index: Encodable {
    @OrNull var generated: String?
    let streams: [Summary]
  }

  struct Summary: Encodable {
    let stream: String
    let major: Int
    let title: String
    let directory: String
    @OrNull var current: String?
    @OrNull var next: String?
    let links: [SiteLink]
    let packages: Int

    init(_ site: StreamSite) {
      stream = site.contents.name
      major = site.contents.major
      title = site.contents.title
      directory = site.directory
      current = site.contents.current?.release
      next = site.contents.plan?.release
      links = site.contents.links
      packages = site.contents.packages.count
    }
  }

  struct Stream: Encodable {
    let stream: String
    let major: Int
    let title: String
    let links: [SiteLink]
    let releases: [SiteRelease]
    let calendar: [SiteCalendarEntry]
    @OrNull var end: EndStatus?

    init(_ contents: SiteStream) {
      stream = contents.name
      major = contents.major
      title = contents.title
      links = contents.links
      releases = contents.releases
      calendar = contents.calendar
      end = contents.end
    }
  }

  struct Packages: Encodable {
    let stream: String
    let major: Int
    let packages: [SitePackage]
  }

  struct Next: Encodable {
    let stream: String
    let major: Int
    let plan: SitePlan?

    private enum Key: CodingKey { case stream, major, plan }

    /// `plan` is null where there is none.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(stream, forKey: .stream)
      try container.encode(major, forKey: .major)
      try container.encode(plan, forKey: .plan)
    }
  }

  /// Escaped so that it can also stand in a script: `<`, the line ends of
  /// JavaScript that JSON does not know, and whatever else would hide.
  static func text(_ value: some Encodable, isCompact: Bool = false) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting =
      isCompact
      ? [.sortedKeys, .withoutEscapingSlashes]
      : [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let json = String(decoding: try encoder.encode(value), as: UTF8.self).jsonWithoutHidden
    guard json.utf8.contains(UInt8(ascii: "<")) else { return json }
    var result = String.UnicodeScalarView()
    for scalar in json.unicodeScalars {
      if scalar == "<" {
        result.append(contentsOf: "\\u003c".unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
