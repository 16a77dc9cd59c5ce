# epel-compose: build, demo, test, benchmark, install. `make help` lists the
# targets.

PREFIX ?= /usr/local
SYSCONFDIR ?= /etc
DESTDIR ?=

# What a build, the demo, the tests and the benchmarks need: packages of Debian,
# and how each is found, for systems with other names. Tests/Setup/install-missing
# says more.
BUILD_NEEDS := build-essential=command:c++ pkg-config=command:pkg-config \
  librpm-dev=pkg:rpm libcreaterepo-c-dev=pkg:createrepo_c libarchive-dev=pkg:libarchive \
  libsqlite3-dev=pkg:sqlite3 libcurl4-openssl-dev=pkg:libcurl libssl-dev=pkg:libcrypto \
  zlib1g-dev=pkg:zlib libdeflate-dev=pkg:libdeflate libsolv-dev=pkg:libsolv \
  libsolvext-dev=pkg:libsolvext libmodulemd-dev=pkg:modulemd-2.0 libxml2-dev=pkg:libxml-2.0 \
  libmaxminddb-dev=pkg:libmaxminddb librnp-dev=pkg:librnp
DEMO_NEEDS := rpm=command:rpmbuild dnf=command:dnf gnupg=command:gpg gpg-agent=command:gpg-agent
TEST_NEEDS := $(DEMO_NEEDS) createrepo-c=command:createrepo_c zypper=command:zypper \
  curl=command:curl bzip2=command:bzip2 xz-utils=command:xz zstd=command:zstd \
  strace=command:strace openssl=command:openssl util-linux=command:unshare \
  python3=file:/usr/bin/python3 python3-venv=python:ensurepip python3-gssapi=python:gssapi \
  python3-requests=python:requests python3-dateutil=python:dateutil \
  python3-defusedxml=python:defusedxml python3-six=python:six \
  gpgv=command:gpgv krb5-kdc=command:krb5kdc krb5-admin-server=command:kadmin.local krb5-user=command:kinit \
  chromium=command:chromium tidy=command:tidy rsync=command:rsync \
  nginx-light=command:nginx apache2-bin=command:apache2 \
  haproxy=command:haproxy postgresql-15='file:/usr/lib/postgresql/*/bin/postgres'
BENCH_NEEDS := $(TEST_NEEDS) libsolv-tools=command:installcheck \
  goaccess=command:goaccess gawk=command:gawk mawk=command:mawk wrk=command:wrk

SWIFT_FLAGS ?=
# The Swift runtime is part of the program: it runs where there is no Swift.
OPTIMISED := -c release --static-swift-stdlib
RELEASE := $(OPTIMISED) $(SWIFT_FLAGS)
# Where `swift build` puts it; with a --scratch-path in SWIFT_FLAGS it is elsewhere.
PROGRAM ?= .build/release/epel-compose
VERSION = $$(sed -n 's/^ *version: "\(.*\)",$$/\1/p' Sources/CLI/ComposeCommands/EpelCompose.swift)

# The responder, a program and a package of its own.
RESPONDER ?= .build/release/epel-mirrorlist

.PHONY: build-mirrorlist install-mirrorlist uninstall-mirrorlist test-mirrorlist bench-mirrorlist has-responder
.PHONY: help setup setup-demo setup-test setup-bench has-swift has-program build demo demo-mirrors record test-programs test life mirror-world fuzz sanitize bench bench-lists bench-logs format install uninstall package test-packages clean
# What is to be installed comes before what is to be built with it.
.NOTPARALLEL:

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

INSTALL_MISSING = @Tests/Setup/install-missing

setup: setup-test ## say what is missing for the build, the demo and the tests, and install it where there is apt

setup-demo: has-swift
	$(INSTALL_MISSING) $(BUILD_NEEDS) $(DEMO_NEEDS)

setup-test: has-swift
	$(INSTALL_MISSING) $(BUILD_NEEDS) $(TEST_NEEDS)

setup-bench: has-swift
	$(INSTALL_MISSING) $(BUILD_NEEDS) $(BENCH_NEEDS)

has-swift:
	@command -v swift >/dev/null || { echo "make: swift: not found. Install Swift 6.3: https://swift.org/install" >&2; exit 69; }

build: has-swift ## build the program, optimised; installs nothing
	swift build $(RELEASE) --product epel-compose

