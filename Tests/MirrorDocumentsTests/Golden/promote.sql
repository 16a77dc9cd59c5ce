-- epel-7: promote 7.07.201908
BEGIN;
SELECT pg_advisory_xact_lock(hashtext('epel-compose epel-7'));
DO $$ DECLARE r record; BEGIN
  FOR r IN SELECT * FROM (VALUES
      ('epel-7.07.201908','aarch64','pub/epel/updates/7.07.201908/Everything/aarch64'),
      ('epel-7.07.201908','x86_64','pub/epel/updates/7.07.201908/Everything/x86_64'),
      ('epel-debug-7.07.201908','aarch64','pub/epel/updates/7.07.201908/Everything/aarch64/debug'),
      ('epel-debug-7.07.201908','x86_64','pub/epel/updates/7.07.201908/Everything/x86_64/debug'),
      ('epel-source-7.07.201908','source','pub/epel/updates/7.07.201908/Everything/source/tree')
    ) AS w(prefix, arch, directory)
    WHERE NOT EXISTS (SELECT 1 FROM repository p JOIN arch a ON a.id = p.arch_id
                      JOIN directory d ON d.id = p.directory_id
                      WHERE p.prefix = w.prefix AND a.name = w.arch AND d.name = w.directory AND NOT p.disabled)
  LOOP RAISE EXCEPTION 'no repository % of % at %: scan the primary mirror first', r.prefix, r.arch, r.directory; END LOOP;
  FOR r IN SELECT from_repo, to_repo FROM repository_redirect WHERE from_repo IN ('epel-7', 'epel-debug-7', 'epel-source-7')
      AND to_repo NOT IN ('epel-7.06.201903', 'epel-7.07.201908', 'epel-debug-7.06.201903', 'epel-debug-7.07.201908', 'epel-source-7.06.201903', 'epel-source-7.07.201908')
  LOOP RAISE EXCEPTION '% leads to %, neither the old release nor the new one', r.from_repo, r.to_repo; END LOOP;
END $$;
INSERT INTO repository_redirect (from_repo, to_repo) VALUES
    ('epel-7', 'epel-7.07.201908'),
    ('epel-debug-7', 'epel-debug-7.07.201908'),
    ('epel-source-7', 'epel-source-7.07.201908')
  ON CONFLICT (from_repo) DO UPDATE SET to_repo = EXCLUDED.to_repo;
COMMIT;
