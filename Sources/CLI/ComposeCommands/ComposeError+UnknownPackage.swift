import ReleaseModel

extension ComposeError {
  /// A name that no release of a stream has, with the one that was probably meant.
  ///
  /// - Parameters:
  ///   - stream: name of the stream, or of several.
  ///   - others: how many more names are not known.
  static func unknownPackage(
    _ package: String, of stream: String, among known: some Collection<String>,
    others: Int = 0
  ) -> ComposeError {
    let meant =
      NearestName.of(package, among: known.sorted()).map { "Did you mean '\($0)'? " } ?? ""
    return ComposeError(
      .noInput, "package \(package.sanitizedForDisplay)",
      "no release of \(stream) has it"
        + (others > 0 ? ", nor \(others.grouped) more of those named" : ""),
      remedy: meant + "Give the name of the source package")
  }
}
