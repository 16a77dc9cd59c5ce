import ComposeTestSupport
import MirrorDocuments
import ReleaseModel
import Testing

/// The SQL in a real PostgreSQL, with the tables of MirrorManager that it names.
@Suite(
  .waiting, .enabled(if: PostgreSQLServer.isAvailable, "PostgreSQL is not installed: `make setup`"))
struct HandoverSQLTests {
  private let server: PostgreSQLServer

  /// Columns and constraints as MirrorManager declares them; those that nothing here asks
  /// for are left out.
  private static let tables = """
    CREATE TABLE product (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
    CREATE TABLE version (id serial PRIMARY KEY, name text, product_id integer REFERENCES product,
      UNIQUE (name, product_id));
    CREATE TABLE arch (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
    CREATE TABLE directory (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
    CREATE TABLE category (id serial PRIMARY KEY, name text NOT NULL UNIQUE,
      product_id integer REFERENCES product, topdir_id integer REFERENCES directory);
    CREATE TABLE repository (id serial PRIMARY KEY, name text NOT NULL UNIQUE, prefix text,
      category_id integer REFERENCES category, version_id integer REFERENCES version,
      arch_id integer REFERENCES arch, directory_id integer REFERENCES directory,
      disabled boolean NOT NULL DEFAULT false, UNIQUE (prefix, arch_id));
    CREATE TABLE repository_redirect (id serial PRIMARY KEY, to_repo text,
      from_repo text NOT NULL UNIQUE, UNIQUE (from_repo, to_repo));
    INSERT INTO product (name) VALUES ('EPEL');
    INSERT INTO arch (name) VALUES ('source'), ('aarch64'), ('x86_64');
    INSERT INTO directory (name) VALUES ('pub/epel');
    INSERT INTO category (name, product_id, topdir_id) VALUES ('Fedora EPEL', 1, 1);
    INSERT INTO repository_redirect (from_repo, to_repo) VALUES ('fedora-x', 'fedora-y');

    """

  init() throws {
    server = try PostgreSQLServer()
  }

  /// The database as it is after the scan of two releases.
  private func begin() throws {
    try server.succeed(
      "DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n" + Self.tables
        + scan("7.06.201903") + scan("7.07.201908"))
  }

  /// One server for all of it: to make one takes longer than the rest.
  @Test func `clients go where the SQL says, or nothing changes`() throws {
    try turns()
    try unready()
    try elsewhere()
    try alone()
  }

  /// What MirrorManager's scanner makes of the trees of `release`.
  private func scan(_ release: String) throws -> String {
    try SampleHandover().repositories(of: release).reduce(
      "INSERT INTO version (name, product_id) VALUES ('\(release)', 1);\n"
    ) { text, repository in
      text + """
        INSERT INTO directory (name) VALUES ('\(repository.directory)');
        INSERT INTO repository (name, prefix, category_id, version_id, arch_id, directory_id)
          SELECT '\(repository.directory)', '\(repository.name)', 1, v.id, a.id, d.id
          FROM version v, arch a, directory d WHERE v.name = '\(release)'
            AND a.name = '\(repository.arch)' AND d.name = '\(repository.directory)';

        """
    }
  }

  private func redirects() throws -> String {
    try server.succeed("SELECT from_repo, to_repo FROM repository_redirect ORDER BY from_repo;")
  }

  /// All tables, row by row.
  private func contents() throws -> String {
    try server.succeed(
      ["product", "version", "arch", "directory", "category", "repository", "repository_redirect"]
        .map { "SELECT * FROM \($0) ORDER BY id;\n" }.joined())
  }

