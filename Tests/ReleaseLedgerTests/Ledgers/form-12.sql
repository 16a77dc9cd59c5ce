-- A ledger with 12 migrations, by the program of commit 64c7239: Ledgers/make.
--   epel-compose compose 7.06.201903 --rpms pool
--   epel-compose publish 7.06.201903
--   epel-compose promote 7.06.201903 --skip-soak
--   epel-compose promote 7.06.201903 --link updates/7z --skip-soak
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
--   epel-compose promote 7.07.201908 --link updates/7z --skip-soak
--   epel-compose archive 7.06.201903
--   epel-compose archive 7.06.201903 --remove-original
--   epel-compose mirrors lists 7
--   epel-compose compose 7.08.202004 --rpms pool
--   epel-compose publish 7.08.202004
--   epel-compose abandon 7.08.202004
--   epel-compose end 7 --on 2030-06-30
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
INSERT INTO "acknowledgement" VALUES('gamma','gamma-1.0-2.el7','ann@host','nobody uses it',1796039138);
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
INSERT INTO "checkRun" VALUES('7.06.201903',1796039137,'{"baselinePushes":0,"gate":"gate:\n  vanish: 1 %\nchecks:\n  metadata: refuse\n  identity: refuse\n  signatures: refuse\n  manifest: refuse\n  closure: refuse\n  upgrade-path: refuse\n  vanish: refuse\n  contents: refuse\n  overlap: refuse\n  rehearsal: refuse\nrehearsal:\n  install: []\nkeys: [\/etc\/pki\/rpm-gpg\/RPM-GPG-KEY-EPEL-7]\ndigest: sha256\nclients: [bz2, gz, xz]\nccd6b1d59f656c3723f39429f19c56719eeabb2086a1501d13b7ead446c5bce0","manifests":{"releases\/7.06.201903":"775f3be4a23e512aa499b4f6a5ab4fe6d3ed234adf3e519ae847e41c1836c4e6","updates\/7.06.201903":"98a428ad6528d18ebdcbac7cf0f290d72199bb86d4dc2f27dead0b9f14df4e76"}}','[]','[]');
INSERT INTO "checkRun" VALUES('7.07.201908',1796039141,'{"baseline":"7.06.201903","baselinePushes":3,"gate":"gate:\n  vanish: 1 %\nchecks:\n  metadata: refuse\n  identity: refuse\n  signatures: refuse\n  manifest: refuse\n  closure: refuse\n  upgrade-path: refuse\n  vanish: refuse\n  contents: refuse\n  overlap: refuse\n  rehearsal: refuse\nrehearsal:\n  install: []\nkeys: [\/etc\/pki\/rpm-gpg\/RPM-GPG-KEY-EPEL-7]\ndigest: sha256\nclients: [bz2, gz, xz]\nccd6b1d59f656c3723f39429f19c56719eeabb2086a1501d13b7ead446c5bce0","manifests":{"releases\/7.07.201908":"6d054bd53d9776d74d57e94d2be98207efd44d93ac30241579ae679eb19b04ea","updates\/7.07.201908":"fcddaf1b22f16b006706ba1d87d47e40b3275ed3d9b8da8b285b04e36ee9abf7"},"names":{}}','[]','[]');
INSERT INTO "checkRun" VALUES('7.08.202004',1796039162,'{"baseline":"7.07.201908","baselinePushes":0,"gate":"gate:\n  vanish: 1 %\nchecks:\n  metadata: refuse\n  identity: refuse\n  signatures: refuse\n  metadata-signature: refuse\n  manifest: refuse\n  closure: refuse\n  upgrade-path: refuse\n  vanish: refuse\n  contents: refuse\n  overlap: refuse\n  rehearsal: refuse\nrehearsal:\n  install: []\nkeys: [\/etc\/pki\/rpm-gpg\/RPM-GPG-KEY-EPEL-7]\ndigest: sha256\nmetadata:\n  key: 4d47577b30be800883813f2a7b29cac4ac444d81\n  publicKey: \/etc\/pki\/rpm-gpg\/RPM-GPG-KEY-EPEL-7\nclients: [bz2, gz, xz]\nccd6b1d59f656c3723f39429f19c56719eeabb2086a1501d13b7ead446c5bce0","manifests":{"releases\/7.08.202004":"c65537d2ce5ae63cfb42f5b795c10ea9dda5865eb7b1641eb63de5b73dd9d9d3","updates\/7.08.202004":"1332a08583ef63284c93fbda456fbf4de1c043808414d506527ec22ce93a2cb7"},"names":{}}','[]','[]');
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
CREATE TABLE ending (
  -- A release; 'stream' for the whole stream.
  subject TEXT NOT NULL PRIMARY KEY,
  -- The first day without composes and pushes, YYYY-MM-DD.
  day TEXT NOT NULL,
  decided INTEGER NOT NULL,
  -- The release that went to the archive, and when; null until then.
  release TEXT,
  doneAt INTEGER,
  -- Whether the originals are gone.
  closed INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "ending" VALUES('stream','2030-06-30',1796039166,NULL,NULL,0);
CREATE TABLE event (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  command TEXT NOT NULL,
  release TEXT NOT NULL,
  operator TEXT NOT NULL,
  summary TEXT NOT NULL
);
INSERT INTO "event" VALUES(1,1796039121,'compose','7.06.201903','ann@host','staged 3 builds, 0 retired');
INSERT INTO "event" VALUES(2,1796039122,'check','7.06.201903','ann@host','passed');
INSERT INTO "event" VALUES(3,1796039123,'publish','7.06.201903','ann@host','published releases/7.06.201903, updates/7.06.201903');
INSERT INTO "event" VALUES(4,1796039124,'promote','7.06.201903','ann@host','made current, soak overridden (promoted before 2026-12-01 11:45 UTC)');
INSERT INTO "event" VALUES(5,1796039125,'move-link','7.06.201903','ann@host','updates/7z leads to it');
INSERT INTO "event" VALUES(6,1796039129,'check','7.06.201903','ann@host','passed');
INSERT INTO "event" VALUES(7,1796039129,'update','7.06.201903','ann@host','push 1: beta-1.1-1.el7, iota-1.0-1.el7, kappa-1.1-1.el7');
INSERT INTO "event" VALUES(8,1796039133,'check','7.06.201903','ann@host','passed');
INSERT INTO "event" VALUES(9,1796039133,'update','7.06.201903','ann@host','push 2: gamma-1.0-2.el7, kappa-1.2-1.el7');
INSERT INTO "event" VALUES(10,1796039137,'check','7.06.201903','ann@host','passed');
INSERT INTO "event" VALUES(11,1796039137,'update','7.06.201903','ann@host','push 3: took out kappa-1.2-1.el7; because: it forgets its settings');
INSERT INTO "event" VALUES(12,1796039138,'acknowledge','7.06.201903','ann@host','gamma-1.0-2.el7; nobody uses it');
INSERT INTO "event" VALUES(13,1796039139,'compose','7.07.201908','ann@host','staged 3 builds, 1 retired');
INSERT INTO "event" VALUES(14,1796039141,'check','7.07.201908','ann@host','passed');
INSERT INTO "event" VALUES(15,1796039142,'publish','7.07.201908','ann@host','published releases/7.07.201908, updates/7.07.201908');
INSERT INTO "event" VALUES(16,1796039144,'promote','7.07.201908','ann@host','made current, soak overridden (promoted before 2026-12-01 11:45 UTC)');
INSERT INTO "event" VALUES(17,1796039144,'rollback','7.07.201908','ann@host','left for 7.06.201903');
INSERT INTO "event" VALUES(18,1796039144,'rollback','7.06.201903','ann@host','went back from 7.07.201908');
INSERT INTO "event" VALUES(19,1796039146,'promote','7.07.201908','ann@host','made current, soak overridden (promoted before 2026-12-01 11:45 UTC), carried-late overridden (3 files that clients of 7.06.201903 may ask for are not on mirrors yet)');
INSERT INTO "event" VALUES(20,1796039148,'move-link','7.07.201908','ann@host','updates/7z leads to it, no longer to 7.06.201903');
INSERT INTO "event" VALUES(21,1796039150,'archive','7.06.201903','ann@host','archived releases/7.06.201903, updates/7.06.201903');
INSERT INTO "event" VALUES(22,1796039154,'remove-original','7.06.201903','ann@host','removed releases/7.06.201903, updates/7.06.201903');
INSERT INTO "event" VALUES(23,1796039157,'compose','7.08.202004','ann@host','staged 4 builds, 0 retired');
INSERT INTO "event" VALUES(24,1796039162,'check','7.08.202004','ann@host','passed');
INSERT INTO "event" VALUES(25,1796039163,'publish','7.08.202004','ann@host','published releases/7.08.202004, updates/7.08.202004');
INSERT INTO "event" VALUES(26,1796039165,'abandon','7.08.202004','ann@host','dropped releases/7.08.202004, updates/7.08.202004');
INSERT INTO "event" VALUES(27,1796039166,'end','7.07.201908','ann@host','decided that the stream ends on 2030-06-30');
CREATE TABLE gateOverride (
  release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
  gate TEXT NOT NULL,
  reason TEXT NOT NULL,
  operator TEXT NOT NULL,
  at INTEGER NOT NULL
);
INSERT INTO "gateOverride" VALUES('7.06.201903','soak','promoted before 2026-12-01 11:45 UTC','ann@host',1796039124);
INSERT INTO "gateOverride" VALUES('7.07.201908','soak','promoted before 2026-12-01 11:45 UTC','ann@host',1796039143);
INSERT INTO "gateOverride" VALUES('7.07.201908','soak','promoted before 2026-12-01 11:45 UTC','ann@host',1796039146);
INSERT INTO "gateOverride" VALUES('7.07.201908','carried-late','3 files that clients of 7.06.201903 may ask for are not on mirrors yet','ann@host',1796039146);
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
INSERT INTO "grdb_migrations" VALUES('10');
INSERT INTO "grdb_migrations" VALUES('11');
INSERT INTO "grdb_migrations" VALUES('12');
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
INSERT INTO "hold" VALUES(1,'kappa','1.2','1.el7','withdrawn','it forgets its settings','ann@host',1796039134,'7.06.201903',NULL,NULL);
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
INSERT INTO "knownFile" VALUES('7.08.202004','releases','Everything/source/tree/Packages/p/pi-1.0-1.el7.src.rpm','e67f12b181c5087b9c6a91387edc3c4583a2216b15e4d460fd50da58dc991101',1796039165);
INSERT INTO "knownFile" VALUES('7.08.202004','releases','Everything/x86_64/Packages/p/pi-1.0-1.el7.noarch.rpm','abfdd74725bf9ed4559d035f7a5993a070166321490b3bba2027693c45cc75af',1796039165);
INSERT INTO "knownFile" VALUES('7.08.202004','updates','Everything/source/tree/Packages/p/pi-1.0-1.el7.src.rpm','e67f12b181c5087b9c6a91387edc3c4583a2216b15e4d460fd50da58dc991101',1796039165);
INSERT INTO "knownFile" VALUES('7.08.202004','updates','Everything/x86_64/Packages/p/pi-1.0-1.el7.noarch.rpm','abfdd74725bf9ed4559d035f7a5993a070166321490b3bba2027693c45cc75af',1796039165);
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
CREATE TABLE linkRelease (
  path TEXT NOT NULL PRIMARY KEY,
  release TEXT NOT NULL,
  -- Where it led before; null where it was made.
  former TEXT,
  since INTEGER NOT NULL
);
INSERT INTO "linkRelease" VALUES('updates/7z','7.07.201908','7.06.201903',1796039148);
CREATE TABLE lockedTag (
  name TEXT NOT NULL PRIMARY KEY,
  subject TEXT NOT NULL
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
INSERT INTO "mirrorModule" VALUES('fedora-epel',0,NULL,NULL,1796039166);
CREATE TABLE operation (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  release TEXT NOT NULL,
  started INTEGER NOT NULL,
  payload TEXT NOT NULL,
  isOpen INTEGER NOT NULL
, isReported INTEGER NOT NULL DEFAULT 1);
INSERT INTO "operation" VALUES(1,'compose','7.06.201903',1796039120,'{"composeTag":"epel-7-7.06.201903","planDigest":"aff31ad01167f9011a5b84957772b30ff906de884ac4bf555e6c88dbf688bec2","release":"7.06.201903","trees":["releases\/7.06.201903","updates\/7.06.201903"]}',0,1);
INSERT INTO "operation" VALUES(2,'publish','7.06.201903',1796039123,'{"carries":[],"refreshes":[],"release":"7.06.201903","revisions":["updates",1527811200,"releases",1527811200],"trees":[{"area":"releases","path":"releases\/7.06.201903","release":"7.06.201903"},{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}]}',0,1);
INSERT INTO "operation" VALUES(3,'promote','7.06.201903',1796039124,'{"links":{"carries":[],"flips":[{"new":"..\/updates\/7","path":"releases\/7"},{"new":"7.06.201903","path":"updates\/7"}],"refreshes":[]},"overrides":[{"at":1796039124,"gate":"soak","operatorName":"ann@host","reason":"promoted before 2026-12-01 11:45 UTC"}],"release":"7.06.201903"}',0,1);
INSERT INTO "operation" VALUES(4,'move-link','7.06.201903',1796039125,'{"isBack":false,"link":"updates\/7z","links":{"carries":[],"flips":[{"new":"7.06.201903","path":"updates\/7z"}],"mover":"updates\/7z","refreshes":[]},"overrides":[],"release":"7.06.201903"}',0,1);
INSERT INTO "operation" VALUES(5,'update','7.06.201903',1796039129,'{"push":{"at":1796039127,"changes":[],"documents":{"advisories":[],"modules":{}},"overrides":[],"plan":{"added":[{"nvr":"iota-1.0-1.el7","package":"iota"}],"advisories":[],"allowUnsigned":false,"buildSystem":"directory \/srv\/rehearsal\/pool","builds":[{"evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"package":"beta","rpms":[{"buildTime":1538956800,"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"name":"beta"},"path":"\/srv\/rehearsal\/pool\/beta-1.1-1.el7\/beta-1.1-1.el7.noarch.rpm","sha256":"bf8d4be9d9f8e1b4b15dd05be7fa96e5727492c24dc3fac331c3e01b881d2429","signature":{"trusted":{"keyID":"7b29cac4ac444d81"}},"signatureHash":"sha256","size":6969,"sourceRPM":"beta-1.1-1.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1538956800,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"name":"beta"},"path":"\/srv\/rehearsal\/pool\/beta-1.1-1.el7\/beta-1.1-1.el7.src.rpm","sha256":"ddf62f0bac842d83573f1cc90f923c0f864b6f2528b473997758cc2991a3ce81","signature":{"trusted":{"keyID":"7b29cac4ac444d81"}},"signatureHash":"sha256","size":7472,"undocumentedMarkers":[]}]},{"evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.0"},"package":"iota","rpms":[{"buildTime":1539043200,"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.0"},"name":"iota"},"path":"\/srv\/rehearsal\/pool\/iota-1.0-1.el7\/iota-1.0-1.el7.noarch.rpm","sha256":"a35d3d26a3354f3fc0e710e98ea2bd790295595810e3bdd9a1a78c29e2fae5aa","signature":{"trusted":{"keyID":"7b29cac4ac444d81"}},"signatureHash":"sha256","size":6565,"sourceRPM":"iota-1.0-1.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1539043200,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.0"},"name":"iota"},"path":"\/srv\/rehearsal\/pool\/iota-1.0-1.el7\/iota-1.0-1.el7.src.rpm","sha256":"1d97d8086f3ce2cb2938be8d05b816bee293f058cb230790fe62d8ecff420032","signature":{"trusted":{"keyID":"7b29cac4ac444d81"}},"signatureHash":"sha256","size":7078,"undocumentedMarkers":[]}]},{"evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"package":"kappa","rpms":[{"buildTime":1539129600,"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"name":"kappa"},"path":"\/srv\/rehearsal\/pool\/kappa-1.1-1.el7\/kappa-1.1-1.el7.noarch.rpm","sha256":"49db43c2447ca55200ca37adf3e547f33d350746a47506c1c5c201137f909ec5","signature":{"trusted":{"keyID":"7b29cac4ac444d81"}},"signatureHash":"sha256","size":6649,"sourceRPM":"kappa-1.1-1.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1539129600,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"name":"kappa"},"path":"\/srv\/rehearsal\/pool\/kappa-1.1-1.el7\/kappa-1.1-1.el7.src.rpm","sha256":"b0a90f42363d24314c63964e9811e93617884410219b14b25879daa208e722eb","signature":{"trusted":{"keyID":"7b29cac4ac444d81"}},"signatureHash":"sha256","size":7299,"undocumentedMarkers":[]}]}],"changes":[],"kind":"update","left":[],"lifted":[],"reason":null,"refusals":[],"release":"7.06.201903","relisted":[],"retiring":[],"returning":[],"revision":1539129600,"serial":1,"skipped":[],"steps":["link 6 RPM files of 3 builds into \/pub\/epel\/updates\/7.06.201903","write new metadata beside the old","replace repomd.xml of 3 repositories"],"stream":"epel-7","undoes":null,"unlisted":[],"updated":[{"from":"1.0-1.el7","nvr":"beta-1.1-1.el7","package":"beta","to":"1.1-1.el7"},{"from":"1.0-1.el7","nvr":"kappa-1.1-1.el7","package":"kappa","to":"1.1-1.el7"}],"warnings":[]},"relisting":[],"removed":[],"unlisting":[],"verdict":{"manifest":"144d332a996e0d1e426d9c69aa18508a8136b049476d0dc49a30d332909b1a4b","report":{"checks":[{"findings":[],"level":"refuse","name":"metadata","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"identity","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"signatures","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"manifest","passed":true,"waived":[],"warnings":[]},{"assumed":0,"findings":[],"level":"refuse","name":"closure","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"upgrade-path","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"vanish","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"contents","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"overlap","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"rehearsal","passed":true,"waived":[],"warnings":[]}],"passed":true,"release":"7.06.201903"}}},"refreshes":[],"release":"7.06.201903","removals":[],"request":{"update":{"_0":{"again":[],"only":[],"skipped":[],"skipsUnsigned":false}}},"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}',0,1);
INSERT INTO "operation" VALUES(6,'update','7.06.201903',1796039133,'{"push":{"at":1796039130,"changes":[],"documents":{"advisories":[],"modules":{}},"overrides":[],"plan":{"added":[],"advisories":[],"allowUnsigned":false,"buildSystem":"directory \/srv\/rehearsal\/pool","builds":[{"evr":{"epoch":0,"rpmRelease":"2.el7","version":"1.0"},"package":"gamma","rpms":[{"buildTime":1541980800,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"2.el7","version":"1.0"},"name":"gamma"},"path":"\/srv\/rehearsal\/pool\/gamma-1.0-2.el7\/gamma-1.0-2.el7.src.rpm","sha256":"c6e4298f4bd90c39311f8dab9af96cbaea8d3d07c2f296f0cf689f494e5032d1","signature":{"trusted":{"keyID":"7b29cac4ac444d81"}},"signatureHash":"sha256","size":8048,"undocumentedMarkers":[]},{"buildTime":1541980800,"nevra":{"arch":"x86_64","evr":{"epoch":0,"rpmRelease":"2.el7","version":"1.0"},"name":"gamma"},"path":"\/srv\/rehearsal\/pool\/gamma-1.0-2.el7\/gamma-1.0-2.el7.x86_64.rpm","sha256":"2431333e78213a63332844d513e068eeb48010b0a90614a30b563b2ca233ff99","signature":{"trusted":{"keyID":"7b29cac4ac444d81"}},"signatureHash":"sha256","size":6621,"sourceRPM":"gamma-1.0-2.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1541980800,"marker":{"path":"\/usr\/share\/doc\/gamma-doc-1.0\/README-RETIRED.txt","text":"gamma is retired: upstream is gone since 2018. Use sigma instead.\n"},"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"2.el7","version":"1.0"},"name":"gamma-doc"},"path":"\/srv\/rehearsal\/pool\/gamma-1.0-2.el7\/gamma-doc-1.0-2.el7.noarch.rpm","sha256":"b36cda167631d4f2c60f95865ef9121ffdd65b917a99cec21908a6f8d44a1df3","signature":{"trusted":{"keyID":"7b29cac4ac444d81"}},"signatureHash":"sha256","size":6977,"sourceRPM":"gamma-1.0-2.el7.src.rpm","undocumentedMarkers":[]}]},{"evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.2"},"package":"kappa","rpms":[{"buildTime":1542067200,"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.2"},"name":"kappa"},"path":"\/srv\/rehearsal\/pool\/kappa-1.2-1.el7\/kappa-1.2-1.el7.noarch.rpm","sha256":"94edb0388ead3577af3ae5242f2c2dfa6dd97cbab514c21543db267603215f3c","signature":{"trusted":{"keyID":"7b29cac4ac444d81"}},"signatureHash":"sha256","size":6721,"sourceRPM":"kappa-1.2-1.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1542067200,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.2"},"name":"kappa"},"path":"\/srv\/rehearsal\/pool\/kappa-1.2-1.el7\/kappa-1.2-1.el7.src.rpm","sha256":"e66f63905b2bbce02301ef478b791a00e9faf2b9bdd4861cdff228bb50570d55","signature":{"trusted":{"keyID":"7b29cac4ac444d81"}},"signatureHash":"sha256","size":7462,"undocumentedMarkers":[]}]}],"changes":[],"kind":"update","left":[],"lifted":[],"reason":null,"refusals":[],"release":"7.06.201903","relisted":[],"retiring":[{"breakage":null,"breaks":null,"epoch":0,"marker":"\/usr\/share\/doc\/gamma-doc-1.0\/README-RETIRED.txt","nvr":"gamma-1.0-2.el7","package":"gamma","rpm":"gamma-doc-1.0-2.el7.noarch.rpm","text":"gamma is retired: upstream is gone since 2018. Use sigma instead.\n","wasCarried":true}],"returning":[],"revision":1542067200,"serial":2,"skipped":[],"steps":["link 5 RPM files of 2 builds into \/pub\/epel\/updates\/7.06.201903","write new metadata beside the old","replace repomd.xml of 3 repositories"],"stream":"epel-7","undoes":null,"unlisted":[],"updated":[{"from":"1.0-1.el7","nvr":"gamma-1.0-2.el7","package":"gamma","to":"1.0-2.el7"},{"from":"1.1-1.el7","nvr":"kappa-1.2-1.el7","package":"kappa","to":"1.2-1.el7"}],"warnings":[]},"relisting":[],"removed":[],"unlisting":[],"verdict":{"manifest":"72793c8299e65e8a3c357ac7f32b6e218af40bad4c8f12f570c64a930c576410","report":{"checks":[{"findings":[],"level":"refuse","name":"metadata","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"identity","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"signatures","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"manifest","passed":true,"waived":[],"warnings":[]},{"assumed":0,"findings":[],"level":"refuse","name":"closure","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"upgrade-path","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"vanish","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"contents","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"overlap","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"rehearsal","passed":true,"waived":[],"warnings":[]}],"passed":true,"release":"7.06.201903"}}},"refreshes":[],"release":"7.06.201903","removals":[{"paths":["Everything\/source\/tree\/repodata\/252004d116a3e3f36ecea2e7bb84bce2e7904d23ad535b66423be291198b1c99-other.xml.gz","Everything\/source\/tree\/repodata\/3f4e4b062e99fe3d5a3f5e062d80f17fc5e9b4dd383c1057d5daace02bd52e51-filelists.xml.gz","Everything\/source\/tree\/repodata\/f586e1e602a7d5d9efe284d931389341dcbd6617d867c4432429ecc0b4b84b17-primary.xml.gz","Everything\/x86_64\/repodata\/1aa4b8726030c60333b658a862422c1dedb9522bc21c4654c468f5bb8da22a15-primary.xml.gz","Everything\/x86_64\/repodata\/80ba7fde548e36bdb9442546c5d636b0b49b1c53a6dd1da5c961aebad8d129ee-filelists.xml.gz","Everything\/x86_64\/repodata\/f5ea79c69909663c90308eda11e06a41593b8ae9ec3a56580beea430fba040ee-other.xml.gz"],"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}],"request":{"update":{"_0":{"again":[],"only":[],"skipped":[],"skipsUnsigned":false}}},"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}',0,1);
INSERT INTO "operation" VALUES(7,'update','7.06.201903',1796039136,'{"push":{"at":1796039134,"changes":[],"documents":{"advisories":[],"modules":{}},"overrides":[],"plan":{"added":[],"advisories":[],"allowUnsigned":false,"buildSystem":"none","builds":[],"changes":[],"kind":"withdrawal","left":[],"lifted":[],"reason":"it forgets its settings","refusals":[],"release":"7.06.201903","relisted":[],"retiring":[],"returning":[],"revision":1542067201,"serial":3,"skipped":[],"steps":["take 1 build out of the lists of \/pub\/epel\/updates\/7.06.201903; their files stay for 1 second","write new metadata beside the old","replace repomd.xml of 3 repositories"],"stream":"epel-7","undoes":null,"unlisted":[{"cause":"withdrawn","nvr":"kappa-1.2-1.el7","package":"kappa"}],"updated":[],"warnings":[]},"relisting":[],"removed":[{"provides":["kappa = 1.2-1.el7"],"rpm":{"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.2"},"name":"kappa"},"package":"kappa"}}],"unlisting":[{"build":"kappa-1.2-1.el7","path":"Everything\/source\/tree\/Packages\/k\/kappa-1.2-1.el7.src.rpm","since":1796039135},{"build":"kappa-1.2-1.el7","path":"Everything\/x86_64\/Packages\/k\/kappa-1.2-1.el7.noarch.rpm","since":1796039135}],"verdict":{"manifest":"aeabfeb61fa56f305fe3b9d9d982aed4518cad51d75f2e0c184e075ac19cd1be","report":{"checks":[{"findings":[],"level":"refuse","name":"metadata","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"identity","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"signatures","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"manifest","passed":true,"waived":[],"warnings":[]},{"assumed":0,"findings":[],"level":"refuse","name":"closure","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"upgrade-path","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"vanish","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"contents","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"overlap","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"rehearsal","passed":true,"waived":[],"warnings":[]}],"passed":true,"release":"7.06.201903"}}},"refreshes":[],"release":"7.06.201903","removals":[{"paths":["Everything\/source\/tree\/repodata\/138dfcf2ec009947ec1207d7fa2b8db6268289e05260576e7609c7422e239a3c-primary.xml.gz","Everything\/source\/tree\/repodata\/3a5a6827155e4f8024ccef5f542f815831dd87b77ed8114c24b248cf1420e558-filelists.xml.gz","Everything\/source\/tree\/repodata\/7cc895ddf5780bbe0d183be02cd87205cf939da6dd95e5ebb9e85389c4c576ea-other.xml.gz","Everything\/x86_64\/repodata\/19c093ade79390b5bd6799c29d4754fe08fa40f094096d358dfc2528fb8d6f56-filelists.xml.gz","Everything\/x86_64\/repodata\/1b1232c253da1e1ba3533d9b4cdac5d6924890a33e98684bee35de27a2bce82c-primary.xml.gz","Everything\/x86_64\/repodata\/ad65979133cbaf802cbabf1cb3ad362004c4f30e464f4c100315fca261b43f74-other.xml.gz"],"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}],"request":{"withdraw":{"_0":["kappa-1.2-1.el7"],"reason":"it forgets its settings"}},"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}',0,1);
INSERT INTO "operation" VALUES(8,'compose','7.07.201908',1796039139,'{"composeTag":"epel-7-7.07.201908","planDigest":"97063e58bab2fff9c6d946f1aeb907fcf98a8186cee19bd3eca416fedcb99ce9","release":"7.07.201908","trees":["releases\/7.07.201908","updates\/7.07.201908"]}',0,1);
INSERT INTO "operation" VALUES(9,'publish','7.07.201908',1796039142,'{"carries":[{"files":["Everything\/source\/tree\/Packages\/b\/beta-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-2.el7.src.rpm","Everything\/source\/tree\/Packages\/k\/kappa-1.0-1.el7.src.rpm","Everything\/source\/tree\/repodata\/038c906c36ae1a1d8e967e235ad6cb2b2c703290de3cefee0b6f174b3b50904e-filelists.xml.gz","Everything\/source\/tree\/repodata\/5f0f55ed78a81e18f5170f72b82768d7cd12d1056615071efdb2ec91dab36499-other.xml.gz","Everything\/source\/tree\/repodata\/9fe00aa6943c7b251c0c000f1785209fb8730faee1c4108669cf24bda6ee1681-primary.xml.gz","Everything\/x86_64\/Packages\/b\/beta-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-1.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-2.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-2.el7.noarch.rpm","Everything\/x86_64\/Packages\/k\/kappa-1.0-1.el7.noarch.rpm","Everything\/x86_64\/repodata\/7bf7b3991dc578c0620bdd343bb7b6882a41c83d2d8917de9084df46b35332c4-other.xml.gz","Everything\/x86_64\/repodata\/c72d8a283abca085328868c4b6d2f8448e0d6f2b878ffc6c1d0c7343c7a0b936-filelists.xml.gz","Everything\/x86_64\/repodata\/e97108edfbd8fccbc5936819635296d62923ff346c2021fc25eeac062b28a290-primary.xml.gz"],"kept":[],"renewed":[],"source":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"},"target":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}}],"refreshes":[],"release":"7.07.201908","revisions":["releases",1542067202,"updates",1542067202],"trees":[{"area":"releases","path":"releases\/7.07.201908","release":"7.07.201908"},{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}]}',0,1);
INSERT INTO "operation" VALUES(10,'promote','7.07.201908',1796039143,'{"links":{"carries":[{"files":[],"kept":["Everything\/source\/tree\/Packages\/b\/beta-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-2.el7.src.rpm","Everything\/source\/tree\/Packages\/k\/kappa-1.0-1.el7.src.rpm","Everything\/source\/tree\/repodata\/038c906c36ae1a1d8e967e235ad6cb2b2c703290de3cefee0b6f174b3b50904e-filelists.xml.gz","Everything\/source\/tree\/repodata\/5f0f55ed78a81e18f5170f72b82768d7cd12d1056615071efdb2ec91dab36499-other.xml.gz","Everything\/source\/tree\/repodata\/9fe00aa6943c7b251c0c000f1785209fb8730faee1c4108669cf24bda6ee1681-primary.xml.gz","Everything\/x86_64\/Packages\/b\/beta-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-1.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-2.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-2.el7.noarch.rpm","Everything\/x86_64\/Packages\/k\/kappa-1.0-1.el7.noarch.rpm","Everything\/x86_64\/repodata\/7bf7b3991dc578c0620bdd343bb7b6882a41c83d2d8917de9084df46b35332c4-other.xml.gz","Everything\/x86_64\/repodata\/c72d8a283abca085328868c4b6d2f8448e0d6f2b878ffc6c1d0c7343c7a0b936-filelists.xml.gz","Everything\/x86_64\/repodata\/e97108edfbd8fccbc5936819635296d62923ff346c2021fc25eeac062b28a290-primary.xml.gz"],"renewed":[],"source":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"},"target":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}}],"flips":[{"new":"7.07.201908","old":"7.06.201903","path":"updates\/7"}],"refreshes":[]},"overrides":[{"at":1796039143,"gate":"soak","operatorName":"ann@host","reason":"promoted before 2026-12-01 11:45 UTC"}],"release":"7.07.201908"}',0,1);
INSERT INTO "operation" VALUES(11,'rollback','7.06.201903',1796039144,'{"left":"7.07.201908","links":{"carries":[{"files":["Everything\/source\/tree\/repodata\/ba2f7f622cee3bdf5ee67ac2b489eedd3019095d7c240c6fcef2dcd4a6506b0f-primary.xml.gz","Everything\/source\/tree\/repodata\/dd3c91b8a3e03de7ecde4db845cd4d8b6930a597e48b3d9084ca6964fa1067c5-other.xml.gz","Everything\/source\/tree\/repodata\/e5be5809d462e1f8b1c0e18facbc17779d42df466411ab165c6924b33845b26f-filelists.xml.gz","Everything\/x86_64\/repodata\/02d96f574c881df1fbddeec6e560512a93b1a59342330e24eb794c11c79f958b-other.xml.gz","Everything\/x86_64\/repodata\/9fa2b51a823285ead64e526cab9add6a7f1b53ca0543b3b922363fd4096b2658-primary.xml.gz","Everything\/x86_64\/repodata\/d55a04f1269f5ca0e10891ef470cb0a463315c36e8d6200d959fede4845eb9a3-filelists.xml.gz"],"kept":[],"renewed":[],"source":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"},"target":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}],"flips":[{"new":"7.06.201903","old":"7.07.201908","path":"updates\/7"}],"refreshes":[{"revision":1542067203,"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}]},"release":"7.06.201903"}',0,1);
INSERT INTO "operation" VALUES(12,'promote','7.07.201908',1796039146,'{"links":{"carries":[{"files":[],"kept":["Everything\/source\/tree\/Packages\/b\/beta-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-2.el7.src.rpm","Everything\/source\/tree\/Packages\/k\/kappa-1.0-1.el7.src.rpm","Everything\/source\/tree\/repodata\/038c906c36ae1a1d8e967e235ad6cb2b2c703290de3cefee0b6f174b3b50904e-filelists.xml.gz","Everything\/source\/tree\/repodata\/5f0f55ed78a81e18f5170f72b82768d7cd12d1056615071efdb2ec91dab36499-other.xml.gz","Everything\/source\/tree\/repodata\/9fe00aa6943c7b251c0c000f1785209fb8730faee1c4108669cf24bda6ee1681-primary.xml.gz","Everything\/x86_64\/Packages\/b\/beta-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-1.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-2.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-2.el7.noarch.rpm","Everything\/x86_64\/Packages\/k\/kappa-1.0-1.el7.noarch.rpm","Everything\/x86_64\/repodata\/7bf7b3991dc578c0620bdd343bb7b6882a41c83d2d8917de9084df46b35332c4-other.xml.gz","Everything\/x86_64\/repodata\/c72d8a283abca085328868c4b6d2f8448e0d6f2b878ffc6c1d0c7343c7a0b936-filelists.xml.gz","Everything\/x86_64\/repodata\/e97108edfbd8fccbc5936819635296d62923ff346c2021fc25eeac062b28a290-primary.xml.gz"],"renewed":[],"source":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"},"target":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}}],"flips":[{"new":"7.07.201908","old":"7.06.201903","path":"updates\/7"}],"refreshes":[{"revision":1542067204,"tree":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}}]},"overrides":[{"at":1796039146,"gate":"soak","operatorName":"ann@host","reason":"promoted before 2026-12-01 11:45 UTC"},{"at":1796039146,"gate":"carried-late","operatorName":"ann@host","reason":"3 files that clients of 7.06.201903 may ask for are not on mirrors yet"}],"release":"7.07.201908"}',0,1);
INSERT INTO "operation" VALUES(13,'move-link','7.07.201908',1796039148,'{"former":"7.06.201903","isBack":false,"link":"updates\/7z","links":{"carries":[{"files":[],"kept":["Everything\/source\/tree\/Packages\/b\/beta-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-2.el7.src.rpm","Everything\/source\/tree\/Packages\/k\/kappa-1.0-1.el7.src.rpm","Everything\/source\/tree\/repodata\/038c906c36ae1a1d8e967e235ad6cb2b2c703290de3cefee0b6f174b3b50904e-filelists.xml.gz","Everything\/source\/tree\/repodata\/5f0f55ed78a81e18f5170f72b82768d7cd12d1056615071efdb2ec91dab36499-other.xml.gz","Everything\/source\/tree\/repodata\/9fe00aa6943c7b251c0c000f1785209fb8730faee1c4108669cf24bda6ee1681-primary.xml.gz","Everything\/x86_64\/Packages\/b\/beta-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-1.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-2.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-2.el7.noarch.rpm","Everything\/x86_64\/Packages\/k\/kappa-1.0-1.el7.noarch.rpm","Everything\/x86_64\/repodata\/7bf7b3991dc578c0620bdd343bb7b6882a41c83d2d8917de9084df46b35332c4-other.xml.gz","Everything\/x86_64\/repodata\/c72d8a283abca085328868c4b6d2f8448e0d6f2b878ffc6c1d0c7343c7a0b936-filelists.xml.gz","Everything\/x86_64\/repodata\/e97108edfbd8fccbc5936819635296d62923ff346c2021fc25eeac062b28a290-primary.xml.gz"],"renewed":[],"source":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"},"target":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}}],"flips":[{"new":"7.07.201908","old":"7.06.201903","path":"updates\/7z"}],"mover":"updates\/7z","refreshes":[]},"overrides":[],"release":"7.07.201908"}',0,1);
INSERT INTO "operation" VALUES(14,'archive','7.06.201903',1796039150,'{"release":"7.06.201903","trees":[{"area":"releases","path":"releases\/7.06.201903","release":"7.06.201903"},{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}]}',0,1);
INSERT INTO "operation" VALUES(15,'remove-original','7.06.201903',1796039154,'{"release":"7.06.201903","trees":[{"area":"releases","path":"releases\/7.06.201903","release":"7.06.201903"},{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}]}',0,1);
INSERT INTO "operation" VALUES(16,'compose','7.08.202004',1796039156,'{"composeTag":"epel-7-7.08.202004","planDigest":"6ff2360e1ea70d1d2dab20fbf3b25f3576322419093f95eb04a80178a28ab374","release":"7.08.202004","trees":["releases\/7.08.202004","updates\/7.08.202004"]}',0,1);
INSERT INTO "operation" VALUES(17,'publish','7.08.202004',1796039163,'{"carries":[{"files":["Everything\/source\/tree\/repodata\/ba2f7f622cee3bdf5ee67ac2b489eedd3019095d7c240c6fcef2dcd4a6506b0f-primary.xml.gz","Everything\/source\/tree\/repodata\/dd3c91b8a3e03de7ecde4db845cd4d8b6930a597e48b3d9084ca6964fa1067c5-other.xml.gz","Everything\/source\/tree\/repodata\/e5be5809d462e1f8b1c0e18facbc17779d42df466411ab165c6924b33845b26f-filelists.xml.gz","Everything\/x86_64\/repodata\/02d96f574c881df1fbddeec6e560512a93b1a59342330e24eb794c11c79f958b-other.xml.gz","Everything\/x86_64\/repodata\/9fa2b51a823285ead64e526cab9add6a7f1b53ca0543b3b922363fd4096b2658-primary.xml.gz","Everything\/x86_64\/repodata\/d55a04f1269f5ca0e10891ef470cb0a463315c36e8d6200d959fede4845eb9a3-filelists.xml.gz"],"kept":[],"renewed":[],"source":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"},"target":{"area":"updates","path":"updates\/7.08.202004","release":"7.08.202004"}}],"refreshes":[],"release":"7.08.202004","revisions":["updates",1550016000,"releases",1550016000],"trees":[{"area":"releases","path":"releases\/7.08.202004","release":"7.08.202004"},{"area":"updates","path":"updates\/7.08.202004","release":"7.08.202004"}]}',0,1);
INSERT INTO "operation" VALUES(18,'abandon','7.08.202004',1796039165,'{"composeTag":"epel-7-7.08.202004","known":[{"area":"releases","path":"Everything\/source\/tree\/Packages\/p\/pi-1.0-1.el7.src.rpm","sha256":"e67f12b181c5087b9c6a91387edc3c4583a2216b15e4d460fd50da58dc991101"},{"area":"releases","path":"Everything\/x86_64\/Packages\/p\/pi-1.0-1.el7.noarch.rpm","sha256":"abfdd74725bf9ed4559d035f7a5993a070166321490b3bba2027693c45cc75af"},{"area":"updates","path":"Everything\/source\/tree\/Packages\/p\/pi-1.0-1.el7.src.rpm","sha256":"e67f12b181c5087b9c6a91387edc3c4583a2216b15e4d460fd50da58dc991101"},{"area":"updates","path":"Everything\/x86_64\/Packages\/p\/pi-1.0-1.el7.noarch.rpm","sha256":"abfdd74725bf9ed4559d035f7a5993a070166321490b3bba2027693c45cc75af"}],"release":"7.08.202004","removed":[{"at":1796039165,"cause":"abandoned","former":{"provides":["pi = 1.0-1.el7"],"rpm":{"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.0"},"name":"pi"},"package":"pi"}},"operatorName":"ann@host","release":"7.08.202004"}],"trees":[{"path":"releases\/7.08.202004","root":"\/srv\/rehearsal\/root\/pub\/epel"},{"path":"updates\/7.08.202004","root":"\/srv\/rehearsal\/root\/pub\/epel"}]}',0,1);
INSERT INTO "operation" VALUES(19,'end','7.07.201908',1796039166,'{"day":"2030-06-30","decided":1796039166,"isWholeStream":true,"release":"7.07.201908","trees":[{"area":"releases","path":"releases\/7.07.201908","release":"7.07.201908"},{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}]}',0,1);
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
INSERT INTO "push" VALUES('7.06.201903',1,1796039127,'update','ann@host',NULL,NULL,'["beta-1.1-1.el7","iota-1.0-1.el7","kappa-1.1-1.el7"]','[]');
INSERT INTO "push" VALUES('7.06.201903',2,1796039130,'update','ann@host',NULL,NULL,'["gamma-1.0-2.el7","kappa-1.2-1.el7"]','[]');
INSERT INTO "push" VALUES('7.06.201903',3,1796039134,'withdrawal','ann@host','it forgets its settings',NULL,'[]','["kappa-1.2-1.el7"]');
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
INSERT INTO "release" VALUES('7.06.201903',1,'archived',1796039150,0,NULL,'epel-7-7.06.201903','aff31ad01167f9011a5b84957772b30ff906de884ac4bf555e6c88dbf688bec2',0,1,3,3);
INSERT INTO "release" VALUES('7.07.201908',2,'current',1796039146,0,'7.06.201903','epel-7-7.07.201908','97063e58bab2fff9c6d946f1aeb907fcf98a8186cee19bd3eca416fedcb99ce9',0,1,4,0);
INSERT INTO "release" VALUES('7.08.202004',3,'abandoned',1796039165,0,'7.07.201908','epel-7-7.08.202004','6ff2360e1ea70d1d2dab20fbf3b25f3576322419093f95eb04a80178a28ab374',0,1,NULL,0);
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
INSERT INTO "removedRPM" VALUES('kappa','kappa',0,'1.2','1.el7','noarch','["kappa = 1.2-1.el7"]','kappa-1.2-1.el7','7.06.201903','withdrawn',3,1796039134,'ann@host','it forgets its settings');
INSERT INTO "removedRPM" VALUES('gamma','gamma',0,'1.0','1.el7','x86_64','["gamma = 1.0-1.el7","gamma(x86-64) = 1.0-1.el7","\/usr\/bin\/gamma"]',NULL,'7.07.201908','retired',NULL,1796039146,'ann@host','gamma is retired: upstream is gone since 2018. Use sigma instead.
');
INSERT INTO "removedRPM" VALUES('gamma','gamma',0,'1.0','2.el7','x86_64','["gamma = 1.0-2.el7","gamma(x86-64) = 1.0-2.el7","\/usr\/bin\/gamma"]',NULL,'7.07.201908','retired',NULL,1796039146,'ann@host','gamma is retired: upstream is gone since 2018. Use sigma instead.
');
INSERT INTO "removedRPM" VALUES('gamma','gamma-doc',0,'1.0','1.el7','noarch','["gamma-doc = 1.0-1.el7"]',NULL,'7.07.201908','retired',NULL,1796039146,'ann@host','gamma is retired: upstream is gone since 2018. Use sigma instead.
');
INSERT INTO "removedRPM" VALUES('gamma','gamma-doc',0,'1.0','2.el7','noarch','["gamma-doc = 1.0-2.el7"]',NULL,'7.07.201908','retired',NULL,1796039146,'ann@host','gamma is retired: upstream is gone since 2018. Use sigma instead.
');
INSERT INTO "removedRPM" VALUES('pi','pi',0,'1.0','1.el7','noarch','["pi = 1.0-1.el7"]',NULL,'7.08.202004','abandoned',NULL,1796039165,'ann@host',NULL);
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
INSERT INTO "seal" VALUES(1,X'5E3109584F4F1A5D2125923BC3CFD39B6DDED5095073E4EEA6C654C39B4391C1');
CREATE TABLE statement (
  serial INTEGER NOT NULL PRIMARY KEY,
  release TEXT NOT NULL,
  written INTEGER NOT NULL,
  validUntil INTEGER NOT NULL,
  -- Of the file's bytes.
  sha256 TEXT NOT NULL
);
INSERT INTO "statement" VALUES(1,'7.07.201908',1796039155,1796643955,'511b366dc153f1f48b09e7405300c16ab34fa0b177b82064734c67383c3c33fe');
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
INSERT INTO "tree" VALUES('7.07.201908','releases','releases/7.07.201908','public',0,'6d054bd53d9776d74d57e94d2be98207efd44d93ac30241579ae679eb19b04ea',1542067202,6,42032);
INSERT INTO "tree" VALUES('7.07.201908','updates','updates/7.07.201908','public',0,'fcddaf1b22f16b006706ba1d87d47e40b3275ed3d9b8da8b285b04e36ee9abf7',1542067204,6,42032);
INSERT INTO "tree" VALUES('7.06.201903','releases','releases/7.06.201903','archive',1,'775f3be4a23e512aa499b4f6a5ab4fe6d3ed234adf3e519ae847e41c1836c4e6',1527811200,7,48808);
INSERT INTO "tree" VALUES('7.06.201903','updates','updates/7.06.201903','archive',1,'98a428ad6528d18ebdcbac7cf0f290d72199bb86d4dc2f27dead0b9f14df4e76',1542067203,16,112486);
INSERT INTO "tree" VALUES('7.08.202004','releases','releases/7.08.202004','gone',0,'c65537d2ce5ae63cfb42f5b795c10ea9dda5865eb7b1641eb63de5b73dd9d9d3',1550016000,8,55609);
INSERT INTO "tree" VALUES('7.08.202004','updates','updates/7.08.202004','gone',0,'1332a08583ef63284c93fbda456fbf4de1c043808414d506527ec22ce93a2cb7',1550016000,8,55609);
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
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/Packages/k/kappa-1.2-1.el7.src.rpm','kappa-1.2-1.el7',1796039135);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/401445a650514ca5d29354665db1003b11d760a122aac1b286a4f3ca9758395a-primary.xml.gz',NULL,1796039137);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/998ee71f1c33e4a2ace1d354c934a4d650b0d681677b1644ec5e1500a0aa7bd6-other.xml.gz',NULL,1796039137);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/b54fd86336b20848a0c655808d64de8fe59c069d7c7a64492d76424dd3710fec-filelists.xml.gz',NULL,1796039137);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/ba2f7f622cee3bdf5ee67ac2b489eedd3019095d7c240c6fcef2dcd4a6506b0f-primary.xml.gz',NULL,1796039144);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/dd3c91b8a3e03de7ecde4db845cd4d8b6930a597e48b3d9084ca6964fa1067c5-other.xml.gz',NULL,1796039144);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/e5be5809d462e1f8b1c0e18facbc17779d42df466411ab165c6924b33845b26f-filelists.xml.gz',NULL,1796039144);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/Packages/k/kappa-1.2-1.el7.noarch.rpm','kappa-1.2-1.el7',1796039135);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/02d96f574c881df1fbddeec6e560512a93b1a59342330e24eb794c11c79f958b-other.xml.gz',NULL,1796039144);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/0c32c7a8566f2e90db510008321462a6a0b1c53377f0e88bfb99a6bca82c723e-other.xml.gz',NULL,1796039137);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/6f9165e83860d54bf56391e8561d444a4448d950620e421505fa30e4dcc9b84e-filelists.xml.gz',NULL,1796039137);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/9fa2b51a823285ead64e526cab9add6a7f1b53ca0543b3b922363fd4096b2658-primary.xml.gz',NULL,1796039144);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/d4267a9e6497bddf5a73c67e0c67e8ac9449da2d8b3d5f8e3a99b89d8f7e4107-primary.xml.gz',NULL,1796039137);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/d55a04f1269f5ca0e10891ef470cb0a463315c36e8d6200d959fede4845eb9a3-filelists.xml.gz',NULL,1796039144);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/Packages/b/beta-1.0-1.el7.src.rpm',NULL,1796039148);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/Packages/g/gamma-1.0-1.el7.src.rpm',NULL,1796039148);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/Packages/g/gamma-1.0-2.el7.src.rpm',NULL,1796039148);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/Packages/k/kappa-1.0-1.el7.src.rpm',NULL,1796039148);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/repodata/038c906c36ae1a1d8e967e235ad6cb2b2c703290de3cefee0b6f174b3b50904e-filelists.xml.gz',NULL,1796039148);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/repodata/5f0f55ed78a81e18f5170f72b82768d7cd12d1056615071efdb2ec91dab36499-other.xml.gz',NULL,1796039148);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/repodata/9fe00aa6943c7b251c0c000f1785209fb8730faee1c4108669cf24bda6ee1681-primary.xml.gz',NULL,1796039148);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/b/beta-1.0-1.el7.noarch.rpm',NULL,1796039148);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/g/gamma-1.0-1.el7.x86_64.rpm',NULL,1796039148);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/g/gamma-1.0-2.el7.x86_64.rpm',NULL,1796039148);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/g/gamma-doc-1.0-1.el7.noarch.rpm',NULL,1796039148);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/g/gamma-doc-1.0-2.el7.noarch.rpm',NULL,1796039148);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/k/kappa-1.0-1.el7.noarch.rpm',NULL,1796039148);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/repodata/7bf7b3991dc578c0620bdd343bb7b6882a41c83d2d8917de9084df46b35332c4-other.xml.gz',NULL,1796039148);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/repodata/c72d8a283abca085328868c4b6d2f8448e0d6f2b878ffc6c1d0c7343c7a0b936-filelists.xml.gz',NULL,1796039148);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/repodata/e97108edfbd8fccbc5936819635296d62923ff346c2021fc25eeac062b28a290-primary.xml.gz',NULL,1796039148);
INSERT INTO "unlistedFile" VALUES('7.08.202004','updates','Everything/source/tree/repodata/ba2f7f622cee3bdf5ee67ac2b489eedd3019095d7c240c6fcef2dcd4a6506b0f-primary.xml.gz',NULL,1796039163);
INSERT INTO "unlistedFile" VALUES('7.08.202004','updates','Everything/source/tree/repodata/dd3c91b8a3e03de7ecde4db845cd4d8b6930a597e48b3d9084ca6964fa1067c5-other.xml.gz',NULL,1796039163);
INSERT INTO "unlistedFile" VALUES('7.08.202004','updates','Everything/source/tree/repodata/e5be5809d462e1f8b1c0e18facbc17779d42df466411ab165c6924b33845b26f-filelists.xml.gz',NULL,1796039163);
INSERT INTO "unlistedFile" VALUES('7.08.202004','updates','Everything/x86_64/repodata/02d96f574c881df1fbddeec6e560512a93b1a59342330e24eb794c11c79f958b-other.xml.gz',NULL,1796039163);
INSERT INTO "unlistedFile" VALUES('7.08.202004','updates','Everything/x86_64/repodata/9fa2b51a823285ead64e526cab9add6a7f1b53ca0543b3b922363fd4096b2658-primary.xml.gz',NULL,1796039163);
INSERT INTO "unlistedFile" VALUES('7.08.202004','updates','Everything/x86_64/repodata/d55a04f1269f5ca0e10891ef470cb0a463315c36e8d6200d959fede4845eb9a3-filelists.xml.gz',NULL,1796039163);
CREATE UNIQUE INDEX openOperation ON operation (isOpen) WHERE isOpen = 1;
CREATE UNIQUE INDEX standingHold ON hold (package, version, rpmRelease)
  WHERE liftedAt IS NULL;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('hold',1);
INSERT INTO "sqlite_sequence" VALUES('operation',19);
INSERT INTO "sqlite_sequence" VALUES('event',27);
COMMIT;
