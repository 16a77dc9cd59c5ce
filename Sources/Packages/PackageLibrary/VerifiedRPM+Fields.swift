import RPMPackages
import ReleaseModel

extension VerifiedRPM {
  /// Raise the number with every change of the fields or of how RPMs are read:
  /// what has another form is read again.
  private static let form = "5, librpm \(RPMReader.libraryVersion)"

  /// The bytes that the header cache keeps.
  var fields: [UInt8] {
    var writer = FieldWriter()
    writer.write(Self.form)
    writer.write(sha256.bytes)
    writer.write(nevra.name)
    writer.write(nevra.evr.epoch)
    writer.write(nevra.evr.version)
    writer.write(nevra.evr.rpmRelease)
    writer.write(nevra.arch.name)
    writer.write([sourceRPM].compactMap { $0 })
    writer.write(size)
    writer.write(buildTime)
    writer.write(signing == nil ? 0 : 1)
    writer.write(signing?.signatures.flatMap { [$0.keyID, $0.hash] } ?? [])
    writer.write(signing?.coversPayload == true ? 1 : 0)
    writer.write(
      signing?.unreadable.map { [$0.cause, $0.isBroken ? "broken" : "unsupported"] } ?? [])
    writer.write([signing?.verifiedWith?.hex].compactMap { $0 })
    writer.write(markerPattern)
    writer.write(marker.map { [$0.path, $0.text, $0.problem].compactMap { $0 } } ?? [])
    writer.write(undocumentedMarkers)
    writer.write(isModular ? 1 : 0)
    writer.write([moduleStream].compactMap { $0 })
    writer.write(limits.exclusive)
    writer.write(limits.excluded)
    writer.write([payloadHash].compactMap { $0 })
    writer.write(unlistable.map(\.field))
    writer.write(unlistable.map(\.problem))
    return writer.bytes
  }

  /// Nil where `fields` have another form.
  init?(fields: [UInt8], sha256: Checksum) {
    var reader = FieldReader(fields)
    guard reader.text() == Self.form, reader.field().map(Array.init) == sha256.bytes,
      let name = reader.text(), let epoch = reader.number(),
      let version = reader.text(), let rpmRelease = reader.text(), let arch = reader.text(),
      let sourceRPM = reader.texts(), let size = reader.number(), let buildTime = reader.number(),
      let isSigned = reader.number(), let signatures = reader.texts(),
      let covers = reader.number(), let unreadable = reader.texts(),
      let verifiedWith = reader.texts(), let pattern = reader.text(),
      let marker = reader.texts(), let undocumented = reader.texts(),
      let modular = reader.number(), let moduleStream = reader.texts(),
      let exclusive = reader.texts(),
      let excluded = reader.texts(), let payloadHash = reader.texts(),
      let unlistable = reader.texts(), let problems = reader.texts(), reader.isAtEnd
    else { return nil }
    self.init(
      nevra: NEVRA(
        name: name, evr: EVR(epoch: epoch, version: version, rpmRelease: rpmRelease),
        arch: Architecture(arch)),
      sourceRPM: sourceRPM.first, size: size, sha256: sha256, buildTime: buildTime,
      signing: isSigned == 1
        ? RPMSigning(
          signatures: stride(from: 0, to: signatures.count - 1, by: 2).map {
            RPMSigning.Signature(keyID: signatures[$0], hash: signatures[$0 + 1])
          }, coversPayload: covers == 1,
          unreadable: unreadable.count == 2
            ? UnreadableSignature(unreadable[0], isBroken: unreadable[1] == "broken") : nil,
          verifiedWith: verifiedWith.first.flatMap { Checksum(hex: $0) }) : nil,
      markerPattern: pattern,
      marker: marker.count >= 2
        ? RetirementMarker(
          path: marker[0], text: marker[1], problem: marker.count > 2 ? marker[2] : nil) : nil,
      undocumentedMarkers: undocumented, isModular: modular == 1,
      moduleStream: moduleStream.first,
      limits: ArchitectureLimits(exclusive: exclusive, excluded: excluded),
      payloadHash: payloadHash.first,
      unlistable: zip(unlistable, problems).map { UnlistableText(field: $0, problem: $1) })
  }
}
