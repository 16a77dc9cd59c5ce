-- A ledger with 9 migrations, by the program of commit 6063eb3: Ledgers/make.
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
INSERT INTO "acknowledgement" VALUES('gamma','gamma-1.0-2.el7','ann@host','nobody uses it',1796039570);
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
INSERT INTO "checkRun" VALUES('7.06.201903',1796039570,'{"baselinePushes":0,"gate":"gate:\n  vanish: 1 %\nchecks:\n  metadata: refuse\n  identity: refuse\n  signatures: refuse\n  manifest: refuse\n  closure: refuse\n  upgrade-path: refuse\n  vanish: refuse\n  contents: refuse\n  overlap: refuse\n  rehearsal: refuse\nrehearsal:\n  install: []\nkeys: [\/etc\/pki\/rpm-gpg\/RPM-GPG-KEY-EPEL-7]\ndigest: sha256\nclients: [bz2, gz, xz]\ncdca98fa9b0798c8e16675a8fb47f1de27d05a15bde0993c2c51e0960363c95d","manifests":{"releases\/7.06.201903":"c1314f88580a14c07ba6845f12b8945995493acd03d95cddd7835fe4f0525b0a","updates\/7.06.201903":"8d7e3705764d6f6e2d77398da701d2888e6dabf9156a99947d92b4ca0ccc4e3a"}}','[]','[]');
INSERT INTO "checkRun" VALUES('7.07.201908',1796039574,'{"baseline":"7.06.201903","baselinePushes":3,"gate":"gate:\n  vanish: 1 %\nchecks:\n  metadata: refuse\n  identity: refuse\n  signatures: refuse\n  manifest: refuse\n  closure: refuse\n  upgrade-path: refuse\n  vanish: refuse\n  contents: refuse\n  overlap: refuse\n  rehearsal: refuse\nrehearsal:\n  install: []\nkeys: [\/etc\/pki\/rpm-gpg\/RPM-GPG-KEY-EPEL-7]\ndigest: sha256\nclients: [bz2, gz, xz]\ncdca98fa9b0798c8e16675a8fb47f1de27d05a15bde0993c2c51e0960363c95d","manifests":{"releases\/7.07.201908":"65c7740b08ecb9c2efbfc6f38c3066e4c161a89733a3850290177218c5ae99fc","updates\/7.07.201908":"91f47962182a8c52b748a75749f149406842de6dea055bcd82e27e44c6efe9d1"},"names":{}}','[]','[]');
INSERT INTO "checkRun" VALUES('7.08.202004',1796039586,'{"baseline":"7.07.201908","baselinePushes":0,"gate":"gate:\n  vanish: 1 %\nchecks:\n  metadata: refuse\n  identity: refuse\n  signatures: refuse\n  manifest: refuse\n  closure: refuse\n  upgrade-path: refuse\n  vanish: refuse\n  contents: refuse\n  overlap: refuse\n  rehearsal: refuse\nrehearsal:\n  install: []\nkeys: [\/etc\/pki\/rpm-gpg\/RPM-GPG-KEY-EPEL-7]\ndigest: sha256\nclients: [bz2, gz, xz]\ncdca98fa9b0798c8e16675a8fb47f1de27d05a15bde0993c2c51e0960363c95d","manifests":{"releases\/7.08.202004":"cf760095e27ecb3860ae4bf687e04e9918996a42d969f6381d5581a7e89742fe","updates\/7.08.202004":"59c2def091d61dd7bf21e748d2f2c659b61b8824741463a4be63c9d434e70011"},"names":{}}','[]','[]');
CREATE TABLE contradiction (
  release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  remedy TEXT NOT NULL
);
CREATE TABLE documentHold (
  -- groups, modules or advisory.
  kind TEXT NOT NULL,
  -- Id of an advisory, architecture of modules; empty for groups.
  key TEXT NOT NULL,
  -- SHA-256 of what was taken back.
  digest TEXT NOT NULL,
  -- What users had before; NULL for nothing.
  former BLOB,
  at INTEGER NOT NULL,
  PRIMARY KEY (kind, key, digest)
);
CREATE TABLE event (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  command TEXT NOT NULL,
  release TEXT NOT NULL,
  operator TEXT NOT NULL,
  summary TEXT NOT NULL
);
INSERT INTO "event" VALUES(1,1796039559,'compose','7.06.201903','ann@host','staged 3 builds, 0 retired');
INSERT INTO "event" VALUES(2,1796039561,'check','7.06.201903','ann@host','passed');
INSERT INTO "event" VALUES(3,1796039561,'publish','7.06.201903','ann@host','published releases/7.06.201903, updates/7.06.201903');
INSERT INTO "event" VALUES(4,1796039562,'promote','7.06.201903','ann@host','made current, soak overridden (promoted before 2026-12-01 11:52 UTC)');
INSERT INTO "event" VALUES(5,1796039564,'check','7.06.201903','ann@host','passed');
INSERT INTO "event" VALUES(6,1796039564,'update','7.06.201903','ann@host','push 1: beta-1.1-1.el7, iota-1.0-1.el7, kappa-1.1-1.el7');
INSERT INTO "event" VALUES(7,1796039567,'check','7.06.201903','ann@host','passed');
INSERT INTO "event" VALUES(8,1796039567,'update','7.06.201903','ann@host','push 2: gamma-1.0-2.el7, kappa-1.2-1.el7');
INSERT INTO "event" VALUES(9,1796039570,'check','7.06.201903','ann@host','passed');
INSERT INTO "event" VALUES(10,1796039570,'update','7.06.201903','ann@host','push 3: took out kappa-1.2-1.el7; because: it forgets its settings');
INSERT INTO "event" VALUES(11,1796039570,'acknowledge','7.06.201903','ann@host','gamma-1.0-2.el7; nobody uses it');
INSERT INTO "event" VALUES(12,1796039571,'compose','7.07.201908','ann@host','staged 3 builds, 1 retired');
INSERT INTO "event" VALUES(13,1796039574,'check','7.07.201908','ann@host','passed');
INSERT INTO "event" VALUES(14,1796039574,'publish','7.07.201908','ann@host','published releases/7.07.201908, updates/7.07.201908');
INSERT INTO "event" VALUES(15,1796039575,'promote','7.07.201908','ann@host','made current, soak overridden (promoted before 2026-12-01 11:52 UTC)');
INSERT INTO "event" VALUES(16,1796039576,'rollback','7.07.201908','ann@host','left for 7.06.201903');
INSERT INTO "event" VALUES(17,1796039576,'rollback','7.06.201903','ann@host','went back from 7.07.201908');
INSERT INTO "event" VALUES(18,1796039577,'promote','7.07.201908','ann@host','made current, soak overridden (promoted before 2026-12-01 11:52 UTC), carried-late overridden (3 files that clients of 7.06.201903 may ask for are not on mirrors yet)');
INSERT INTO "event" VALUES(19,1796039578,'archive','7.06.201903','ann@host','archived releases/7.06.201903, updates/7.06.201903');
INSERT INTO "event" VALUES(20,1796039581,'remove-original','7.06.201903','ann@host','removed releases/7.06.201903, updates/7.06.201903');
INSERT INTO "event" VALUES(21,1796039582,'compose','7.08.202004','ann@host','staged 4 builds, 0 retired');
INSERT INTO "event" VALUES(22,1796039586,'check','7.08.202004','ann@host','passed');
INSERT INTO "event" VALUES(23,1796039587,'publish','7.08.202004','ann@host','published releases/7.08.202004, updates/7.08.202004');
INSERT INTO "event" VALUES(24,1796039590,'abandon','7.08.202004','ann@host','dropped releases/7.08.202004, updates/7.08.202004');
CREATE TABLE gateOverride (
  release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
  gate TEXT NOT NULL,
  reason TEXT NOT NULL,
  operator TEXT NOT NULL,
  at INTEGER NOT NULL
);
INSERT INTO "gateOverride" VALUES('7.06.201903','soak','promoted before 2026-12-01 11:52 UTC','ann@host',1796039562);
INSERT INTO "gateOverride" VALUES('7.07.201908','soak','promoted before 2026-12-01 11:52 UTC','ann@host',1796039575);
INSERT INTO "gateOverride" VALUES('7.07.201908','soak','promoted before 2026-12-01 11:52 UTC','ann@host',1796039577);
INSERT INTO "gateOverride" VALUES('7.07.201908','carried-late','3 files that clients of 7.06.201903 may ask for are not on mirrors yet','ann@host',1796039577);
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES('1');
INSERT INTO "grdb_migrations" VALUES('2');
INSERT INTO "grdb_migrations" VALUES('3');
INSERT INTO "grdb_migrations" VALUES('4');
INSERT INTO "grdb_migrations" VALUES('5');
INSERT INTO "grdb_migrations" VALUES('6');
INSERT INTO "grdb_migrations" VALUES('7');
INSERT INTO "grdb_migrations" VALUES('8');
INSERT INTO "grdb_migrations" VALUES('9');
CREATE TABLE hold (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  package TEXT NOT NULL,
  version TEXT NOT NULL,
  rpmRelease TEXT NOT NULL,
  -- withdrawn or undone.
  cause TEXT NOT NULL,
  reason TEXT,
  operator TEXT NOT NULL,
  at INTEGER NOT NULL,
  -- The release whose updates it was taken out of.
  release TEXT NOT NULL,
  -- Who lifted it and when; NULL while it stands.
  liftedBy TEXT,
  liftedAt INTEGER
);
INSERT INTO "hold" VALUES(1,'kappa','1.2','1.el7','withdrawn','it forgets its settings','ann@host',1796039568,'7.06.201903',NULL,NULL);
CREATE TABLE hubSnapshot (
  release TEXT NOT NULL PRIMARY KEY REFERENCES release ON DELETE CASCADE,
  -- The event that everything was read at, and when it was.
  event INTEGER NOT NULL,
  at INTEGER NOT NULL
);
CREATE TABLE hubTag (
  name TEXT NOT NULL PRIMARY KEY
);
CREATE TABLE knownFile (
  release TEXT NOT NULL,
  area TEXT NOT NULL,
  -- Below the tree.
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  -- When the release was abandoned.
  since INTEGER NOT NULL,
  PRIMARY KEY (release, area, path)
);
INSERT INTO "knownFile" VALUES('7.08.202004','releases','Everything/source/tree/Packages/p/pi-1.0-1.el7.src.rpm','ac869df264d406f524acbe718374fc407656f0d3e9ca7ca5c51454da2305b841',1796039590);
INSERT INTO "knownFile" VALUES('7.08.202004','releases','Everything/x86_64/Packages/p/pi-1.0-1.el7.noarch.rpm','d4ad1076e6001c3376e552d86e8b8d8ca6d595b4c06b9cd6405d3be4891ec330',1796039590);
INSERT INTO "knownFile" VALUES('7.08.202004','updates','Everything/source/tree/Packages/p/pi-1.0-1.el7.src.rpm','ac869df264d406f524acbe718374fc407656f0d3e9ca7ca5c51454da2305b841',1796039590);
INSERT INTO "knownFile" VALUES('7.08.202004','updates','Everything/x86_64/Packages/p/pi-1.0-1.el7.noarch.rpm','d4ad1076e6001c3376e552d86e8b8d8ca6d595b4c06b9cd6405d3be4891ec330',1796039590);
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
CREATE TABLE leftBuild (
  release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
  package TEXT NOT NULL,
  nvr TEXT NOT NULL,
  -- When that was first seen, seconds since 1970.
  since INTEGER NOT NULL,
  PRIMARY KEY (release, nvr)
);
CREATE TABLE mirrorModule (
  module TEXT NOT NULL PRIMARY KEY,
  -- Of the newest document of the change feed; 0 where there is none.
  serial INTEGER NOT NULL,
  -- Since when the trees are newer than the lists; null while they are not.
  owedSince INTEGER,
  -- The newest command that changed them, such as 'promote 7.07.201908'.
  owedBy TEXT,
  -- When the lists were written; null where they never were.
  writtenAt INTEGER
);
INSERT INTO "mirrorModule" VALUES('fedora-epel',0,NULL,NULL,1796039590);
CREATE TABLE operation (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  release TEXT NOT NULL,
  started INTEGER NOT NULL,
  payload TEXT NOT NULL,
  isOpen INTEGER NOT NULL
, isReported INTEGER NOT NULL DEFAULT 1);
INSERT INTO "operation" VALUES(1,'compose','7.06.201903',1796039558,'{"composeTag":"epel-7-7.06.201903","planDigest":"819916ff1a4e71cb1e05f9c4cbb9c17831127c835d3993c8af8863919ba5c978","release":"7.06.201903","trees":["releases\/7.06.201903","updates\/7.06.201903"]}',0,1);
INSERT INTO "operation" VALUES(2,'publish','7.06.201903',1796039561,'{"carries":[],"refreshes":[],"release":"7.06.201903","revisions":["releases",1527811200,"updates",1527811200],"trees":[{"area":"releases","path":"releases\/7.06.201903","release":"7.06.201903"},{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}]}',0,1);
INSERT INTO "operation" VALUES(3,'promote','7.06.201903',1796039562,'{"links":{"carries":[],"flips":[{"new":"..\/updates\/7","path":"releases\/7"},{"new":"7.06.201903","path":"updates\/7"}],"refreshes":[]},"overrides":[{"at":1796039562,"gate":"soak","operatorName":"ann@host","reason":"promoted before 2026-12-01 11:52 UTC"}],"release":"7.06.201903"}',0,1);
INSERT INTO "operation" VALUES(4,'update','7.06.201903',1796039564,'{"push":{"at":1796039562,"changes":[],"documents":{"advisories":[],"modules":{}},"overrides":[],"plan":{"added":[{"nvr":"iota-1.0-1.el7","package":"iota"}],"advisories":[],"allowUnsigned":false,"buildSystem":"directory \/srv\/rehearsal\/pool","builds":[{"evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"package":"beta","rpms":[{"buildTime":1538956800,"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"name":"beta"},"path":"\/srv\/rehearsal\/pool\/beta-1.1-1.el7\/beta-1.1-1.el7.noarch.rpm","sha256":"ed7965cae1acb4783b84554117b03e37fc79d0a0f8288a0f4169462cb2ba0b7d","signature":{"trusted":{"keyID":"4c1d07d1cafab0ed"}},"signatureHash":"sha256","size":6969,"sourceRPM":"beta-1.1-1.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1538956800,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"name":"beta"},"path":"\/srv\/rehearsal\/pool\/beta-1.1-1.el7\/beta-1.1-1.el7.src.rpm","sha256":"b326b4eb5d0d4c016db8396215cb05e81f3e51861beb9d27825d5aedfa9cb324","signature":{"trusted":{"keyID":"4c1d07d1cafab0ed"}},"signatureHash":"sha256","size":7472,"undocumentedMarkers":[]}]},{"evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.0"},"package":"iota","rpms":[{"buildTime":1539043200,"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.0"},"name":"iota"},"path":"\/srv\/rehearsal\/pool\/iota-1.0-1.el7\/iota-1.0-1.el7.noarch.rpm","sha256":"0d66d45d177a4e0773b4751dcd9f861b8b304a3ed1cace3e3d23950695523e11","signature":{"trusted":{"keyID":"4c1d07d1cafab0ed"}},"signatureHash":"sha256","size":6565,"sourceRPM":"iota-1.0-1.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1539043200,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.0"},"name":"iota"},"path":"\/srv\/rehearsal\/pool\/iota-1.0-1.el7\/iota-1.0-1.el7.src.rpm","sha256":"cbbdc512c2c0dd9349d6041cd44a53ec5b5885a49e2e7e4725a27201a141a2ac","signature":{"trusted":{"keyID":"4c1d07d1cafab0ed"}},"signatureHash":"sha256","size":7078,"undocumentedMarkers":[]}]},{"evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"package":"kappa","rpms":[{"buildTime":1539129600,"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"name":"kappa"},"path":"\/srv\/rehearsal\/pool\/kappa-1.1-1.el7\/kappa-1.1-1.el7.noarch.rpm","sha256":"59ce3b4e7e43ed0d667817e566808242ae6cace6defde05647d4ba80e97c7f20","signature":{"trusted":{"keyID":"4c1d07d1cafab0ed"}},"signatureHash":"sha256","size":6649,"sourceRPM":"kappa-1.1-1.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1539129600,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"name":"kappa"},"path":"\/srv\/rehearsal\/pool\/kappa-1.1-1.el7\/kappa-1.1-1.el7.src.rpm","sha256":"203d8f37a4ea1b5ad3e8d6bf12fe20b143b9bdda75605bfa44b8d9c7c9298a89","signature":{"trusted":{"keyID":"4c1d07d1cafab0ed"}},"signatureHash":"sha256","size":7299,"undocumentedMarkers":[]}]}],"changes":[],"kind":"update","left":[],"lifted":[],"reason":null,"refusals":[],"release":"7.06.201903","relisted":[],"retiring":[],"returning":[],"revision":1539129600,"serial":1,"skipped":[],"steps":["link 6 RPM files of 3 builds into \/pub\/epel\/updates\/7.06.201903","write new metadata beside the old","replace repomd.xml of 3 repositories"],"stream":"epel-7","undoes":null,"unlisted":[],"updated":[{"from":"1.0-1.el7","nvr":"beta-1.1-1.el7","package":"beta","to":"1.1-1.el7"},{"from":"1.0-1.el7","nvr":"kappa-1.1-1.el7","package":"kappa","to":"1.1-1.el7"}],"warnings":[]},"relisting":[],"removed":[],"unlisting":[],"verdict":{"manifest":"1f24881a062db9aaa49476a5193d9c108cb55e189a6c95892927e613e7f59d3d","report":{"checks":[{"findings":[],"level":"refuse","name":"metadata","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"identity","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"signatures","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"manifest","passed":true,"waived":[],"warnings":[]},{"assumed":0,"findings":[],"level":"refuse","name":"closure","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"upgrade-path","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"vanish","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"contents","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"overlap","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"rehearsal","passed":true,"waived":[],"warnings":[]}],"passed":true,"release":"7.06.201903"}}},"release":"7.06.201903","removals":[],"request":{"update":{"_0":{"again":[],"only":[],"skipped":[],"skipsUnsigned":false}}},"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}',0,1);
INSERT INTO "operation" VALUES(5,'update','7.06.201903',1796039567,'{"push":{"at":1796039565,"changes":[],"documents":{"advisories":[],"modules":{}},"overrides":[],"plan":{"added":[],"advisories":[],"allowUnsigned":false,"buildSystem":"directory \/srv\/rehearsal\/pool","builds":[{"evr":{"epoch":0,"rpmRelease":"2.el7","version":"1.0"},"package":"gamma","rpms":[{"buildTime":1541980800,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"2.el7","version":"1.0"},"name":"gamma"},"path":"\/srv\/rehearsal\/pool\/gamma-1.0-2.el7\/gamma-1.0-2.el7.src.rpm","sha256":"6b33a5b627f514af9d5620ac12f3af9932475406ba179342e8489edb123d1bfe","signature":{"trusted":{"keyID":"4c1d07d1cafab0ed"}},"signatureHash":"sha256","size":8048,"undocumentedMarkers":[]},{"buildTime":1541980800,"nevra":{"arch":"x86_64","evr":{"epoch":0,"rpmRelease":"2.el7","version":"1.0"},"name":"gamma"},"path":"\/srv\/rehearsal\/pool\/gamma-1.0-2.el7\/gamma-1.0-2.el7.x86_64.rpm","sha256":"099159f5f477061dcdc4919da178e99b9e255ac9ff4f4c884d626fa730fbe4a9","signature":{"trusted":{"keyID":"4c1d07d1cafab0ed"}},"signatureHash":"sha256","size":6621,"sourceRPM":"gamma-1.0-2.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1541980800,"marker":{"path":"\/usr\/share\/doc\/gamma-doc-1.0\/README-RETIRED.txt","text":"gamma is retired: upstream is gone since 2018. Use sigma instead.\n"},"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"2.el7","version":"1.0"},"name":"gamma-doc"},"path":"\/srv\/rehearsal\/pool\/gamma-1.0-2.el7\/gamma-doc-1.0-2.el7.noarch.rpm","sha256":"b231c4551ff59f58c88abe9fe410e176e6b0ffc8533013f17163fc99c40d7946","signature":{"trusted":{"keyID":"4c1d07d1cafab0ed"}},"signatureHash":"sha256","size":6977,"sourceRPM":"gamma-1.0-2.el7.src.rpm","undocumentedMarkers":[]}]},{"evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.2"},"package":"kappa","rpms":[{"buildTime":1542067200,"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.2"},"name":"kappa"},"path":"\/srv\/rehearsal\/pool\/kappa-1.2-1.el7\/kappa-1.2-1.el7.noarch.rpm","sha256":"06a6f936ec953897385480328b186837c6b579e578e8bd5bd3101c11c7671f68","signature":{"trusted":{"keyID":"4c1d07d1cafab0ed"}},"signatureHash":"sha256","size":6721,"sourceRPM":"kappa-1.2-1.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1542067200,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.2"},"name":"kappa"},"path":"\/srv\/rehearsal\/pool\/kappa-1.2-1.el7\/kappa-1.2-1.el7.src.rpm","sha256":"95b22cea0cc6c733215a26a345ede301564703468136fe46ea8b678ed5f82610","signature":{"trusted":{"keyID":"4c1d07d1cafab0ed"}},"signatureHash":"sha256","size":7462,"undocumentedMarkers":[]}]}],"changes":[],"kind":"update","left":[],"lifted":[],"reason":null,"refusals":[],"release":"7.06.201903","relisted":[],"retiring":[{"breakage":null,"breaks":null,"epoch":0,"marker":"\/usr\/share\/doc\/gamma-doc-1.0\/README-RETIRED.txt","nvr":"gamma-1.0-2.el7","package":"gamma","rpm":"gamma-doc-1.0-2.el7.noarch.rpm","text":"gamma is retired: upstream is gone since 2018. Use sigma instead.\n","wasCarried":true}],"returning":[],"revision":1542067200,"serial":2,"skipped":[],"steps":["link 5 RPM files of 2 builds into \/pub\/epel\/updates\/7.06.201903","write new metadata beside the old","replace repomd.xml of 3 repositories"],"stream":"epel-7","undoes":null,"unlisted":[],"updated":[{"from":"1.0-1.el7","nvr":"gamma-1.0-2.el7","package":"gamma","to":"1.0-2.el7"},{"from":"1.1-1.el7","nvr":"kappa-1.2-1.el7","package":"kappa","to":"1.2-1.el7"}],"warnings":[]},"relisting":[],"removed":[],"unlisting":[],"verdict":{"manifest":"efca765a953eb148ce866ed48479fe60944d28195334e010d37c525b8646f648","report":{"checks":[{"findings":[],"level":"refuse","name":"metadata","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"identity","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"signatures","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"manifest","passed":true,"waived":[],"warnings":[]},{"assumed":0,"findings":[],"level":"refuse","name":"closure","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"upgrade-path","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"vanish","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"contents","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"overlap","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"rehearsal","passed":true,"waived":[],"warnings":[]}],"passed":true,"release":"7.06.201903"}}},"release":"7.06.201903","removals":[{"paths":["Everything\/source\/tree\/repodata\/1b2dd996bcc54d855869a20026063a93c827c460dfafb2c373d28222f9b8f78e-other.xml.gz","Everything\/source\/tree\/repodata\/754fbef499afa246de6cbc88feef9a2259c2d093f9125db1fc2c09a56eb90270-filelists.xml.gz","Everything\/source\/tree\/repodata\/ba729efa7c05a68f15f065c6a107387f716e20aad2080b6a25b68bd79e5b9eef-primary.xml.gz","Everything\/x86_64\/repodata\/49c7fdf804bac460955b2a1f6259df226f6b8d41df704f1e6bbee5aaa818cf84-other.xml.gz","Everything\/x86_64\/repodata\/5d87a284304065b5881302bd7baf25e121f427fbf4e5178697bc97b4c7536571-primary.xml.gz","Everything\/x86_64\/repodata\/a3ea007b32b36896790ce7d2a979c1faacf1ca00eca9b78edd16c76cd0343323-filelists.xml.gz"],"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}],"request":{"update":{"_0":{"again":[],"only":[],"skipped":[],"skipsUnsigned":false}}},"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}',0,1);
INSERT INTO "operation" VALUES(6,'update','7.06.201903',1796039569,'{"push":{"at":1796039568,"changes":[],"documents":{"advisories":[],"modules":{}},"overrides":[],"plan":{"added":[],"advisories":[],"allowUnsigned":false,"buildSystem":"none","builds":[],"changes":[],"kind":"withdrawal","left":[],"lifted":[],"reason":"it forgets its settings","refusals":[],"release":"7.06.201903","relisted":[],"retiring":[],"returning":[],"revision":1542067201,"serial":3,"skipped":[],"steps":["take 1 build out of the lists of \/pub\/epel\/updates\/7.06.201903; their files stay for 1 second","write new metadata beside the old","replace repomd.xml of 3 repositories"],"stream":"epel-7","undoes":null,"unlisted":[{"cause":"withdrawn","nvr":"kappa-1.2-1.el7","package":"kappa"}],"updated":[],"warnings":[]},"relisting":[],"removed":[{"provides":["kappa = 1.2-1.el7"],"rpm":{"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.2"},"name":"kappa"},"package":"kappa"}}],"unlisting":[{"build":"kappa-1.2-1.el7","path":"Everything\/source\/tree\/Packages\/k\/kappa-1.2-1.el7.src.rpm","since":1796039568},{"build":"kappa-1.2-1.el7","path":"Everything\/x86_64\/Packages\/k\/kappa-1.2-1.el7.noarch.rpm","since":1796039568}],"verdict":{"manifest":"ca17f864b2044c63bfa130a19d32fa770d2318ba8319b12d93f013c8b5bb35ce","report":{"checks":[{"findings":[],"level":"refuse","name":"metadata","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"identity","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"signatures","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"manifest","passed":true,"waived":[],"warnings":[]},{"assumed":0,"findings":[],"level":"refuse","name":"closure","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"upgrade-path","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"vanish","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"contents","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"overlap","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"rehearsal","passed":true,"waived":[],"warnings":[]}],"passed":true,"release":"7.06.201903"}}},"release":"7.06.201903","removals":[{"paths":["Everything\/source\/tree\/repodata\/84e04e99d3ac5e804ec087b236aff353c1f2b24a82dd5835f597342cab93df72-other.xml.gz","Everything\/source\/tree\/repodata\/bd41331f9552f05ea8abb1833ef2f2cc6966d8ee6ea908526afd15e1be609a04-primary.xml.gz","Everything\/source\/tree\/repodata\/c89c5d052f388d3ec38e21ca3df24dd33a99cf6f9759b2ad43044e0b91baa8b2-filelists.xml.gz","Everything\/x86_64\/repodata\/5f0a8610df092da482e96c7111e55e08ae1ec618bc46ce16668b82a66f4134ba-primary.xml.gz","Everything\/x86_64\/repodata\/6df819c34fa1e254bfce83defcd1d2489c556d229da4739682eb53102d6e5864-other.xml.gz","Everything\/x86_64\/repodata\/f360c0d616cc474f588166048c8a3c7cfd80ee84ec1c177e4542fb3889336aec-filelists.xml.gz"],"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}],"request":{"withdraw":{"_0":["kappa-1.2-1.el7"],"reason":"it forgets its settings"}},"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}',0,1);
INSERT INTO "operation" VALUES(7,'compose','7.07.201908',1796039571,'{"composeTag":"epel-7-7.07.201908","planDigest":"7d07000a53d770cce8f5ad0ad9047b9d9b9ebec76f28e7c9f3b47b167df3005b","release":"7.07.201908","trees":["releases\/7.07.201908","updates\/7.07.201908"]}',0,1);
INSERT INTO "operation" VALUES(8,'publish','7.07.201908',1796039574,'{"carries":[{"files":["Everything\/source\/tree\/Packages\/b\/beta-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-2.el7.src.rpm","Everything\/source\/tree\/Packages\/k\/kappa-1.0-1.el7.src.rpm","Everything\/source\/tree\/repodata\/a7753a69c451defe5bc39a19509d63ed5d9c53ff84bf6baecef90dabe136753a-primary.xml.gz","Everything\/source\/tree\/repodata\/f132487173db6d19eca10af15220611b9f89e6956e85d906c0f6c223f13a0056-other.xml.gz","Everything\/source\/tree\/repodata\/f648203376e9204de4369e684217b1f8b8f5062aece40e65be9c03cb38f10f4f-filelists.xml.gz","Everything\/x86_64\/Packages\/b\/beta-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-1.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-2.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-2.el7.noarch.rpm","Everything\/x86_64\/Packages\/k\/kappa-1.0-1.el7.noarch.rpm","Everything\/x86_64\/repodata\/448a8961f1e623206fe77f33a2bb43949111d496a5402e966a9db537b2cb10e4-primary.xml.gz","Everything\/x86_64\/repodata\/668881029bbbd637add323a1dc5c47e4b6b4963ac141505a49a85483becec685-filelists.xml.gz","Everything\/x86_64\/repodata\/9084661eaa43d8231fdd276a210691619235e8ac668eca55893f19b9763625b7-other.xml.gz"],"kept":[],"renewed":[],"source":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"},"target":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}}],"refreshes":[],"release":"7.07.201908","revisions":["updates",1542067202,"releases",1542067202],"trees":[{"area":"releases","path":"releases\/7.07.201908","release":"7.07.201908"},{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}]}',0,1);
INSERT INTO "operation" VALUES(9,'promote','7.07.201908',1796039575,'{"links":{"carries":[{"files":[],"kept":["Everything\/source\/tree\/Packages\/b\/beta-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-2.el7.src.rpm","Everything\/source\/tree\/Packages\/k\/kappa-1.0-1.el7.src.rpm","Everything\/source\/tree\/repodata\/a7753a69c451defe5bc39a19509d63ed5d9c53ff84bf6baecef90dabe136753a-primary.xml.gz","Everything\/source\/tree\/repodata\/f132487173db6d19eca10af15220611b9f89e6956e85d906c0f6c223f13a0056-other.xml.gz","Everything\/source\/tree\/repodata\/f648203376e9204de4369e684217b1f8b8f5062aece40e65be9c03cb38f10f4f-filelists.xml.gz","Everything\/x86_64\/Packages\/b\/beta-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-1.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-2.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-2.el7.noarch.rpm","Everything\/x86_64\/Packages\/k\/kappa-1.0-1.el7.noarch.rpm","Everything\/x86_64\/repodata\/448a8961f1e623206fe77f33a2bb43949111d496a5402e966a9db537b2cb10e4-primary.xml.gz","Everything\/x86_64\/repodata\/668881029bbbd637add323a1dc5c47e4b6b4963ac141505a49a85483becec685-filelists.xml.gz","Everything\/x86_64\/repodata\/9084661eaa43d8231fdd276a210691619235e8ac668eca55893f19b9763625b7-other.xml.gz"],"renewed":[],"source":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"},"target":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}}],"flips":[{"new":"7.07.201908","old":"7.06.201903","path":"updates\/7"}],"refreshes":[]},"overrides":[{"at":1796039575,"gate":"soak","operatorName":"ann@host","reason":"promoted before 2026-12-01 11:52 UTC"}],"release":"7.07.201908"}',0,1);
INSERT INTO "operation" VALUES(10,'rollback','7.06.201903',1796039576,'{"left":"7.07.201908","links":{"carries":[{"files":["Everything\/source\/tree\/repodata\/1c291c217c9697f2fdb5d6791d6f75a7ce0f2c5d523c5214be703bfc205b1cc0-other.xml.gz","Everything\/source\/tree\/repodata\/9ec1ec4371f76ca971e0a0c0a7320734eb55ce164c908d3df466a6685ff2559a-primary.xml.gz","Everything\/source\/tree\/repodata\/f05e32b9b6fd2a5eeda26a8c5ca85ed3f5f42d47a23802f9c2c1a157cd4d9a9a-filelists.xml.gz","Everything\/x86_64\/repodata\/8d387cd1bb10638a935ea21a010574f07a7d8b39e8ae6e5e6444ecd27c7fb272-filelists.xml.gz","Everything\/x86_64\/repodata\/8ef2eb6be9258511b4841b97259fe244044b0703257b2c2ec3d31bd76da51fc7-primary.xml.gz","Everything\/x86_64\/repodata\/f26197f0ea486612465e4c6462887bd2e2b1d8e5cbc74c0b5a01325df8a548d0-other.xml.gz"],"kept":[],"renewed":[],"source":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"},"target":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}],"flips":[{"new":"7.06.201903","old":"7.07.201908","path":"updates\/7"}],"refreshes":[{"revision":1542067203,"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}]},"release":"7.06.201903"}',0,1);
INSERT INTO "operation" VALUES(11,'promote','7.07.201908',1796039577,'{"links":{"carries":[{"files":[],"kept":["Everything\/source\/tree\/Packages\/b\/beta-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-2.el7.src.rpm","Everything\/source\/tree\/Packages\/k\/kappa-1.0-1.el7.src.rpm","Everything\/source\/tree\/repodata\/a7753a69c451defe5bc39a19509d63ed5d9c53ff84bf6baecef90dabe136753a-primary.xml.gz","Everything\/source\/tree\/repodata\/f132487173db6d19eca10af15220611b9f89e6956e85d906c0f6c223f13a0056-other.xml.gz","Everything\/source\/tree\/repodata\/f648203376e9204de4369e684217b1f8b8f5062aece40e65be9c03cb38f10f4f-filelists.xml.gz","Everything\/x86_64\/Packages\/b\/beta-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-1.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-2.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-2.el7.noarch.rpm","Everything\/x86_64\/Packages\/k\/kappa-1.0-1.el7.noarch.rpm","Everything\/x86_64\/repodata\/448a8961f1e623206fe77f33a2bb43949111d496a5402e966a9db537b2cb10e4-primary.xml.gz","Everything\/x86_64\/repodata\/668881029bbbd637add323a1dc5c47e4b6b4963ac141505a49a85483becec685-filelists.xml.gz","Everything\/x86_64\/repodata\/9084661eaa43d8231fdd276a210691619235e8ac668eca55893f19b9763625b7-other.xml.gz"],"renewed":[],"source":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"},"target":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}}],"flips":[{"new":"7.07.201908","old":"7.06.201903","path":"updates\/7"}],"refreshes":[{"revision":1542067204,"tree":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}}]},"overrides":[{"at":1796039577,"gate":"soak","operatorName":"ann@host","reason":"promoted before 2026-12-01 11:52 UTC"},{"at":1796039577,"gate":"carried-late","operatorName":"ann@host","reason":"3 files that clients of 7.06.201903 may ask for are not on mirrors yet"}],"release":"7.07.201908"}',0,1);
INSERT INTO "operation" VALUES(12,'archive','7.06.201903',1796039578,'{"release":"7.06.201903","trees":[{"area":"releases","path":"releases\/7.06.201903","release":"7.06.201903"},{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}]}',0,1);
INSERT INTO "operation" VALUES(13,'remove-original','7.06.201903',1796039581,'{"release":"7.06.201903","trees":[{"area":"releases","path":"releases\/7.06.201903","release":"7.06.201903"},{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}]}',0,1);
INSERT INTO "operation" VALUES(14,'compose','7.08.202004',1796039582,'{"composeTag":"epel-7-7.08.202004","planDigest":"5492864c194627918ee2756e0cb95291d4adec0ea75e4cdaf37a0ca396a1ea4c","release":"7.08.202004","trees":["releases\/7.08.202004","updates\/7.08.202004"]}',0,1);
INSERT INTO "operation" VALUES(15,'publish','7.08.202004',1796039587,'{"carries":[{"files":["Everything\/source\/tree\/repodata\/1c291c217c9697f2fdb5d6791d6f75a7ce0f2c5d523c5214be703bfc205b1cc0-other.xml.gz","Everything\/source\/tree\/repodata\/9ec1ec4371f76ca971e0a0c0a7320734eb55ce164c908d3df466a6685ff2559a-primary.xml.gz","Everything\/source\/tree\/repodata\/f05e32b9b6fd2a5eeda26a8c5ca85ed3f5f42d47a23802f9c2c1a157cd4d9a9a-filelists.xml.gz","Everything\/x86_64\/repodata\/8d387cd1bb10638a935ea21a010574f07a7d8b39e8ae6e5e6444ecd27c7fb272-filelists.xml.gz","Everything\/x86_64\/repodata\/8ef2eb6be9258511b4841b97259fe244044b0703257b2c2ec3d31bd76da51fc7-primary.xml.gz","Everything\/x86_64\/repodata\/f26197f0ea486612465e4c6462887bd2e2b1d8e5cbc74c0b5a01325df8a548d0-other.xml.gz"],"kept":[],"renewed":[],"source":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"},"target":{"area":"updates","path":"updates\/7.08.202004","release":"7.08.202004"}}],"refreshes":[],"release":"7.08.202004","revisions":["updates",1550016000,"releases",1550016000],"trees":[{"area":"releases","path":"releases\/7.08.202004","release":"7.08.202004"},{"area":"updates","path":"updates\/7.08.202004","release":"7.08.202004"}]}',0,1);
INSERT INTO "operation" VALUES(16,'abandon','7.08.202004',1796039590,'{"composeTag":"epel-7-7.08.202004","known":[{"area":"releases","path":"Everything\/source\/tree\/Packages\/p\/pi-1.0-1.el7.src.rpm","sha256":"ac869df264d406f524acbe718374fc407656f0d3e9ca7ca5c51454da2305b841"},{"area":"releases","path":"Everything\/x86_64\/Packages\/p\/pi-1.0-1.el7.noarch.rpm","sha256":"d4ad1076e6001c3376e552d86e8b8d8ca6d595b4c06b9cd6405d3be4891ec330"},{"area":"updates","path":"Everything\/source\/tree\/Packages\/p\/pi-1.0-1.el7.src.rpm","sha256":"ac869df264d406f524acbe718374fc407656f0d3e9ca7ca5c51454da2305b841"},{"area":"updates","path":"Everything\/x86_64\/Packages\/p\/pi-1.0-1.el7.noarch.rpm","sha256":"d4ad1076e6001c3376e552d86e8b8d8ca6d595b4c06b9cd6405d3be4891ec330"}],"release":"7.08.202004","removed":[{"at":1796039589,"cause":"abandoned","former":{"provides":["pi = 1.0-1.el7"],"rpm":{"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.0"},"name":"pi"},"package":"pi"}},"operatorName":"ann@host","release":"7.08.202004"}],"trees":[{"path":"releases\/7.08.202004","root":"\/srv\/rehearsal\/root\/pub\/epel"},{"path":"updates\/7.08.202004","root":"\/srv\/rehearsal\/root\/pub\/epel"}]}',0,1);
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
INSERT INTO "push" VALUES('7.06.201903',1,1796039562,'update','ann@host',NULL,NULL,'["beta-1.1-1.el7","iota-1.0-1.el7","kappa-1.1-1.el7"]','[]');
INSERT INTO "push" VALUES('7.06.201903',2,1796039565,'update','ann@host',NULL,NULL,'["gamma-1.0-2.el7","kappa-1.2-1.el7"]','[]');
INSERT INTO "push" VALUES('7.06.201903',3,1796039568,'withdrawal','ann@host','it forgets its settings',NULL,'[]','["kappa-1.2-1.el7"]');
CREATE TABLE pushDocument (
  release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
  serial INTEGER NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  -- SHA-256 of what the push brought; NULL where it took the document away.
  digest TEXT,
  former BLOB,
  PRIMARY KEY (release, serial, kind, key)
);
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
INSERT INTO "release" VALUES('7.06.201903',1,'archived',1796039578,0,NULL,'epel-7-7.06.201903','819916ff1a4e71cb1e05f9c4cbb9c17831127c835d3993c8af8863919ba5c978',0,1,3,3);
INSERT INTO "release" VALUES('7.07.201908',2,'current',1796039577,0,'7.06.201903','epel-7-7.07.201908','7d07000a53d770cce8f5ad0ad9047b9d9b9ebec76f28e7c9f3b47b167df3005b',0,1,4,0);
INSERT INTO "release" VALUES('7.08.202004',3,'abandoned',1796039590,0,'7.07.201908','epel-7-7.08.202004','5492864c194627918ee2756e0cb95291d4adec0ea75e4cdaf37a0ca396a1ea4c',0,1,NULL,0);
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
CREATE TABLE removedRPM (
  package TEXT NOT NULL,
  name TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  version TEXT NOT NULL,
  rpmRelease TEXT NOT NULL,
  arch TEXT NOT NULL,
  provides TEXT NOT NULL,
  -- NVR of its build, where it is known.
  build TEXT,
  -- The release whose lists it left, or that left it out.
  release TEXT NOT NULL,
  cause TEXT NOT NULL,
  -- Serial of the push, where one did it.
  push INTEGER,
  at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  reason TEXT,
  PRIMARY KEY (name, epoch, version, rpmRelease, arch)
);
INSERT INTO "removedRPM" VALUES('kappa','kappa',0,'1.2','1.el7','noarch','["kappa = 1.2-1.el7"]','kappa-1.2-1.el7','7.06.201903','withdrawn',3,1796039568,'ann@host','it forgets its settings');
INSERT INTO "removedRPM" VALUES('gamma','gamma',0,'1.0','1.el7','x86_64','["gamma = 1.0-1.el7","gamma(x86-64) = 1.0-1.el7","\/usr\/bin\/gamma"]',NULL,'7.07.201908','retired',NULL,1796039577,'ann@host','gamma is retired: upstream is gone since 2018. Use sigma instead.
');
INSERT INTO "removedRPM" VALUES('gamma','gamma',0,'1.0','2.el7','x86_64','["gamma = 1.0-2.el7","gamma(x86-64) = 1.0-2.el7","\/usr\/bin\/gamma"]',NULL,'7.07.201908','retired',NULL,1796039577,'ann@host','gamma is retired: upstream is gone since 2018. Use sigma instead.
');
INSERT INTO "removedRPM" VALUES('gamma','gamma-doc',0,'1.0','1.el7','noarch','["gamma-doc = 1.0-1.el7"]',NULL,'7.07.201908','retired',NULL,1796039577,'ann@host','gamma is retired: upstream is gone since 2018. Use sigma instead.
');
INSERT INTO "removedRPM" VALUES('gamma','gamma-doc',0,'1.0','2.el7','noarch','["gamma-doc = 1.0-2.el7"]',NULL,'7.07.201908','retired',NULL,1796039577,'ann@host','gamma is retired: upstream is gone since 2018. Use sigma instead.
');
INSERT INTO "removedRPM" VALUES('pi','pi',0,'1.0','1.el7','noarch','["pi = 1.0-1.el7"]',NULL,'7.08.202004','abandoned',NULL,1796039589,'ann@host',NULL);
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
CREATE TABLE seal (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  digest BLOB NOT NULL
);
INSERT INTO "seal" VALUES(1,X'A3BFDDC43370151CA87B042E5435FD874BB36890B977458C4EBA753EE4D958B9');
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
INSERT INTO "tree" VALUES('7.07.201908','releases','releases/7.07.201908','public',0,'65c7740b08ecb9c2efbfc6f38c3066e4c161a89733a3850290177218c5ae99fc',1542067202,6,42032);
INSERT INTO "tree" VALUES('7.07.201908','updates','updates/7.07.201908','public',0,'91f47962182a8c52b748a75749f149406842de6dea055bcd82e27e44c6efe9d1',1542067204,6,42032);
INSERT INTO "tree" VALUES('7.06.201903','releases','releases/7.06.201903','archive',1,'c1314f88580a14c07ba6845f12b8945995493acd03d95cddd7835fe4f0525b0a',1527811200,7,48808);
INSERT INTO "tree" VALUES('7.06.201903','updates','updates/7.06.201903','archive',1,'8d7e3705764d6f6e2d77398da701d2888e6dabf9156a99947d92b4ca0ccc4e3a',1542067203,16,112486);
INSERT INTO "tree" VALUES('7.08.202004','releases','releases/7.08.202004','gone',0,'cf760095e27ecb3860ae4bf687e04e9918996a42d969f6381d5581a7e89742fe',1550016000,8,55609);
INSERT INTO "tree" VALUES('7.08.202004','updates','updates/7.08.202004','gone',0,'59c2def091d61dd7bf21e748d2f2c659b61b8824741463a4be63c9d434e70011',1550016000,8,55609);
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
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/Packages/k/kappa-1.2-1.el7.src.rpm','kappa-1.2-1.el7',1796039568);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/1c291c217c9697f2fdb5d6791d6f75a7ce0f2c5d523c5214be703bfc205b1cc0-other.xml.gz',NULL,1796039576);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/4b05191ec7b3047ee89a5f66ec307fd1c193c1f25b28da9c9b4ca56daf118101-primary.xml.gz',NULL,1796039570);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/4ddefa3c27d42a0f6b250bb575f7da9e7636543a532cbbae776ac86e377a3847-other.xml.gz',NULL,1796039570);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/6f98c0283b55aaebb8ce94ff5c7e061a45511362e58d4416b8ef240dcb69d25b-filelists.xml.gz',NULL,1796039570);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/9ec1ec4371f76ca971e0a0c0a7320734eb55ce164c908d3df466a6685ff2559a-primary.xml.gz',NULL,1796039576);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/f05e32b9b6fd2a5eeda26a8c5ca85ed3f5f42d47a23802f9c2c1a157cd4d9a9a-filelists.xml.gz',NULL,1796039576);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/Packages/k/kappa-1.2-1.el7.noarch.rpm','kappa-1.2-1.el7',1796039568);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/37adf6f94b9975e0a1cd7067531a1e78315928fcccf35b9db4cfdeaeabf5f7f9-filelists.xml.gz',NULL,1796039570);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/8d387cd1bb10638a935ea21a010574f07a7d8b39e8ae6e5e6444ecd27c7fb272-filelists.xml.gz',NULL,1796039576);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/8ef2eb6be9258511b4841b97259fe244044b0703257b2c2ec3d31bd76da51fc7-primary.xml.gz',NULL,1796039576);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/baf4502485ca789363e14404936120d60749efcfc5ed926c58d423109aa9ee1c-other.xml.gz',NULL,1796039570);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/dfc021d988637b2907e1e9834e171b34f5b79352becfcc8d7ee7497d6f5d2cb8-primary.xml.gz',NULL,1796039570);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/f26197f0ea486612465e4c6462887bd2e2b1d8e5cbc74c0b5a01325df8a548d0-other.xml.gz',NULL,1796039576);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/Packages/b/beta-1.0-1.el7.src.rpm',NULL,1796039577);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/Packages/g/gamma-1.0-1.el7.src.rpm',NULL,1796039577);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/Packages/g/gamma-1.0-2.el7.src.rpm',NULL,1796039577);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/Packages/k/kappa-1.0-1.el7.src.rpm',NULL,1796039577);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/repodata/a7753a69c451defe5bc39a19509d63ed5d9c53ff84bf6baecef90dabe136753a-primary.xml.gz',NULL,1796039577);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/repodata/f132487173db6d19eca10af15220611b9f89e6956e85d906c0f6c223f13a0056-other.xml.gz',NULL,1796039577);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/repodata/f648203376e9204de4369e684217b1f8b8f5062aece40e65be9c03cb38f10f4f-filelists.xml.gz',NULL,1796039577);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/b/beta-1.0-1.el7.noarch.rpm',NULL,1796039577);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/g/gamma-1.0-1.el7.x86_64.rpm',NULL,1796039577);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/g/gamma-1.0-2.el7.x86_64.rpm',NULL,1796039577);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/g/gamma-doc-1.0-1.el7.noarch.rpm',NULL,1796039577);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/g/gamma-doc-1.0-2.el7.noarch.rpm',NULL,1796039577);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/k/kappa-1.0-1.el7.noarch.rpm',NULL,1796039577);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/repodata/448a8961f1e623206fe77f33a2bb43949111d496a5402e966a9db537b2cb10e4-primary.xml.gz',NULL,1796039577);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/repodata/668881029bbbd637add323a1dc5c47e4b6b4963ac141505a49a85483becec685-filelists.xml.gz',NULL,1796039577);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/repodata/9084661eaa43d8231fdd276a210691619235e8ac668eca55893f19b9763625b7-other.xml.gz',NULL,1796039577);
INSERT INTO "unlistedFile" VALUES('7.08.202004','updates','Everything/source/tree/repodata/1c291c217c9697f2fdb5d6791d6f75a7ce0f2c5d523c5214be703bfc205b1cc0-other.xml.gz',NULL,1796039587);
INSERT INTO "unlistedFile" VALUES('7.08.202004','updates','Everything/source/tree/repodata/9ec1ec4371f76ca971e0a0c0a7320734eb55ce164c908d3df466a6685ff2559a-primary.xml.gz',NULL,1796039587);
INSERT INTO "unlistedFile" VALUES('7.08.202004','updates','Everything/source/tree/repodata/f05e32b9b6fd2a5eeda26a8c5ca85ed3f5f42d47a23802f9c2c1a157cd4d9a9a-filelists.xml.gz',NULL,1796039587);
INSERT INTO "unlistedFile" VALUES('7.08.202004','updates','Everything/x86_64/repodata/8d387cd1bb10638a935ea21a010574f07a7d8b39e8ae6e5e6444ecd27c7fb272-filelists.xml.gz',NULL,1796039587);
INSERT INTO "unlistedFile" VALUES('7.08.202004','updates','Everything/x86_64/repodata/8ef2eb6be9258511b4841b97259fe244044b0703257b2c2ec3d31bd76da51fc7-primary.xml.gz',NULL,1796039587);
INSERT INTO "unlistedFile" VALUES('7.08.202004','updates','Everything/x86_64/repodata/f26197f0ea486612465e4c6462887bd2e2b1d8e5cbc74c0b5a01325df8a548d0-other.xml.gz',NULL,1796039587);
CREATE UNIQUE INDEX openOperation ON operation (isOpen) WHERE isOpen = 1;
CREATE UNIQUE INDEX standingHold ON hold (package, version, rpmRelease)
  WHERE liftedAt IS NULL;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('hold',1);
INSERT INTO "sqlite_sequence" VALUES('operation',16);
INSERT INTO "sqlite_sequence" VALUES('event',24);
COMMIT;
