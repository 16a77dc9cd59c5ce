import RPMPackages
import ReleaseModel

/// The form in which facts and elements are kept: fields one after the other,
/// numbers as eight bytes, texts and lists with their length in front. Whoever
/// keeps them compares a sum, so a field that does not fit only means that the
/// form has changed.
struct FieldWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ number: Int) {
    withUnsafeBytes(of: Int64(number).littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func write(_ text: String) { write(Array(text.utf8)) }

  mutating func write(_ field: [UInt8]) {
    write(field.count)
    bytes += field
  }

  /// Nil is written as a list of nothing.
  mutating func write(_ texts: [String]) {
    write(texts.count)
    for text in texts { write(text) }
  }
}

struct FieldReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func number() -> Int? {
    guard bytes.count - position >= 8 else { return nil }
    defer { position += 8 }
    return bytes.withUnsafeBytes {
      Int(Int64(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: Int64.self)))
    }
  }

  mutating func field() -> ArraySlice<UInt8>? {
    guard let count = number(), count >= 0, count <= bytes.count - position else { return nil }
    defer { position += count }
    return bytes[position..<position + count]
  }

  mutating func text() -> String? { field().map { String(decoding: $0, as: UTF8.self) } }

  mutating func texts() -> [String]? {
    guard let count = number(), count >= 0, count <= bytes.count else { return nil }
    var texts: [String] = []
    for _ in 0..<count {
      guard let text = text() else { return nil }
      texts.append(text)
    }
    return texts
  }
}

extension VerifiedRPM {
  /// Grows with every change of the fields or of how files are read.
  private static let form = "2, librpm \(RPMReader.libraryVersion)"

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
    writer.write(signing.map { [$0.keyID, $0.hash, $0.verifiedWith?.hex ?? ""] } ?? [])
    writer.write(signing?.coversPayload == true ? 1 : 0)
    writer.write(markerPattern)
    writer.write(marker.map { [$0.path, $0.text] } ?? [])
    writer.write(undocumentedMarkers)
    writer.write(isModular ? 1 : 0)
    return writer.bytes
  }

  /// Nil where `fields` have another form.
  init?(fields: [UInt8], sha256: Checksum) {
    var reader = FieldReader(fields)
    guard reader.text() == Self.form, reader.field().map(Array.init) == sha256.bytes,
      let name = reader.text(), let epoch = reader.number(),
      let version = reader.text(), let rpmRelease = reader.text(), let arch = reader.text(),
      let sourceRPM = reader.texts(), let size = reader.number(), let buildTime = reader.number(),
      let signing = reader.texts(), let covers = reader.number(), let pattern = reader.text(),
      let marker = reader.texts(), let undocumented = reader.texts(),
      let modular = reader.number(), reader.isAtEnd
    else { return nil }
    self.init(
      nevra: NEVRA(
        name: name, evr: EVR(epoch: epoch, version: version, rpmRelease: rpmRelease),
        arch: Architecture(arch)),
      sourceRPM: sourceRPM.first, size: size, sha256: sha256, buildTime: buildTime,
      signing: signing.count == 3
        ? RPMSigning(
          keyID: signing[0], hash: signing[1], coversPayload: covers == 1,
          verifiedWith: Checksum(hex: signing[2])) : nil,
      markerPattern: pattern,
      marker: marker.count == 2 ? RetirementMarker(path: marker[0], text: marker[1]) : nil,
      undocumentedMarkers: undocumented, isModular: modular == 1)
  }
}
