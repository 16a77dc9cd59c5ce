import ReleaseModel

/// A reply that is not one of a Koji hub. It is not retried.
struct MalformedRow: Error {
  let cause: String
}

/// A structure of a reply, read field by field.
///
/// A field that is missing or of another type means that whatever answered is
/// no Koji hub, or one of a version that this program does not know.
struct HubRow {
  let value: XMLRPCValue
  let call: String

  func integer(_ name: String) throws(MalformedRow) -> Int {
    guard let number = value[name].integer else { throw problem(name) }
    return number
  }

  func text(_ name: String) throws(MalformedRow) -> String {
    guard let text = value[name].text else { throw problem(name) }
    return text
  }

  /// Seconds since 1970, which hubs tell as a number with a fraction.
  func time(_ name: String) throws(MalformedRow) -> Int {
    guard let seconds = value[name].seconds else { throw problem(name) }
    return seconds
  }

  func flag(_ name: String) throws(MalformedRow) -> Bool {
    guard let flag = value[name].flag else { throw problem(name) }
    return flag
  }

  /// Name, version and release of a build or an RPM; the epoch is 0 where the
  /// hub has none.
  func nvr() throws(MalformedRow) -> (nvr: NVR, epoch: Int) {
    (
      NVR(name: try text("name"), version: try text("version"), rpmRelease: try text("release")),
      value["epoch"].integer ?? 0
    )
  }

  private func problem(_ name: String) -> MalformedRow {
    MalformedRow(cause: "a row of \(call) lacks '\(name)'")
  }
}
