import CModules
package import ReleaseModel

/// Reads modules.yaml with libmodulemd.
package enum ModulesReader {
  private final class Collector {
    var document = ModuleDocument.none
  }

  /// The streams alone; throws what ``document(in:of:)`` throws.
  package static func streams(
    in opened: OpenedMetadata, of file: String
  ) throws -> [ModuleStream] {
    try document(in: opened, of: file).streams
  }

  /// Throws `badData` for what libmodulemd does not take.
  package static func document(
    in opened: OpenedMetadata, of file: String
  ) throws -> ModuleDocument {
    let collector = Collector()
    let context = Unmanaged.passUnretained(collector).toOpaque()
    var cause = [CChar](repeating: 0, count: 512)
    var visitor = cmodules_visitor(
      visit: { context, stream in
        guard let context, let stream, let found = stream.pointee.read() else { return }
        Unmanaged<Collector>.fromOpaque(context).takeUnretainedValue().document.streams
          .append(found)
      },
      visit_default: { context, module, stream, modified in
        guard let context, let module else { return }
        Unmanaged<Collector>.fromOpaque(context).takeUnretainedValue().document.defaults[
          String(cString: module)] = ModuleDocument.Default(
            stream: stream.map { String(cString: $0) }, modified: modified)
      })
    defer { withExtendedLifetime(opened) {} }
    let code = cmodules_read(opened.path, &visitor, context, &cause, cause.count)
    guard code == 0 else {
      let text = String(
        decoding: cause.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      throw ComposeError(
        .badData, file.sanitizedForDisplay, text.sanitizedForDisplay,
        remedy: "Replace it with an intact copy")
    }
    return collector.document
  }
}

private typealias Texts = UnsafePointer<UnsafePointer<CChar>?>

extension cmodules_stream {
  /// Nil where the module has no name.
  fileprivate func read() -> ModuleStream? {
    guard let module else { return nil }
    let requirements = (0..<requirement_count).compactMap { index -> ModuleStream.Requirement? in
      guard let name = required_modules?[index] else { return nil }
      return ModuleStream.Requirement(
        module: String(cString: name), streams: Self.texts(required_streams?[index]))
    }
    return ModuleStream(
      module: String(cString: module), stream: stream.map { String(cString: $0) } ?? "?",
      version: version, context: context.map { String(cString: $0) } ?? "",
      hasStaticContext: has_static_context != 0,
      arch: arch.map { Architecture(String(cString: $0)) }, artifacts: Self.texts(artifacts),
      demodularized: Self.texts(demodularized), profiles: Self.texts(profiles),
      requirements: requirements)
  }

  private static func texts(_ list: Texts?) -> [String] {
    guard var next = list else { return [] }
    var found: [String] = []
    while let text = next.pointee {
      found.append(String(cString: text))
      next += 1
    }
    return found
  }
}