has-program:
	@test -x "$(PROGRAM)" || { echo "make: $(PROGRAM) is not there: build it with 'make build', or name it with PROGRAM=" >&2; exit 69; }

build-mirrorlist: has-swift ## build the responder epel-mirrorlist, optimised; installs nothing
	swift build $(RELEASE) --product epel-mirrorlist

has-responder:
	@test -x "$(RESPONDER)" || { echo "make: $(RESPONDER) is not there: build it with 'make build-mirrorlist', or name it with RESPONDER=" >&2; exit 69; }

demo: setup-demo build ## the life of two releases on real RPMs, under a minute after the build
	@Tests/Demo/demo "$(PROGRAM)"

# What pages of the documentation show, put in by the program; tests compare it.
record: setup-test build ## write anew what commands print in README.md and Docs/Tutorial.md, and draw the pictures
	Tests/Recordings/draw-pictures "$(PROGRAM)" Docs/Pictures
	Tests/Recordings/record "$(PROGRAM)" README.md --prepare Tests/Recordings/prepare-readme --write
	Tests/Recordings/record "$(PROGRAM)" Docs/Tutorial.md --write

# The real koji command, for the tests that compare with it: not in Debian 12.
KOJI := .build/koji-client
KOJI_VERSION := 1.36.1
# What reads metadata of composes everywhere else.
PRODUCTMD_VERSION := 1.51

$(KOJI)/bin/koji: | setup-test
	@mkdir -p .build && /usr/bin/python3 -m venv --system-site-packages $(KOJI) && \
	$(KOJI)/bin/pip install --quiet --no-deps koji==$(KOJI_VERSION) || \
	echo "make: the koji command cannot be installed: the tests with it are left out" >&2

$(KOJI)/productmd: | $(KOJI)/bin/koji
	@$(KOJI)/bin/pip install --quiet --no-deps productmd==$(PRODUCTMD_VERSION) && touch $@ || \
	echo "make: productmd cannot be installed: the test with it is left out" >&2

# dnf's plugins, for tests and for the benchmark that compares with repoclosure:
# Debian's package of them cannot be installed beside zypper, so it is only
# unpacked.
DNF_PLUGINS := .build/dnf-plugins

$(DNF_PLUGINS)/usr: | setup-test
	@mkdir -p $(DNF_PLUGINS) && cd $(DNF_PLUGINS) && apt-get download -qq dnf-plugins-core && \
	dpkg -x dnf-plugins-core_*.deb . && rm dnf-plugins-core_*.deb || \
	echo "make: dnf's plugins cannot be unpacked: what needs them is left out" >&2

TEST_TOOLS := $(KOJI)/bin/koji $(KOJI)/productmd $(DNF_PLUGINS)/usr

# Sweeps, which disturb commands at each of hundreds of points, visit a sample
# of them. SWEEP=1 visits all, SWEEP=N every N-th.
SWEEP ?= $(EPEL_COMPOSE_SWEEP)

# What users get is what is tested, and tests run thousands of commands: optimised, each takes
# a third of the time. It is what `make build` builds, without SWIFT_FLAGS, which may hold what
# only `swift test` knows.
test-programs: has-swift
	swift build $(OPTIMISED) --product epel-compose
	swift build $(OPTIMISED) --product epel-compose-faulty

test: setup-test test-programs $(TEST_TOOLS) ## build and run all tests; SWEEP=1: sweeps visit all of their points
	EPEL_COMPOSE_SWEEP=$(SWEEP) EPEL_COMPOSE_PROGRAMS="$(CURDIR)/.build/release" swift test $(SWIFT_FLAGS)

# Random lives of a stream, with a look at everything after each step; `make test`
# takes 200 steps of seed 1. As many lives at once as there are processors.
STEPS ?= 20000
SEED ?= 1
LIFE ?=

life: setup-test build $(TEST_TOOLS) ## take STEPS random steps (20000) from SEED (1) on, and look at everything after each
	Tests/Life/life "$(PROGRAM)" --steps $(STEPS) --seed $(SEED) --jobs $$(nproc) $(LIFE)

# Lives among rsync mirrors of every kind, web servers and real clients; `make test` takes
# one short life of seed 1. QUICK_FEDORA_MIRROR may name that script: it is then one more mirror.
WORLDS ?= 20
WORLD ?=

