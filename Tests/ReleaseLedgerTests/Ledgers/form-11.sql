-- A ledger with 11 migrations, by the program of commit 6223edf: Ledgers/make.
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
INSERT INTO "acknowledgement" VALUES('gamma','gamma-1.0-2.el7','ann@host','nobody uses it',1796039072);
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
INSERT INTO "checkRun" VALUES('7.06.201903',1796039071,'{"baselinePushes":0,"gate":"gate:\n  vanish: 1 %\nchecks:\n  metadata: refuse\n  identity: refuse\n  signatures: refuse\n  manifest: refuse\n  closure: refuse\n  upgrade-path: refuse\n  vanish: refuse\n  contents: refuse\n  overlap: refuse\n  rehearsal: refuse\nrehearsal:\n  install: []\nkeys: [\/etc\/pki\/rpm-gpg\/RPM-GPG-KEY-EPEL-7]\ndigest: sha256\nclients: [bz2, gz, xz]\n06e7c625457472779d85d5a1503060d030b38590378667f7edd8de85fecaf0bf","manifests":{"releases\/7.06.201903":"bb6cfb632168f8258c6eedcc2c9c564a375c828b616f9afa1c3bf3741c4fdf5f","updates\/7.06.201903":"b62a50fbc7e8d135c0d1f3d2e3e278c248867e334912e44b54fd7e2cbacf03d1"}}','[]','[]');
INSERT INTO "checkRun" VALUES('7.07.201908',1796039076,'{"baseline":"7.06.201903","baselinePushes":3,"gate":"gate:\n  vanish: 1 %\nchecks:\n  metadata: refuse\n  identity: refuse\n  signatures: refuse\n  manifest: refuse\n  closure: refuse\n  upgrade-path: refuse\n  vanish: refuse\n  contents: refuse\n  overlap: refuse\n  rehearsal: refuse\nrehearsal:\n  install: []\nkeys: [\/etc\/pki\/rpm-gpg\/RPM-GPG-KEY-EPEL-7]\ndigest: sha256\nclients: [bz2, gz, xz]\n06e7c625457472779d85d5a1503060d030b38590378667f7edd8de85fecaf0bf","manifests":{"releases\/7.07.201908":"1340e5297e81fe37f2421bf156da607b8724eb7e0cb51e076b7349200fdfc42c","updates\/7.07.201908":"a6b985394fdf425f831b4bce2121672e952afe8b3ab6ff89ddb2727f1229baf6"},"names":{}}','[]','[]');
INSERT INTO "checkRun" VALUES('7.08.202004',1796039098,'{"baseline":"7.07.201908","baselinePushes":0,"gate":"gate:\n  vanish: 1 %\nchecks:\n  metadata: refuse\n  identity: refuse\n  signatures: refuse\n  metadata-signature: refuse\n  manifest: refuse\n  closure: refuse\n  upgrade-path: refuse\n  vanish: refuse\n  contents: refuse\n  overlap: refuse\n  rehearsal: refuse\nrehearsal:\n  install: []\nkeys: [\/etc\/pki\/rpm-gpg\/RPM-GPG-KEY-EPEL-7]\ndigest: sha256\nmetadata:\n  key: 0dbbff13c3aa36501b84747fc5d4b29c2cdb95e1\n  publicKey: \/etc\/pki\/rpm-gpg\/RPM-GPG-KEY-EPEL-7\nclients: [bz2, gz, xz]\n06e7c625457472779d85d5a1503060d030b38590378667f7edd8de85fecaf0bf","manifests":{"releases\/7.08.202004":"85117d2d70bd5aefac527d11fca9c7fe521ce9d573c4989445f047cd6bdd2a24","updates\/7.08.202004":"f0baca46f636105ec342cbd0583841719c0276f9dc21c4d1181bebd430b6152c"},"names":{}}','[]','[]');
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
INSERT INTO "event" VALUES(1,1796039053,'compose','7.06.201903','ann@host','staged 3 builds, 0 retired');
INSERT INTO "event" VALUES(2,1796039056,'check','7.06.201903','ann@host','passed');
INSERT INTO "event" VALUES(3,1796039057,'publish','7.06.201903','ann@host','published releases/7.06.201903, updates/7.06.201903');
INSERT INTO "event" VALUES(4,1796039058,'promote','7.06.201903','ann@host','made current, soak overridden (promoted before 2026-12-01 11:44 UTC)');
INSERT INTO "event" VALUES(5,1796039059,'move-link','7.06.201903','ann@host','updates/7z leads to it');
INSERT INTO "event" VALUES(6,1796039063,'check','7.06.201903','ann@host','passed');
INSERT INTO "event" VALUES(7,1796039063,'update','7.06.201903','ann@host','push 1: beta-1.1-1.el7, iota-1.0-1.el7, kappa-1.1-1.el7');
INSERT INTO "event" VALUES(8,1796039066,'check','7.06.201903','ann@host','passed');
INSERT INTO "event" VALUES(9,1796039066,'update','7.06.201903','ann@host','push 2: gamma-1.0-2.el7, kappa-1.2-1.el7');
INSERT INTO "event" VALUES(10,1796039071,'check','7.06.201903','ann@host','passed');
INSERT INTO "event" VALUES(11,1796039071,'update','7.06.201903','ann@host','push 3: took out kappa-1.2-1.el7; because: it forgets its settings');
INSERT INTO "event" VALUES(12,1796039072,'acknowledge','7.06.201903','ann@host','gamma-1.0-2.el7; nobody uses it');
INSERT INTO "event" VALUES(13,1796039074,'compose','7.07.201908','ann@host','staged 3 builds, 1 retired');
INSERT INTO "event" VALUES(14,1796039076,'check','7.07.201908','ann@host','passed');
INSERT INTO "event" VALUES(15,1796039077,'publish','7.07.201908','ann@host','published releases/7.07.201908, updates/7.07.201908');
INSERT INTO "event" VALUES(16,1796039079,'promote','7.07.201908','ann@host','made current, soak overridden (promoted before 2026-12-01 11:44 UTC)');
INSERT INTO "event" VALUES(17,1796039080,'rollback','7.07.201908','ann@host','left for 7.06.201903');
INSERT INTO "event" VALUES(18,1796039080,'rollback','7.06.201903','ann@host','went back from 7.07.201908');
INSERT INTO "event" VALUES(19,1796039082,'promote','7.07.201908','ann@host','made current, soak overridden (promoted before 2026-12-01 11:44 UTC), carried-late overridden (3 files that clients of 7.06.201903 may ask for are not on mirrors yet)');
INSERT INTO "event" VALUES(20,1796039084,'move-link','7.07.201908','ann@host','updates/7z leads to it, no longer to 7.06.201903');
INSERT INTO "event" VALUES(21,1796039087,'archive','7.06.201903','ann@host','archived releases/7.06.201903, updates/7.06.201903');
INSERT INTO "event" VALUES(22,1796039090,'remove-original','7.06.201903','ann@host','removed releases/7.06.201903, updates/7.06.201903');
INSERT INTO "event" VALUES(23,1796039094,'compose','7.08.202004','ann@host','staged 4 builds, 0 retired');
INSERT INTO "event" VALUES(24,1796039098,'check','7.08.202004','ann@host','passed');
INSERT INTO "event" VALUES(25,1796039100,'publish','7.08.202004','ann@host','published releases/7.08.202004, updates/7.08.202004');
INSERT INTO "event" VALUES(26,1796039101,'abandon','7.08.202004','ann@host','dropped releases/7.08.202004, updates/7.08.202004');
CREATE TABLE gateOverride (
  release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
  gate TEXT NOT NULL,
  reason TEXT NOT NULL,
  operator TEXT NOT NULL,
  at INTEGER NOT NULL
);
INSERT INTO "gateOverride" VALUES('7.06.201903','soak','promoted before 2026-12-01 11:44 UTC','ann@host',1796039058);
INSERT INTO "gateOverride" VALUES('7.07.201908','soak','promoted before 2026-12-01 11:44 UTC','ann@host',1796039078);
INSERT INTO "gateOverride" VALUES('7.07.201908','soak','promoted before 2026-12-01 11:44 UTC','ann@host',1796039081);
INSERT INTO "gateOverride" VALUES('7.07.201908','carried-late','3 files that clients of 7.06.201903 may ask for are not on mirrors yet','ann@host',1796039081);
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
INSERT INTO "hold" VALUES(1,'kappa','1.2','1.el7','withdrawn','it forgets its settings','ann@host',1796039067,'7.06.201903',NULL,NULL);
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
INSERT INTO "knownFile" VALUES('7.08.202004','releases','Everything/source/tree/Packages/p/pi-1.0-1.el7.src.rpm','771c8712d37934ddca19512833a967a2da5391091b2ef99f1c293557efa6bf49',1796039101);
INSERT INTO "knownFile" VALUES('7.08.202004','releases','Everything/x86_64/Packages/p/pi-1.0-1.el7.noarch.rpm','cfeaa8f1ec83f0f9fde2627181f0d68f6b94b66282763c3b58e0c5fe3f6a9d5d',1796039101);
INSERT INTO "knownFile" VALUES('7.08.202004','updates','Everything/source/tree/Packages/p/pi-1.0-1.el7.src.rpm','771c8712d37934ddca19512833a967a2da5391091b2ef99f1c293557efa6bf49',1796039101);
INSERT INTO "knownFile" VALUES('7.08.202004','updates','Everything/x86_64/Packages/p/pi-1.0-1.el7.noarch.rpm','cfeaa8f1ec83f0f9fde2627181f0d68f6b94b66282763c3b58e0c5fe3f6a9d5d',1796039101);
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
INSERT INTO "linkRelease" VALUES('updates/7z','7.07.201908','7.06.201903',1796039084);
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
INSERT INTO "mirrorModule" VALUES('fedora-epel',0,NULL,NULL,1796039102);
CREATE TABLE operation (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  release TEXT NOT NULL,
  started INTEGER NOT NULL,
  payload TEXT NOT NULL,
  isOpen INTEGER NOT NULL
, isReported INTEGER NOT NULL DEFAULT 1);
INSERT INTO "operation" VALUES(1,'compose','7.06.201903',1796039053,'{"composeTag":"epel-7-7.06.201903","planDigest":"8280c1d8211e36822477b0464db373a0feb0fb18e08e869c946b9eb8f4ab898d","release":"7.06.201903","trees":["releases\/7.06.201903","updates\/7.06.201903"]}',0,1);
INSERT INTO "operation" VALUES(2,'publish','7.06.201903',1796039056,'{"carries":[],"refreshes":[],"release":"7.06.201903","revisions":["releases",1527811200,"updates",1527811200],"trees":[{"area":"releases","path":"releases\/7.06.201903","release":"7.06.201903"},{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}]}',0,1);
INSERT INTO "operation" VALUES(3,'promote','7.06.201903',1796039058,'{"links":{"carries":[],"flips":[{"new":"..\/updates\/7","path":"releases\/7"},{"new":"7.06.201903","path":"updates\/7"}],"refreshes":[]},"overrides":[{"at":1796039058,"gate":"soak","operatorName":"ann@host","reason":"promoted before 2026-12-01 11:44 UTC"}],"release":"7.06.201903"}',0,1);
INSERT INTO "operation" VALUES(4,'move-link','7.06.201903',1796039059,'{"isBack":false,"link":"updates\/7z","links":{"carries":[],"flips":[{"new":"7.06.201903","path":"updates\/7z"}],"mover":"updates\/7z","refreshes":[]},"overrides":[],"release":"7.06.201903"}',0,1);
INSERT INTO "operation" VALUES(5,'update','7.06.201903',1796039063,'{"push":{"at":1796039060,"changes":[],"documents":{"advisories":[],"modules":{}},"overrides":[],"plan":{"added":[{"nvr":"iota-1.0-1.el7","package":"iota"}],"advisories":[],"allowUnsigned":false,"buildSystem":"directory \/srv\/rehearsal\/pool","builds":[{"evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"package":"beta","rpms":[{"buildTime":1538956800,"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"name":"beta"},"path":"\/srv\/rehearsal\/pool\/beta-1.1-1.el7\/beta-1.1-1.el7.noarch.rpm","sha256":"c80d61e1cc3fdc70682a096b2dc2edcad854a9326fdb2324206317824b48971f","signature":{"trusted":{"keyID":"c5d4b29c2cdb95e1"}},"signatureHash":"sha256","size":6969,"sourceRPM":"beta-1.1-1.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1538956800,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"name":"beta"},"path":"\/srv\/rehearsal\/pool\/beta-1.1-1.el7\/beta-1.1-1.el7.src.rpm","sha256":"0601f20f257e097d03f2b372b86f3a5e5775e3d340ea023a651a141cdaab0e5b","signature":{"trusted":{"keyID":"c5d4b29c2cdb95e1"}},"signatureHash":"sha256","size":7472,"undocumentedMarkers":[]}]},{"evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.0"},"package":"iota","rpms":[{"buildTime":1539043200,"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.0"},"name":"iota"},"path":"\/srv\/rehearsal\/pool\/iota-1.0-1.el7\/iota-1.0-1.el7.noarch.rpm","sha256":"2006ff51b3f0a77e82fbe21558cd68378fc2ddb5131afbeb4d6d3931e7be6e15","signature":{"trusted":{"keyID":"c5d4b29c2cdb95e1"}},"signatureHash":"sha256","size":6565,"sourceRPM":"iota-1.0-1.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1539043200,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.0"},"name":"iota"},"path":"\/srv\/rehearsal\/pool\/iota-1.0-1.el7\/iota-1.0-1.el7.src.rpm","sha256":"f468b47437b352b54d7196217d95ccd2d606078f79e398fcbae198246a2ef103","signature":{"trusted":{"keyID":"c5d4b29c2cdb95e1"}},"signatureHash":"sha256","size":7078,"undocumentedMarkers":[]}]},{"evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"package":"kappa","rpms":[{"buildTime":1539129600,"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"name":"kappa"},"path":"\/srv\/rehearsal\/pool\/kappa-1.1-1.el7\/kappa-1.1-1.el7.noarch.rpm","sha256":"49c4d60c437e3e4e69a09e8c6bcbfbed633f25afbbdae72d2b652fd2d2e12226","signature":{"trusted":{"keyID":"c5d4b29c2cdb95e1"}},"signatureHash":"sha256","size":6649,"sourceRPM":"kappa-1.1-1.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1539129600,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"name":"kappa"},"path":"\/srv\/rehearsal\/pool\/kappa-1.1-1.el7\/kappa-1.1-1.el7.src.rpm","sha256":"a1d0d92ddb079beea34a53e74d7e90541e86fec924c0041e956b7016543a5e76","signature":{"trusted":{"keyID":"c5d4b29c2cdb95e1"}},"signatureHash":"sha256","size":7299,"undocumentedMarkers":[]}]}],"changes":[],"kind":"update","left":[],"lifted":[],"reason":null,"refusals":[],"release":"7.06.201903","relisted":[],"retiring":[],"returning":[],"revision":1539129600,"serial":1,"skipped":[],"steps":["link 6 RPM files of 3 builds into \/pub\/epel\/updates\/7.06.201903","write new metadata beside the old","replace repomd.xml of 3 repositories"],"stream":"epel-7","undoes":null,"unlisted":[],"updated":[{"from":"1.0-1.el7","nvr":"beta-1.1-1.el7","package":"beta","to":"1.1-1.el7"},{"from":"1.0-1.el7","nvr":"kappa-1.1-1.el7","package":"kappa","to":"1.1-1.el7"}],"warnings":[]},"relisting":[],"removed":[],"unlisting":[],"verdict":{"manifest":"090500522265af831b780d84e33c403690aee4a2dc4b7e4b2d40700c4958923b","report":{"checks":[{"findings":[],"level":"refuse","name":"metadata","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"identity","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"signatures","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"manifest","passed":true,"waived":[],"warnings":[]},{"assumed":0,"findings":[],"level":"refuse","name":"closure","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"upgrade-path","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"vanish","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"contents","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"overlap","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"rehearsal","passed":true,"waived":[],"warnings":[]}],"passed":true,"release":"7.06.201903"}}},"refreshes":[],"release":"7.06.201903","removals":[],"request":{"update":{"_0":{"again":[],"only":[],"skipped":[],"skipsUnsigned":false}}},"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}',0,1);
INSERT INTO "operation" VALUES(6,'update','7.06.201903',1796039066,'{"push":{"at":1796039064,"changes":[],"documents":{"advisories":[],"modules":{}},"overrides":[],"plan":{"added":[],"advisories":[],"allowUnsigned":false,"buildSystem":"directory \/srv\/rehearsal\/pool","builds":[{"evr":{"epoch":0,"rpmRelease":"2.el7","version":"1.0"},"package":"gamma","rpms":[{"buildTime":1541980800,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"2.el7","version":"1.0"},"name":"gamma"},"path":"\/srv\/rehearsal\/pool\/gamma-1.0-2.el7\/gamma-1.0-2.el7.src.rpm","sha256":"a90b59dce7cef97b99ff82ac126ae7ef16e47d39c878cfd2d483e8f15402145f","signature":{"trusted":{"keyID":"c5d4b29c2cdb95e1"}},"signatureHash":"sha256","size":8048,"undocumentedMarkers":[]},{"buildTime":1541980800,"nevra":{"arch":"x86_64","evr":{"epoch":0,"rpmRelease":"2.el7","version":"1.0"},"name":"gamma"},"path":"\/srv\/rehearsal\/pool\/gamma-1.0-2.el7\/gamma-1.0-2.el7.x86_64.rpm","sha256":"a74986bbe9f35f34ff38cf09cb1e3e683ef846d5d908ca987eff6788d0774a34","signature":{"trusted":{"keyID":"c5d4b29c2cdb95e1"}},"signatureHash":"sha256","size":6621,"sourceRPM":"gamma-1.0-2.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1541980800,"marker":{"path":"\/usr\/share\/doc\/gamma-doc-1.0\/README-RETIRED.txt","text":"gamma is retired: upstream is gone since 2018. Use sigma instead.\n"},"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"2.el7","version":"1.0"},"name":"gamma-doc"},"path":"\/srv\/rehearsal\/pool\/gamma-1.0-2.el7\/gamma-doc-1.0-2.el7.noarch.rpm","sha256":"f380fa104769c44e2fa99a9a3346639bd7f67fcb4735afafbaca7f452cb2e63f","signature":{"trusted":{"keyID":"c5d4b29c2cdb95e1"}},"signatureHash":"sha256","size":6977,"sourceRPM":"gamma-1.0-2.el7.src.rpm","undocumentedMarkers":[]}]},{"evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.2"},"package":"kappa","rpms":[{"buildTime":1542067200,"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.2"},"name":"kappa"},"path":"\/srv\/rehearsal\/pool\/kappa-1.2-1.el7\/kappa-1.2-1.el7.noarch.rpm","sha256":"9703b7209ec5314f68e51227f3f0b8817c2840b6a043695754d1f798f33a1fd5","signature":{"trusted":{"keyID":"c5d4b29c2cdb95e1"}},"signatureHash":"sha256","size":6721,"sourceRPM":"kappa-1.2-1.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1542067200,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.2"},"name":"kappa"},"path":"\/srv\/rehearsal\/pool\/kappa-1.2-1.el7\/kappa-1.2-1.el7.src.rpm","sha256":"f7460f6f08f00472bb7689931c51c9faf9bd2838ceb3b0ea5f653e2617642c01","signature":{"trusted":{"keyID":"c5d4b29c2cdb95e1"}},"signatureHash":"sha256","size":7462,"undocumentedMarkers":[]}]}],"changes":[],"kind":"update","left":[],"lifted":[],"reason":null,"refusals":[],"release":"7.06.201903","relisted":[],"retiring":[{"breakage":null,"breaks":null,"epoch":0,"marker":"\/usr\/share\/doc\/gamma-doc-1.0\/README-RETIRED.txt","nvr":"gamma-1.0-2.el7","package":"gamma","rpm":"gamma-doc-1.0-2.el7.noarch.rpm","text":"gamma is retired: upstream is gone since 2018. Use sigma instead.\n","wasCarried":true}],"returning":[],"revision":1542067200,"serial":2,"skipped":[],"steps":["link 5 RPM files of 2 builds into \/pub\/epel\/updates\/7.06.201903","write new metadata beside the old","replace repomd.xml of 3 repositories"],"stream":"epel-7","undoes":null,"unlisted":[],"updated":[{"from":"1.0-1.el7","nvr":"gamma-1.0-2.el7","package":"gamma","to":"1.0-2.el7"},{"from":"1.1-1.el7","nvr":"kappa-1.2-1.el7","package":"kappa","to":"1.2-1.el7"}],"warnings":[]},"relisting":[],"removed":[],"unlisting":[],"verdict":{"manifest":"c37a8575f1b6e3d8794bb400fd47f964b783b37419dcd6fa5b210b696ffca519","report":{"checks":[{"findings":[],"level":"refuse","name":"metadata","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"identity","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"signatures","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"manifest","passed":true,"waived":[],"warnings":[]},{"assumed":0,"findings":[],"level":"refuse","name":"closure","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"upgrade-path","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"vanish","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"contents","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"overlap","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"rehearsal","passed":true,"waived":[],"warnings":[]}],"passed":true,"release":"7.06.201903"}}},"refreshes":[],"release":"7.06.201903","removals":[{"paths":["Everything\/source\/tree\/repodata\/78d539475a315dac8b367aa617238bfdd2397ca1a4bcf4604df67497d72205cc-primary.xml.gz","Everything\/source\/tree\/repodata\/c32f94b663a37f053173dbf086d80b531ae9b224a632419ad4e9af99cd6e23f0-other.xml.gz","Everything\/source\/tree\/repodata\/fc7274c37918214a624d4fd9bcc118b55c45254341de43473d25ea93cf4b002b-filelists.xml.gz","Everything\/x86_64\/repodata\/2e60cc8e4b062f0d18facf72f95241c97a421b15418c48a781e8c7854bbd34a7-primary.xml.gz","Everything\/x86_64\/repodata\/4609e449538293ebd3686953b9daf7b22380c4fa2fed25ec6410855266e88346-filelists.xml.gz","Everything\/x86_64\/repodata\/b8c2b412d2107ae3280ed50d209423896374f50bb7c4faad966fa0671ad30ef4-other.xml.gz"],"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}],"request":{"update":{"_0":{"again":[],"only":[],"skipped":[],"skipsUnsigned":false}}},"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}',0,1);
INSERT INTO "operation" VALUES(7,'update','7.06.201903',1796039071,'{"push":{"at":1796039067,"changes":[],"documents":{"advisories":[],"modules":{}},"overrides":[],"plan":{"added":[],"advisories":[],"allowUnsigned":false,"buildSystem":"none","builds":[],"changes":[],"kind":"withdrawal","left":[],"lifted":[],"reason":"it forgets its settings","refusals":[],"release":"7.06.201903","relisted":[],"retiring":[],"returning":[],"revision":1542067201,"serial":3,"skipped":[],"steps":["take 1 build out of the lists of \/pub\/epel\/updates\/7.06.201903; their files stay for 1 second","write new metadata beside the old","replace repomd.xml of 3 repositories"],"stream":"epel-7","undoes":null,"unlisted":[{"cause":"withdrawn","nvr":"kappa-1.2-1.el7","package":"kappa"}],"updated":[],"warnings":[]},"relisting":[],"removed":[{"provides":["kappa = 1.2-1.el7"],"rpm":{"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.2"},"name":"kappa"},"package":"kappa"}}],"unlisting":[{"build":"kappa-1.2-1.el7","path":"Everything\/source\/tree\/Packages\/k\/kappa-1.2-1.el7.src.rpm","since":1796039067},{"build":"kappa-1.2-1.el7","path":"Everything\/x86_64\/Packages\/k\/kappa-1.2-1.el7.noarch.rpm","since":1796039067}],"verdict":{"manifest":"849c2c1fa2d67412b20ac15ef581baa59f374b0f9e400bec3510183beb67f184","report":{"checks":[{"findings":[],"level":"refuse","name":"metadata","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"identity","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"signatures","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"manifest","passed":true,"waived":[],"warnings":[]},{"assumed":0,"findings":[],"level":"refuse","name":"closure","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"upgrade-path","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"vanish","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"contents","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"overlap","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"rehearsal","passed":true,"waived":[],"warnings":[]}],"passed":true,"release":"7.06.201903"}}},"refreshes":[],"release":"7.06.201903","removals":[{"paths":["Everything\/source\/tree\/repodata\/0ad7a43410060df95138eb6b7d4bbcce1f41a9c7a0ed2731dc08adf65587975f-primary.xml.gz","Everything\/source\/tree\/repodata\/d30881be65e516567a78f3b472e5ad0185e66ae042fb86e24021088623a4c36c-filelists.xml.gz","Everything\/source\/tree\/repodata\/fc1716fb1ef515945e8a20db2b13e156ff0806e7bd0297649273d7d42458ea10-other.xml.gz","Everything\/x86_64\/repodata\/864c84d1d92494eeba896b8c6eb2cbbe56404441f6c07369c482bb6aa42ac98e-filelists.xml.gz","Everything\/x86_64\/repodata\/8df3912828e9b21707a09a5d36be6dce59e94501bdcc412e872b13906726514f-primary.xml.gz","Everything\/x86_64\/repodata\/fd46ff5db80d8b40b26f01ac9ecd8a336e262f52ed449051227e229f03729430-other.xml.gz"],"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}],"request":{"withdraw":{"_0":["kappa-1.2-1.el7"],"reason":"it forgets its settings"}},"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}',0,1);
INSERT INTO "operation" VALUES(8,'compose','7.07.201908',1796039073,'{"composeTag":"epel-7-7.07.201908","planDigest":"e050bc1117d6426807cd85616d49b748f43eca37aedf08b35b25167beea95977","release":"7.07.201908","trees":["releases\/7.07.201908","updates\/7.07.201908"]}',0,1);
INSERT INTO "operation" VALUES(9,'publish','7.07.201908',1796039077,'{"carries":[{"files":["Everything\/source\/tree\/Packages\/b\/beta-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-2.el7.src.rpm","Everything\/source\/tree\/Packages\/k\/kappa-1.0-1.el7.src.rpm","Everything\/source\/tree\/repodata\/1fa11cca64fe060e80216fa7bca467974a6d45f32c1fa2464fd6112f79c9e57a-other.xml.gz","Everything\/source\/tree\/repodata\/3294b63458f692c50dfeaad2df4bc138ce7f8756c71ff7492310198a0bdff7b4-primary.xml.gz","Everything\/source\/tree\/repodata\/8176d7cf8142e9e59e0e6d3f429c4e5364fe6605d1093e7c4ce09f63ca205b41-filelists.xml.gz","Everything\/x86_64\/Packages\/b\/beta-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-1.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-2.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-2.el7.noarch.rpm","Everything\/x86_64\/Packages\/k\/kappa-1.0-1.el7.noarch.rpm","Everything\/x86_64\/repodata\/05e2ed2db97831726a852143adae538d5d38dacba8eb38b1c9483afaa6edcd9e-filelists.xml.gz","Everything\/x86_64\/repodata\/c5a9dad82de3c362581247e4ecb49194aa844a3847bf7c53a72319dd883e1d15-other.xml.gz","Everything\/x86_64\/repodata\/d08accb55e570941081243d1e43188fe53f5623dede07ae462309f70bd8e6396-primary.xml.gz"],"kept":[],"renewed":[],"source":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"},"target":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}}],"refreshes":[],"release":"7.07.201908","revisions":["releases",1542067202,"updates",1542067202],"trees":[{"area":"releases","path":"releases\/7.07.201908","release":"7.07.201908"},{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}]}',0,1);
INSERT INTO "operation" VALUES(10,'promote','7.07.201908',1796039078,'{"links":{"carries":[{"files":[],"kept":["Everything\/source\/tree\/Packages\/b\/beta-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-2.el7.src.rpm","Everything\/source\/tree\/Packages\/k\/kappa-1.0-1.el7.src.rpm","Everything\/source\/tree\/repodata\/1fa11cca64fe060e80216fa7bca467974a6d45f32c1fa2464fd6112f79c9e57a-other.xml.gz","Everything\/source\/tree\/repodata\/3294b63458f692c50dfeaad2df4bc138ce7f8756c71ff7492310198a0bdff7b4-primary.xml.gz","Everything\/source\/tree\/repodata\/8176d7cf8142e9e59e0e6d3f429c4e5364fe6605d1093e7c4ce09f63ca205b41-filelists.xml.gz","Everything\/x86_64\/Packages\/b\/beta-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-1.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-2.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-2.el7.noarch.rpm","Everything\/x86_64\/Packages\/k\/kappa-1.0-1.el7.noarch.rpm","Everything\/x86_64\/repodata\/05e2ed2db97831726a852143adae538d5d38dacba8eb38b1c9483afaa6edcd9e-filelists.xml.gz","Everything\/x86_64\/repodata\/c5a9dad82de3c362581247e4ecb49194aa844a3847bf7c53a72319dd883e1d15-other.xml.gz","Everything\/x86_64\/repodata\/d08accb55e570941081243d1e43188fe53f5623dede07ae462309f70bd8e6396-primary.xml.gz"],"renewed":[],"source":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"},"target":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}}],"flips":[{"new":"7.07.201908","old":"7.06.201903","path":"updates\/7"}],"refreshes":[]},"overrides":[{"at":1796039078,"gate":"soak","operatorName":"ann@host","reason":"promoted before 2026-12-01 11:44 UTC"}],"release":"7.07.201908"}',0,1);
INSERT INTO "operation" VALUES(11,'rollback','7.06.201903',1796039080,'{"left":"7.07.201908","links":{"carries":[{"files":["Everything\/source\/tree\/repodata\/9183744ba46d1239c3f3db48a40881a0cc06a20522da8fc2c039b3999b70e779-other.xml.gz","Everything\/source\/tree\/repodata\/b34cf35b1a23e0b38bd66bf38def2e0b39bf3b9f78e22dd4edec50b3399a3595-primary.xml.gz","Everything\/source\/tree\/repodata\/ff5734b6bbd3a1ce7e4ec0490a959c0f982190dd55f61d09f9f801cf8d4296a8-filelists.xml.gz","Everything\/x86_64\/repodata\/877c0ed42930f86110b4530e2f4337b6ff2417e4b835cc8bfa61ea4212000451-other.xml.gz","Everything\/x86_64\/repodata\/dd927734b9d9bd44dcdc4a5a868c4309d9202c5566cb816961de5b1dded7fb32-filelists.xml.gz","Everything\/x86_64\/repodata\/f7b6555a8bab2cd63f012fddd34a9b37321d2a21a53f8e09fd300a767ee83b7d-primary.xml.gz"],"kept":[],"renewed":[],"source":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"},"target":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}],"flips":[{"new":"7.06.201903","old":"7.07.201908","path":"updates\/7"}],"refreshes":[{"revision":1542067203,"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}]},"release":"7.06.201903"}',0,1);
INSERT INTO "operation" VALUES(12,'promote','7.07.201908',1796039081,'{"links":{"carries":[{"files":[],"kept":["Everything\/source\/tree\/Packages\/b\/beta-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-2.el7.src.rpm","Everything\/source\/tree\/Packages\/k\/kappa-1.0-1.el7.src.rpm","Everything\/source\/tree\/repodata\/1fa11cca64fe060e80216fa7bca467974a6d45f32c1fa2464fd6112f79c9e57a-other.xml.gz","Everything\/source\/tree\/repodata\/3294b63458f692c50dfeaad2df4bc138ce7f8756c71ff7492310198a0bdff7b4-primary.xml.gz","Everything\/source\/tree\/repodata\/8176d7cf8142e9e59e0e6d3f429c4e5364fe6605d1093e7c4ce09f63ca205b41-filelists.xml.gz","Everything\/x86_64\/Packages\/b\/beta-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-1.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-2.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-2.el7.noarch.rpm","Everything\/x86_64\/Packages\/k\/kappa-1.0-1.el7.noarch.rpm","Everything\/x86_64\/repodata\/05e2ed2db97831726a852143adae538d5d38dacba8eb38b1c9483afaa6edcd9e-filelists.xml.gz","Everything\/x86_64\/repodata\/c5a9dad82de3c362581247e4ecb49194aa844a3847bf7c53a72319dd883e1d15-other.xml.gz","Everything\/x86_64\/repodata\/d08accb55e570941081243d1e43188fe53f5623dede07ae462309f70bd8e6396-primary.xml.gz"],"renewed":[],"source":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"},"target":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}}],"flips":[{"new":"7.07.201908","old":"7.06.201903","path":"updates\/7"}],"refreshes":[{"revision":1542067204,"tree":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}}]},"overrides":[{"at":1796039081,"gate":"soak","operatorName":"ann@host","reason":"promoted before 2026-12-01 11:44 UTC"},{"at":1796039081,"gate":"carried-late","operatorName":"ann@host","reason":"3 files that clients of 7.06.201903 may ask for are not on mirrors yet"}],"release":"7.07.201908"}',0,1);
INSERT INTO "operation" VALUES(13,'move-link','7.07.201908',1796039084,'{"former":"7.06.201903","isBack":false,"link":"updates\/7z","links":{"carries":[{"files":[],"kept":["Everything\/source\/tree\/Packages\/b\/beta-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-2.el7.src.rpm","Everything\/source\/tree\/Packages\/k\/kappa-1.0-1.el7.src.rpm","Everything\/source\/tree\/repodata\/1fa11cca64fe060e80216fa7bca467974a6d45f32c1fa2464fd6112f79c9e57a-other.xml.gz","Everything\/source\/tree\/repodata\/3294b63458f692c50dfeaad2df4bc138ce7f8756c71ff7492310198a0bdff7b4-primary.xml.gz","Everything\/source\/tree\/repodata\/8176d7cf8142e9e59e0e6d3f429c4e5364fe6605d1093e7c4ce09f63ca205b41-filelists.xml.gz","Everything\/x86_64\/Packages\/b\/beta-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-1.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-2.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-2.el7.noarch.rpm","Everything\/x86_64\/Packages\/k\/kappa-1.0-1.el7.noarch.rpm","Everything\/x86_64\/repodata\/05e2ed2db97831726a852143adae538d5d38dacba8eb38b1c9483afaa6edcd9e-filelists.xml.gz","Everything\/x86_64\/repodata\/c5a9dad82de3c362581247e4ecb49194aa844a3847bf7c53a72319dd883e1d15-other.xml.gz","Everything\/x86_64\/repodata\/d08accb55e570941081243d1e43188fe53f5623dede07ae462309f70bd8e6396-primary.xml.gz"],"renewed":[],"source":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"},"target":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}}],"flips":[{"new":"7.07.201908","old":"7.06.201903","path":"updates\/7z"}],"mover":"updates\/7z","refreshes":[]},"overrides":[],"release":"7.07.201908"}',0,1);
INSERT INTO "operation" VALUES(14,'archive','7.06.201903',1796039086,'{"release":"7.06.201903","trees":[{"area":"releases","path":"releases\/7.06.201903","release":"7.06.201903"},{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}]}',0,1);
INSERT INTO "operation" VALUES(15,'remove-original','7.06.201903',1796039090,'{"release":"7.06.201903","trees":[{"area":"releases","path":"releases\/7.06.201903","release":"7.06.201903"},{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}]}',0,1);
INSERT INTO "operation" VALUES(16,'compose','7.08.202004',1796039093,'{"composeTag":"epel-7-7.08.202004","planDigest":"a59fae7eb41875486524916db324a22fc57d981a504add8bc31a13dbd7fe4bba","release":"7.08.202004","trees":["releases\/7.08.202004","updates\/7.08.202004"]}',0,1);
INSERT INTO "operation" VALUES(17,'publish','7.08.202004',1796039100,'{"carries":[{"files":["Everything\/source\/tree\/repodata\/9183744ba46d1239c3f3db48a40881a0cc06a20522da8fc2c039b3999b70e779-other.xml.gz","Everything\/source\/tree\/repodata\/b34cf35b1a23e0b38bd66bf38def2e0b39bf3b9f78e22dd4edec50b3399a3595-primary.xml.gz","Everything\/source\/tree\/repodata\/ff5734b6bbd3a1ce7e4ec0490a959c0f982190dd55f61d09f9f801cf8d4296a8-filelists.xml.gz","Everything\/x86_64\/repodata\/877c0ed42930f86110b4530e2f4337b6ff2417e4b835cc8bfa61ea4212000451-other.xml.gz","Everything\/x86_64\/repodata\/dd927734b9d9bd44dcdc4a5a868c4309d9202c5566cb816961de5b1dded7fb32-filelists.xml.gz","Everything\/x86_64\/repodata\/f7b6555a8bab2cd63f012fddd34a9b37321d2a21a53f8e09fd300a767ee83b7d-primary.xml.gz"],"kept":[],"renewed":[],"source":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"},"target":{"area":"updates","path":"updates\/7.08.202004","release":"7.08.202004"}}],"refreshes":[],"release":"7.08.202004","revisions":["updates",1550016000,"releases",1550016000],"trees":[{"area":"releases","path":"releases\/7.08.202004","release":"7.08.202004"},{"area":"updates","path":"updates\/7.08.202004","release":"7.08.202004"}]}',0,1);
INSERT INTO "operation" VALUES(18,'abandon','7.08.202004',1796039101,'{"composeTag":"epel-7-7.08.202004","known":[{"area":"releases","path":"Everything\/source\/tree\/Packages\/p\/pi-1.0-1.el7.src.rpm","sha256":"771c8712d37934ddca19512833a967a2da5391091b2ef99f1c293557efa6bf49"},{"area":"releases","path":"Everything\/x86_64\/Packages\/p\/pi-1.0-1.el7.noarch.rpm","sha256":"cfeaa8f1ec83f0f9fde2627181f0d68f6b94b66282763c3b58e0c5fe3f6a9d5d"},{"area":"updates","path":"Everything\/source\/tree\/Packages\/p\/pi-1.0-1.el7.src.rpm","sha256":"771c8712d37934ddca19512833a967a2da5391091b2ef99f1c293557efa6bf49"},{"area":"updates","path":"Everything\/x86_64\/Packages\/p\/pi-1.0-1.el7.noarch.rpm","sha256":"cfeaa8f1ec83f0f9fde2627181f0d68f6b94b66282763c3b58e0c5fe3f6a9d5d"}],"release":"7.08.202004","removed":[{"at":1796039101,"cause":"abandoned","former":{"provides":["pi = 1.0-1.el7"],"rpm":{"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.0"},"name":"pi"},"package":"pi"}},"operatorName":"ann@host","release":"7.08.202004"}],"trees":[{"path":"releases\/7.08.202004","root":"\/srv\/rehearsal\/root\/pub\/epel"},{"path":"updates\/7.08.202004","root":"\/srv\/rehearsal\/root\/pub\/epel"}]}',0,1);
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
INSERT INTO "push" VALUES('7.06.201903',1,1796039060,'update','ann@host',NULL,NULL,'["beta-1.1-1.el7","iota-1.0-1.el7","kappa-1.1-1.el7"]','[]');
INSERT INTO "push" VALUES('7.06.201903',2,1796039064,'update','ann@host',NULL,NULL,'["gamma-1.0-2.el7","kappa-1.2-1.el7"]','[]');
INSERT INTO "push" VALUES('7.06.201903',3,1796039067,'withdrawal','ann@host','it forgets its settings',NULL,'[]','["kappa-1.2-1.el7"]');
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
INSERT INTO "release" VALUES('7.06.201903',1,'archived',1796039087,0,NULL,'epel-7-7.06.201903','8280c1d8211e36822477b0464db373a0feb0fb18e08e869c946b9eb8f4ab898d',0,1,3,3);
INSERT INTO "release" VALUES('7.07.201908',2,'current',1796039082,0,'7.06.201903','epel-7-7.07.201908','e050bc1117d6426807cd85616d49b748f43eca37aedf08b35b25167beea95977',0,1,4,0);
INSERT INTO "release" VALUES('7.08.202004',3,'abandoned',1796039101,0,'7.07.201908','epel-7-7.08.202004','a59fae7eb41875486524916db324a22fc57d981a504add8bc31a13dbd7fe4bba',0,1,NULL,0);
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
INSERT INTO "removedRPM" VALUES('kappa','kappa',0,'1.2','1.el7','noarch','["kappa = 1.2-1.el7"]','kappa-1.2-1.el7','7.06.201903','withdrawn',3,1796039067,'ann@host','it forgets its settings');
INSERT INTO "removedRPM" VALUES('gamma','gamma',0,'1.0','1.el7','x86_64','["gamma = 1.0-1.el7","gamma(x86-64) = 1.0-1.el7","\/usr\/bin\/gamma"]',NULL,'7.07.201908','retired',NULL,1796039082,'ann@host','gamma is retired: upstream is gone since 2018. Use sigma instead.
');
INSERT INTO "removedRPM" VALUES('gamma','gamma',0,'1.0','2.el7','x86_64','["gamma = 1.0-2.el7","gamma(x86-64) = 1.0-2.el7","\/usr\/bin\/gamma"]',NULL,'7.07.201908','retired',NULL,1796039082,'ann@host','gamma is retired: upstream is gone since 2018. Use sigma instead.
');
INSERT INTO "removedRPM" VALUES('gamma','gamma-doc',0,'1.0','1.el7','noarch','["gamma-doc = 1.0-1.el7"]',NULL,'7.07.201908','retired',NULL,1796039082,'ann@host','gamma is retired: upstream is gone since 2018. Use sigma instead.
');
INSERT INTO "removedRPM" VALUES('gamma','gamma-doc',0,'1.0','2.el7','noarch','["gamma-doc = 1.0-2.el7"]',NULL,'7.07.201908','retired',NULL,1796039082,'ann@host','gamma is retired: upstream is gone since 2018. Use sigma instead.
');
INSERT INTO "removedRPM" VALUES('pi','pi',0,'1.0','1.el7','noarch','["pi = 1.0-1.el7"]',NULL,'7.08.202004','abandoned',NULL,1796039101,'ann@host',NULL);
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
INSERT INTO "seal" VALUES(1,X'7F210235E1D97B720F8C7BB671ED95D559C71FDE4783802045A639F12669DDF0');
CREATE TABLE statement (
  serial INTEGER NOT NULL PRIMARY KEY,
  release TEXT NOT NULL,
  written INTEGER NOT NULL,
  validUntil INTEGER NOT NULL,
  -- Of the file's bytes.
  sha256 TEXT NOT NULL
);
INSERT INTO "statement" VALUES(1,'7.07.201908',1796039091,1796643891,'8662e7a72efa20aeac4dc49a56820e20362ddab51d4d4c01d38b443e75805653');
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
INSERT INTO "tree" VALUES('7.07.201908','releases','releases/7.07.201908','public',0,'1340e5297e81fe37f2421bf156da607b8724eb7e0cb51e076b7349200fdfc42c',1542067202,6,42032);
INSERT INTO "tree" VALUES('7.07.201908','updates','updates/7.07.201908','public',0,'a6b985394fdf425f831b4bce2121672e952afe8b3ab6ff89ddb2727f1229baf6',1542067204,6,42032);
INSERT INTO "tree" VALUES('7.06.201903','releases','releases/7.06.201903','archive',1,'bb6cfb632168f8258c6eedcc2c9c564a375c828b616f9afa1c3bf3741c4fdf5f',1527811200,7,48808);
INSERT INTO "tree" VALUES('7.06.201903','updates','updates/7.06.201903','archive',1,'b62a50fbc7e8d135c0d1f3d2e3e278c248867e334912e44b54fd7e2cbacf03d1',1542067203,16,112486);
INSERT INTO "tree" VALUES('7.08.202004','releases','releases/7.08.202004','gone',0,'85117d2d70bd5aefac527d11fca9c7fe521ce9d573c4989445f047cd6bdd2a24',1550016000,8,55609);
INSERT INTO "tree" VALUES('7.08.202004','updates','updates/7.08.202004','gone',0,'f0baca46f636105ec342cbd0583841719c0276f9dc21c4d1181bebd430b6152c',1550016000,8,55609);
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
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/Packages/k/kappa-1.2-1.el7.src.rpm','kappa-1.2-1.el7',1796039067);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/9183744ba46d1239c3f3db48a40881a0cc06a20522da8fc2c039b3999b70e779-other.xml.gz',NULL,1796039080);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/accce2607b6429b875fcb09f53b08d1286675d4aeb61a01986de6946b54e9d9f-primary.xml.gz',NULL,1796039071);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/b34cf35b1a23e0b38bd66bf38def2e0b39bf3b9f78e22dd4edec50b3399a3595-primary.xml.gz',NULL,1796039080);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/bf685c38dd061545400907938da972e31c7ccde4795501d02ebde5d70328ad89-filelists.xml.gz',NULL,1796039071);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/ebe170d4c4b94e407e7ba78022a06088c6da71fc146b78f53e901b6d79043b95-other.xml.gz',NULL,1796039071);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/ff5734b6bbd3a1ce7e4ec0490a959c0f982190dd55f61d09f9f801cf8d4296a8-filelists.xml.gz',NULL,1796039080);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/Packages/k/kappa-1.2-1.el7.noarch.rpm','kappa-1.2-1.el7',1796039067);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/078c07c257916678ca351f6558b5a8387fcb0a54b02a86f07d35e202573df458-other.xml.gz',NULL,1796039071);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/5f74b25af1111bc6ded88d40aefd1234963b6570c09dd81adeb6c67aa3b25955-filelists.xml.gz',NULL,1796039071);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/877c0ed42930f86110b4530e2f4337b6ff2417e4b835cc8bfa61ea4212000451-other.xml.gz',NULL,1796039080);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/877ced93c4d83a80fb492fd341aea24657eaad89276d53e949220f86f4fac8c6-primary.xml.gz',NULL,1796039071);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/dd927734b9d9bd44dcdc4a5a868c4309d9202c5566cb816961de5b1dded7fb32-filelists.xml.gz',NULL,1796039080);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/f7b6555a8bab2cd63f012fddd34a9b37321d2a21a53f8e09fd300a767ee83b7d-primary.xml.gz',NULL,1796039080);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/Packages/b/beta-1.0-1.el7.src.rpm',NULL,1796039084);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/Packages/g/gamma-1.0-1.el7.src.rpm',NULL,1796039084);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/Packages/g/gamma-1.0-2.el7.src.rpm',NULL,1796039084);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/Packages/k/kappa-1.0-1.el7.src.rpm',NULL,1796039084);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/repodata/1fa11cca64fe060e80216fa7bca467974a6d45f32c1fa2464fd6112f79c9e57a-other.xml.gz',NULL,1796039084);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/repodata/3294b63458f692c50dfeaad2df4bc138ce7f8756c71ff7492310198a0bdff7b4-primary.xml.gz',NULL,1796039084);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/repodata/8176d7cf8142e9e59e0e6d3f429c4e5364fe6605d1093e7c4ce09f63ca205b41-filelists.xml.gz',NULL,1796039084);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/b/beta-1.0-1.el7.noarch.rpm',NULL,1796039084);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/g/gamma-1.0-1.el7.x86_64.rpm',NULL,1796039084);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/g/gamma-1.0-2.el7.x86_64.rpm',NULL,1796039084);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/g/gamma-doc-1.0-1.el7.noarch.rpm',NULL,1796039084);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/g/gamma-doc-1.0-2.el7.noarch.rpm',NULL,1796039084);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/k/kappa-1.0-1.el7.noarch.rpm',NULL,1796039084);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/repodata/05e2ed2db97831726a852143adae538d5d38dacba8eb38b1c9483afaa6edcd9e-filelists.xml.gz',NULL,1796039084);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/repodata/c5a9dad82de3c362581247e4ecb49194aa844a3847bf7c53a72319dd883e1d15-other.xml.gz',NULL,1796039084);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/repodata/d08accb55e570941081243d1e43188fe53f5623dede07ae462309f70bd8e6396-primary.xml.gz',NULL,1796039084);
INSERT INTO "unlistedFile" VALUES('7.08.202004','updates','Everything/source/tree/repodata/9183744ba46d1239c3f3db48a40881a0cc06a20522da8fc2c039b3999b70e779-other.xml.gz',NULL,1796039100);
INSERT INTO "unlistedFile" VALUES('7.08.202004','updates','Everything/source/tree/repodata/b34cf35b1a23e0b38bd66bf38def2e0b39bf3b9f78e22dd4edec50b3399a3595-primary.xml.gz',NULL,1796039100);
INSERT INTO "unlistedFile" VALUES('7.08.202004','updates','Everything/source/tree/repodata/ff5734b6bbd3a1ce7e4ec0490a959c0f982190dd55f61d09f9f801cf8d4296a8-filelists.xml.gz',NULL,1796039100);
INSERT INTO "unlistedFile" VALUES('7.08.202004','updates','Everything/x86_64/repodata/877c0ed42930f86110b4530e2f4337b6ff2417e4b835cc8bfa61ea4212000451-other.xml.gz',NULL,1796039100);
INSERT INTO "unlistedFile" VALUES('7.08.202004','updates','Everything/x86_64/repodata/dd927734b9d9bd44dcdc4a5a868c4309d9202c5566cb816961de5b1dded7fb32-filelists.xml.gz',NULL,1796039100);
INSERT INTO "unlistedFile" VALUES('7.08.202004','updates','Everything/x86_64/repodata/f7b6555a8bab2cd63f012fddd34a9b37321d2a21a53f8e09fd300a767ee83b7d-primary.xml.gz',NULL,1796039100);
CREATE UNIQUE INDEX openOperation ON operation (isOpen) WHERE isOpen = 1;
CREATE UNIQUE INDEX standingHold ON hold (package, version, rpmRelease)
  WHERE liftedAt IS NULL;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('hold',1);
INSERT INTO "sqlite_sequence" VALUES('operation',18);
INSERT INTO "sqlite_sequence" VALUES('event',26);
COMMIT;
