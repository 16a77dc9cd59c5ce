-- A ledger with 8 migrations, by the program of commit ac2a22c: Ledgers/make.
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
INSERT INTO "acknowledgement" VALUES('gamma','gamma-1.0-2.el7','ann@host','nobody uses it',1796039140);
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
INSERT INTO "checkRun" VALUES('7.06.201903',1796039139,'{"baselinePushes":0,"gate":"gate:\n  vanish: 1 %\nchecks:\n  metadata: refuse\n  identity: refuse\n  signatures: refuse\n  manifest: refuse\n  closure: refuse\n  upgrade-path: refuse\n  vanish: refuse\n  contents: refuse\n  overlap: refuse\n  rehearsal: refuse\nrehearsal:\n  install: []\nkeys: [\/etc\/pki\/rpm-gpg\/RPM-GPG-KEY-EPEL-7]\ndigest: sha256\nclients: [bz2, gz, xz]\n696fddb165c45bd05eec0ad68c52e2bbe5d69d49df6a4e9b69812292ea52368a","manifests":{"releases\/7.06.201903":"e9497e5d3bdd46c2e5563af505828afb5bbbb27a3888c03e88f8774e124f20af","updates\/7.06.201903":"de551f3aa27e63e498a4915a46ed3c63b5e05cc00e95d71b56f0040b11dd31a9"}}','[]','[]');
INSERT INTO "checkRun" VALUES('7.07.201908',1796039146,'{"baseline":"7.06.201903","baselinePushes":3,"gate":"gate:\n  vanish: 1 %\nchecks:\n  metadata: refuse\n  identity: refuse\n  signatures: refuse\n  manifest: refuse\n  closure: refuse\n  upgrade-path: refuse\n  vanish: refuse\n  contents: refuse\n  overlap: refuse\n  rehearsal: refuse\nrehearsal:\n  install: []\nkeys: [\/etc\/pki\/rpm-gpg\/RPM-GPG-KEY-EPEL-7]\ndigest: sha256\nclients: [bz2, gz, xz]\n696fddb165c45bd05eec0ad68c52e2bbe5d69d49df6a4e9b69812292ea52368a","manifests":{"releases\/7.07.201908":"c9009eead7493135ca68824e545fdbca9738da2d3206ba100c7c0f0da15cff47","updates\/7.07.201908":"6df2dfc2ddc82d5b66124479aa0f48982dd671c5ae7c207f3f4f604f23008717"},"names":{"releases\/7.07.201908":{".":1796039141984304192,"Everything":1796039141818331025,"Everything\/source":1796039141818538279,"Everything\/source\/tree":1796039141868304185,"Everything\/source\/tree\/Packages":1796039141818992372,"Everything\/source\/tree\/Packages\/b":1796039141818613475,"Everything\/source\/tree\/Packages\/i":1796039141818864007,"Everything\/source\/tree\/Packages\/k":1796039141819121432,"Everything\/source\/tree\/repodata":1796039141920304188,"Everything\/x86_64":1796039141872949911,"Everything\/x86_64\/Packages":1796039141818864007,"Everything\/x86_64\/Packages\/b":1796039141818331025,"Everything\/x86_64\/Packages\/i":1796039141818750641,"Everything\/x86_64\/Packages\/k":1796039141818992372,"Everything\/x86_64\/debug":1796039141873192657,"Everything\/x86_64\/debug\/repodata":1796039141936304189,"Everything\/x86_64\/repodata":1796039141924304188,"MANIFEST.sha256":1796039141984304192,"metadata":1796039141973106171}}}','[]','[]');
INSERT INTO "checkRun" VALUES('7.08.202004',1796039162,'{"baseline":"7.07.201908","baselinePushes":0,"gate":"gate:\n  vanish: 1 %\nchecks:\n  metadata: refuse\n  identity: refuse\n  signatures: refuse\n  manifest: refuse\n  closure: refuse\n  upgrade-path: refuse\n  vanish: refuse\n  contents: refuse\n  overlap: refuse\n  rehearsal: refuse\nrehearsal:\n  install: []\nkeys: [\/etc\/pki\/rpm-gpg\/RPM-GPG-KEY-EPEL-7]\ndigest: sha256\nclients: [bz2, gz, xz]\n696fddb165c45bd05eec0ad68c52e2bbe5d69d49df6a4e9b69812292ea52368a","manifests":{"releases\/7.08.202004":"4e733fb83bf7de8736f96bacf368ca2101f471d78516a98eb5d5a6044398d9f8","updates\/7.08.202004":"2bc47121657d8abc588813fa97c403770eccdc0eb453f9cee5f609fed3a0facf"},"names":{"releases\/7.08.202004":{".":1796039156532447434,"Everything":1796039156266219290,"Everything\/source":1796039156266401565,"Everything\/source\/tree":1796039156320305044,"Everything\/source\/tree\/Packages":1796039156266870645,"Everything\/source\/tree\/Packages\/b":1796039156266459559,"Everything\/source\/tree\/Packages\/i":1796039156266633704,"Everything\/source\/tree\/Packages\/k":1796039156266791950,"Everything\/source\/tree\/Packages\/p":1796039156266969990,"Everything\/source\/tree\/repodata":1796039156380305048,"Everything\/x86_64":1796039156322972264,"Everything\/x86_64\/Packages":1796039156266791950,"Everything\/x86_64\/Packages\/b":1796039156266219290,"Everything\/x86_64\/Packages\/i":1796039156266560002,"Everything\/x86_64\/Packages\/k":1796039156266711877,"Everything\/x86_64\/Packages\/p":1796039156266870645,"Everything\/x86_64\/debug":1796039156323238546,"Everything\/x86_64\/debug\/repodata":1796039156408562193,"Everything\/x86_64\/repodata":1796039156396391359,"MANIFEST.sha256":1796039156532447434,"metadata":1796039156512528447},"updates\/7.08.202004":{".":1796039156676305065,"Everything":1796039156555496014,"Everything\/source":1796039156555137549,"Everything\/source\/tree":1796039156555427744,"Everything\/source\/tree\/Packages":1796039156555364584,"Everything\/source\/tree\/Packages\/b":1796039156555200051,"Everything\/source\/tree\/Packages\/i":1796039156555298293,"Everything\/source\/tree\/Packages\/k":1796039156555364584,"Everything\/source\/tree\/Packages\/p":1796039156555427744,"Everything\/source\/tree\/repodata":1796039156555496014,"Everything\/x86_64":1796039156555863053,"Everything\/x86_64\/Packages":1796039156555779513,"Everything\/x86_64\/Packages\/b":1796039156555663075,"Everything\/x86_64\/Packages\/i":1796039156555733320,"Everything\/x86_64\/Packages\/k":1796039156555779513,"Everything\/x86_64\/Packages\/p":1796039156555819689,"Everything\/x86_64\/debug":1796039156555863053,"Everything\/x86_64\/debug\/repodata":1796039156555863053,"Everything\/x86_64\/repodata":1796039156555982091,"MANIFEST.sha256":1796039156676305065,"metadata":1796039156668305065}}}','[]','[]');
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
INSERT INTO "event" VALUES(1,1796039119,'compose','7.06.201903','ann@host','staged 3 builds, 0 retired');
INSERT INTO "event" VALUES(2,1796039123,'check','7.06.201903','ann@host','passed');
INSERT INTO "event" VALUES(3,1796039123,'publish','7.06.201903','ann@host','published releases/7.06.201903, updates/7.06.201903');
INSERT INTO "event" VALUES(4,1796039124,'promote','7.06.201903','ann@host','made current, soak overridden (promoted before 2026-12-01 11:45 UTC)');
INSERT INTO "event" VALUES(5,1796039129,'check','7.06.201903','ann@host','passed');
INSERT INTO "event" VALUES(6,1796039129,'update','7.06.201903','ann@host','push 1: beta-1.1-1.el7, iota-1.0-1.el7, kappa-1.1-1.el7');
INSERT INTO "event" VALUES(7,1796039134,'check','7.06.201903','ann@host','passed');
INSERT INTO "event" VALUES(8,1796039134,'update','7.06.201903','ann@host','push 2: gamma-1.0-2.el7, kappa-1.2-1.el7');
INSERT INTO "event" VALUES(9,1796039139,'check','7.06.201903','ann@host','passed');
INSERT INTO "event" VALUES(10,1796039139,'update','7.06.201903','ann@host','push 3: took out kappa-1.2-1.el7; because: it forgets its settings');
INSERT INTO "event" VALUES(11,1796039140,'acknowledge','7.06.201903','ann@host','gamma-1.0-2.el7; nobody uses it');
INSERT INTO "event" VALUES(12,1796039142,'compose','7.07.201908','ann@host','staged 3 builds, 1 retired');
INSERT INTO "event" VALUES(13,1796039146,'check','7.07.201908','ann@host','passed');
INSERT INTO "event" VALUES(14,1796039147,'publish','7.07.201908','ann@host','published releases/7.07.201908, updates/7.07.201908');
INSERT INTO "event" VALUES(15,1796039148,'promote','7.07.201908','ann@host','made current, soak overridden (promoted before 2026-12-01 11:45 UTC)');
INSERT INTO "event" VALUES(16,1796039149,'rollback','7.07.201908','ann@host','left for 7.06.201903');
INSERT INTO "event" VALUES(17,1796039149,'rollback','7.06.201903','ann@host','went back from 7.07.201908');
INSERT INTO "event" VALUES(18,1796039149,'promote','7.07.201908','ann@host','made current, soak overridden (promoted before 2026-12-01 11:45 UTC)');
INSERT INTO "event" VALUES(19,1796039152,'archive','7.06.201903','ann@host','archived releases/7.06.201903, updates/7.06.201903');
INSERT INTO "event" VALUES(20,1796039154,'remove-original','7.06.201903','ann@host','removed releases/7.06.201903, updates/7.06.201903');
INSERT INTO "event" VALUES(21,1796039156,'compose','7.08.202004','ann@host','staged 4 builds, 0 retired');
INSERT INTO "event" VALUES(22,1796039162,'check','7.08.202004','ann@host','passed');
INSERT INTO "event" VALUES(23,1796039163,'publish','7.08.202004','ann@host','published releases/7.08.202004, updates/7.08.202004');
INSERT INTO "event" VALUES(24,1796039164,'abandon','7.08.202004','ann@host','dropped releases/7.08.202004, updates/7.08.202004');
CREATE TABLE gateOverride (
  release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
  gate TEXT NOT NULL,
  reason TEXT NOT NULL,
  operator TEXT NOT NULL,
  at INTEGER NOT NULL
);
INSERT INTO "gateOverride" VALUES('7.06.201903','soak','promoted before 2026-12-01 11:45 UTC','ann@host',1796039124);
INSERT INTO "gateOverride" VALUES('7.07.201908','soak','promoted before 2026-12-01 11:45 UTC','ann@host',1796039147);
INSERT INTO "gateOverride" VALUES('7.07.201908','soak','promoted before 2026-12-01 11:45 UTC','ann@host',1796039149);
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES('1');
INSERT INTO "grdb_migrations" VALUES('2');
INSERT INTO "grdb_migrations" VALUES('3');
INSERT INTO "grdb_migrations" VALUES('4');
INSERT INTO "grdb_migrations" VALUES('5');
INSERT INTO "grdb_migrations" VALUES('6');
INSERT INTO "grdb_migrations" VALUES('7');
INSERT INTO "grdb_migrations" VALUES('8');
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
INSERT INTO "hold" VALUES(1,'kappa','1.2','1.el7','withdrawn','it forgets its settings','ann@host',1796039135,'7.06.201903',NULL,NULL);
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
INSERT INTO "knownFile" VALUES('7.08.202004','releases','Everything/source/tree/Packages/p/pi-1.0-1.el7.src.rpm','a8ee2b43ab2911e6734a2db7037497413ff7aa484ee74313e3abedf889dfd46c',1796039164);
INSERT INTO "knownFile" VALUES('7.08.202004','releases','Everything/x86_64/Packages/p/pi-1.0-1.el7.noarch.rpm','12090dd4cf9e011d10813d0661ada9e7805683815b2bb37a290898c2b768c289',1796039164);
INSERT INTO "knownFile" VALUES('7.08.202004','updates','Everything/source/tree/Packages/p/pi-1.0-1.el7.src.rpm','a8ee2b43ab2911e6734a2db7037497413ff7aa484ee74313e3abedf889dfd46c',1796039164);
INSERT INTO "knownFile" VALUES('7.08.202004','updates','Everything/x86_64/Packages/p/pi-1.0-1.el7.noarch.rpm','12090dd4cf9e011d10813d0661ada9e7805683815b2bb37a290898c2b768c289',1796039164);
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
CREATE TABLE operation (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  release TEXT NOT NULL,
  started INTEGER NOT NULL,
  payload TEXT NOT NULL,
  isOpen INTEGER NOT NULL
, isReported INTEGER NOT NULL DEFAULT 1);
INSERT INTO "operation" VALUES(1,'compose','7.06.201903',1796039118,'{"composeTag":"epel-7-7.06.201903","planDigest":"f386b6e86ed0784e29d1bcb5005c010881dc620f775d5a887813255aef6a2e10","release":"7.06.201903","trees":["releases\/7.06.201903","updates\/7.06.201903"]}',0,1);
INSERT INTO "operation" VALUES(2,'publish','7.06.201903',1796039123,'{"release":"7.06.201903","revisions":["releases",1527811200,"updates",1527811200],"trees":[{"area":"releases","path":"releases\/7.06.201903","release":"7.06.201903"},{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}]}',0,1);
INSERT INTO "operation" VALUES(3,'promote','7.06.201903',1796039124,'{"links":{"carries":[],"flips":[{"new":"..\/updates\/7","path":"releases\/7"},{"new":"7.06.201903","path":"updates\/7"}],"refreshes":[]},"overrides":[{"at":1796039124,"gate":"soak","operatorName":"ann@host","reason":"promoted before 2026-12-01 11:45 UTC"}],"release":"7.06.201903"}',0,1);
INSERT INTO "operation" VALUES(4,'update','7.06.201903',1796039129,'{"push":{"at":1796039125,"changes":[],"documents":{"advisories":[],"modules":{}},"overrides":[],"plan":{"added":[{"nvr":"iota-1.0-1.el7","package":"iota"}],"advisories":[],"allowUnsigned":false,"buildSystem":"directory \/srv\/rehearsal\/pool","builds":[{"evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"package":"beta","rpms":[{"buildTime":1538956800,"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"name":"beta"},"path":"\/srv\/rehearsal\/pool\/beta-1.1-1.el7\/beta-1.1-1.el7.noarch.rpm","sha256":"8b391c3a3a1ff3c1138f8c3510ba1ff7f0c46aef74e406e62c9e81b71c786a75","signature":{"trusted":{"keyID":"91dfca87f0628b9e"}},"signatureHash":"sha256","size":6969,"sourceRPM":"beta-1.1-1.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1538956800,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"name":"beta"},"path":"\/srv\/rehearsal\/pool\/beta-1.1-1.el7\/beta-1.1-1.el7.src.rpm","sha256":"b356e836d85a1c38b88259f1090bdde8f8c8a14b7222ff7e2daa1c2dc0deee4c","signature":{"trusted":{"keyID":"91dfca87f0628b9e"}},"signatureHash":"sha256","size":7472,"undocumentedMarkers":[]}]},{"evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.0"},"package":"iota","rpms":[{"buildTime":1539043200,"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.0"},"name":"iota"},"path":"\/srv\/rehearsal\/pool\/iota-1.0-1.el7\/iota-1.0-1.el7.noarch.rpm","sha256":"bbf40ed6c6c71a5acb34de07fea6a0cae11906ec5509671d897d08a3b62aa7c3","signature":{"trusted":{"keyID":"91dfca87f0628b9e"}},"signatureHash":"sha256","size":6565,"sourceRPM":"iota-1.0-1.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1539043200,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.0"},"name":"iota"},"path":"\/srv\/rehearsal\/pool\/iota-1.0-1.el7\/iota-1.0-1.el7.src.rpm","sha256":"ef197f087db9203921f758cc4ca40324f03075fb164e6ba7abcb987beed533c5","signature":{"trusted":{"keyID":"91dfca87f0628b9e"}},"signatureHash":"sha256","size":7078,"undocumentedMarkers":[]}]},{"evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"package":"kappa","rpms":[{"buildTime":1539129600,"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"name":"kappa"},"path":"\/srv\/rehearsal\/pool\/kappa-1.1-1.el7\/kappa-1.1-1.el7.noarch.rpm","sha256":"d01141401c13e4361904125ac5e03495a7f838a23cc53f2eabd5134d5dd304e6","signature":{"trusted":{"keyID":"91dfca87f0628b9e"}},"signatureHash":"sha256","size":6649,"sourceRPM":"kappa-1.1-1.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1539129600,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"name":"kappa"},"path":"\/srv\/rehearsal\/pool\/kappa-1.1-1.el7\/kappa-1.1-1.el7.src.rpm","sha256":"d0dfeb657681309742dcce88234f9ef93b5f819da9f2ae0afbc804ba112bdd64","signature":{"trusted":{"keyID":"91dfca87f0628b9e"}},"signatureHash":"sha256","size":7299,"undocumentedMarkers":[]}]}],"changes":[],"kind":"update","left":[],"lifted":[],"reason":null,"refusals":[],"release":"7.06.201903","relisted":[],"retiring":[],"returning":[],"revision":1539129600,"serial":1,"skipped":[],"steps":["link 6 RPM files of 3 builds into \/pub\/epel\/updates\/7.06.201903","write new metadata beside the old","replace repomd.xml of 3 repositories"],"stream":"epel-7","undoes":null,"unlisted":[],"updated":[{"from":"1.0-1.el7","nvr":"beta-1.1-1.el7","package":"beta","to":"1.1-1.el7"},{"from":"1.0-1.el7","nvr":"kappa-1.1-1.el7","package":"kappa","to":"1.1-1.el7"}],"warnings":[]},"relisting":[],"removed":[],"unlisting":[],"verdict":{"manifest":"1520f4a4cb5d36828b5ab66d5649ce0550616b517d5428880b48a419a88024c1","report":{"checks":[{"findings":[],"level":"refuse","name":"metadata","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"identity","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"signatures","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"manifest","passed":true,"waived":[],"warnings":[]},{"assumed":0,"findings":[],"level":"refuse","name":"closure","notes":[{"code":"no-base","message":"no base: 0 names are taken for granted","remedy":"Name the repositories that users have as well in ''base'' of the policy"}],"passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"upgrade-path","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"vanish","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"contents","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"overlap","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"rehearsal","passed":true,"waived":[],"warnings":[]}],"passed":true,"release":"7.06.201903"}}},"release":"7.06.201903","removals":[],"request":{"update":{"_0":{"again":[],"only":[],"skipped":[],"skipsUnsigned":false}}},"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}',0,1);
INSERT INTO "operation" VALUES(5,'update','7.06.201903',1796039134,'{"push":{"at":1796039130,"changes":[],"documents":{"advisories":[],"modules":{}},"overrides":[],"plan":{"added":[],"advisories":[],"allowUnsigned":false,"buildSystem":"directory \/srv\/rehearsal\/pool","builds":[{"evr":{"epoch":0,"rpmRelease":"2.el7","version":"1.0"},"package":"gamma","rpms":[{"buildTime":1541980800,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"2.el7","version":"1.0"},"name":"gamma"},"path":"\/srv\/rehearsal\/pool\/gamma-1.0-2.el7\/gamma-1.0-2.el7.src.rpm","sha256":"ec83790081801c9c41202f4ec9a66ca2d69242ae7bc6c49c6f022e35bd73dac7","signature":{"trusted":{"keyID":"91dfca87f0628b9e"}},"signatureHash":"sha256","size":8048,"undocumentedMarkers":[]},{"buildTime":1541980800,"nevra":{"arch":"x86_64","evr":{"epoch":0,"rpmRelease":"2.el7","version":"1.0"},"name":"gamma"},"path":"\/srv\/rehearsal\/pool\/gamma-1.0-2.el7\/gamma-1.0-2.el7.x86_64.rpm","sha256":"886ab1ab5795b7a12e7f973a4534ea29b9d2fd00d311b34d28722f99eda9ebd8","signature":{"trusted":{"keyID":"91dfca87f0628b9e"}},"signatureHash":"sha256","size":6621,"sourceRPM":"gamma-1.0-2.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1541980800,"marker":{"path":"\/usr\/share\/doc\/gamma-doc-1.0\/README-RETIRED.txt","text":"gamma is retired: upstream is gone since 2018. Use sigma instead.\n"},"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"2.el7","version":"1.0"},"name":"gamma-doc"},"path":"\/srv\/rehearsal\/pool\/gamma-1.0-2.el7\/gamma-doc-1.0-2.el7.noarch.rpm","sha256":"125b76afd99c01900bfad5d5ee7caf3c243aaf829930d1489a7cecd4226d8452","signature":{"trusted":{"keyID":"91dfca87f0628b9e"}},"signatureHash":"sha256","size":6977,"sourceRPM":"gamma-1.0-2.el7.src.rpm","undocumentedMarkers":[]}]},{"evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.2"},"package":"kappa","rpms":[{"buildTime":1542067200,"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.2"},"name":"kappa"},"path":"\/srv\/rehearsal\/pool\/kappa-1.2-1.el7\/kappa-1.2-1.el7.noarch.rpm","sha256":"e872f6458e7613ac23b57bd1ddddeca4fc3072114b6e07c01ced892c390736ac","signature":{"trusted":{"keyID":"91dfca87f0628b9e"}},"signatureHash":"sha256","size":6721,"sourceRPM":"kappa-1.2-1.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1542067200,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.2"},"name":"kappa"},"path":"\/srv\/rehearsal\/pool\/kappa-1.2-1.el7\/kappa-1.2-1.el7.src.rpm","sha256":"a085a24c11c0bb630bf93551b04884913c543124a77b3e7cdc5c7bc06e99c2c6","signature":{"trusted":{"keyID":"91dfca87f0628b9e"}},"signatureHash":"sha256","size":7462,"undocumentedMarkers":[]}]}],"changes":[],"kind":"update","left":[],"lifted":[],"reason":null,"refusals":[],"release":"7.06.201903","relisted":[],"retiring":[{"breakage":null,"breaks":null,"epoch":0,"marker":"\/usr\/share\/doc\/gamma-doc-1.0\/README-RETIRED.txt","nvr":"gamma-1.0-2.el7","package":"gamma","rpm":"gamma-doc-1.0-2.el7.noarch.rpm","text":"gamma is retired: upstream is gone since 2018. Use sigma instead.\n","wasCarried":true}],"returning":[],"revision":1542067200,"serial":2,"skipped":[],"steps":["link 5 RPM files of 2 builds into \/pub\/epel\/updates\/7.06.201903","write new metadata beside the old","replace repomd.xml of 3 repositories"],"stream":"epel-7","undoes":null,"unlisted":[],"updated":[{"from":"1.0-1.el7","nvr":"gamma-1.0-2.el7","package":"gamma","to":"1.0-2.el7"},{"from":"1.1-1.el7","nvr":"kappa-1.2-1.el7","package":"kappa","to":"1.2-1.el7"}],"warnings":[]},"relisting":[],"removed":[],"unlisting":[],"verdict":{"manifest":"7ccb750784343a743b673d7260beaf677ac950929b26f640efb534344097d39e","report":{"checks":[{"findings":[],"level":"refuse","name":"metadata","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"identity","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"signatures","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"manifest","passed":true,"waived":[],"warnings":[]},{"assumed":0,"findings":[],"level":"refuse","name":"closure","notes":[{"code":"no-base","message":"no base: 0 names are taken for granted","remedy":"Name the repositories that users have as well in ''base'' of the policy"}],"passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"upgrade-path","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"vanish","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"contents","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"overlap","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"rehearsal","passed":true,"waived":[],"warnings":[]}],"passed":true,"release":"7.06.201903"}}},"release":"7.06.201903","removals":[{"paths":["Everything\/source\/tree\/repodata\/31571fcb64ad1d3fd3c3df617e55106833a9d60e87fb29de43084d621b348d1d-other.xml.gz","Everything\/source\/tree\/repodata\/3e60ba409812fd16fac788f2ae13e756b8b6e53e47f48f84f957b8b7f87c8fad-filelists.xml.gz","Everything\/source\/tree\/repodata\/84068d22a92485c896c19165b0b508a69e4026c6320279802d6c42f9902c29b1-primary.xml.gz","Everything\/x86_64\/repodata\/3ade518f2a07e473cc19b9f63b944f3770e2e527c9c463a6597b4c49c06a1cd2-filelists.xml.gz","Everything\/x86_64\/repodata\/500a1255619cf5dd9032b61d918998b7ae3d1cd06f04ab1a6b054cf05375352d-primary.xml.gz","Everything\/x86_64\/repodata\/a24c8a72e85e65e26494698ffb0a9f82737964ffbd9faab22d5e999ed588a0a7-other.xml.gz"],"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}],"request":{"update":{"_0":{"again":[],"only":[],"skipped":[],"skipsUnsigned":false}}},"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}',0,1);
INSERT INTO "operation" VALUES(6,'update','7.06.201903',1796039139,'{"push":{"at":1796039135,"changes":[],"documents":{"advisories":[],"modules":{}},"overrides":[],"plan":{"added":[],"advisories":[],"allowUnsigned":false,"buildSystem":"none","builds":[],"changes":[],"kind":"withdrawal","left":[],"lifted":[],"reason":"it forgets its settings","refusals":[],"release":"7.06.201903","relisted":[],"retiring":[],"returning":[],"revision":1542067201,"serial":3,"skipped":[],"steps":["take 1 build out of the lists of \/pub\/epel\/updates\/7.06.201903; their files stay for 1 second","write new metadata beside the old","replace repomd.xml of 3 repositories"],"stream":"epel-7","undoes":null,"unlisted":[{"cause":"withdrawn","nvr":"kappa-1.2-1.el7","package":"kappa"}],"updated":[],"warnings":[]},"relisting":[],"removed":[{"provides":["kappa = 1.2-1.el7"],"rpm":{"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.2"},"name":"kappa"},"package":"kappa"}}],"unlisting":[{"build":"kappa-1.2-1.el7","path":"Everything\/source\/tree\/Packages\/k\/kappa-1.2-1.el7.src.rpm","since":1796039135},{"build":"kappa-1.2-1.el7","path":"Everything\/x86_64\/Packages\/k\/kappa-1.2-1.el7.noarch.rpm","since":1796039135}],"verdict":{"manifest":"11e08a30b90f28474cfa2eeee465d66d5069044e0baa144cce2feb2866565ac7","report":{"checks":[{"findings":[],"level":"refuse","name":"metadata","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"identity","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"signatures","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"manifest","passed":true,"waived":[],"warnings":[]},{"assumed":0,"findings":[],"level":"refuse","name":"closure","notes":[{"code":"no-base","message":"no base: 0 names are taken for granted","remedy":"Name the repositories that users have as well in ''base'' of the policy"}],"passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"upgrade-path","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"vanish","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"contents","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"overlap","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"rehearsal","passed":true,"waived":[],"warnings":[]}],"passed":true,"release":"7.06.201903"}}},"release":"7.06.201903","removals":[{"paths":["Everything\/source\/tree\/repodata\/4c9999b02140242ee4914ffb1a949ed23d3853c7fe96fd15d42d5b007f2ab2e9-other.xml.gz","Everything\/source\/tree\/repodata\/575dab5c1d207e997eae539af7bf4c063052dc5c62f4a9fc680a17ba59c07cbb-filelists.xml.gz","Everything\/source\/tree\/repodata\/bc81a5e1e828a8b3244ec3d542e069f61ee9353745614c688c69b10f3239ec84-primary.xml.gz","Everything\/x86_64\/repodata\/03254a953b5423349c4fa827ab75f74f5b9eb18450975c9a1c4e747ba05ca775-other.xml.gz","Everything\/x86_64\/repodata\/3d43324cac3e9cb133c107f6bf1b463156ee0011312ba54f52aa3d36716c69ba-primary.xml.gz","Everything\/x86_64\/repodata\/8ae9892c8fe351bc31f5dbda4ee9fd8ec027491bb833bc20e5adf16959db8a76-filelists.xml.gz"],"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}],"request":{"withdraw":{"_0":["kappa-1.2-1.el7"],"reason":"it forgets its settings"}},"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}',0,1);
INSERT INTO "operation" VALUES(7,'compose','7.07.201908',1796039141,'{"composeTag":"epel-7-7.07.201908","planDigest":"7e78a0702d2a5af33114a28ee909b8155f6071deb6a5e457f93d93e1a741de19","release":"7.07.201908","trees":["releases\/7.07.201908","updates\/7.07.201908"]}',0,1);
INSERT INTO "operation" VALUES(8,'publish','7.07.201908',1796039146,'{"release":"7.07.201908","revisions":["releases",1542067202,"updates",1542067202],"trees":[{"area":"releases","path":"releases\/7.07.201908","release":"7.07.201908"},{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}]}',0,1);
INSERT INTO "operation" VALUES(9,'promote','7.07.201908',1796039147,'{"links":{"carries":[{"files":["Everything\/source\/tree\/Packages\/b\/beta-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-2.el7.src.rpm","Everything\/source\/tree\/Packages\/k\/kappa-1.0-1.el7.src.rpm","Everything\/source\/tree\/repodata\/31d650ce197ed42124de6ecd7bd16e3b45096f98d603142b02a9ba2f4572df9e-other.xml.gz","Everything\/source\/tree\/repodata\/e930fbd6650df930165981271a7e06b2e3774fe0236ba7f6d55a42dd149d4012-primary.xml.gz","Everything\/source\/tree\/repodata\/f24d7aa0b7bb46d12de6b950f9a87d9dd3a1c9c20bba3f545a2036a1489718c7-filelists.xml.gz","Everything\/x86_64\/Packages\/b\/beta-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-1.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-2.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-2.el7.noarch.rpm","Everything\/x86_64\/Packages\/k\/kappa-1.0-1.el7.noarch.rpm","Everything\/x86_64\/repodata\/37528101afcf14616d4328d4a9ba96b35dfea58d0ef90e6f563d0871fa16b55e-filelists.xml.gz","Everything\/x86_64\/repodata\/38fcc9f855f1c7b664a76c5bed784ded86abd6bde5aa92e24add37b4f306d164-other.xml.gz","Everything\/x86_64\/repodata\/c8248617ae353731560d4c5757f7062c89e8accda8929b968cb37dc131de198c-primary.xml.gz"],"kept":[],"renewed":[],"source":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"},"target":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}}],"flips":[{"new":"7.07.201908","old":"7.06.201903","path":"updates\/7"}],"refreshes":[]},"overrides":[{"at":1796039147,"gate":"soak","operatorName":"ann@host","reason":"promoted before 2026-12-01 11:45 UTC"}],"release":"7.07.201908"}',0,1);
INSERT INTO "operation" VALUES(10,'rollback','7.06.201903',1796039148,'{"left":"7.07.201908","links":{"carries":[{"files":["Everything\/source\/tree\/repodata\/05e5ba3811a73191af6ba342a8b770560f584af539400004c2793301fd9aba51-filelists.xml.gz","Everything\/source\/tree\/repodata\/09b7e419ee0ed5634d224cc7af0046043bacc763f23b88601686a21ef58d130d-other.xml.gz","Everything\/source\/tree\/repodata\/80e52a91e712cb32a00832261205e6c65844cecd292b086dc47514009e42cef5-primary.xml.gz","Everything\/x86_64\/repodata\/7d00c541fdeeee1513703c8d80a3439f7af978b3bcdc629d6c1b38295f1bc778-other.xml.gz","Everything\/x86_64\/repodata\/904740fed83128906e2036c2673c3dd0a005c1a0d89387c663d3f01370e6ed12-filelists.xml.gz","Everything\/x86_64\/repodata\/93179772f91e8779fa409b5cbf18dfd91a5f6f2ccd57f8f19c7a5c0817dbb834-primary.xml.gz"],"kept":[],"renewed":[],"source":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"},"target":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}],"flips":[{"new":"7.06.201903","old":"7.07.201908","path":"updates\/7"}],"refreshes":[{"revision":1542067203,"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}]},"release":"7.06.201903"}',0,1);
INSERT INTO "operation" VALUES(11,'promote','7.07.201908',1796039149,'{"links":{"carries":[{"files":[],"kept":["Everything\/source\/tree\/Packages\/b\/beta-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-2.el7.src.rpm","Everything\/source\/tree\/Packages\/k\/kappa-1.0-1.el7.src.rpm","Everything\/source\/tree\/repodata\/31d650ce197ed42124de6ecd7bd16e3b45096f98d603142b02a9ba2f4572df9e-other.xml.gz","Everything\/source\/tree\/repodata\/e930fbd6650df930165981271a7e06b2e3774fe0236ba7f6d55a42dd149d4012-primary.xml.gz","Everything\/source\/tree\/repodata\/f24d7aa0b7bb46d12de6b950f9a87d9dd3a1c9c20bba3f545a2036a1489718c7-filelists.xml.gz","Everything\/x86_64\/Packages\/b\/beta-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-1.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-2.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-2.el7.noarch.rpm","Everything\/x86_64\/Packages\/k\/kappa-1.0-1.el7.noarch.rpm","Everything\/x86_64\/repodata\/37528101afcf14616d4328d4a9ba96b35dfea58d0ef90e6f563d0871fa16b55e-filelists.xml.gz","Everything\/x86_64\/repodata\/38fcc9f855f1c7b664a76c5bed784ded86abd6bde5aa92e24add37b4f306d164-other.xml.gz","Everything\/x86_64\/repodata\/c8248617ae353731560d4c5757f7062c89e8accda8929b968cb37dc131de198c-primary.xml.gz"],"renewed":[],"source":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"},"target":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}}],"flips":[{"new":"7.07.201908","old":"7.06.201903","path":"updates\/7"}],"refreshes":[{"revision":1542067204,"tree":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}}]},"overrides":[{"at":1796039149,"gate":"soak","operatorName":"ann@host","reason":"promoted before 2026-12-01 11:45 UTC"}],"release":"7.07.201908"}',0,1);
INSERT INTO "operation" VALUES(12,'archive','7.06.201903',1796039151,'{"release":"7.06.201903","trees":[{"area":"releases","path":"releases\/7.06.201903","release":"7.06.201903"},{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}]}',0,1);
INSERT INTO "operation" VALUES(13,'remove-original','7.06.201903',1796039154,'{"release":"7.06.201903","trees":[{"area":"releases","path":"releases\/7.06.201903","release":"7.06.201903"},{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}]}',0,1);
INSERT INTO "operation" VALUES(14,'compose','7.08.202004',1796039156,'{"composeTag":"epel-7-7.08.202004","planDigest":"8318bb420444f05603ff041d143aab6f553772cd80f37d35f8027064093c5646","release":"7.08.202004","trees":["releases\/7.08.202004","updates\/7.08.202004"]}',0,1);
INSERT INTO "operation" VALUES(15,'publish','7.08.202004',1796039163,'{"release":"7.08.202004","revisions":["updates",1550016000,"releases",1550016000],"trees":[{"area":"releases","path":"releases\/7.08.202004","release":"7.08.202004"},{"area":"updates","path":"updates\/7.08.202004","release":"7.08.202004"}]}',0,1);
INSERT INTO "operation" VALUES(16,'abandon','7.08.202004',1796039164,'{"composeTag":"epel-7-7.08.202004","known":[{"area":"releases","path":"Everything\/source\/tree\/Packages\/p\/pi-1.0-1.el7.src.rpm","sha256":"a8ee2b43ab2911e6734a2db7037497413ff7aa484ee74313e3abedf889dfd46c"},{"area":"releases","path":"Everything\/x86_64\/Packages\/p\/pi-1.0-1.el7.noarch.rpm","sha256":"12090dd4cf9e011d10813d0661ada9e7805683815b2bb37a290898c2b768c289"},{"area":"updates","path":"Everything\/source\/tree\/Packages\/p\/pi-1.0-1.el7.src.rpm","sha256":"a8ee2b43ab2911e6734a2db7037497413ff7aa484ee74313e3abedf889dfd46c"},{"area":"updates","path":"Everything\/x86_64\/Packages\/p\/pi-1.0-1.el7.noarch.rpm","sha256":"12090dd4cf9e011d10813d0661ada9e7805683815b2bb37a290898c2b768c289"}],"release":"7.08.202004","removed":[{"at":1796039164,"cause":"abandoned","former":{"provides":["pi = 1.0-1.el7"],"rpm":{"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.0"},"name":"pi"},"package":"pi"}},"operatorName":"ann@host","release":"7.08.202004"}],"trees":[{"path":"releases\/7.08.202004","root":"\/srv\/rehearsal\/root\/pub\/epel"},{"path":"updates\/7.08.202004","root":"\/srv\/rehearsal\/root\/pub\/epel"}]}',0,1);
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
INSERT INTO "push" VALUES('7.06.201903',1,1796039125,'update','ann@host',NULL,NULL,'["beta-1.1-1.el7","iota-1.0-1.el7","kappa-1.1-1.el7"]','[]');
INSERT INTO "push" VALUES('7.06.201903',2,1796039130,'update','ann@host',NULL,NULL,'["gamma-1.0-2.el7","kappa-1.2-1.el7"]','[]');
INSERT INTO "push" VALUES('7.06.201903',3,1796039135,'withdrawal','ann@host','it forgets its settings',NULL,'[]','["kappa-1.2-1.el7"]');
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
INSERT INTO "release" VALUES('7.06.201903',1,'archived',1796039152,0,NULL,'epel-7-7.06.201903','f386b6e86ed0784e29d1bcb5005c010881dc620f775d5a887813255aef6a2e10',0,1,3,3);
INSERT INTO "release" VALUES('7.07.201908',2,'current',1796039149,0,'7.06.201903','epel-7-7.07.201908','7e78a0702d2a5af33114a28ee909b8155f6071deb6a5e457f93d93e1a741de19',0,1,4,0);
INSERT INTO "release" VALUES('7.08.202004',3,'abandoned',1796039164,0,'7.07.201908','epel-7-7.08.202004','8318bb420444f05603ff041d143aab6f553772cd80f37d35f8027064093c5646',0,1,NULL,0);
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
INSERT INTO "removedRPM" VALUES('kappa','kappa',0,'1.2','1.el7','noarch','["kappa = 1.2-1.el7"]','kappa-1.2-1.el7','7.06.201903','withdrawn',3,1796039135,'ann@host','it forgets its settings');
INSERT INTO "removedRPM" VALUES('gamma','gamma',0,'1.0','1.el7','x86_64','["gamma = 1.0-1.el7","gamma(x86-64) = 1.0-1.el7","\/usr\/bin\/gamma"]',NULL,'7.07.201908','retired',NULL,1796039149,'ann@host','gamma is retired: upstream is gone since 2018. Use sigma instead.
');
INSERT INTO "removedRPM" VALUES('gamma','gamma',0,'1.0','2.el7','x86_64','["gamma = 1.0-2.el7","gamma(x86-64) = 1.0-2.el7","\/usr\/bin\/gamma"]',NULL,'7.07.201908','retired',NULL,1796039149,'ann@host','gamma is retired: upstream is gone since 2018. Use sigma instead.
');
INSERT INTO "removedRPM" VALUES('gamma','gamma-doc',0,'1.0','1.el7','noarch','["gamma-doc = 1.0-1.el7"]',NULL,'7.07.201908','retired',NULL,1796039149,'ann@host','gamma is retired: upstream is gone since 2018. Use sigma instead.
');
INSERT INTO "removedRPM" VALUES('gamma','gamma-doc',0,'1.0','2.el7','noarch','["gamma-doc = 1.0-2.el7"]',NULL,'7.07.201908','retired',NULL,1796039149,'ann@host','gamma is retired: upstream is gone since 2018. Use sigma instead.
');
INSERT INTO "removedRPM" VALUES('pi','pi',0,'1.0','1.el7','noarch','["pi = 1.0-1.el7"]',NULL,'7.08.202004','abandoned',NULL,1796039164,'ann@host',NULL);
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
INSERT INTO "seal" VALUES(1,X'BA4A589A84B6A698BED76C843251530802CFEF0E1F214A0C6EF616F7F95DDF7E');
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
INSERT INTO "tree" VALUES('7.07.201908','releases','releases/7.07.201908','public',0,'c9009eead7493135ca68824e545fdbca9738da2d3206ba100c7c0f0da15cff47',1542067202,6,42032);
INSERT INTO "tree" VALUES('7.07.201908','updates','updates/7.07.201908','public',0,'6df2dfc2ddc82d5b66124479aa0f48982dd671c5ae7c207f3f4f604f23008717',1542067204,6,42032);
INSERT INTO "tree" VALUES('7.06.201903','releases','releases/7.06.201903','archive',1,'e9497e5d3bdd46c2e5563af505828afb5bbbb27a3888c03e88f8774e124f20af',1527811200,7,48808);
INSERT INTO "tree" VALUES('7.06.201903','updates','updates/7.06.201903','archive',1,'de551f3aa27e63e498a4915a46ed3c63b5e05cc00e95d71b56f0040b11dd31a9',1542067203,16,112486);
INSERT INTO "tree" VALUES('7.08.202004','releases','releases/7.08.202004','gone',0,'4e733fb83bf7de8736f96bacf368ca2101f471d78516a98eb5d5a6044398d9f8',1550016000,8,55609);
INSERT INTO "tree" VALUES('7.08.202004','updates','updates/7.08.202004','gone',0,'2bc47121657d8abc588813fa97c403770eccdc0eb453f9cee5f609fed3a0facf',1550016000,8,55609);
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
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/05e5ba3811a73191af6ba342a8b770560f584af539400004c2793301fd9aba51-filelists.xml.gz',NULL,1796039148);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/09b7e419ee0ed5634d224cc7af0046043bacc763f23b88601686a21ef58d130d-other.xml.gz',NULL,1796039148);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/80e52a91e712cb32a00832261205e6c65844cecd292b086dc47514009e42cef5-primary.xml.gz',NULL,1796039148);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/c376abebc3fdd125aced52d06bf0cc333a933f3099999a8bd3cced59aa8d19e7-other.xml.gz',NULL,1796039139);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/cb976adc11a869fcd86db2363a0ccb5dba70c0f89936604b7190211f65ed3292-primary.xml.gz',NULL,1796039139);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/d3b77536e44f7846732bcab91198f62d9e74b152f44a49164398a4263cfd18c5-filelists.xml.gz',NULL,1796039139);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/Packages/k/kappa-1.2-1.el7.noarch.rpm','kappa-1.2-1.el7',1796039135);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/4d79e3c878b138985a37fad2694b19eb0258bdaae85454be53b2c0e7aa0bb078-other.xml.gz',NULL,1796039139);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/7d00c541fdeeee1513703c8d80a3439f7af978b3bcdc629d6c1b38295f1bc778-other.xml.gz',NULL,1796039148);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/904740fed83128906e2036c2673c3dd0a005c1a0d89387c663d3f01370e6ed12-filelists.xml.gz',NULL,1796039148);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/93179772f91e8779fa409b5cbf18dfd91a5f6f2ccd57f8f19c7a5c0817dbb834-primary.xml.gz',NULL,1796039148);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/a7de2c600004f3b61b5a1320409f02b6e061345280c168d0a39cf2addb0d38bf-filelists.xml.gz',NULL,1796039139);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/c38ac4a3b68d96b969ea5c83ef36a78e12556152e7033e534a96371a5f9356f9-primary.xml.gz',NULL,1796039139);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/Packages/b/beta-1.0-1.el7.src.rpm',NULL,1796039149);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/Packages/g/gamma-1.0-1.el7.src.rpm',NULL,1796039149);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/Packages/g/gamma-1.0-2.el7.src.rpm',NULL,1796039149);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/Packages/k/kappa-1.0-1.el7.src.rpm',NULL,1796039149);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/repodata/31d650ce197ed42124de6ecd7bd16e3b45096f98d603142b02a9ba2f4572df9e-other.xml.gz',NULL,1796039149);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/repodata/e930fbd6650df930165981271a7e06b2e3774fe0236ba7f6d55a42dd149d4012-primary.xml.gz',NULL,1796039149);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/repodata/f24d7aa0b7bb46d12de6b950f9a87d9dd3a1c9c20bba3f545a2036a1489718c7-filelists.xml.gz',NULL,1796039149);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/b/beta-1.0-1.el7.noarch.rpm',NULL,1796039149);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/g/gamma-1.0-1.el7.x86_64.rpm',NULL,1796039149);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/g/gamma-1.0-2.el7.x86_64.rpm',NULL,1796039149);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/g/gamma-doc-1.0-1.el7.noarch.rpm',NULL,1796039149);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/g/gamma-doc-1.0-2.el7.noarch.rpm',NULL,1796039149);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/k/kappa-1.0-1.el7.noarch.rpm',NULL,1796039149);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/repodata/37528101afcf14616d4328d4a9ba96b35dfea58d0ef90e6f563d0871fa16b55e-filelists.xml.gz',NULL,1796039149);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/repodata/38fcc9f855f1c7b664a76c5bed784ded86abd6bde5aa92e24add37b4f306d164-other.xml.gz',NULL,1796039149);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/repodata/c8248617ae353731560d4c5757f7062c89e8accda8929b968cb37dc131de198c-primary.xml.gz',NULL,1796039149);
CREATE UNIQUE INDEX openOperation ON operation (isOpen) WHERE isOpen = 1;
CREATE UNIQUE INDEX standingHold ON hold (package, version, rpmRelease)
  WHERE liftedAt IS NULL;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('hold',1);
INSERT INTO "sqlite_sequence" VALUES('operation',16);
INSERT INTO "sqlite_sequence" VALUES('event',24);
COMMIT;
