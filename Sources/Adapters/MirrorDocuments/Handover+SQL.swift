import ReleaseModel

extension Handover {
  /// SQL for MirrorManager's PostgreSQL database that leads clients to the release: one
  /// transaction, which changes nothing where the database does not know the release's
  /// repositories, or where clients are led to something else than either release. It can
  /// be run again.
  ///
  /// Nil on occasions that need none, and where the policy has no client names, or none
  /// that goes with the link.
  ///
  /// Throws `badData` where a name cannot be written into SQL.
  package func sql() throws -> String? {
    guard [.promote, .rollback].contains(occasion), !redirects.isEmpty else { return nil }
    let rows = try repositories.map { repository in
      let fields = [repository.name, repository.arch, repository.directory.description]
      return "(\(try fields.map(Self.literal).joined(separator: ",")))"
    }
    let targets = Set(former + repositories.map(\.name)).sorted()
    return """
      -- \(stream): \(occasion.rawValue) \(release)\(try link.map { " --link \(try Self.word($0))" } ?? "")
      BEGIN;
      SELECT pg_advisory_xact_lock(hashtext('epel-compose \(try Self.word(stream))'));
      DO $$ DECLARE r record; BEGIN
        FOR r IN SELECT * FROM (VALUES
            \(rows.joined(separator: ",\n      "))
          ) AS w(prefix, arch, directory)
          WHERE NOT EXISTS (SELECT 1 FROM repository p JOIN arch a ON a.id = p.arch_id
                            JOIN directory d ON d.id = p.directory_id
                            WHERE p.prefix = w.prefix AND a.name = w.arch AND d.name = w.directory AND NOT p.disabled)
        LOOP RAISE EXCEPTION 'no repository % of % at %: scan the primary mirror first', r.prefix, r.arch, r.directory; END LOOP;
        FOR r IN SELECT from_repo, to_repo FROM repository_redirect WHERE from_repo IN (\(try Self.list(redirects.map(\.client))))
            AND to_repo NOT IN (\(try Self.list(targets)))
        LOOP RAISE EXCEPTION '% leads to %, neither the old release nor the new one', r.from_repo, r.to_repo; END LOOP;
      END $$;
      INSERT INTO repository_redirect (from_repo, to_repo) VALUES
          \(try redirects.map { "(\(try Self.literal($0.client)), \(try Self.literal($0.release)))" }.joined(separator: ",\n    "))
        ON CONFLICT (from_repo) DO UPDATE SET to_repo = EXCLUDED.to_repo;
      COMMIT;

      """
  }

  private static func list(_ names: [String]) throws -> String {
    try names.map(literal).joined(separator: ", ")
  }

  /// `text` as a literal of SQL.
  private static func literal(_ text: String) throws -> String { "'\(try word(text))'" }

  /// `text` as it stands between the quotes of a literal: the few characters that names
  /// and directories need, of which none ends a literal or means something to psql.
  private static func word(_ text: String) throws -> String {
    let others = "._+/-".utf8
    let isPlain = text.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || others.contains(byte)
    }
    guard isPlain, !text.isEmpty else {
      throw ComposeError(
        .badData, "'\(text.sanitizedForDisplay)'", "it cannot stand in SQL for MirrorManager",
        remedy: "Use letters, digits and ._+/- alone in 'stream', 'mirrors', 'areas' and "
          + "'repositories' of the policy")
    }
    return text.replacing("'", with: "''")
  }
}
