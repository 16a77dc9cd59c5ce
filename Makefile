# epel-compose: build, demo, test, benchmark, install. `make help` lists the
# targets.

PREFIX ?= /usr/local
SYSCONFDIR ?= /etc
DESTDIR ?=

# What a build needs, what the demo and the tests need.
BUILD_PACKAGES := build-essential pkg-config librpm-dev libcreaterepo-c-dev libarchive-dev libsqlite3-dev libcurl4-openssl-dev libssl-dev zlib1g-dev libdeflate-dev \
  libsolv-dev libsolvext-dev libmodulemd-dev
TEST_PACKAGES := rpm createrepo-c dnf zypper libsolv-tools gnupg gpg-agent strace python3 python3-venv \
  python3-gssapi python3-requests python3-dateutil python3-defusedxml python3-six \
  krb5-kdc krb5-admin-server krb5-user openssl rsync util-linux chromium tidy

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
SWIFT_FLAGS ?=
PROGRAM = $$(swift build -c release --show-bin-path $(SWIFT_FLAGS))/epel-compose

.PHONY: help setup build demo test sanitize bench format install clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

setup: ## install the Debian packages that are missing (with sudo where not root)
	@command -v swift >/dev/null || { echo "make: swift: not found. Install Swift 6.3: https://swift.org/install" >&2; exit 69; }
	@missing=$$(for p in $(BUILD_PACKAGES) $(TEST_PACKAGES); do \
	  dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	if [ -n "$$missing" ]; then \
	  echo "installing" $$missing; \
	  $(SUDO) apt-get update -qq && \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi

build: setup ## build the program, optimised
	swift build -c release --product epel-compose $(SWIFT_FLAGS)

demo: build ## the whole life of a release on real RPMs, under a minute after the build
	@Tests/Demo/demo "$(PROGRAM)"

# The real koji command, for the tests that compare with it: not in Debian 12.
KOJI := .build/koji-client
KOJI_VERSION := 1.36.1
# What reads metadata of composes everywhere else.
PRODUCTMD_VERSION := 1.51

$(KOJI)/bin/koji: | setup
	@/usr/bin/python3 -m venv --system-site-packages $(KOJI) && \
	$(KOJI)/bin/pip install --quiet --no-deps koji==$(KOJI_VERSION) || \
	echo "make: the koji command cannot be installed: the tests with it are left out" >&2

$(KOJI)/productmd: | $(KOJI)/bin/koji
	@$(KOJI)/bin/pip install --quiet --no-deps productmd==$(PRODUCTMD_VERSION) && touch $@ || \
	echo "make: productmd cannot be installed: the test with it is left out" >&2

# dnf's plugins, for tests and for the benchmark that compares with repoclosure:
# Debian's package of them cannot be installed beside zypper, so it is only
# unpacked.
DNF_PLUGINS := .build/dnf-plugins

$(DNF_PLUGINS)/usr: | setup
	@mkdir -p $(DNF_PLUGINS) && cd $(DNF_PLUGINS) && apt-get download -qq dnf-plugins-core && \
	dpkg -x dnf-plugins-core_*.deb . && rm dnf-plugins-core_*.deb

test: setup $(KOJI)/bin/koji $(KOJI)/productmd $(DNF_PLUGINS)/usr ## build and run all tests
	swift test $(SWIFT_FLAGS)

# The two cannot be in one build. LeakSanitizer is off: it cannot work under
# strace, and GLib keeps what it has for the life of the process. Sweeps visit
# every 50th point.
sanitize: setup $(KOJI)/bin/koji ## build and run all tests with ThreadSanitizer, then with AddressSanitizer
	EPEL_COMPOSE_SWEEP=50 TSAN_OPTIONS=halt_on_error=1 swift test --sanitize=thread --scratch-path .build-thread $(SWIFT_FLAGS)
	EPEL_COMPOSE_SWEEP=50 ASAN_OPTIONS=detect_leaks=0 swift test --sanitize=address --scratch-path .build-address $(SWIFT_FLAGS)

# All of it takes about half an hour; BENCH="--cases cold,next --runs 3" some of it.
BENCH ?=

bench: build $(KOJI)/bin/koji $(DNF_PLUGINS)/usr ## time it beside createrepo_c, rsync, koji clone-tag, dnf repoclosure and installcheck
	swift build -c release --product epel-compose-parts $(SWIFT_FLAGS)
	@Tests/Benchmarks/bench "$(PROGRAM)" "$(PROGRAM)-parts" --output .build/bench $(BENCH)
	@Tests/Benchmarks/bench-hub "$(PROGRAM)" "$(KOJI)/bin/koji"
	@DNF_PLUGINS="$(CURDIR)/$(DNF_PLUGINS)" Tests/Benchmarks/bench-closure "$(PROGRAM)"

format: ## format the Swift code in place
	swift format --in-place --recursive --parallel Sources Tests Package.swift

install: build ## install below PREFIX, policies and templates below SYSCONFDIR
	install -D -m 0755 "$(PROGRAM)" $(DESTDIR)$(PREFIX)/bin/epel-compose
	install -D -m 0644 Docs/epel-compose.1 $(DESTDIR)$(PREFIX)/share/man/man1/epel-compose.1
	install -d $(DESTDIR)$(SYSCONFDIR)/epel-compose/policies $(DESTDIR)$(SYSCONFDIR)/epel-compose/templates/site
	@# What a release engineer has edited stays; the new one is put beside it.
	@for f in Policies/*.yaml Templates/*.* Templates/site/*; do \
	  dir=$$(echo $${f%%/*} | tr A-Z a-z); \
	  to=$(DESTDIR)$(SYSCONFDIR)/epel-compose/$$dir/$${f#*/}; \
	  if [ -e "$$to" ] && ! cmp -s "$$f" "$$to"; then to=$$to.new; echo "kept the edited one; wrote $$to"; fi; \
	  install -m 0644 "$$f" "$$to" || exit 1; \
	done
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	"$(PROGRAM)" --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/epel-compose
	"$(PROGRAM)" --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_epel-compose
	"$(PROGRAM)" --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/epel-compose.fish

clean: ## remove what was built
	rm -rf .build .build-thread .build-address