mirror-world: setup-test build ## take WORLDS long lives (20) among real mirrors and clients, from SEED (1) on
	Tests/MirrorWorld/world "$(PROGRAM)" --long --costs --seed $(SEED) --lives $(WORLDS) $(WORLD)

demo-mirrors: setup-test build ## two releases among real mirrors and clients: what each mirror does, and what it costs
	@Tests/MirrorWorld/world "$(PROGRAM)" --verbose --costs

# Reads whatever libFuzzer thinks of, in a build of its own that notes which code runs.
# What was found to reach more stays in .build/fuzz/corpus, and is where the next run begins.
TARGET ?= policy
SECONDS ?= 600
FUZZ := .build/fuzz
FUZZ_BUILD = EPEL_COMPOSE_FUZZ=1 swift build -c release --scratch-path $(FUZZ)/build $(SWIFT_FLAGS)

fuzz: setup-test ## read hostile inputs: TARGET=policy SECONDS=600; the targets are files in Tests/Fuzzing/Targets
	swift build --product epel-compose-fuzz
	@mkdir -p $(FUZZ)/corpus/$(TARGET) $(FUZZ)/found
	@$$(swift build --show-bin-path)/epel-compose-fuzz $(TARGET) --write-seeds $(FUZZ)/corpus/$(TARGET)
	$(FUZZ_BUILD) --product epel-compose-libfuzzer
	FUZZ_TARGET=$(TARGET) $$($(FUZZ_BUILD) --show-bin-path)/epel-compose-libfuzzer \
	  -max_total_time=$(SECONDS) -timeout=20 -rss_limit_mb=1024 -max_len=65536 -print_final_stats=1 \
	  -artifact_prefix=$(FUZZ)/found/$(TARGET)- $(FUZZ)/corpus/$(TARGET)

# The two cannot be in one build. LeakSanitizer is off: it cannot work under
# strace, and GLib keeps what it has for the life of the process. Sweeps visit
# every 50th point, and the programs are those of the same build.
sanitize: setup-test $(TEST_TOOLS) ## build and run all tests with ThreadSanitizer, then with AddressSanitizer
	EPEL_COMPOSE_SWEEP=50 EPEL_COMPOSE_PROGRAMS= TSAN_OPTIONS=halt_on_error=1 swift test --sanitize=thread --scratch-path .build-thread $(SWIFT_FLAGS)
	EPEL_COMPOSE_SWEEP=50 EPEL_COMPOSE_PROGRAMS= ASAN_OPTIONS=detect_leaks=0 swift test --sanitize=address --scratch-path .build-address $(SWIFT_FLAGS)

# All of it takes about half an hour; BENCH="--cases cold,next --runs 3" some of it.
BENCH ?=

bench: setup-bench build $(TEST_TOOLS) ## time it beside createrepo_c, rsync, koji clone-tag, dnf repoclosure and installcheck
	swift build $(RELEASE) --product epel-compose-parts
	@Tests/Benchmarks/bench "$(PROGRAM)" "$(PROGRAM)-parts" --output .build/bench $(BENCH)
	@Tests/Benchmarks/bench-hub "$(PROGRAM)" "$(KOJI)/bin/koji"
	@DNF_PLUGINS="$(CURDIR)/$(DNF_PLUGINS)" Tests/Benchmarks/bench-closure "$(PROGRAM)"
	@Tests/Benchmarks/bench-lists "$(PROGRAM)"

bench-lists: setup-bench build ## time writing the file lists of 160,000 entries beside find: under a minute
	@Tests/Benchmarks/bench-lists "$(PROGRAM)"

bench-logs: setup-bench build ## time `logs` beside goaccess, awk and xz; BENCH=--large reads 20 million lines
	@Tests/Benchmarks/bench-logs "$(PROGRAM)" $(BENCH)

# Another responder to compare with: the URL of a metalink, and its process IDs.
PEER ?=
PEER_PID ?=

bench-mirrorlist: setup-bench build-mirrorlist ## time the responder, beside PEER=URL PEER_PID=N if given: about two minutes
	swift build $(RELEASE) --product epel-mirrorlist-data
	@Tests/Benchmarks/bench-mirrorlist "$(RESPONDER)" "$(RESPONDER)-data" $(if $(PEER),--peer "$(PEER)" --peer-pid "$(PEER_PID)")