  private func apply(_ sample: SampleHandover) throws -> Shell.Outcome {
    try server.run(try #require(try sample.handover().sql()))
  }

  private func expectRefusal(
    _ sample: SampleHandover, saying words: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try contents()
    let outcome = try apply(sample)
    #expect(outcome.status == 3, sourceLocation: sourceLocation)
    #expect(outcome.errors.contains(words), "\(outcome.errors)", sourceLocation: sourceLocation)
    #expect(try contents() == before, "something has changed", sourceLocation: sourceLocation)
  }

  private static func redirects(to release: String) -> String {
    """
    epel-7|epel-\(release)
    epel-debug-7|epel-debug-\(release)
    epel-source-7|epel-source-\(release)
    fedora-x|fedora-y

    """
  }

  /// To each release in turn, again and back.
  private func turns() throws {
    try begin()
    let first = SampleHandover(release: "7.06.201903", former: nil)
    let next = SampleHandover()
    let back = SampleHandover(
      occasion: .rollback, release: "7.06.201903", former: "7.07.201908")
    for (sample, release) in [
      (first, "7.06.201903"), (first, "7.06.201903"), (next, "7.07.201908"),
      (next, "7.07.201908"), (back, "7.06.201903"), (next, "7.07.201908"),
    ] {
      let outcome = try apply(sample)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try redirects() == Self.redirects(to: release))
    }
  }

  /// A database that does not have the release is left as it is.
  private func unready() throws {
    try begin()
    #expect(try apply(SampleHandover(release: "7.06.201903", former: nil)).status == 0)
    let debug = "epel-debug-7.07.201908"
    // Disabled, at another place, of another architecture, not there.
    try server.succeed(
      "UPDATE repository SET disabled = true WHERE prefix = '\(debug)' AND arch_id = 3;")
    try expectRefusal(
      SampleHandover(),
      saying:
        "no repository \(debug) of x86_64 at pub/epel/updates/7.07.201908/Everything/x86_64/debug: "
        + "scan the primary mirror first")
    try server.succeed("UPDATE repository SET disabled = false;")
    #expect(try apply(SampleHandover()).status == 0)

    try server.succeed(
      "UPDATE repository SET directory_id = 1 WHERE prefix = 'epel-7.07.201908' AND arch_id = 2;")
    try expectRefusal(SampleHandover(), saying: "no repository epel-7.07.201908 of aarch64")
    try server.succeed("DELETE FROM repository WHERE prefix LIKE '%7.07.201908';")
    try expectRefusal(SampleHandover(), saying: "no repository")
  }

  /// Clients of a link that moves alone, there and back; others stay where they are.
  private func alone() throws {
    func moving(
      _ occasion: Handover.Occasion, to release: String, from former: String?
    ) -> SampleHandover {
      SampleHandover(
        occasion: occasion, release: release, former: former,
        clients: ["epel-z-7", "epel-z-debug-7", "epel-z-source-7"], link: "7z")
    }
    let (first, next) = ("7.06.201903", "7.07.201908")
    try begin()
    for (sample, leading, alone) in [
      (SampleHandover(release: first, former: nil), first, nil),
      (moving(.promote, to: first, from: nil), first, first),
      (SampleHandover(), next, first),
      (moving(.promote, to: next, from: first), next, next),
      (moving(.rollback, to: first, from: next), next, first),
    ] {
      let outcome = try apply(sample)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let lines = try redirects().split(separator: "\n").map(String.init)
      #expect(lines.contains("epel-7|epel-\(leading)"), "\(lines)")
      #expect(
        lines.filter { $0.hasPrefix("epel-z-7|") } == (alone.map { ["epel-z-7|epel-\($0)"] } ?? []))
    }
    // One that was skipped is done first.
    try server.succeed(
      "UPDATE repository_redirect SET to_repo = 'epel-7.05.201808' WHERE from_repo = 'epel-z-7';")
    try expectRefusal(
      moving(.promote, to: next, from: first), saying: "epel-z-7 leads to epel-7.05.201808")
  }

  /// Clients that somebody led elsewhere stay there.
  private func elsewhere() throws {
    try begin()
    #expect(try apply(SampleHandover(release: "7.06.201903", former: nil)).status == 0)
    try server.succeed(
      "UPDATE repository_redirect SET to_repo = 'epel-7-beta' WHERE from_repo = 'epel-source-7';")
    try expectRefusal(
      SampleHandover(),
      saying: "epel-source-7 leads to epel-7-beta, neither the old release nor the new one")
    // The release of the time before last is neither, too.
    try server.succeed(
      "UPDATE repository_redirect SET to_repo = 'epel-source-7.05.201808' "
        + "WHERE from_repo = 'epel-source-7';")
    try expectRefusal(SampleHandover(), saying: "epel-source-7 leads to epel-source-7.05.201808")
  }
}
