import Foundation
import ReleaseModel

/// What the configuration of the `koji` command says of one hub: how to log
/// in, and whom to trust.
package struct KojiProfile: Sendable {
  /// As in the section's head, such as `koji`.
  package let name: String
  /// `server` of the profile.
  package let server: String?
  /// From `authtype`, or from what the profile names: a certificate before
  /// Kerberos.
  package let login: HubAccess.Login
  /// `serverca`
  package let authorities: String?
  /// Kerberos credentials that the profile names: variables of the
  /// environment that GSSAPI reads.
  package let environment: [String: String]

  /// Reads the profile as the `koji` command does: `/etc/koji.conf.d`, then
  /// `/etc/koji.conf`, then `~/.koji/config.d`, then `~/.koji/config`; later
  /// files override earlier ones. A certificate in its usual place
  /// (`~/.koji/client.crt`) counts where the profile names none.
  ///
  /// Throws `noInput` where no file has the profile, `badData` for a file
  /// that cannot be read. A login that cannot be is kept as its error: reads
  /// need none.
  ///
  /// - Parameters:
  ///   - home: the user's home directory.
  ///   - system: where `koji.conf` and `koji.conf.d` are.
  package init(
    named name: String, home: String = usualHome, system: String = "/etc"
  ) throws {
    let files = Self.files(home: home, system: system)
    var configuration = INIFile()
    for file in files {
      guard let text = String(validating: try SmallFile.contents(of: file), as: UTF8.self) else {
        throw ComposeError(
          .badData, file.sanitizedForDisplay, "it cannot be read as UTF-8 text",
          remedy: "Correct its contents")
      }
      if let line = configuration.add(text) {
        throw ComposeError(
          .badData, "\(file.sanitizedForDisplay):\(line)",
          "the line is neither section nor setting",
          remedy: "Correct the line; the format is that of the koji command")
      }
    }
    guard let values = configuration.values(of: name) else {
      throw ComposeError(
        .noInput, "Koji profile '\(name.sanitizedForDisplay)'",
        files.isEmpty
          ? "there is no Koji configuration (/etc/koji.conf, ~/.koji/config)"
          : "none of \(files.map(\.sanitizedForDisplay).joined(separator: ", ")) has it",
        remedy: "Add a section [\(name.sanitizedForDisplay)] there, "
          + "or correct 'koji.profile' of the policy")
    }
    try self.init(name, values, home: home)
  }

  /// As Python's `~`: HOME before the account's own directory.
  package static var usualHome: String {
    ProcessInfo.processInfo.environment["HOME"] ?? NSHomeDirectory()
  }

  private init(_ name: String, _ values: [String: String], home: String) throws {
    func path(_ key: String, usually place: String? = nil) -> String? {
      if let value = values[key], !value.isEmpty {
        return value.hasPrefix("~/") ? home + value.dropFirst() : value
      }
      return place.map { home + $0 }.flatMap {
        FileManager.default.fileExists(atPath: $0) ? $0 : nil
      }
    }
    self.name = name
    server = values["server"]
    authorities = path("serverca", usually: "/.koji/serverca.crt")
    let certificate = path("cert", usually: "/.koji/client.crt")
    // A certificate that is named counts, there or not.
    let isNamed = values["cert"].map { !$0.isEmpty } ?? false
    let hasCertificate = certificate.map { FileManager.default.fileExists(atPath: $0) } ?? false
    switch values["authtype"] ?? (hasCertificate || isNamed ? "ssl" : "kerberos") {
    case "noauth":
      login = .none(
        because: ComposeError(
          .permission, "Koji profile '\(name)'", "it has the authtype noauth, which only reads",
          remedy: "Give it a certificate ('cert') or Kerberos ('authtype = kerberos')"))
    case "ssl" where hasCertificate: login = .certificate(path: certificate ?? "")
    // Reads need no login: whom to trust counts all the same.
    case "ssl":
      login = .none(
        because: ComposeError(
          .noInput, "Koji profile '\(name)'",
          "its certificate \((certificate ?? "~/.koji/client.crt").sanitizedForDisplay) is not there",
          remedy: "Put certificate and key there, or correct 'cert' of the profile"))
    case "kerberos", "gssapi": login = .kerberos
    case let other:
      login = .none(
        because: ComposeError(
          .badData, "Koji profile '\(name)'",
          "its authtype '\(other.sanitizedForDisplay)' is not one of ssl, kerberos and noauth",
          remedy: "Use a certificate or Kerberos: passwords are not sent to hubs"))
    }
    var environment: [String: String] = [:]
    // As the koji command: a keytab counts only together with a principal.
    if values["principal"] != nil { environment["KRB5_CLIENT_KTNAME"] = path("keytab") }
    self.environment = environment
  }

  /// The files that are there, in the order in which they are read.
  private static func files(home: String, system: String) -> [String] {
    func contents(_ directory: String) -> [String] {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
      return names.filter { $0.hasSuffix(".conf") }.sorted().map { "\(directory)/\($0)" }
    }
    let single = { (path: String) in FileManager.default.fileExists(atPath: path) ? [path] : [] }
    return contents("\(system)/koji.conf.d") + single("\(system)/koji.conf")
      + contents("\(home)/.koji/config.d") + single("\(home)/.koji/config")
  }
}
