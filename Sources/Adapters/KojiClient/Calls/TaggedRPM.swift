package import ReleaseModel

/// An RPM of a tagged build, with the keys that the hub knows signatures by.
package struct TaggedRPM: Hashable, Sendable {
  /// The hub's own number of the RPM.
  package let id: Int
  /// ``TaggedBuild/id`` of its build.
  package let buildID: Int
  /// As the hub has it; the file may say otherwise, and is compared.
  package let nevra: NEVRA
  /// MD5 of header and payload that the hub has recorded, as hexadecimal digits;
  /// nil where it tells none.
  package let payloadHash: String?
  /// 8 hexadecimal digits each.
  package var keys: Set<String> = []

  /// Nil for what has no file: RPMs of content generators that only describe.
  init?(_ row: HubRow) throws(MalformedRow) {
    if row.value["metadata_only"].flag ?? false { return nil }
    let (nvr, epoch) = try row.nvr()
    id = try row.integer("id")
    buildID = try row.integer("build_id")
    nevra = NEVRA(
      name: nvr.name,
      evr: EVR(epoch: epoch, version: nvr.version, rpmRelease: nvr.rpmRelease),
      arch: Architecture(try row.text("arch")))
    payloadHash = row.value["payloadhash"].text.flatMap { $0.isEmpty ? nil : $0.lowercased() }
    if let key = row.value["sigkey"].text, !key.isEmpty { keys = [key] }
  }
}
