-- A ledger with 7 migrations, by the program of commit 24cf15f: Ledgers/make.
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
INSERT INTO "acknowledgement" VALUES('gamma','gamma-1.0-2.el7','ann@host','nobody uses it',1796039076);
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
INSERT INTO "checkRun" VALUES('7.06.201903',1796039075,'{"baselinePushes":0,"gate":"gate:\n  vanish: 1 %\nchecks:\n  metadata: refuse\n  identity: refuse\n  signatures: refuse\n  manifest: refuse\n  closure: refuse\n  upgrade-path: refuse\n  vanish: refuse\n  contents: refuse\n  overlap: refuse\n  rehearsal: refuse\nrehearsal:\n  install: []\nkeys: [\/etc\/pki\/rpm-gpg\/RPM-GPG-KEY-EPEL-7]\ndigest: sha256\nclients: [bz2, gz, xz]\n28585a795d276d5d0dffd24b51f9237eddb33bcd4d14df22d326928ce994b372","manifests":{"releases\/7.06.201903":"3c7d25998eceee69c715b613e34e0b6a884fed6814f84d273d3933b285864778","updates\/7.06.201903":"d8c42c2761415b59788750067ed92d29a4d1342e24e63d3c969bcaf0c5281fdc"}}','[]','[]');
INSERT INTO "checkRun" VALUES('7.07.201908',1796039083,'{"baseline":"7.06.201903","baselinePushes":3,"gate":"gate:\n  vanish: 1 %\nchecks:\n  metadata: refuse\n  identity: refuse\n  signatures: refuse\n  manifest: refuse\n  closure: refuse\n  upgrade-path: refuse\n  vanish: refuse\n  contents: refuse\n  overlap: refuse\n  rehearsal: refuse\nrehearsal:\n  install: []\nkeys: [\/etc\/pki\/rpm-gpg\/RPM-GPG-KEY-EPEL-7]\ndigest: sha256\nclients: [bz2, gz, xz]\n28585a795d276d5d0dffd24b51f9237eddb33bcd4d14df22d326928ce994b372","manifests":{"releases\/7.07.201908":"408984f6f42d1f105c7a25ca4d753eb97a6bfb56f0dd7e57d643f4c5fc0c72ac","updates\/7.07.201908":"d7d10219dc6beb0a8e1888a6c556803ae27c54c8460e036a7a7154829bb2dad0"},"names":{"releases\/7.07.201908":{".":1796039077764645406,"Everything":1796039077597811229,"Everything\/source":1796039077598026684,"Everything\/source\/tree":1796039077648300368,"Everything\/source\/tree\/Packages":1796039077598432452,"Everything\/source\/tree\/Packages\/b":1796039077598123325,"Everything\/source\/tree\/Packages\/i":1796039077598339009,"Everything\/source\/tree\/Packages\/k":1796039077598548239,"Everything\/source\/tree\/repodata":1796039077716300372,"Everything\/x86_64":1796039077668300369,"Everything\/x86_64\/Packages":1796039077598339009,"Everything\/x86_64\/Packages\/b":1796039077597811229,"Everything\/x86_64\/Packages\/i":1796039077598239574,"Everything\/x86_64\/Packages\/k":1796039077598432452,"Everything\/x86_64\/debug":1796039077668904907,"Everything\/x86_64\/debug\/repodata":1796039077744300373,"Everything\/x86_64\/repodata":1796039077728300372,"MANIFEST.sha256":1796039077764645406,"metadata":1796039077760809192}}}','[]','[]');
INSERT INTO "checkRun" VALUES('7.08.202004',1796039099,'{"baseline":"7.07.201908","baselinePushes":0,"gate":"gate:\n  vanish: 1 %\nchecks:\n  metadata: refuse\n  identity: refuse\n  signatures: refuse\n  manifest: refuse\n  closure: refuse\n  upgrade-path: refuse\n  vanish: refuse\n  contents: refuse\n  overlap: refuse\n  rehearsal: refuse\nrehearsal:\n  install: []\nkeys: [\/etc\/pki\/rpm-gpg\/RPM-GPG-KEY-EPEL-7]\ndigest: sha256\nclients: [bz2, gz, xz]\n28585a795d276d5d0dffd24b51f9237eddb33bcd4d14df22d326928ce994b372","manifests":{"releases\/7.08.202004":"b39a05e2406c02c8d95be216082b9b0ef4416a58265f39c7cded68741f682a3a","updates\/7.08.202004":"7982c71be42b29aa66a83312b5997057d124ecc99b4d91025ba6c8b7ce46891f"},"names":{"releases\/7.08.202004":{".":1796039094188301351,"Everything":1796039093956345757,"Everything\/source":1796039093957016803,"Everything\/source\/tree":1796039094024301341,"Everything\/source\/tree\/Packages":1796039093958991532,"Everything\/source\/tree\/Packages\/b":1796039093957311982,"Everything\/source\/tree\/Packages\/i":1796039093958047002,"Everything\/source\/tree\/Packages\/k":1796039093958665766,"Everything\/source\/tree\/Packages\/p":1796039093959307669,"Everything\/source\/tree\/repodata":1796039094084301345,"Everything\/x86_64":1796039094036301342,"Everything\/x86_64\/Packages":1796039093958665766,"Everything\/x86_64\/Packages\/b":1796039093956345757,"Everything\/x86_64\/Packages\/i":1796039093957727102,"Everything\/x86_64\/Packages\/k":1796039093958374462,"Everything\/x86_64\/Packages\/p":1796039093958991532,"Everything\/x86_64\/debug":1796039094040301342,"Everything\/x86_64\/debug\/repodata":1796039094116301347,"Everything\/x86_64\/repodata":1796039094104301346,"MANIFEST.sha256":1796039094188301351,"metadata":1796039094181996916},"updates\/7.08.202004":{".":1796039094339828824,"Everything":1796039094237514782,"Everything\/source":1796039094213812237,"Everything\/source\/tree":1796039094237199377,"Everything\/source\/tree\/Packages":1796039094236301354,"Everything\/source\/tree\/Packages\/b":1796039094215251637,"Everything\/source\/tree\/Packages\/i":1796039094215988717,"Everything\/source\/tree\/Packages\/k":1796039094228301353,"Everything\/source\/tree\/Packages\/p":1796039094237199377,"Everything\/source\/tree\/repodata":1796039094237514782,"Everything\/x86_64":1796039094245479904,"Everything\/x86_64\/Packages":1796039094244301354,"Everything\/x86_64\/Packages\/b":1796039094238263113,"Everything\/x86_64\/Packages\/i":1796039094238539218,"Everything\/x86_64\/Packages\/k":1796039094244301354,"Everything\/x86_64\/Packages\/p":1796039094245074082,"Everything\/x86_64\/debug":1796039094245479904,"Everything\/x86_64\/debug\/repodata":1796039094245479904,"Everything\/x86_64\/repodata":1796039094245909629,"MANIFEST.sha256":1796039094339828824,"metadata":1796039094336301360}}}','[]','[]');
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
INSERT INTO "event" VALUES(2,1796039058,'check','7.06.201903','ann@host','passed');
INSERT INTO "event" VALUES(3,1796039058,'publish','7.06.201903','ann@host','published releases/7.06.201903, updates/7.06.201903');
INSERT INTO "event" VALUES(4,1796039059,'promote','7.06.201903','ann@host','made current, soak overridden (promoted before 2026-12-01 11:44 UTC)');
INSERT INTO "event" VALUES(5,1796039065,'check','7.06.201903','ann@host','passed');
INSERT INTO "event" VALUES(6,1796039065,'update','7.06.201903','ann@host','push 1: beta-1.1-1.el7, iota-1.0-1.el7, kappa-1.1-1.el7');
INSERT INTO "event" VALUES(7,1796039071,'check','7.06.201903','ann@host','passed');
INSERT INTO "event" VALUES(8,1796039071,'update','7.06.201903','ann@host','push 2: gamma-1.0-2.el7, kappa-1.2-1.el7');
INSERT INTO "event" VALUES(9,1796039075,'check','7.06.201903','ann@host','passed');
INSERT INTO "event" VALUES(10,1796039075,'update','7.06.201903','ann@host','push 3: took out kappa-1.2-1.el7; because: it forgets its settings');
INSERT INTO "event" VALUES(11,1796039076,'acknowledge','7.06.201903','ann@host','gamma-1.0-2.el7; nobody uses it');
INSERT INTO "event" VALUES(12,1796039077,'compose','7.07.201908','ann@host','staged 3 builds, 1 retired');
INSERT INTO "event" VALUES(13,1796039083,'check','7.07.201908','ann@host','passed');
INSERT INTO "event" VALUES(14,1796039084,'publish','7.07.201908','ann@host','published releases/7.07.201908, updates/7.07.201908');
INSERT INTO "event" VALUES(15,1796039086,'promote','7.07.201908','ann@host','made current, soak overridden (promoted before 2026-12-01 11:44 UTC)');
INSERT INTO "event" VALUES(16,1796039087,'rollback','7.07.201908','ann@host','left for 7.06.201903');
INSERT INTO "event" VALUES(17,1796039087,'rollback','7.06.201903','ann@host','went back from 7.07.201908');
INSERT INTO "event" VALUES(18,1796039088,'promote','7.07.201908','ann@host','made current, soak overridden (promoted before 2026-12-01 11:44 UTC)');
INSERT INTO "event" VALUES(19,1796039089,'archive','7.06.201903','ann@host','archived releases/7.06.201903, updates/7.06.201903');
INSERT INTO "event" VALUES(20,1796039092,'remove-original','7.06.201903','ann@host','removed releases/7.06.201903, updates/7.06.201903');
INSERT INTO "event" VALUES(21,1796039094,'compose','7.08.202004','ann@host','staged 4 builds, 0 retired');
INSERT INTO "event" VALUES(22,1796039099,'check','7.08.202004','ann@host','passed');
INSERT INTO "event" VALUES(23,1796039099,'publish','7.08.202004','ann@host','published releases/7.08.202004, updates/7.08.202004');
INSERT INTO "event" VALUES(24,1796039101,'abandon','7.08.202004','ann@host','dropped releases/7.08.202004, updates/7.08.202004');
CREATE TABLE gateOverride (
  release TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
  gate TEXT NOT NULL,
  reason TEXT NOT NULL,
  operator TEXT NOT NULL,
  at INTEGER NOT NULL
);
INSERT INTO "gateOverride" VALUES('7.06.201903','soak','promoted before 2026-12-01 11:44 UTC','ann@host',1796039059);
INSERT INTO "gateOverride" VALUES('7.07.201908','soak','promoted before 2026-12-01 11:44 UTC','ann@host',1796039085);
INSERT INTO "gateOverride" VALUES('7.07.201908','soak','promoted before 2026-12-01 11:44 UTC','ann@host',1796039087);
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES('1');
INSERT INTO "grdb_migrations" VALUES('2');
INSERT INTO "grdb_migrations" VALUES('3');
INSERT INTO "grdb_migrations" VALUES('4');
INSERT INTO "grdb_migrations" VALUES('5');
INSERT INTO "grdb_migrations" VALUES('6');
INSERT INTO "grdb_migrations" VALUES('7');
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
INSERT INTO "hold" VALUES(1,'kappa','1.2','1.el7','withdrawn','it forgets its settings','ann@host',1796039071,'7.06.201903',NULL,NULL);
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
INSERT INTO "operation" VALUES(1,'compose','7.06.201903',1796039053,'{"composeTag":"epel-7-7.06.201903","planDigest":"24c233944b3bbf4915b0c134c47bd071cd8f2408dea06e8188d577c598bae901","release":"7.06.201903","trees":["releases\/7.06.201903","updates\/7.06.201903"]}',0,1);
INSERT INTO "operation" VALUES(2,'publish','7.06.201903',1796039058,'{"release":"7.06.201903","revisions":["releases",1527811200,"updates",1527811200],"trees":[{"area":"releases","path":"releases\/7.06.201903","release":"7.06.201903"},{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}]}',0,1);
INSERT INTO "operation" VALUES(3,'promote','7.06.201903',1796039059,'{"links":{"carries":[],"flips":[{"new":"..\/updates\/7","path":"releases\/7"},{"new":"7.06.201903","path":"updates\/7"}],"refreshes":[]},"overrides":[{"at":1796039059,"gate":"soak","operatorName":"ann@host","reason":"promoted before 2026-12-01 11:44 UTC"}],"release":"7.06.201903"}',0,1);
INSERT INTO "operation" VALUES(4,'update','7.06.201903',1796039064,'{"push":{"at":1796039060,"changes":[],"documents":{"advisories":[],"modules":{}},"overrides":[],"plan":{"added":[{"nvr":"iota-1.0-1.el7","package":"iota"}],"advisories":[],"allowUnsigned":false,"buildSystem":"directory \/srv\/rehearsal\/pool","builds":[{"evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"package":"beta","rpms":[{"buildTime":1538956800,"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"name":"beta"},"path":"\/srv\/rehearsal\/pool\/beta-1.1-1.el7\/beta-1.1-1.el7.noarch.rpm","sha256":"fc038cd537e8fde57b08149f5996eb50b2dc1bb3f64226ac45fceff096277736","signature":{"trusted":{"keyID":"f9a12c022e5da76e"}},"signatureHash":"sha256","size":6969,"sourceRPM":"beta-1.1-1.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1538956800,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"name":"beta"},"path":"\/srv\/rehearsal\/pool\/beta-1.1-1.el7\/beta-1.1-1.el7.src.rpm","sha256":"83074324036630fa8e6cec8d7155842f600037bef901977f8c626eb107d3ef45","signature":{"trusted":{"keyID":"f9a12c022e5da76e"}},"signatureHash":"sha256","size":7472,"undocumentedMarkers":[]}]},{"evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.0"},"package":"iota","rpms":[{"buildTime":1539043200,"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.0"},"name":"iota"},"path":"\/srv\/rehearsal\/pool\/iota-1.0-1.el7\/iota-1.0-1.el7.noarch.rpm","sha256":"cec1d7fc0a3a5f6926ce83acabd228c5965f0950bbd11142db102920211a9853","signature":{"trusted":{"keyID":"f9a12c022e5da76e"}},"signatureHash":"sha256","size":6565,"sourceRPM":"iota-1.0-1.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1539043200,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.0"},"name":"iota"},"path":"\/srv\/rehearsal\/pool\/iota-1.0-1.el7\/iota-1.0-1.el7.src.rpm","sha256":"024dbd2195aa55dd38711a009f5b170ae91f7e1d56374975c94ff680074ec664","signature":{"trusted":{"keyID":"f9a12c022e5da76e"}},"signatureHash":"sha256","size":7078,"undocumentedMarkers":[]}]},{"evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"package":"kappa","rpms":[{"buildTime":1539129600,"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"name":"kappa"},"path":"\/srv\/rehearsal\/pool\/kappa-1.1-1.el7\/kappa-1.1-1.el7.noarch.rpm","sha256":"dffb194fbe33b52ea8e93dde938b785dc969a6e6278358bd3da2e9d4e9c14d65","signature":{"trusted":{"keyID":"f9a12c022e5da76e"}},"signatureHash":"sha256","size":6649,"sourceRPM":"kappa-1.1-1.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1539129600,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.1"},"name":"kappa"},"path":"\/srv\/rehearsal\/pool\/kappa-1.1-1.el7\/kappa-1.1-1.el7.src.rpm","sha256":"2ef8376963b931383e612b977810aeb901638e80dc7de71433de1296e81f6f97","signature":{"trusted":{"keyID":"f9a12c022e5da76e"}},"signatureHash":"sha256","size":7299,"undocumentedMarkers":[]}]}],"changes":[],"kind":"update","left":[],"lifted":[],"reason":null,"refusals":[],"release":"7.06.201903","relisted":[],"retiring":[],"returning":[],"revision":1539129600,"serial":1,"skipped":[],"steps":["link 6 RPM files of 3 builds into \/pub\/epel\/updates\/7.06.201903","write new metadata beside the old","replace repomd.xml of 3 repositories"],"stream":"epel-7","undoes":null,"unlisted":[],"updated":[{"from":"1.0-1.el7","nvr":"beta-1.1-1.el7","package":"beta","to":"1.1-1.el7"},{"from":"1.0-1.el7","nvr":"kappa-1.1-1.el7","package":"kappa","to":"1.1-1.el7"}],"warnings":[]},"relisting":[],"removed":[],"unlisting":[],"verdict":{"manifest":"b6a21a5ed2a9487427fca5510a5f15a674e5d6fe01abd6cf2af6327ac71cf58b","report":{"checks":[{"findings":[],"level":"refuse","name":"metadata","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"identity","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"signatures","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"manifest","passed":true,"waived":[],"warnings":[]},{"assumed":0,"findings":[],"level":"refuse","name":"closure","notes":[{"code":"no-base","message":"no base: 0 names are taken for granted","remedy":"Name the repositories that users have as well in ''base'' of the policy"}],"passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"upgrade-path","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"vanish","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"contents","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"overlap","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"rehearsal","passed":true,"waived":[],"warnings":[]}],"passed":true,"release":"7.06.201903"}}},"release":"7.06.201903","removals":[],"request":{"update":{"_0":{"again":[],"only":[],"skipped":[],"skipsUnsigned":false}}},"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}',0,1);
INSERT INTO "operation" VALUES(5,'update','7.06.201903',1796039070,'{"push":{"at":1796039066,"changes":[],"documents":{"advisories":[],"modules":{}},"overrides":[],"plan":{"added":[],"advisories":[],"allowUnsigned":false,"buildSystem":"directory \/srv\/rehearsal\/pool","builds":[{"evr":{"epoch":0,"rpmRelease":"2.el7","version":"1.0"},"package":"gamma","rpms":[{"buildTime":1541980800,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"2.el7","version":"1.0"},"name":"gamma"},"path":"\/srv\/rehearsal\/pool\/gamma-1.0-2.el7\/gamma-1.0-2.el7.src.rpm","sha256":"a5cb6bb135209bc2e6c38ed65993ec8e08d442459776955000214cbadf054af2","signature":{"trusted":{"keyID":"f9a12c022e5da76e"}},"signatureHash":"sha256","size":8048,"undocumentedMarkers":[]},{"buildTime":1541980800,"nevra":{"arch":"x86_64","evr":{"epoch":0,"rpmRelease":"2.el7","version":"1.0"},"name":"gamma"},"path":"\/srv\/rehearsal\/pool\/gamma-1.0-2.el7\/gamma-1.0-2.el7.x86_64.rpm","sha256":"ec971506633ae3cfbd95d9b6e0e95904535063180c91e1777947285b35dd6b2d","signature":{"trusted":{"keyID":"f9a12c022e5da76e"}},"signatureHash":"sha256","size":6621,"sourceRPM":"gamma-1.0-2.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1541980800,"marker":{"path":"\/usr\/share\/doc\/gamma-doc-1.0\/README-RETIRED.txt","text":"gamma is retired: upstream is gone since 2018. Use sigma instead.\n"},"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"2.el7","version":"1.0"},"name":"gamma-doc"},"path":"\/srv\/rehearsal\/pool\/gamma-1.0-2.el7\/gamma-doc-1.0-2.el7.noarch.rpm","sha256":"9bcbf4229d2856c321d36177ab328eb300275077bb464affb7a1ead06fb06b19","signature":{"trusted":{"keyID":"f9a12c022e5da76e"}},"signatureHash":"sha256","size":6977,"sourceRPM":"gamma-1.0-2.el7.src.rpm","undocumentedMarkers":[]}]},{"evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.2"},"package":"kappa","rpms":[{"buildTime":1542067200,"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.2"},"name":"kappa"},"path":"\/srv\/rehearsal\/pool\/kappa-1.2-1.el7\/kappa-1.2-1.el7.noarch.rpm","sha256":"a4c8c238c27c4dddd65cb0de2a0a56e76576c67ecdb2b0ca7cfd09bccadc0892","signature":{"trusted":{"keyID":"f9a12c022e5da76e"}},"signatureHash":"sha256","size":6721,"sourceRPM":"kappa-1.2-1.el7.src.rpm","undocumentedMarkers":[]},{"buildTime":1542067200,"nevra":{"arch":"src","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.2"},"name":"kappa"},"path":"\/srv\/rehearsal\/pool\/kappa-1.2-1.el7\/kappa-1.2-1.el7.src.rpm","sha256":"6e572242af5f67822bacc595b746db80f07055f086824ad7ca54bcad2c2d80cc","signature":{"trusted":{"keyID":"f9a12c022e5da76e"}},"signatureHash":"sha256","size":7462,"undocumentedMarkers":[]}]}],"changes":[],"kind":"update","left":[],"lifted":[],"reason":null,"refusals":[],"release":"7.06.201903","relisted":[],"retiring":[{"breakage":null,"breaks":null,"epoch":0,"marker":"\/usr\/share\/doc\/gamma-doc-1.0\/README-RETIRED.txt","nvr":"gamma-1.0-2.el7","package":"gamma","rpm":"gamma-doc-1.0-2.el7.noarch.rpm","text":"gamma is retired: upstream is gone since 2018. Use sigma instead.\n","wasCarried":true}],"returning":[],"revision":1542067200,"serial":2,"skipped":[],"steps":["link 5 RPM files of 2 builds into \/pub\/epel\/updates\/7.06.201903","write new metadata beside the old","replace repomd.xml of 3 repositories"],"stream":"epel-7","undoes":null,"unlisted":[],"updated":[{"from":"1.0-1.el7","nvr":"gamma-1.0-2.el7","package":"gamma","to":"1.0-2.el7"},{"from":"1.1-1.el7","nvr":"kappa-1.2-1.el7","package":"kappa","to":"1.2-1.el7"}],"warnings":[]},"relisting":[],"removed":[],"unlisting":[],"verdict":{"manifest":"8501175719527b4d88bd64b05deb5e56bf20ba9aa9a9c3093946c25a25731e4d","report":{"checks":[{"findings":[],"level":"refuse","name":"metadata","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"identity","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"signatures","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"manifest","passed":true,"waived":[],"warnings":[]},{"assumed":0,"findings":[],"level":"refuse","name":"closure","notes":[{"code":"no-base","message":"no base: 0 names are taken for granted","remedy":"Name the repositories that users have as well in ''base'' of the policy"}],"passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"upgrade-path","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"vanish","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"contents","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"overlap","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"rehearsal","passed":true,"waived":[],"warnings":[]}],"passed":true,"release":"7.06.201903"}}},"release":"7.06.201903","removals":[{"paths":["Everything\/source\/tree\/repodata\/2042c4eb238f2c59e4d5361777434fa436f9330b3c8c0aeea945ab91e8c97d43-primary.xml.gz","Everything\/source\/tree\/repodata\/2f7ceafc7971162d5ef6080183cb734e19d603d6dfcaf3bcb78258df6ea2fed2-filelists.xml.gz","Everything\/source\/tree\/repodata\/5833531955c3908a03d31197f92da1c6f629d401323c89efb31343c276b39b7f-other.xml.gz","Everything\/x86_64\/repodata\/4646d2fdaa653604ca340efc477c136199fef6eb938edf2daa1ed9d2c7bf6b1e-primary.xml.gz","Everything\/x86_64\/repodata\/78ae4f3ee7836392334aff5e9c95629e971bbcc2ac7fe94af76e07e4d76feebb-other.xml.gz","Everything\/x86_64\/repodata\/c51c5913110f5d2e130321f86529e10929702fb2d84027b0271925e8db8e26b9-filelists.xml.gz"],"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}],"request":{"update":{"_0":{"again":[],"only":[],"skipped":[],"skipsUnsigned":false}}},"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}',0,1);
INSERT INTO "operation" VALUES(6,'update','7.06.201903',1796039075,'{"push":{"at":1796039071,"changes":[],"documents":{"advisories":[],"modules":{}},"overrides":[],"plan":{"added":[],"advisories":[],"allowUnsigned":false,"buildSystem":"none","builds":[],"changes":[],"kind":"withdrawal","left":[],"lifted":[],"reason":"it forgets its settings","refusals":[],"release":"7.06.201903","relisted":[],"retiring":[],"returning":[],"revision":1542067201,"serial":3,"skipped":[],"steps":["take 1 builds out of the lists of \/pub\/epel\/updates\/7.06.201903; their files stay for 1 second","write new metadata beside the old","replace repomd.xml of 3 repositories"],"stream":"epel-7","undoes":null,"unlisted":[{"cause":"withdrawn","nvr":"kappa-1.2-1.el7","package":"kappa"}],"updated":[],"warnings":[]},"relisting":[],"removed":[{"provides":["kappa = 1.2-1.el7"],"rpm":{"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.2"},"name":"kappa"},"package":"kappa"}}],"unlisting":[{"build":"kappa-1.2-1.el7","path":"Everything\/source\/tree\/Packages\/k\/kappa-1.2-1.el7.src.rpm","since":1796039071},{"build":"kappa-1.2-1.el7","path":"Everything\/x86_64\/Packages\/k\/kappa-1.2-1.el7.noarch.rpm","since":1796039071}],"verdict":{"manifest":"375e1fc55f29b76efb32d1f6e05de3a16b67c52ad88bb2040d81f0521c18b07f","report":{"checks":[{"findings":[],"level":"refuse","name":"metadata","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"identity","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"signatures","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"manifest","passed":true,"waived":[],"warnings":[]},{"assumed":0,"findings":[],"level":"refuse","name":"closure","notes":[{"code":"no-base","message":"no base: 0 names are taken for granted","remedy":"Name the repositories that users have as well in ''base'' of the policy"}],"passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"upgrade-path","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"vanish","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"contents","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"overlap","passed":true,"waived":[],"warnings":[]},{"findings":[],"level":"refuse","name":"rehearsal","passed":true,"waived":[],"warnings":[]}],"passed":true,"release":"7.06.201903"}}},"release":"7.06.201903","removals":[],"request":{"withdraw":{"_0":["kappa-1.2-1.el7"],"reason":"it forgets its settings"}},"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}',0,1);
INSERT INTO "operation" VALUES(7,'compose','7.07.201908',1796039077,'{"composeTag":"epel-7-7.07.201908","planDigest":"01c8add558a8e0b40ba7ab5ff8777742611725241bedccd14368aeba6d6a24bf","release":"7.07.201908","trees":["releases\/7.07.201908","updates\/7.07.201908"]}',0,1);
INSERT INTO "operation" VALUES(8,'publish','7.07.201908',1796039084,'{"release":"7.07.201908","revisions":["releases",1542067202,"updates",1542067202],"trees":[{"area":"releases","path":"releases\/7.07.201908","release":"7.07.201908"},{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}]}',0,1);
INSERT INTO "operation" VALUES(9,'promote','7.07.201908',1796039085,'{"links":{"carries":[{"files":["Everything\/source\/tree\/Packages\/b\/beta-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-2.el7.src.rpm","Everything\/source\/tree\/Packages\/k\/kappa-1.0-1.el7.src.rpm","Everything\/source\/tree\/repodata\/016eb4aee4300936bc92aa00b601c897a4a567b9c489340f87edf358b99a17d4-primary.xml.gz","Everything\/source\/tree\/repodata\/2cfc768978a18f056e42130837a3198bbb78dab8a1675c74aa05bb39cd196420-other.xml.gz","Everything\/source\/tree\/repodata\/8d43b1042e155c09b123d1c50fda3e19181ae078d14a9b7c769349b45469c209-filelists.xml.gz","Everything\/x86_64\/Packages\/b\/beta-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-1.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-2.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-2.el7.noarch.rpm","Everything\/x86_64\/Packages\/k\/kappa-1.0-1.el7.noarch.rpm","Everything\/x86_64\/repodata\/4bbd7882875810f03025dcf4a87494aa741b083cb6898812d00d6c9f55438180-other.xml.gz","Everything\/x86_64\/repodata\/5e46c9d328f6187add62e3356d701337f32190d50a9444df03a2da31eb4419aa-primary.xml.gz","Everything\/x86_64\/repodata\/aa1c534678491389be80a335961c2c91b6c856efa6a8b55541f6b0cc9837c084-filelists.xml.gz"],"kept":[],"renewed":[],"source":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"},"target":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}}],"flips":[{"new":"7.07.201908","old":"7.06.201903","path":"updates\/7"}],"refreshes":[]},"overrides":[{"at":1796039085,"gate":"soak","operatorName":"ann@host","reason":"promoted before 2026-12-01 11:44 UTC"}],"release":"7.07.201908"}',0,1);
INSERT INTO "operation" VALUES(10,'rollback','7.06.201903',1796039086,'{"left":"7.07.201908","links":{"carries":[{"files":["Everything\/source\/tree\/repodata\/3ab4403195d0fb64f1960e7c5a4327d3d9c98dd9eba9b54db84fafb7a877b414-primary.xml.gz","Everything\/source\/tree\/repodata\/71d1ad8460d46a64c8ded34232a4f9b4410942606d8f02a772ddc8d9d6506185-other.xml.gz","Everything\/source\/tree\/repodata\/954d6100e81d613fb2de335eeb844279bc355ae3e7bb21e018d12906acb664cd-filelists.xml.gz","Everything\/x86_64\/repodata\/3bec3b7bb3e6a453fa30ea60a16182dd35e8c2ef2a8178acda9743a21dd4e446-other.xml.gz","Everything\/x86_64\/repodata\/8a1fe360dfe6ec26109c76da63477f9b2b675c653b3f0e6d4d83dbab84d0c224-primary.xml.gz","Everything\/x86_64\/repodata\/de6d33e630bece06045cf937e217d6b382b9b81b2711c8d0b797eb63d5ca98e6-filelists.xml.gz"],"kept":[],"renewed":[],"source":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"},"target":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}],"flips":[{"new":"7.06.201903","old":"7.07.201908","path":"updates\/7"}],"refreshes":[{"revision":1542067203,"tree":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}}]},"release":"7.06.201903"}',0,1);
INSERT INTO "operation" VALUES(11,'promote','7.07.201908',1796039088,'{"links":{"carries":[{"files":[],"kept":["Everything\/source\/tree\/Packages\/b\/beta-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-1.el7.src.rpm","Everything\/source\/tree\/Packages\/g\/gamma-1.0-2.el7.src.rpm","Everything\/source\/tree\/Packages\/k\/kappa-1.0-1.el7.src.rpm","Everything\/source\/tree\/repodata\/016eb4aee4300936bc92aa00b601c897a4a567b9c489340f87edf358b99a17d4-primary.xml.gz","Everything\/source\/tree\/repodata\/2cfc768978a18f056e42130837a3198bbb78dab8a1675c74aa05bb39cd196420-other.xml.gz","Everything\/source\/tree\/repodata\/8d43b1042e155c09b123d1c50fda3e19181ae078d14a9b7c769349b45469c209-filelists.xml.gz","Everything\/x86_64\/Packages\/b\/beta-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-1.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-1.0-2.el7.x86_64.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-1.el7.noarch.rpm","Everything\/x86_64\/Packages\/g\/gamma-doc-1.0-2.el7.noarch.rpm","Everything\/x86_64\/Packages\/k\/kappa-1.0-1.el7.noarch.rpm","Everything\/x86_64\/repodata\/4bbd7882875810f03025dcf4a87494aa741b083cb6898812d00d6c9f55438180-other.xml.gz","Everything\/x86_64\/repodata\/5e46c9d328f6187add62e3356d701337f32190d50a9444df03a2da31eb4419aa-primary.xml.gz","Everything\/x86_64\/repodata\/aa1c534678491389be80a335961c2c91b6c856efa6a8b55541f6b0cc9837c084-filelists.xml.gz"],"renewed":[],"source":{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"},"target":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}}],"flips":[{"new":"7.07.201908","old":"7.06.201903","path":"updates\/7"}],"refreshes":[{"revision":1542067204,"tree":{"area":"updates","path":"updates\/7.07.201908","release":"7.07.201908"}}]},"overrides":[{"at":1796039087,"gate":"soak","operatorName":"ann@host","reason":"promoted before 2026-12-01 11:44 UTC"}],"release":"7.07.201908"}',0,1);
INSERT INTO "operation" VALUES(12,'archive','7.06.201903',1796039089,'{"release":"7.06.201903","trees":[{"area":"releases","path":"releases\/7.06.201903","release":"7.06.201903"},{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}]}',0,1);
INSERT INTO "operation" VALUES(13,'remove-original','7.06.201903',1796039092,'{"release":"7.06.201903","trees":[{"area":"releases","path":"releases\/7.06.201903","release":"7.06.201903"},{"area":"updates","path":"updates\/7.06.201903","release":"7.06.201903"}]}',0,1);
INSERT INTO "operation" VALUES(14,'compose','7.08.202004',1796039093,'{"composeTag":"epel-7-7.08.202004","planDigest":"69c93bcac4d0048035ff3715986244376e1c4ac15eaaf37232ca187d722bd48b","release":"7.08.202004","trees":["releases\/7.08.202004","updates\/7.08.202004"]}',0,1);
INSERT INTO "operation" VALUES(15,'publish','7.08.202004',1796039099,'{"release":"7.08.202004","revisions":["releases",1550016000,"updates",1550016000],"trees":[{"area":"releases","path":"releases\/7.08.202004","release":"7.08.202004"},{"area":"updates","path":"updates\/7.08.202004","release":"7.08.202004"}]}',0,1);
INSERT INTO "operation" VALUES(16,'abandon','7.08.202004',1796039100,'{"composeTag":"epel-7-7.08.202004","release":"7.08.202004","removed":[{"at":1796039100,"cause":"abandoned","former":{"provides":["pi = 1.0-1.el7"],"rpm":{"nevra":{"arch":"noarch","evr":{"epoch":0,"rpmRelease":"1.el7","version":"1.0"},"name":"pi"},"package":"pi"}},"operatorName":"ann@host","release":"7.08.202004"}],"trees":[{"path":"releases\/7.08.202004","root":"\/srv\/rehearsal\/root\/pub\/epel"},{"path":"updates\/7.08.202004","root":"\/srv\/rehearsal\/root\/pub\/epel"}]}',0,1);
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
INSERT INTO "push" VALUES('7.06.201903',2,1796039066,'update','ann@host',NULL,NULL,'["gamma-1.0-2.el7","kappa-1.2-1.el7"]','[]');
INSERT INTO "push" VALUES('7.06.201903',3,1796039071,'withdrawal','ann@host','it forgets its settings',NULL,'[]','["kappa-1.2-1.el7"]');
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
INSERT INTO "release" VALUES('7.06.201903',1,'archived',1796039089,0,NULL,'epel-7-7.06.201903','24c233944b3bbf4915b0c134c47bd071cd8f2408dea06e8188d577c598bae901',0,1,3,3);
INSERT INTO "release" VALUES('7.07.201908',2,'current',1796039088,0,'7.06.201903','epel-7-7.07.201908','01c8add558a8e0b40ba7ab5ff8777742611725241bedccd14368aeba6d6a24bf',0,1,4,0);
INSERT INTO "release" VALUES('7.08.202004',3,'abandoned',1796039101,0,'7.07.201908','epel-7-7.08.202004','69c93bcac4d0048035ff3715986244376e1c4ac15eaaf37232ca187d722bd48b',0,1,NULL,0);
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
INSERT INTO "removedRPM" VALUES('kappa','kappa',0,'1.2','1.el7','noarch','["kappa = 1.2-1.el7"]','kappa-1.2-1.el7','7.06.201903','withdrawn',3,1796039071,'ann@host','it forgets its settings');
INSERT INTO "removedRPM" VALUES('gamma','gamma',0,'1.0','1.el7','x86_64','["gamma = 1.0-1.el7","gamma(x86-64) = 1.0-1.el7","\/usr\/bin\/gamma"]',NULL,'7.07.201908','retired',NULL,1796039088,'ann@host','gamma is retired: upstream is gone since 2018. Use sigma instead.
');
INSERT INTO "removedRPM" VALUES('gamma','gamma',0,'1.0','2.el7','x86_64','["gamma = 1.0-2.el7","gamma(x86-64) = 1.0-2.el7","\/usr\/bin\/gamma"]',NULL,'7.07.201908','retired',NULL,1796039088,'ann@host','gamma is retired: upstream is gone since 2018. Use sigma instead.
');
INSERT INTO "removedRPM" VALUES('gamma','gamma-doc',0,'1.0','1.el7','noarch','["gamma-doc = 1.0-1.el7"]',NULL,'7.07.201908','retired',NULL,1796039088,'ann@host','gamma is retired: upstream is gone since 2018. Use sigma instead.
');
INSERT INTO "removedRPM" VALUES('gamma','gamma-doc',0,'1.0','2.el7','noarch','["gamma-doc = 1.0-2.el7"]',NULL,'7.07.201908','retired',NULL,1796039088,'ann@host','gamma is retired: upstream is gone since 2018. Use sigma instead.
');
INSERT INTO "removedRPM" VALUES('pi','pi',0,'1.0','1.el7','noarch','["pi = 1.0-1.el7"]',NULL,'7.08.202004','abandoned',NULL,1796039100,'ann@host',NULL);
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
INSERT INTO "seal" VALUES(1,X'3591634088DB0E86AFB145EE1EB98527003E5CE082599D741B3B60CE02721087');
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
INSERT INTO "tree" VALUES('7.07.201908','releases','releases/7.07.201908','public',0,'408984f6f42d1f105c7a25ca4d753eb97a6bfb56f0dd7e57d643f4c5fc0c72ac',1542067202,6,42032);
INSERT INTO "tree" VALUES('7.07.201908','updates','updates/7.07.201908','public',0,'d7d10219dc6beb0a8e1888a6c556803ae27c54c8460e036a7a7154829bb2dad0',1542067204,6,42032);
INSERT INTO "tree" VALUES('7.06.201903','releases','releases/7.06.201903','archive',1,'3c7d25998eceee69c715b613e34e0b6a884fed6814f84d273d3933b285864778',1527811200,7,48808);
INSERT INTO "tree" VALUES('7.06.201903','updates','updates/7.06.201903','archive',1,'d8c42c2761415b59788750067ed92d29a4d1342e24e63d3c969bcaf0c5281fdc',1542067203,16,112486);
INSERT INTO "tree" VALUES('7.08.202004','releases','releases/7.08.202004','gone',0,'b39a05e2406c02c8d95be216082b9b0ef4416a58265f39c7cded68741f682a3a',1550016000,8,55609);
INSERT INTO "tree" VALUES('7.08.202004','updates','updates/7.08.202004','gone',0,'7982c71be42b29aa66a83312b5997057d124ecc99b4d91025ba6c8b7ce46891f',1550016000,8,55609);
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
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/Packages/k/kappa-1.2-1.el7.src.rpm','kappa-1.2-1.el7',1796039071);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/169f131edabdb7981bae8528be567653e00d14d4311789be42897e43bee5d605-filelists.xml.gz',NULL,1796039075);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/23a0750dd2fcaa9b7030f5723135dcbf78626428c884bdc92ada13d00ab2d30a-other.xml.gz',NULL,1796039071);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/25b9bade032d54a144abd5a9450237ed0500a5b695001a9f1c2ce12bb8b7573a-filelists.xml.gz',NULL,1796039071);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/3ab4403195d0fb64f1960e7c5a4327d3d9c98dd9eba9b54db84fafb7a877b414-primary.xml.gz',NULL,1796039087);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/71d1ad8460d46a64c8ded34232a4f9b4410942606d8f02a772ddc8d9d6506185-other.xml.gz',NULL,1796039087);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/916c7d56a56256e2955708867c0734db05c5c457c746a8ad4f97490ddf4cf3de-other.xml.gz',NULL,1796039075);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/954d6100e81d613fb2de335eeb844279bc355ae3e7bb21e018d12906acb664cd-filelists.xml.gz',NULL,1796039087);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/a33cd01b613d2e0feb95d258ed35d6edf20ceda60beb5b0fa05d2cd1b8ecd823-primary.xml.gz',NULL,1796039071);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/source/tree/repodata/e175280bd166b59dfe044836a1a4c7aa9cc195866259e562dc1571177e6ed148-primary.xml.gz',NULL,1796039075);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/Packages/k/kappa-1.2-1.el7.noarch.rpm','kappa-1.2-1.el7',1796039071);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/18a7038baf5d81696de84977aa421b90c0d7afc11c46bec30ae6c138fbd18dfd-filelists.xml.gz',NULL,1796039071);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/3bec3b7bb3e6a453fa30ea60a16182dd35e8c2ef2a8178acda9743a21dd4e446-other.xml.gz',NULL,1796039087);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/7b1ee67fbcf99385204f0b732dc50785092a749dad88fdf810e692296b261fdd-filelists.xml.gz',NULL,1796039075);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/882fd355e4050005bc919fc5f24e617abc887bd9258f5d7dad0470b78208d6b1-primary.xml.gz',NULL,1796039075);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/8a1fe360dfe6ec26109c76da63477f9b2b675c653b3f0e6d4d83dbab84d0c224-primary.xml.gz',NULL,1796039087);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/c5b7307510341aaff2e90ff59dfbcce4b9026834e525f80eacbbb7df9556212e-other.xml.gz',NULL,1796039075);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/de6d33e630bece06045cf937e217d6b382b9b81b2711c8d0b797eb63d5ca98e6-filelists.xml.gz',NULL,1796039087);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/e5764fed1037f71afa81439a5fea742a8f06cfb859837909c9592d4d16456d52-primary.xml.gz',NULL,1796039071);
INSERT INTO "unlistedFile" VALUES('7.06.201903','updates','Everything/x86_64/repodata/e81a5c2887f96da5f115be84ebdfb51472fdd82e899d9d0834a41ecc7da5e9c5-other.xml.gz',NULL,1796039071);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/Packages/b/beta-1.0-1.el7.src.rpm',NULL,1796039088);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/Packages/g/gamma-1.0-1.el7.src.rpm',NULL,1796039088);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/Packages/g/gamma-1.0-2.el7.src.rpm',NULL,1796039088);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/Packages/k/kappa-1.0-1.el7.src.rpm',NULL,1796039088);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/repodata/016eb4aee4300936bc92aa00b601c897a4a567b9c489340f87edf358b99a17d4-primary.xml.gz',NULL,1796039088);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/repodata/2cfc768978a18f056e42130837a3198bbb78dab8a1675c74aa05bb39cd196420-other.xml.gz',NULL,1796039088);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/source/tree/repodata/8d43b1042e155c09b123d1c50fda3e19181ae078d14a9b7c769349b45469c209-filelists.xml.gz',NULL,1796039088);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/b/beta-1.0-1.el7.noarch.rpm',NULL,1796039088);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/g/gamma-1.0-1.el7.x86_64.rpm',NULL,1796039088);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/g/gamma-1.0-2.el7.x86_64.rpm',NULL,1796039088);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/g/gamma-doc-1.0-1.el7.noarch.rpm',NULL,1796039088);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/g/gamma-doc-1.0-2.el7.noarch.rpm',NULL,1796039088);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/Packages/k/kappa-1.0-1.el7.noarch.rpm',NULL,1796039088);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/repodata/4bbd7882875810f03025dcf4a87494aa741b083cb6898812d00d6c9f55438180-other.xml.gz',NULL,1796039088);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/repodata/5e46c9d328f6187add62e3356d701337f32190d50a9444df03a2da31eb4419aa-primary.xml.gz',NULL,1796039088);
INSERT INTO "unlistedFile" VALUES('7.07.201908','updates','Everything/x86_64/repodata/aa1c534678491389be80a335961c2c91b6c856efa6a8b55541f6b0cc9837c084-filelists.xml.gz',NULL,1796039088);
CREATE UNIQUE INDEX openOperation ON operation (isOpen) WHERE isOpen = 1;
CREATE UNIQUE INDEX standingHold ON hold (package, version, rpmRelease)
  WHERE liftedAt IS NULL;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('hold',1);
INSERT INTO "sqlite_sequence" VALUES('operation',16);
INSERT INTO "sqlite_sequence" VALUES('event',24);
COMMIT;
