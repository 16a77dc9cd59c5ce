/// A package that users get again, or keep, though a marker had retired it.
package struct ReturningEntry: Hashable, Codable, Sendable {
  /// Name of the source package.
  package let package: String
  /// The build that users get.
  package let nvr: NVR
  /// The release that had left it out; null where it was still there, and only
  /// about to leave.
  @OrNull package var retiredBy: String?
  /// The build with the marker that no longer counts; null where it is not
  /// known.
  @OrNull package var marked: NVR?

  /// - Parameter retiredBy: the release that had left it out; nil where it was
  ///   about to leave.
  package init(package: String, nvr: NVR, retiredBy: ReleaseID?, marked: NVR?) {
    self.package = package
    self.nvr = nvr
    self.retiredBy = retiredBy?.description
    self.marked = marked
  }

  /// One sentence without a full stop.
  package var sentence: String {
    if let retiredBy { return "\(package) comes back; \(retiredBy) retired it" }
    return "\(package) no longer retires: \(nvr) has no marker"
      + (marked.map { ", \($0) had one" } ?? "")
  }

  /// For the warnings of plans and pushes.
  package var finding: Finding {
    Finding(
      code: "returned", message: sentence,
      remedy: "Nothing to do if that is meant; else "
        + (retiredBy == nil
          ? "build \(package) with its marker again" : "untag \(nvr) in the build system"),
      package: package)
  }
}