# Directly, and through each proxy: REQUESTS of each over 20 swaps and 5 hand-overs.
REQUESTS ?= 1000000

test-mirrorlist: setup-test build-mirrorlist ## the responder's tests with REQUESTS (1000000) of each load: half an hour
	EPEL_MIRRORLIST="$(CURDIR)/$(RESPONDER)" EPEL_MIRRORLIST_REQUESTS=$(REQUESTS) swift test $(SWIFT_FLAGS) --no-parallel --filter 'SwapTests|ProxyTests'

format: ## format the Swift code in place
	swift format --in-place --recursive --parallel Sources Tests Package.swift

# What `install` puts below PREFIX. Documents: those that the manual page names, and
# those that they lead to.
PROGRAM_FILES := bin/epel-compose share/man/man1/epel-compose.1 \
  share/bash-completion/completions/epel-compose share/zsh/site-functions/_epel-compose \
  share/fish/vendor_completions.d/epel-compose.fish
DOCUMENTS := $(wildcard Docs/*.md) LICENSE
# What anybody can look at mirrors with; Docs/Trust.md.
SCRIPTS := Docs/check-current
# What it puts below SYSCONFDIR, which release engineers edit.
SETTINGS := $(wildcard Policies/*.yaml Templates/*.* Templates/site/* Templates/mirrors/*)

install: has-program ## install below PREFIX (/usr/local), policies and templates below SYSCONFDIR (/etc), after `make build`
	install -D -m 0755 "$(PROGRAM)" "$(DESTDIR)$(PREFIX)/bin/epel-compose"
	install -D -m 0644 Docs/epel-compose.1 "$(DESTDIR)$(PREFIX)/share/man/man1/epel-compose.1"
	install -d "$(DESTDIR)$(PREFIX)/share/doc/epel-compose"
	install -m 0644 $(DOCUMENTS) "$(DESTDIR)$(PREFIX)/share/doc/epel-compose"
	install -m 0755 $(SCRIPTS) "$(DESTDIR)$(PREFIX)/share/doc/epel-compose"
	install -d "$(DESTDIR)$(SYSCONFDIR)/epel-compose/policies" "$(DESTDIR)$(SYSCONFDIR)/epel-compose/templates/site" "$(DESTDIR)$(SYSCONFDIR)/epel-compose/templates/mirrors"
	@# What a release engineer has edited stays; the new one is put beside it.
	@for f in $(SETTINGS); do \
	  dir=$$(echo $${f%%/*} | tr A-Z a-z); \
	  to="$(DESTDIR)$(SYSCONFDIR)/epel-compose/$$dir/$${f#*/}"; \
	  if [ -e "$$to" ] && ! cmp -s "$$f" "$$to"; then to="$$to.new"; echo "kept the edited one; wrote $$to"; fi; \
	  install -m 0644 "$$f" "$$to" || exit 1; \
	done
	install -d "$(DESTDIR)$(PREFIX)/share/bash-completion/completions" "$(DESTDIR)$(PREFIX)/share/zsh/site-functions" "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d"
	"$(PROGRAM)" --generate-completion-script bash > "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/epel-compose"
	"$(PROGRAM)" --generate-completion-script zsh > "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_epel-compose"
	"$(PROGRAM)" --generate-completion-script fish > "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/epel-compose.fish"

