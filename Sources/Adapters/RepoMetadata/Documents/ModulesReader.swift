import CModules
import ReleaseModel

/// One stream of a module, with the RPMs that belong to it.
package struct ModuleStream: Hashable, Sendable {
  /// `module:stream`.
  package let id: String
  /// As `name-epoch:version-release.arch`.
  package fileprivate(set) var artifacts: [String]
}

/// Reads modules.yaml with libmodulemd.
package enum ModulesReader {
  private final class Collector {
    var streams: [ModuleStream] = []
  }

  /// Throws `badData` for what libmodulemd does not take.
  package static func streams(
    in document: OpenedMetadata, of file: String
  ) throws -> [ModuleStream] {
    let collector = Collector()
    let context = Unmanaged.passUnretained(collector).toOpaque()
    var cause = [CChar](repeating: 0, count: 512)
    defer { withExtendedLifetime(document) {} }
    let code = cmodules_read(
      document.path,
      { context, module, stream, artifact in
        guard let context, let module else { return }
        let collector = Unmanaged<Collector>.fromOpaque(context).takeUnretainedValue()
        let name = stream.map { String(cString: $0) } ?? "?"
        let id = "\(String(cString: module)):\(name)"
        if collector.streams.last?.id != id {
          collector.streams.append(ModuleStream(id: id, artifacts: []))
        }
        guard let artifact else { return }
        collector.streams[collector.streams.count - 1].artifacts.append(String(cString: artifact))
      }, context, &cause, cause.count)
    guard code == 0 else {
      let text = String(
        decoding: cause.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      throw ComposeError(
        .badData, file.sanitizedForDisplay, text.sanitizedForDisplay,
        remedy: "Replace it with an intact copy")
    }
    return collector.streams
  }
}
