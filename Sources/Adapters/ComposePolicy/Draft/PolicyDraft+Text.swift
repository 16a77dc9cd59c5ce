import ReleaseModel

extension PolicyDraft {
  /// The policy file: every key that people decide about, with what it means, and what
  /// could be there as comments.
  package func text() -> String {
    var page = DraftPage()
    page.remark(
      "Policy of \(stream), begun with `epel-compose policy new`. Docs/Policy.md says what "
        + "each key means, and has all of them; `policy check` validates the file, and "
        + "`policy show \(major)` prints it with its defaults filled in.")
    page.gap()
    names(&page)
    places(&page)
    contents(&page)
    trust(&page)
    base(&page)
    page.section("clocks")
    page.value("soak", "3 days", of: "clocks.soak")
    page.value("grace", "14 days", of: "clocks.grace")
    buildSystem(&page)
    dates(&page)
    pages(&page)
    return page.text
  }

  private func names(_ page: inout DraftPage) {
    page.value("stream", stream, of: "stream", at: 0)
    page.value("major", String(major), of: "major", at: 0)
    page.value("title", title, of: "title", at: 0)
    page.section("release")
    if distribution.needsMonth {
      page.remark(
        "CentOS Stream has no minor releases: a release is named by the one of Enterprise Linux "
          + "that it leads to, and by the month of its cut.", at: 1)
    }
    page.value("minorDigits", layout == .oneTree ? "1" : "2", of: "release.minorDigits")
    page.value(
      "month", layout == .oneTree && !distribution.needsMonth ? "none" : "required",
      of: "release.month")
  }

  private func places(_ page: inout DraftPage) {
    page.section("roots")
    page.value("public", "\(directory)/pub", of: "roots.public")
    page.value("staging", "\(directory)/staging", of: "roots.staging")
    page.value("archive", "\(directory)/archive", of: "roots.archive")
    page.value("state", "/var/lib/epel-compose", of: "roots.state")
    page.section("urls", isComment: url == nil)
    let place = url ?? "https://packages.example.org/\(stream)"
    page.value("public", "\(place)/pub", of: "urls.public")
    page.value("staging", "\(place)/staging", of: "urls.staging")
    page.value("archive", "\(place)/archive", of: "urls.archive")
    page.section("areas")
    switch layout {
    case .oneTree:
      page.line("updates:", at: 1)
      page.value("path", "{release}", of: "areas.updates.path", at: 2)
      page.section("links")
      page.value("\(major)", "{release}", of: "links.*")
    case .releasesAndUpdates:
      page.line("releases:", at: 1)
      page.value("path", "releases/{release}", of: "areas.releases.path", at: 2)
      page.line("updates:", at: 1)
      page.value("path", "updates/{release}", of: "areas.updates.path", at: 2)
      page.section("links")
      page.remark(
        "The first never changes: one rename moves both, and nobody sees a mixed pair.", at: 1)
      page.value("releases/\(major)", "../updates/\(major)", of: nil)
      page.value("updates/\(major)", "{release}", of: "links.*")
    }
  }

  private func contents(_ page: inout DraftPage) {
    page.list("arches", arches, of: "arches")
    page.section("repositories")
    page.value("binary", "Everything/{arch}", of: "repositories.binary")
    page.value("debug", "Everything/{arch}/debug", of: "repositories.debug")
    page.value("source", "Everything/source/tree", of: "repositories.source")
    page.section("metadata")
    page.remark("dnf reads zstd from EL9 on; gz is read by everything.", at: 1)
    page.value("compression", major >= 9 ? "zstd" : "gz", of: "metadata.compression")
    page.value("changelogs", "10", of: "metadata.changelogs")
    page.value("comps", "comps.xml", of: "metadata.comps", isComment: true)
    page.section("retirement")
    page.value("marker", "README-RETIRED*", of: "retirement.marker")
    page.line("commitment:", at: 1)
    page.value("minorReleases", "1", of: "retirement.commitment.minorReleases", at: 2)
    page.value("months", "13", of: "retirement.commitment.months", at: 2)
  }

  private func trust(_ page: inout DraftPage) {
    page.section("signing")
    if keys.isEmpty {
      page.remark("No key is trusted: every compose needs --allow-unsigned.", at: 1)
      page.list("keys", [], of: "signing.keys", at: 1)
    } else {
      page.list("keys", keys, of: "signing.keys", at: 1)
    }
  }

  private func base(_ page: inout DraftPage) {
    let isComment = distribution.url(of: "BaseOS", major: major) == nil
    page.section("base", isComment: isComment)
    if isComment {
      page.remark(
        (distribution.hasServers
          ? "The servers of \(distribution.title ?? "it") do not have \(major), as far as is known: "
          : "They differ from place to place: ")
          + "name a copy of yours, such as reposync makes. Without "
          + "them, the check of the closure takes for granted what the stream never provided.",
        at: 1)
    } else if distribution != .centosSIG {
      page.remark(
        "Those of earlier minor releases move to another place of the servers: name a copy of "
          + "yours for them.", at: 1)
    }
    for (id, directory) in distribution.repositories(major: major) {
      page.line("- id: \(id)", at: 1)
      if let url = distribution.url(of: directory, major: major) {
        page.line("url: \(url)", at: 2)
      } else {
        page.line("path: /srv/mirror/{minorRelease}/\(directory)/{arch}/os", at: 2)
      }
    }
  }

  private func buildSystem(_ page: inout DraftPage) {
    page.section("koji", isComment: hub == nil)
    if hub == nil {
      page.remark("Without a hub, builds are the RPM files that --rpms names.", at: 1)
    }
    let names = hub ?? Hub(url: "https://koji.example.org/kojihub", liveTag: "\(stream)-release")
    page.value("hub", names.url, of: "koji.hub")
    page.value("topdir", names.topdir, of: "koji.topdir")
    page.value("liveTag", names.liveTag, of: "koji.liveTag")
    page.value("composeTag", "\(stream)-{release}", of: "koji.composeTag")
    page.list("signingKeys", ["0a1b2c3d"], of: "koji.signingKeys", at: 1, isComment: true)
  }

  private func pages(_ page: inout DraftPage) {
    page.section("site", isComment: true)
    let place = url ?? "https://packages.example.org/\(stream)"
    page.value("url", "\(place)/site", of: "site.url")
    page.value("shortTitle", title, of: "site.shortTitle")
    page.line("feed:", at: 1)
    page.value("authority", "example.org,2025", of: "site.feed.authority", at: 2)
    page.line("links:", at: 1)
    page.value("Sources", "https://src.example.org/rpms/{package}", of: "site.links.*", at: 2)
    page.value("Bugs", "https://bugs.example.org/{package}", of: nil, at: 2)
  }

  private func dates(_ page: inout DraftPage) {
    page.section("calendar", isComment: calendar.isEmpty)
    if calendar.isEmpty {
      page.remark("Without it, commitments end after months alone.", at: 1)
      page.value("\(major).0", "YYYY-MM-DD", of: nil)
      page.line("\"\(major).1\": { date: YYYY-MM-DD, planned: true }", at: 1)
      return
    }
    page.remark(
      "General availability of RHEL \(major); rebuilds follow some days later.", at: 1)
    for entry in calendar {
      if entry.isPlanned {
        page.line("\"\(entry.minorRelease)\": { date: \(entry.date), planned: true }", at: 1)
      } else {
        page.line("\"\(entry.minorRelease)\": \(entry.date)", at: 1)
      }
    }
  }
}
