import ComposeTestSupport
import Foundation
import Testing

/// The floors as `Package.swift`, the folders and the documentation have them.
@Suite struct FloorsTests {
  /// A target outside of the tests.
  private struct Target: Hashable {
    let name: String
    let floor: String
    let imports: Set<String>
  }

  /// What `Package.swift` builds from `Sources`, in its order.
  private static func targets() throws -> [Target] {
    let text = try String(contentsOfFile: "\(Fixtures.checkout)/Package.swift", encoding: .utf8)
    var products: [String: String] = [:]
    let product = /let (\w+) = Target\.Dependency\.product\(\s*name: "(\w+)"/
    for match in text.matches(of: product) {
      products[String(match.output.1)] = String(match.output.2)
    }
    func names(_ list: Substring) -> Set<String> {
      Set(
        list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
          .filter { !$0.isEmpty }
          .map { products[$0] ?? $0.trimmingCharacters(in: ["\""]) })
    }
    let libraries = text.matches(of: /\n    library\("(\w+)"/).map {
      Target(name: String($0.output.1), floor: "SystemLibraries", imports: [])
    }
    let floors = text.matches(of: /\n    target\(\s*"(\w+)", in: "(\w+)",\s*\[([^\]]*)\]/).map {
      Target(
        name: String($0.output.1), floor: String($0.output.2), imports: names($0.output.3))
    }
    let others =
      /name: "([\w-]+)"(?:,\s*dependencies: \[([^\]]*)\])?,\s*path: "Sources\/(\w+)\/[\w-]+"/
    return libraries + floors
      + text.matches(of: others).map {
        Target(
          name: String($0.output.1), floor: String($0.output.3),
          imports: names($0.output.2 ?? ""))
      }
  }

  @Test func `the table of floors is what is built`() throws {
    let rows = try DocumentationPage("Docs/Architecture.md").table(below: "Floors").map { row in
      Target(
        name: row[1], floor: row[0],
        imports: row[3] == "nothing"
          ? []
          : Set(row[3].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }))
    }
    let targets = try Self.targets()
    // So that a reader that finds nothing is not taken for agreement.
    #expect(targets.count > 30)
    for target in targets where !rows.contains(target) {
      Issue.record("Docs/Architecture.md, Floors: \(target) is not there as it is built")
    }
    for row in rows where !targets.contains(row) {
      Issue.record("Docs/Architecture.md, Floors: \(row) is not built so")
    }
  }

  @Test func `arrows point down, and each is needed`() throws {
    let order = [
      "SystemLibraries", "Model", "Adapters", "Mirrorlist", "Packages", "Planning", "Stream",
      "Trees", "Checks",
      "Lifecycle", "Views", "CLI",
    ]
    let targets = try Self.targets()
    let floors = Dictionary(targets.map { ($0.name, $0.floor) }) { first, _ in first }
    for target in targets where target.floor != "SystemLibraries" {
      let own = try #require(order.firstIndex(of: target.floor))
      let imported = try Self.imports(of: target)
      for name in target.imports {
        if let floor = floors[name] {
          let other = try #require(order.firstIndex(of: floor))
          #expect(other <= own, "\(target.name) depends on \(name), which is above it")
          #expect(
            target.floor != "Adapters" || floor != "Adapters",
            "\(target.name) depends on \(name): adapters stand alone")
        }
        #expect(
          imported.contains(name),
          "Package.swift: no file of \(target.name) imports \(name)")
      }
    }
  }

  @Test func `the responder stands alone`() throws {
    let targets = try Self.targets()
    let parts = Set(targets.filter { $0.floor == "Mirrorlist" }.map(\.name))
    // So that a floor without targets is not taken for one that stands alone.
    #expect(parts.count == 3)
    let shared: Set = ["ReleaseModel", "Digests", "MirrorDocuments"]
    let libraries = Set(targets.filter { $0.floor == "SystemLibraries" }.map(\.name))
    let ours = Set(targets.map(\.name))
    for target in targets {
      if parts.contains(target.name) || target.name == "epel-mirrorlist" {
        let others = target.imports.intersection(ours).subtracting(parts).subtracting(shared)
          .subtracting(libraries)
        #expect(others.isEmpty, "\(target.name) depends on \(others)")
      } else {
        let taken = target.imports.intersection(parts)
        #expect(taken.isEmpty, "\(target.name) depends on the responder's \(taken)")
      }
    }
  }

  private static func imports(of target: Target) throws -> Set<String> {
    let folder = "\(Fixtures.checkout)/Sources/\(target.floor)/\(target.name)"
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".swift") }
    var names: Set<String> = []
    for file in files {
      let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
      for match in text.matches(of: /(?m)^(?:package |public )?import (\w+)$/) {
        names.insert(String(match.output.1))
      }
    }
    return names
  }
}