uninstall: ## remove what `make install` has put there; settings that were edited stay
	@for f in $(PROGRAM_FILES); do rm -f "$(DESTDIR)$(PREFIX)/$$f"; done
	@for f in $(notdir $(DOCUMENTS) $(SCRIPTS)); do rm -f "$(DESTDIR)$(PREFIX)/share/doc/epel-compose/$$f"; done
	@for f in $(SETTINGS); do \
	  dir=$$(echo $${f%%/*} | tr A-Z a-z); \
	  there="$(DESTDIR)$(SYSCONFDIR)/epel-compose/$$dir/$${f#*/}"; \
	  if cmp -s "$$f" "$$there"; then rm -f "$$there"; elif [ -e "$$there" ]; then echo "kept the edited $$there"; fi; \
	done
	@for d in "$(PREFIX)/share/doc/epel-compose" "$(SYSCONFDIR)/epel-compose/templates/site" "$(SYSCONFDIR)/epel-compose/templates/mirrors" \
	  "$(SYSCONFDIR)/epel-compose/templates" "$(SYSCONFDIR)/epel-compose/policies" "$(SYSCONFDIR)/epel-compose"; do \
	  rmdir "$(DESTDIR)$$d" 2> /dev/null || true; \
	done

install-mirrorlist: has-responder ## install the responder, its units and its documents below PREFIX, after `make build-mirrorlist`
	install -D -m 0755 "$(RESPONDER)" "$(DESTDIR)$(PREFIX)/bin/epel-mirrorlist"
	install -D -m 0644 Docs/epel-mirrorlist.1 "$(DESTDIR)$(PREFIX)/share/man/man1/epel-mirrorlist.1"
	install -d "$(DESTDIR)$(PREFIX)/share/doc/epel-mirrorlist" "$(DESTDIR)$(PREFIX)/lib/systemd/system"
	install -m 0644 Docs/Mirrorlist.md LICENSE Templates/mirrorlist/*.c* "$(DESTDIR)$(PREFIX)/share/doc/epel-mirrorlist"
	@# The unit names the program where it is installed.
	@for f in epel-mirrorlist.socket epel-mirrorlist@.service; do \
	  sed 's,/usr/bin/epel-mirrorlist,$(PREFIX)/bin/epel-mirrorlist,' "Templates/mirrorlist/$$f" \
	    > "$(DESTDIR)$(PREFIX)/lib/systemd/system/$$f" && chmod 0644 "$(DESTDIR)$(PREFIX)/lib/systemd/system/$$f" || exit 1; \
	done

uninstall-mirrorlist: ## remove what `make install-mirrorlist` has put there
	rm -f "$(DESTDIR)$(PREFIX)/bin/epel-mirrorlist" "$(DESTDIR)$(PREFIX)/share/man/man1/epel-mirrorlist.1"
	rm -f "$(DESTDIR)$(PREFIX)/lib/systemd/system/epel-mirrorlist.socket" "$(DESTDIR)$(PREFIX)/lib/systemd/system/epel-mirrorlist@.service"
	rm -rf "$(DESTDIR)$(PREFIX)/share/doc/epel-mirrorlist"

# Both are made of what `install` puts into an empty directory.
PACKAGES := .build/packages

package: setup-demo build build-mirrorlist ## make Debian packages and RPMs of both programs in .build/packages
	rm -rf $(PACKAGES)
	$(MAKE) --no-print-directory install DESTDIR="$(CURDIR)/$(PACKAGES)/staged" PREFIX=/usr SYSCONFDIR=/etc
	.packaging/make-deb $(PACKAGES)/staged "$(VERSION)" $(PACKAGES)
	rpmbuild -bb --quiet --nodeps --define "staged $(CURDIR)/$(PACKAGES)/staged" \
	  --define "upstream_version $(VERSION)" --define "_topdir $(CURDIR)/$(PACKAGES)/rpmbuild" \
	  --define "_rpmdir $(CURDIR)/$(PACKAGES)" --define "_rpmfilename %{name}-%{version}-%{release}.%{arch}.rpm" \
	  .packaging/epel-compose.spec
	$(MAKE) --no-print-directory install-mirrorlist DESTDIR="$(CURDIR)/$(PACKAGES)/responder" PREFIX=/usr
	.packaging/make-mirrorlist-deb $(PACKAGES)/responder "$(VERSION)" $(PACKAGES)
	rpmbuild -bb --quiet --nodeps --define "staged $(CURDIR)/$(PACKAGES)/responder" \
	  --define "upstream_version $(VERSION)" --define "_topdir $(CURDIR)/$(PACKAGES)/rpmbuild" \
	  --define "_rpmdir $(CURDIR)/$(PACKAGES)" --define "_rpmfilename %{name}-%{version}-%{release}.%{arch}.rpm" \
	  .packaging/epel-mirrorlist.spec
	rm -rf $(PACKAGES)/rpmbuild
	@ls -l $(PACKAGES)/*.deb $(PACKAGES)/*.rpm

test-packages: package ## install both packages in roots of their own, and run the program there without Swift
	$(INSTALL_MISSING) debootstrap=command:debootstrap rpm=command:rpm
	Tests/Setup/check-packages $(PACKAGES)

clean: ## remove what was built
	rm -rf .build .build-thread .build-address
