-- A ledger with 4 migrations, by the program of commit 1e356e7: Ledgers/make.
--   epel-compose compose 7.06.201903 --rpms pool
--   epel-compose publish 7.06.201903
--   epel-compose promote 7.06.201903 --skip-soak
--   epel-compose update 7 --rpms pool
--   epel-compose update 7 --rpms pool
--   epel-compose update 7 --withdraw kappa-1.2-1.el7 --reason it forgets its settings
--   epel-compose retirement acknowledge 7 gamma --note nobody uses it
--   epel-compose compose 7.07.201908 --rpms pool
--   epel-compose publish 7.07.201908
--   epel-compose promote 7.07.201908 --skip-soak
--   epel-compose rollback 7
--   epel-compose promote 7.07.201908 --skip-soak
--   epel-compose update 7 --undo --reason a mistake (refused)
--   epel-compose archive 7.06.201903
--   epel-compose archive 7.06.201903 --remove-original
--   epel-compose compose 7.08.202004 --rpms pool
--   epel-compose publish 7.08.202004
--   epel-compose abandon 7.08.202004
--   epel-compose status 7
PRAGMA user_version = 0;
PRAGMA application_id = 0;
BEGIN TRANSACTION;
CREATE TABLE acknowledgement (
  package TEXT NOT NULL PRIMARY KEY,
  -- The build with the marker.
  nvr TEXT NOT NULL,
  operator TEXT NOT NULL,
  note TEXT,
  at INTEGER NOT NULL
);
INSERT INTO "acknowledgement" VALUES('gamma','gamma-1.0-2.el7','ann@host','nobody uses it',1796039284);
CREATE TABLE advisory (
  id TEXT NOT NULL PRIMARY KEY,
  -- What users of the stream were told last: JSON. When it was issued is
  -- what they were told first.
  contents TEXT NOT NULL
);
CREATE TABLE blockedPackage (
  release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
  package TEXT NOT NULL,
  -- The build behind the block, and its marker.
  nvr TEXT,
  marker TEXT,
  PRIMARY KEY (release, package)
);
CREATE TABLE checkRun (
  release TEXT NOT NULL PRIMARY KEY REFERENCES release ON DELETE CASCADE,
  at INTEGER NOT NULL,
  -- Manifests of the trees, the release that users had and its pushes,
  -- and the policy's gate: JSON.
  subject TEXT NOT NULL,
  -- Checks that failed, with their counts of findings: JSON.
  failed TEXT NOT NULL,
  -- Findings that the policy let pass: JSON.
  waived TEXT NOT NULL
);
INSERT INTO "checkRun" VALUES('7.06.201903',1796039283,'{"baselinePushes":0,"gate":"checks:\n  metadata: refuse\n  identity: refuse\n  signatures: refuse\n  manifest: refuse\n  closure: refuse\n  upgrade-path: refuse\n  overlap: refuse\n  rehearsal: refuse\nrehearsal:\n  install: []\nkeys: [\/etc\/pki\/rpm-gpg\/RPM-GPG-KEY-EPEL-7]\ndigest: sha256\nclients: [bz2, gz, xz]\n8d9486bded289bedf2989025ee93f1f1c368edd653b17eabf197d40beab5ab93","manifests":{"releases\/7.06.201903":"1f9b06239380b301e1a896045a1226ef309ec825523294d30ae75a3c6598161c","updates\/7.06.201903":"67b55a5338e7fed5ec3efc5becf8f5892bf1de681711ecb1e0df28b5e8590360"},"names":{"releases\/7.06.201903":{".":1796039270212311814,"Everything":1796039270004311802,"Everything\/source":1796039270004311802,"Everything\/source\/tree":1796039270064311805,"Everything\/source\/tree\/Packages":1796039270004311802,"Everything\/source\/tree\/Packages\/b":1796039270004311802,"Everything\/source\/tree\/Packages\/g":1796039270004311802,"Everything\/source\/tree\/Packages\/k":1796039270004311802,"Everything\/source\/tree\/repodata":1796039270112311808,"Everything\/x86_64":1796039270072311806,"Everything\/x86_64\/Packages":1796039270004311802,"Everything\/x86_64\/Packages\/b":1796039270004311802,"Everything\/x86_64\/Packages\/g":1796039270004311802,"Everything\/x86_64\/Packages\/k":1796039270004311802,"Everything\/x86_64\/debug":1796039270072311806,"Everything\/x86_64\/debug\/repodata":1796039270142633187,"Everything\/x86_64\/repodata":1796039270128311809,"MANIFEST.sha256":1796039270212311814,"metadata":1796039270200311814}}}','[]','[]');
INSERT INTO "checkRun" VALUES('7.07.201908',1796039286,'{"baseline":"7.06.201903","baselinePushes":3,"gate":"checks:\n  metadata: refuse\n  identity: refuse\n  signatures: refuse\n  manifest: refuse\n  closure: refuse\n  upgrade-path: refuse\n  overlap: refuse\n  rehearsal: refuse\nrehearsal:\n  install: []\nkeys: [\/etc\/pki\/rpm-gpg\/RPM-GPG-KEY-EPEL-7]\ndigest: sha256\nclients: [bz2, gz, xz]\n8d9486bded289bedf2989025ee93f1f1c368edd653b17eabf197d40beab5ab93","manifests":{"releases\/7.07.201908":"3598470f19bbc0ddb40e60c1a755cac6fcc82719e38aae5e2f88e93e8cedcd85","updates\/7.07.201908":"60047de04b5e9debd6d1abe161a50fd5cf957b14109c48f7fe0bac309c04ecb7"},"names":{"releases\/7.07.201908":{".":1796039284680313346,"Everything":1796039284468312662,"Everything\/source":1796039284468312662,"Everything\/source\/tree":1796039284525035736,"Everything\/source\/tree\/Packages":1796039284472312662,"Everything\/source\/tree\/Packages\/b":1796039284468312662,"Everything\/source\/tree\/Packages\/i":1796039284468312662,"Everything\/source\/tree\/Packages\/k":1796039284472312662,"Everything\/source\/tree\/repodata":1796039284556312667,"Everything\/x86_64":1796039284532312665,"Everything\/x86_64\/Packages":1796039284472312662,"Everything\/x86_64\/Packages\/b":1796039284468312662,"Everything\/x86_64\/Packages\/i":1796039284468312662,"Everything\/x86_64\/Packages\/k":1796039284472312662,"Everything\/x86_64\/debug":1796039284532312665,"Everything\/x86_64\/debug\/repodata":1796039284580312668,"Everything\/x86_64\/repodata":1796039284568312668,"MANIFEST.sha256":1796039284680313346,"metadata":1796039284656312673}}}','[]','[]');
INSERT INTO "checkRun" VALUES('7.08.202004',1796039295,'{"baseline":"7.07.201908","baselinePushes":0,"gate":"checks:\n  metadata: refuse\n  identity: refuse\n  signatures: refuse\n  manifest: refuse\n  closure: refuse\n  upgrade-path: refuse\n  overlap: refuse\n  rehearsal: refuse\nrehearsal:\n  install: []\nkeys: [\/etc\/pki\/rpm-gpg\/RPM-GPG-KEY-EPEL-7]\ndigest: sha256\nclients: [bz2, gz, xz]\n8d9486bded289bedf2989025ee93f1f1c368edd653b17eabf197d40beab5ab93","manifests":{"releases\/7.08.202004":"76f8a191fc465e6665ab7801726c9ef6d2442fcfb00504a219b8c6a8dd84cdd5","updates\/7.08.202004":"b9abd3891762797bcdabc46641b4fef84b998891d5de277262436ee6fe7a5bbf"},"names":{"releases\/7.08.202004":{".":1796039292596313145,"Everything":1796039292400313133,"Everything\/source":1796039292400313133,"Everything\/source\/tree":1796039292452313136,"Everything\/source\/tree\/Packages":1796039292400313133,"Everything\/source\/tree\/Packages\/b":1796039292400313133,"Everything\/source\/tree\/Packages\/i":1796039292400313133,"Everything\/source\/tree\/Packages\/k":1796039292400313133,"Everything\/source\/tree\/Packages\/p":1796039292400313133,"Everything\/source\/tree\/repodata":1796039292512313140,"Everything\/x86_64":1796039292464313137,"Everything\/x86_64\/Packages":1796039292400313133,"Everything\/x86_64\/Packages\/b":1796039292400313133,"Everything\/x86_64\/Packages\/i":1796039292400313133,"Everything\/x86_64\/Packages\/k":1796039292400313133,"Everything\/x86_64\/Packages\/p":1796039292400313133,"Everything\/x86_64\/debug":1796039292464313137,"Everything\/x86_64\/debug\/repodata":1796039292524313141,"Everything\/x86_64\/repodata":1796039292524313141,"MANIFEST.sha256":1796039292596313145,"metadata":1796039292584313144},"updates\/7.08.202004":{".":1796039292720313152,"Everything":1796039292616313146,"Everything\/source":1796039292616313146,"Everything\/source\/tree":1796039292616313146,"Everything\/source\/tree\/Packages":1796039292616313146,"Everything\/source\/tree\/Packages\/b":1796039292616313146,"Everything\/source\/tree\/Packages\/i":1796039292616313146,"Everything\/source\/tree\/Packages\/k":1796039292616313146,"Everything\/source\/tree\/Packages\/p":1796039292616313146,"Everything\/source\/tree\/repodata":1796039292616313146,"Everything\/x86_64":1796039292616313146,"Everything\/x86_64\/Packages":1796039292616313146,"Everything\/x86_64\/Packages\/b":1796039292616313146,"Everything\/x86_64\/Packages\/i":1796039292616313146,"Everything\/x86_64\/Packages\/k":1796039292616313146,"Everything\/x86_64\/Packages\/p":1796039292616313146,"Everything\/x86_64\/debug":1796039292616313146,"Everything\/x86_64\/debug\/repodata":1796039292616313146,"Everything\/x86_64\/repodata":1796039292616313146,"MANIFEST.sha256":1796039292720313152,"metadata":1796039292716313152}}}','[]','[]');
CREATE TABLE contradiction (
  release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  remedy TEXT NOT NULL
);
CREATE TABLE event (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  command TEXT NOT NULL,
  release TEXT NOT NULL,
  operator TEXT NOT NULL,
  summary TEXT NOT NULL
);
INSERT INTO "event" VALUES(1,1796039270,'compose','7.06.201903','ann@host','staged 3 builds, 0 retired');
INSERT INTO "event" VALUES(2,1796039273,'check','7.06.201903','ann@host','passed');
INSERT INTO "event" VALUES(3,1796039273,'publish','7.06.201903','ann@host','published releases/7.06.201903, updates/7.06.201903');
INSERT INTO "event" VALUES(4,1796039274,'promote','7.06.201903','ann@host','made current, soak overridden (promoted before 2026-12-01 11:47 UTC)');
INSERT INTO "event" VALUES(5,1796039274,'update','7.06.201903','ann@host','push 1: beta-1.1-1.el7, iota-1.0-1.el7, kappa-1.1-1.el7');
INSERT INTO "event" VALUES(6,1796039277,'check','7.06.201903','ann@host','passed');
INSERT INTO "event" VALUES(7,1796039278,'update','7.06.201903','ann@host','push 2: gamma-1.0-2.el7, kappa-1.2-1.el7');
INSERT INTO "event" VALUES(8,1796039280,'check','7.06.201903','ann@host','passed');
INSERT INTO "event" VALUES(9,1796039281,'update','7.06.201903','ann@host','push 3: took out kappa-1.2-1.el7; because: it forgets its settings');
INSERT INTO "event" VALUES(10,1796039283,'check','7.06.201903','ann@host','passed');
INSERT INTO "event" VALUES(11,1796039284,'acknowledge','7.06.201903','ann@host','gamma-1.0-2.el7; nobody uses it');
INSERT INTO "event" VALUES(12,1796039284,'compose','7.07.201908','ann@host','staged 3 builds, 1 retired');
INSERT INTO "event" VALUES(13,1796039286,'check','7.07.201908','ann@host','passed');
INSERT INTO "event" VALUES(14,1796039287,'publish','7.07.201908','ann@host','published releases/7.07.201908, updates/7.07.201908');
INSERT INTO "event" VALUES(15,1796039287,'promote','7.07.201908','ann@host','made current, soak overridden (promoted before 2026-12-01 11:48 UTC)');
INSERT INTO "event" VALUES(16,1796039288,'rollback','7.07.201908','ann@host','left for 7.06.201903');
INSERT INTO "event" VALUES(17,1796039288,'rollback','7.06.201903','ann@host','went back from 7.07.201908');
INSERT INTO "event" VALUES(18,1796039288,'promote','7.07.201908','ann@host','made current, soak overridden (promoted before 2026-12-01 11:48 UTC)');
INSERT INTO "event" VALUES(19,1796039289,'archive','7.06.201903','ann@host','archived releases/7.06.201903, updates/7.06.201903');
INSERT INTO "event" VALUES(20,1796039291,'remove-original','7.06.201903','ann@host','removed releases/7.06.201903, updates/7.06.201903');
INSERT INTO "event" VALUES(21,1796039292,'compose','7.08.202004','ann@host','staged 4 builds, 1 retired');
INSERT INTO "event" VALUES(22,1796039295,'check','7.08.202004','ann@host','passed');
INSERT INTO "event" VALUES(23,1796039296,'publish','7.08.202004','ann@host','published releases/7.08.202004, updates/7.08.202004');
INSERT INTO "event" VALUES(24,1796039296,'abandon','7.08.202004','ann@host','dropped releases/7.08.202004, updates/7.08.202004');
CREATE TABLE gateOverride (
  release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
  gate TEXT NOT NULL,
  reason TEXT NOT NULL,
  operator TEXT NOT NULL,
  at INTEGER NOT NULL
);
INSERT INTO "gateOverride" VALUES('7.06.201903','soak','promoted before 2026-12-01 11:47 UTC','ann@host',1796039273);
INSERT INTO "gateOverride" VALUES('7.07.201908','soak','promoted before 2026-12-01 11:48 UTC','ann@host',1796039287);
INSERT INTO "gateOverride" VALUES('7.07.201908','soak','promoted before 2026-12-01 11:48 UTC','ann@host',1796039288);
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES('1');
INSERT INTO "grdb_migrations" VALUES('2');
INSERT INTO "grdb_migrations" VALUES('3');
INSERT INTO "grdb_migrations" VALUES('4');
CREATE TABLE hubSnapshot (
  release TEXT NOT NULL PRIMARY KEY REFERENCES release ON DELETE CASCADE,
  -- The event that everything was read at, and when it was.
  event INTEGER NOT NULL,
  at INTEGER NOT NULL
);
CREATE TABLE hubTag (
  name TEXT NOT NULL PRIMARY KEY
);
CREATE TABLE leavingRPM (
  release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
  package TEXT NOT NULL,
  name TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  version TEXT NOT NULL,
  rpmRelease TEXT NOT NULL,
  arch TEXT NOT NULL,
  provides TEXT NOT NULL
);
INSERT INTO "leavingRPM" VALUES('7.07.201908','gamma','gamma',0,'1.0','2.el7','x86_64','["gamma = 1.0-2.el7","gamma(x86-64) = 1.0-2.el7"]');
INSERT INTO "leavingRPM" VALUES('7.07.201908','gamma','gamma-doc',0,'1.0','2.el7','noarch','["gamma-doc = 1.0-2.el7"]');
INSERT INTO "leavingRPM" VALUES('7.08.202004','gamma','gamma',0,'1.0','2.el7','x86_64','["gamma = 1.0-2.el7","gamma(x86-64) = 1.0-2.el7"]');
INSERT INTO "leavingRPM" VALUES('7.08.202004','gamma','gamma-doc',0,'1.0','2.el7','noarch','["gamma-doc = 1.0-2.el7"]');
CREATE TABLE operation (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  release TEXT NOT NULL,
  started INTEGER NOT NULL,
  payload TEXT NOT NULL,
  isOpen INTEGER NOT NULL
);
INSERT INTO "operation" VALUES(1,'compose','7.06.201903',1796039269,'{"composeTag":"epel-7-7.06.201903","planDigest":"d262faa62747ab45e0313bb0f0faf38fd3b4b93994ea0c45a7963dd8d96e3fa1","release":"7.06.201903","trees":["releases\/7.06.201903","updates\/7.06.201903"]}',0);
INSERT INTO "operation" VALUES(2,'publish','7.06.201903',1796039273,'{"release":"7.06.201903","revisions":["updates",1527811200,"releases",1527811200],"trees":[{"area":"releases","path":"releases\/7.06.201903","release":"7.06.201903"},{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}]}',0);
INSERT INTO "operation" VALUES(3,'promote','7.06.201903',1796039273,'{"links":{"carries":[],"flips":[{"new":"..\/updates\/7","path":"releases\/7"},{"new":"7.06.201903","path":"updates\/7"}],"refreshes":[]},"overrides":[{"at":1796039273,"gate":"soak","operatorName":"ann@host","reason":"promoted before 2026-12-01 11:47 UTC"}],"release":"7.06.201903"}',0);
INSERT INTO "operation" VALUES(4,'update','7.06.201903',1796039274,'{"push":{"allowUnsigned":false,"at":1796039274,"builds":[{"evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"package":"beta","rpms":[{"buildTime":1538956800,"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"name":"beta"},"path":"\/srv\/rehearsal\/pool\/beta-1.1-1.el7\/beta-1.1-1.el7.noarch.rpm","sha256":"1172c8e97e249e5730221c2fa5bfefdd29882120da4a7034e59a9da3f7eec7bc","signature":{"trusted":{"keyID":"de8aa15e88393502"}},"signatureHash":"sha256","size":6969,"sourceRPM":"beta-1.1-1.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1538956800,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"name":"beta"},"path":"\/srv\/rehearsal\/pool\/beta-1.1-1.el7\/beta-1.1-1.el7.src.rpm","sha256":"dfb8b96ba8ebeec49918ef96a9081e5c5512ed26cca07c72aa928b804ce3d20c","signature":{"trusted":{"keyID":"de8aa15e88393502"}},"signatureHash":"sha256","size":7472,"undocumentedMarkers":[]}]},{"evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.0"},"package":"iota","rpms":[{"buildTime":1539043200,"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.0"},"name":"iota"},"path":"\/srv\/rehearsal\/pool\/iota-1.0-1.el7\/iota-1.0-1.el7.noarch.rpm","sha256":"8d1c81cb3ec0dc7f925d0f025efb651e800b4013b7bf6aa5025ace34ab52037d","signature":{"trusted":{"keyID":"de8aa15e88393502"}},"signatureHash":"sha256","size":6565,"sourceRPM":"iota-1.0-1.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1539043200,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.0"},"name":"iota"},"path":"\/srv\/rehearsal\/pool\/iota-1.0-1.el7\/iota-1.0-1.el7.src.rpm","sha256":"e99a0b5ba5ac4d58633ad4a811db444234849990303505f73594cf1da8730625","signature":{"trusted":{"keyID":"de8aa15e88393502"}},"signatureHash":"sha256","size":7078,"undocumentedMarkers":[]}]},{"evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"package":"kappa","rpms":[{"buildTime":1539129600,"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"name":"kappa"},"path":"\/srv\/rehearsal\/pool\/kappa-1.1-1.el7\/kappa-1.1-1.el7.noarch.rpm","sha256":"12a0ce750fcd0d1a6b902f1dcdc536fbfa17d9f9b36dd28b81971720abb11524","signature":{"trusted":{"keyID":"de8aa15e88393502"}},"signatureHash":"sha256","size":6649,"sourceRPM":"kappa-1.1-1.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1539129600,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"name":"kappa"},"path":"\/srv\/rehearsal\/pool\/kappa-1.1-1.el7\/kappa-1.1-1.el7.src.rpm","sha256":"083d63ff79136f2428908a124d292de7ae7ada74f4d5e72fa441e6e4aa101053","signature":{"trusted":{"keyID":"de8aa15e88393502"}},"signatureHash":"sha256","size":7299,"undocumentedMarkers":[]}]}],"documents":{"advisories":[],"modules":{}},"kind":"update","relisted":[],"relisting":[],"revision":1539129600,"serial":1,"unlisted":[],"unlisting":[]},"release":"7.06.201903","removals":[],"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}',0);
INSERT INTO "operation" VALUES(5,'update','7.06.201903',1796039277,'{"push":{"allowUnsigned":false,"at":1796039277,"builds":[{"evr":{"epoch":0,"rpmRelease":"2.el7","version":"1.0"},"package":"gamma","rpms":[{"buildTime":1541980800,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"2.el7","version":"1.0"},"name":"gamma"},"path":"\/srv\/rehearsal\/pool\/gamma-1.0-2.el7\/gamma-1.0-2.el7.src.rpm","sha256":"1991c2a65dffca86caec488162caf2d1295b3fd2bd460d4e78b1aecd82e915a1","signature":{"trusted":{"keyID":"de8aa15e88393502"}},"signatureHash":"sha256","size":8048,"undocumentedMarkers":[]},{"buildTime":1541980800,"nevra":{"arch":"x86_64","evr":{"epoch":0,"rpmRelease":"2.el7","version":"1.0"},"name":"gamma"},"path":"\/srv\/rehearsal\/pool\/gamma-1.0-2.el7\/gamma-1.0-2.el7.x86_64.rpm","sha256":"5c1cc05e113469bc59755eee66b846bb8791cb8faad4adc4fd39204f76ada38f","signature":{"trusted":{"keyID":"de8aa15e88393502"}},"signatureHash":"sha256","size":6621,"sourceRPM":"gamma-1.0-2.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1541980800,"marker":{"path":"\/usr\/share\/doc\/gamma-doc-1.0\/README-RETIRED.txt","text":"gamma is retired: upstream is gone since 2018. Use sigma instead.\n"},"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"2.el7","version":"1.0"},"name":"gamma-doc"},"path":"\/srv\/rehearsal\/pool\/gamma-1.0-2.el7\/gamma-doc-1.0-2.el7.noarch.rpm","sha256":"f2b5cfa6af091d1fd22e0637bf8d40edea9cf3a65087fbb83cf2e6239c6944b4","signature":{"trusted":{"keyID":"de8aa15e88393502"}},"signatureHash":"sha256","size":6977,"sourceRPM":"gamma-1.0-2.el7.src.rpm","undocumentedMarkers":[]}]},{"evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.2"},"package":"kappa","rpms":[{"buildTime":1542067200,"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.2"},"name":"kappa"},"path":"\/srv\/rehearsal\/pool\/kappa-1.2-1.el7\/kappa-1.2-1.el7.noarch.rpm","sha256":"a927997386669879650c1005e106ae82181121d9fb008b36b999717246c1f615","signature":{"trusted":{"keyID":"de8aa15e88393502"}},"signatureHash":"sha256","size":6721,"sourceRPM":"kappa-1.2-1.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1542067200,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.2"},"name":"kappa"},"path":"\/srv\/rehearsal\/pool\/kappa-1.2-1.el7\/kappa-1.2-1.el7.src.rpm","sha256":"d29b9c0d9a4cf02f72c81496267d9dfd0049107c3f6e26be068f1b0b659b58e4","signature":{"trusted":{"keyID":"de8aa15e88393502"}},"signatureHash":"sha256","size":7462,"undocumentedMarkers":[]}]}],"documents":{"advisories":[],"modules":{}},"kind":"update","relisted":[],"relisting":[],"revision":1542067200,"serial":2,"unlisted":[],"unlisting":[]},"release":"7.06.201903","removals":[{"paths":["Everything\/source\/tree\/repodata\/173c473eb3b6c2b7b6e848a1054ee220e5222bb4460bd20e46248f19b0fb6203-filelists.xml.gz","Everything\/source\/tree\/repodata\/46063f1ef91ee0274a75810c94c3ea5d565204da5527dc786aaaf3e5a954927f-other.xml.gz","Everything\/source\/tree\/repodata\/a7a040de1f1fab7cd88f0364df69f85525c60ccea4d6669afc780875371b3801-primary.xml.gz","Everything\/x86_64\/repodata\/5ff18ec4280051587a5da256e8ae2d455f1d7fc74efcf5c9081f3c3be31d5613-primary.xml.gz","Everything\/x86_64\/repodata\/804b04ae8dddd2c5a0c4f19e58a0cb7e061374dc71901cda3931401b92c55d0f-filelists.xml.gz","Everything\/x86_64\/repodata\/d8fc6b5f4fb6e6371106157d106977b0656b7cc1f4b8efd6a878824d32467452-other.xml.gz"],"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}],"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}',0);
INSERT INTO "operation" VALUES(6,'update','7.06.201903',1796039281,'{"push":{"allowUnsigned":false,"at":1796039281,"builds":[],"documents":{"advisories":[],"modules":{}},"kind":"withdrawal","reason":"it forgets its settings","relisted":[],"relisting":[],"revision":1542067201,"serial":3,"unlisted":["withdrawn",[{"name":"kappa","rpmRelease":"1.el7","version":"1.2"}]],"unlisting":[{"build":"kappa-1.2-1.el7","path":"Everything\/source\/tree\/Packages\/k\/kappa-1.2-1.el7.src.rpm","since":1796039281},{"build":"kappa-1.2-1.el7","path":"Everything\/x86_64\/Packages\/k\/kappa-1.2-1.el7.noarch.rpm","since":1796039281}]},"release":"7.06.201903","removals":[{"paths":["Everything\/source\/tree\/repodata\/496a800597961e13e1bc650ab7f9feb92f3572e93e9abf04054d63bb38770cac-primary.xml.gz","Everything\/source\/tree\/repodata\/6490251133b4dd99d43577c8869bd03426983ebbb3c9883c3104ac177d1adc72-other.xml.gz","Everything\/source\/tree\/repodata\/cd9e69ffa37e89f929860ad43cfaafd1e6b5b1a4cddd790d3ba05c5f53bff632-filelists.xml.gz","Everything\/x86_64\/repodata\/121bdaf8fbe476b990f20dce5aafa4750b9583bf2b6c4686a9adf00d76ef9c8c-primary.xml.gz","Everything\/x86_64\/repodata\/b1f3665b1af8f6e4a1481ce01f5f078b288de8089775cfa3553b6c4d38ae77da-other.xml.gz","Everything\/x86_64\/repodata\/efb123b66d0f4c69283aeddd15d9f4c2c922e264ee0946f5698f9e12c6a370f0-filelists.xml.gz"],"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}],"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}',0);
INSERT INTO "operation" VALUES(7,'compose','7.07.201908',1796039284,'{"composeTag":"epel-7-7.07.201908","planDigest":"94029bf171a6c08f9cf98a84ae1e02aedc52e6640ed0e4313924a5fe97f6c6a2","release":"7.07.201908","trees":["releases\/7.07.201908","updates\/7.07.201908"]}',0);
INSERT INTO "operation" VALUES(8,'publish','7.07.201908',1796039287,'{"release":"7.07.201908","revisions":["releases",1542067202,"updates",1542067202],"trees":[{"area":"releases","path":"releases\/7.07.201908","release":"7.07.201908"},{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}]}',0);
INSERT INTO "operation" VALUES(9,'promote','7.07.201908',1796039287,'{"links":{"carries":[{"files":["Everything\/source\/tree\/Packages\/b\/beta-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-2.el7.src.rpm","Everything\/source\/tree\/Packages\/k\/kappa-1.0-1.el7.src.rpm","Everything\/source\/tree\/repodata\/565e253459f2cd4113cc6a88a6dfe9eb6b33dc15b27eb8be9235a7161e988f2f-filelists.xml.gz","Everything\/source\/tree\/repodata\/60f3fdd7f84384825d23314a0ad32c2abf8180a6dee8e9eb63b5a6a19999245d-other.xml.gz","Everything\/source\/tree\/repodata\/f6a23c7fb566c1c545fe15860d34a696972b5bc137a01a5bdb13e2cd702c0676-primary.xml.gz","Everything\/x86_64\/Packages\/b\/beta-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-1.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-2.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-2.el7.noarch.rpm","Everything\/x86_64\/Packages\/k\/kappa-1.0-1.el7.noarch.rpm","Everything\/x86_64\/repodata\/1701ab0bd4e82bbbfe02d89bbea4321f402fad6cc758d0b4b2dd3549efbb5add-other.xml.gz","Everything\/x86_64\/repodata\/a8ba9799f0044987e9174ba9df60e0baa614bf6e3189d20c8ca6a43795a633a6-filelists.xml.gz","Everything\/x86_64\/repodata\/cd1ecdc9ff5dd709179c1f42fc87fb8074d9297ca8ebfaf6c1913ef237b5403c-primary.xml.gz"],"source":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"},"target":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}}],"flips":[{"new":"7.07.201908","old":"7.06.201903","path":"updates\/7"}],"refreshes":[]},"overrides":[{"at":1796039287,"gate":"soak","operatorName":"ann@host","reason":"promoted before 2026-12-01 11:48 UTC"}],"release":"7.07.201908"}',0);
INSERT INTO "operation" VALUES(10,'rollback','7.06.201903',1796039288,'{"left":"7.07.201908","links":{"carries":[{"files":["Everything\/source\/tree\/repodata\/106ba15f26513249667a232733c0ea5f20261015ce6638a2007b89a6ebc68836-primary.xml.gz","Everything\/source\/tree\/repodata\/124f692faf318b6bea32f270a7aaab81ca7180f33a39fdd1f9e785e9c99ea0e2-other.xml.gz","Everything\/source\/tree\/repodata\/d8bde5ccce7e2191c466ff9ee1766ca5929688a88316548cb728bcebc6bae755-filelists.xml.gz","Everything\/x86_64\/repodata\/0c27c3d947212b457a361391c33e316e27537b63b8cd15f5a722f0cc22c069eb-filelists.xml.gz","Everything\/x86_64\/repodata\/12dc8a991a2f82e0fa129319c95a7a68ac9c8dc3dc4ee13d018438d9e21e8495-primary.xml.gz","Everything\/x86_64\/repodata\/4d3f3277b14b4e505858e7a670f220d328c0d7aae68949022e26fabd95741bb6-other.xml.gz"],"source":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"},"target":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}],"flips":[{"new":"7.06.201903","old":"7.07.201908","path":"updates\/7"}],"refreshes":[{"revision":1542067203,"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}]},"release":"7.06.201903"}',0);
INSERT INTO "operation" VALUES(11,'promote','7.07.201908',1796039288,'{"links":{"carries":[],"flips":[{"new":"7.07.201908","old":"7.06.201903","path":"updates\/7"}],"refreshes":[{"revision":1542067204,"tree":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}}]},"overrides":[{"at":1796039288,"gate":"soak","operatorName":"ann@host","reason":"promoted before 2026-12-01 11:48 UTC"}],"release":"7.07.201908"}',0);
INSERT INTO "operation" VALUES(12,'archive','7.06.201903',1796039288,'{"release":"7.06.201903","trees":[{"area":"releases","path":"releases\/7.06.201903","release":"7.06.201903"},{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}]}',0);
INSERT INTO "operation" VALUES(13,'remove-original','7.06.201903',1796039291,'{"release":"7.06.201903","trees":[{"area":"releases","path":"releases\/7.06.201903","release":"7.06.201903"},{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}]}',0);
INSERT INTO "operation" VALUES(14,'compose','7.08.202004',1796039292,'{"composeTag":"epel-7-7.08.202004","planDigest":"b5833c1c7cc63af99f143931b80ad454c3cccfa49b1662f949a5632bc76f6020","release":"7.08.202004","trees":["releases\/7.08.202004","updates\/7.08.202004"]}',0);
INSERT INTO "operation" VALUES(15,'publish','7.08.202004',1796039296,'{"release":"7.08.202004","revisions":["releases",1550016000,"updates",1550016000],"trees":[{"area":"releases","path":"releases\/7.08.202004","release":"7.08.202004"},{"area":"updates","path":"updates\/7.08.202004","release":"7.08.202004"}]}',0);
INSERT INTO "operation" VALUES(16,'abandon','7.08.202004',1796039296,'{"composeTag":"epel-7-7.08.202004","release":"7.08.202004","trees":[{"path":"releases\/7.08.202004","root":"\/srv\/rehearsal\/root\/pub\/epel"},{"path":"updates\/7.08.202004","root":"\/srv\/rehearsal\/root\/pub\/epel"}]}',0);
CREATE TABLE push (
  release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
  serial INTEGER NOT NULL,
  at INTEGER NOT NULL,
  -- update, withdrawal or undo.
  kind TEXT NOT NULL,
  operator TEXT NOT NULL,
  -- What a person said of a withdrawal or an undo.
  reason TEXT,
  -- The push that this one took back.
  undoes INTEGER,
  -- NVRs that came into the listing, and that went out of it: JSON lists.
  listed TEXT NOT NULL,
  unlisted TEXT NOT NULL,
  PRIMARY KEY (release, serial)
);
INSERT INTO "push" VALUES('7.06.201903',1,1796039274,'update','ann@host',NULL,NULL,'["beta-1.1-1.el7","iota-1.0-1.el7","kappa-1.1-1.el7"]','[]');
INSERT INTO "push" VALUES('7.06.201903',2,1796039277,'update','ann@host',NULL,NULL,'["gamma-1.0-2.el7","kappa-1.2-1.el7"]','[]');
INSERT INTO "push" VALUES('7.06.201903',3,1796039281,'withdrawal','ann@host','it forgets its settings',NULL,'[]','["kappa-1.2-1.el7"]');
CREATE TABLE release (
  id TEXT NOT NULL PRIMARY KEY,
  -- Order of composes; releases never order by a clock.
  sequence INTEGER NOT NULL UNIQUE,
  state TEXT NOT NULL,
  -- When the state was entered, seconds since 1970.
  since INTEGER NOT NULL,
  respin INTEGER NOT NULL,
  previous TEXT,
  composeTag TEXT NOT NULL,
  planDigest TEXT NOT NULL,
  allowUnsigned INTEGER NOT NULL,
  -- NULL until the checks have run on the trees as they are.
  checksPassed INTEGER,
  -- Order of promotions; NULL for a release that never was current.
  promotion INTEGER UNIQUE,
  -- Serial of the newest push.
  pushes INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "release" VALUES('7.06.201903',1,'archived',1796039289,0,NULL,'epel-7-7.06.201903','d262faa62747ab45e0313bb0f0faf38fd3b4b93994ea0c45a7963dd8d96e3fa1',0,1,3,3);
INSERT INTO "release" VALUES('7.07.201908',2,'current',1796039288,0,'7.06.201903','epel-7-7.07.201908','94029bf171a6c08f9cf98a84ae1e02aedc52e6640ed0e4313924a5fe97f6c6a2',0,1,4,0);
INSERT INTO "release" VALUES('7.08.202004',3,'abandoned',1796039296,0,'7.07.201908','epel-7-7.08.202004','b5833c1c7cc63af99f143931b80ad454c3cccfa49b1662f949a5632bc76f6020',0,1,NULL,0);
CREATE TABLE releaseBuild (
  release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
  package TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  version TEXT NOT NULL,
  rpmRelease TEXT NOT NULL,
  -- 0 for the cut, else the serial of the push that brought it.
  push INTEGER NOT NULL,
  marker TEXT,
  markerText TEXT,
  markerRPM TEXT, unlisted TEXT, unlistedBy INTEGER,
  PRIMARY KEY (release, package, version, rpmRelease)
);
INSERT INTO "releaseBuild" VALUES('7.06.201903','beta',0,'1.0','1.el7',0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "releaseBuild" VALUES('7.06.201903','gamma',0,'1.0','1.el7',0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "releaseBuild" VALUES('7.06.201903','kappa',0,'1.0','1.el7',0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "releaseBuild" VALUES('7.06.201903','beta',0,'1.1','1.el7',1,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "releaseBuild" VALUES('7.06.201903','iota',0,'1.0','1.el7',1,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "releaseBuild" VALUES('7.06.201903','kappa',0,'1.1','1.el7',1,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "releaseBuild" VALUES('7.06.201903','gamma',0,'1.0','2.el7',2,'/usr/share/doc/gamma-doc-1.0/README-RETIRED.txt','gamma is retired: upstream is gone since 2018. Use sigma instead.
','gamma-doc-1.0-2.el7.noarch.rpm',NULL,NULL);
INSERT INTO "releaseBuild" VALUES('7.06.201903','kappa',0,'1.2','1.el7',2,NULL,NULL,NULL,'withdrawn',3);
INSERT INTO "releaseBuild" VALUES('7.07.201908','beta',0,'1.1','1.el7',0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "releaseBuild" VALUES('7.07.201908','iota',0,'1.0','1.el7',0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "releaseBuild" VALUES('7.07.201908','kappa',0,'1.1','1.el7',0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "releaseBuild" VALUES('7.08.202004','beta',0,'1.1','1.el7',0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "releaseBuild" VALUES('7.08.202004','iota',0,'1.0','1.el7',0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "releaseBuild" VALUES('7.08.202004','kappa',0,'1.1','1.el7',0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "releaseBuild" VALUES('7.08.202004','pi',0,'1.0','1.el7',0,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE retirement (
  release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
  package TEXT NOT NULL,
  version TEXT NOT NULL,
  rpmRelease TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  marker TEXT NOT NULL,
  markerText TEXT NOT NULL,
  markerRPM TEXT NOT NULL,
  PRIMARY KEY (release, package)
);
INSERT INTO "retirement" VALUES('7.07.201908','gamma','1.0','2.el7',0,'/usr/share/doc/gamma-doc-1.0/README-RETIRED.txt','gamma is retired: upstream is gone since 2018. Use sigma instead.
','gamma-doc-1.0-2.el7.noarch.rpm');
INSERT INTO "retirement" VALUES('7.08.202004','gamma','1.0','2.el7',0,'/usr/share/doc/gamma-doc-1.0/README-RETIRED.txt','gamma is retired: upstream is gone since 2018. Use sigma instead.
','gamma-doc-1.0-2.el7.noarch.rpm');
CREATE TABLE tag (
  name TEXT NOT NULL PRIMARY KEY
);
INSERT INTO "tag" VALUES('epel-7-7.06.201903');
INSERT INTO "tag" VALUES('epel-7-7.07.201908');
CREATE TABLE tagBuild (
  tag TEXT NOT NULL REFERENCES tag ON DELETE CASCADE,
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  rpmRelease TEXT NOT NULL,
  PRIMARY KEY (tag, name, version, rpmRelease)
);
INSERT INTO "tagBuild" VALUES('epel-7-7.06.201903','beta','1.0','1.el7');
INSERT INTO "tagBuild" VALUES('epel-7-7.06.201903','gamma','1.0','1.el7');
INSERT INTO "tagBuild" VALUES('epel-7-7.06.201903','kappa','1.0','1.el7');
INSERT INTO "tagBuild" VALUES('epel-7-7.07.201908','beta','1.1','1.el7');
INSERT INTO "tagBuild" VALUES('epel-7-7.07.201908','iota','1.0','1.el7');
INSERT INTO "tagBuild" VALUES('epel-7-7.07.201908','kappa','1.1','1.el7');
CREATE TABLE tree (
  release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
  area TEXT NOT NULL,
  path TEXT NOT NULL,
  place TEXT NOT NULL,
  archived INTEGER NOT NULL DEFAULT 0,
  manifest TEXT NOT NULL,
  revision INTEGER NOT NULL,
  packages INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (release, area)
);
INSERT INTO "tree" VALUES('7.07.201908','releases','releases/7.07.201908','public',0,'3598470f19bbc0ddb40e60c1a755cac6fcc82719e38aae5e2f88e93e8cedcd85',1542067202,6,42032);
INSERT INTO "tree" VALUES('7.07.201908','updates','updates/7.07.201908','public',0,'60047de04b5e9debd6d1abe161a50fd5cf957b14109c48f7fe0bac309c04ecb7',1542067204,6,42032);
INSERT INTO "tree" VALUES('7.06.201903','releases','releases/7.06.201903','archive',1,'1f9b06239380b301e1a896045a1226ef309ec825523294d30ae75a3c6598161c',1527811200,7,48808);
INSERT INTO "tree" VALUES('7.06.201903','updates','updates/7.06.201903','archive',1,'67b55a5338e7fed5ec3efc5becf8f5892bf1de681711ecb1e0df28b5e8590360',1542067203,16,112486);
INSERT INTO "tree" VALUES('7.08.202004','releases','releases/7.08.202004','gone',0,'76f8a191fc465e6665ab7801726c9ef6d2442fcfb00504a219b8c6a8dd84cdd5',1550016000,8,55609);
INSERT INTO "tree" VALUES('7.08.202004','updates','updates/7.08.202004','gone',0,'b9abd3891762797bcdabc46641b4fef84b998891d5de277262436ee6fe7a5bbf',1550016000,8,55609);
CREATE TABLE unlistedFile (
  release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
  area TEXT NOT NULL,
  path TEXT NOT NULL,
  -- NVR of an RPM's build; NULL for metadata.
  build TEXT,
  -- Since when, seconds since 1970.
  since INTEGER NOT NULL,
  PRIMARY KEY (release, area, path)
);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/Packages/b/beta-1.0-1.el7.src.rpm',NULL,1796039287);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/Packages/g/gamma-1.0-1.el7.src.rpm',NULL,1796039287);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/Packages/g/gamma-1.0-2.el7.src.rpm',NULL,1796039287);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/Packages/k/kappa-1.0-1.el7.src.rpm',NULL,1796039287);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/repodata/565e253459f2cd4113cc6a88a6dfe9eb6b33dc15b27eb8be9235a7161e988f2f-filelists.xml.gz',NULL,1796039287);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/repodata/60f3fdd7f84384825d23314a0ad32c2abf8180a6dee8e9eb63b5a6a19999245d-other.xml.gz',NULL,1796039287);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/repodata/f6a23c7fb566c1c545fe15860d34a696972b5bc137a01a5bdb13e2cd702c0676-primary.xml.gz',NULL,1796039287);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/b/beta-1.0-1.el7.noarch.rpm',NULL,1796039287);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/g/gamma-1.0-1.el7.x86_64.rpm',NULL,1796039287);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/g/gamma-1.0-2.el7.x86_64.rpm',NULL,1796039287);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/g/gamma-doc-1.0-1.el7.noarch.rpm',NULL,1796039287);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/g/gamma-doc-1.0-2.el7.noarch.rpm',NULL,1796039287);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/k/kappa-1.0-1.el7.noarch.rpm',NULL,1796039287);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/repodata/1701ab0bd4e82bbbfe02d89bbea4321f402fad6cc758d0b4b2dd3549efbb5add-other.xml.gz',NULL,1796039287);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/repodata/a8ba9799f0044987e9174ba9df60e0baa614bf6e3189d20c8ca6a43795a633a6-filelists.xml.gz',NULL,1796039287);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/repodata/cd1ecdc9ff5dd709179c1f42fc87fb8074d9297ca8ebfaf6c1913ef237b5403c-primary.xml.gz',NULL,1796039287);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/Packages/k/kappa-1.2-1.el7.src.rpm','kappa-1.2-1.el7',1796039281);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/106ba15f26513249667a232733c0ea5f20261015ce6638a2007b89a6ebc68836-primary.xml.gz',NULL,1796039288);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/124f692faf318b6bea32f270a7aaab81ca7180f33a39fdd1f9e785e9c99ea0e2-other.xml.gz',NULL,1796039288);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/2981f5b0f853f9db264fbfaec62ea4fe268d95f6b32a4af1bd0ef8be4ca3d680-primary.xml.gz',NULL,1796039281);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/59e148ef8928fa984dc54c433d6796cac144c805a925ebf2157aca8a00a806ba-other.xml.gz',NULL,1796039281);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/d8bde5ccce7e2191c466ff9ee1766ca5929688a88316548cb728bcebc6bae755-filelists.xml.gz',NULL,1796039288);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/defdec38a0ee9aebd9b8a7bec805c321ab705875df5983a65a57e4cd1bb5b86a-filelists.xml.gz',NULL,1796039281);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/Packages/k/kappa-1.2-1.el7.noarch.rpm','kappa-1.2-1.el7',1796039281);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/0bb13018ff156f97fb8fa024ed1b5ed0e7c8fdf5fe4ad2f1147e7585ff028c42-primary.xml.gz',NULL,1796039281);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/0c27c3d947212b457a361391c33e316e27537b63b8cd15f5a722f0cc22c069eb-filelists.xml.gz',NULL,1796039288);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/12dc8a991a2f82e0fa129319c95a7a68ac9c8dc3dc4ee13d018438d9e21e8495-primary.xml.gz',NULL,1796039288);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/2226c0ef80bcea419a6252437a339060a03b46019d6f5ea004924dd8cbc592ef-filelists.xml.gz',NULL,1796039281);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/4d3f3277b14b4e505858e7a670f220d328c0d7aae68949022e26fabd95741bb6-other.xml.gz',NULL,1796039288);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/bc592c87d4a512acd646a947dde3858124a3ded56b43eec0dd8a56e0cb7c8798-other.xml.gz',NULL,1796039281);
CREATE UNIQUE INDEX openOperation ON operation (isOpen) WHERE isOpen = 1;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('operation',16);
INSERT INTO "sqlite_sequence" VALUES('event',24);
COMMIT;
