"""What should be true of a stream after each step: worked out from the rules alone, and
from what was decided. Nothing here asks the program or the disk."""
import collections

# What a step should come to. BOTH: either is right, because time or a rule that is not
# the life's business decides; a refusal must then have changed nothing.
DONE, REFUSED, BOTH = "done", "refused", "either"


class Version:
    """A build in an updates tree."""

    def __init__(self, build, push):
        self.build = build
        self.push = push
        # Why it is not listed: withdrawn, undone or retention; None while it is.
        self.cause = None
        # Since when, seconds since 1970, and whether its files may be gone by now.
        self.since = None
        self.may_be_gone = False


class Push:
    """One push, as users saw it."""

    def __init__(self, serial, kind, undoes=None):
        self.serial = serial
        self.kind = kind
        self.undoes = undoes
        self.listed = []
        self.unlisted = []
        # Whether nothing but checks can stop it.
        self.is_allowed = True


class Release:
    """A release and its trees."""

    def __init__(self, name, order, builds, left_out, arches, previous):
        self.name = name
        self.order = order
        self.state = "staged"
        self.cut = list(builds)
        # Builds that were left out because they retire.
        self.left_out = list(left_out)
        self.versions = {build.nvr: Version(build, 0) for build in builds}
        self.pushes = []
        self.arches = tuple(arches)
        self.previous = previous
        self.promotion = None
        # Where its trees are.
        self.places = {"staging"}
        self.archived_at = None
        self.passed = None
        self.allows_unsigned = False
        # What the checks were about.
        self.subject = None

    @property
    def listed(self):
        """Builds that its updates tree lists."""
        return [version.build for version in self.versions.values() if version.cause is None]

    @property
    def serial(self):
        """Serial of its newest push."""
        return len(self.pushes)


class Model:
    """A stream, with the decisions of its people."""

    def __init__(self, arches, keeps, forgets_providers=False):
        self.arches = list(arches)
        # Whether a closure may take what the stream once provided for a part of
        # Enterprise Linux.
        self.forgets_providers = forgets_providers
        # How many versions of a package stay listed; None for all.
        self.keeps = keeps
        self.keys = ["A"]
        self.pool = {}
        self.releases = collections.OrderedDict()
        self.holds = {}
        self.promotions = 0

    # ------------------------------------------------------------------ asking

    @property
    def current(self):
        """The release that links lead to, or None."""
        return next((r for r in self.releases.values() if r.state == "current"), None)

    def live(self):
        """The newest build of each package."""
        newest = {}
        for build in self.pool.values():
            known = newest.get(build.package)
            if known is None or build.number > known.number:
                newest[build.package] = build
        return newest

    @staticmethod
    def newest(builds):
        """The newest of each package among `builds`."""
        newest = {}
        for build in builds:
            if build.package not in newest or build.number > newest[build.package].number:
                newest[build.package] = build
        return newest

    def trusted(self, build):
        """Whether its RPMs have a signature by a key of the policy."""
        return build.key in self.keys

    def unresolved(self, builds):
        """RPMs, by name without `.rpm` and `{arch}` for theirs, that need what `builds` do
        not have: of several versions of a package, the newest is asked."""
        provided = collections.defaultdict(list)
        for build in builds:
            for name in build.binaries:
                provided[name].append(build.number)
        return {
            build.binaries[0]: build for build in self.newest(builds).values()
            if any(not any(number >= least for number in provided.get(name, []))
                   for name, least in build.requires)}

    def unresolved_files(self, builds, arch):
        """Names of these RPMs on one architecture, without `.rpm`."""
        return {build.names(arch)[0].removesuffix(".rpm")
                for build in self.unresolved(builds).values()}

    def baseline(self, release):
        """The release that users have, or had, before `release`; a new one if None."""
        current = self.current
        if release is None:
            return current
        if current is not None and current.order < release.order:
            return current
        found = self.releases.get(release.previous)
        return found if found is not None and found.places else None

    def goes_back(self, builds, baseline):
        """Whether users of `baseline` would get something older."""
        if baseline is None:
            return False
        after = self.newest(builds)
        return any(
            package in after and after[package].number < build.number
            for package, build in self.newest(baseline.listed).items())

    def subject(self, release):
        """What a verdict on `release` depends on, beside its own trees."""
        baseline = self.baseline(release)
        return (baseline.name if baseline else None, baseline.serial if baseline else 0,
                tuple(self.keys))

    def held_among(self, builds):
        """Builds of these that somebody has taken out."""
        return [build for build in builds if build.nvr in self.holds]

    def judge(self, release, builds):
        """What the checks say of `builds` as the updates of `release`."""
        if self.goes_back(builds, self.baseline(release)):
            return REFUSED
        if not release.allows_unsigned and any(not self.trusted(build) for build in builds):
            return REFUSED
        unresolved = self.unresolved(builds)
        if unresolved and self.forgets_providers and self._looks_external(builds, unresolved):
            return BOTH
        return REFUSED if unresolved else DONE

    @staticmethod
    def _looks_external(builds, unresolved):
        """Whether all that is missing has names that none of `builds` provides."""
        provided = collections.defaultdict(list)
        for build in builds:
            for name in build.binaries:
                provided[name].append(build.number)
        return not any(
            name in provided and not any(number >= least for number in provided[name])
            for build in unresolved.values() for name, least in build.requires)

    # ------------------------------------------------------------- each command

    def plan_compose(self, name, order, allows_unsigned=False):
        """Whether a compose is refused, and the release that it makes."""
        live = self.live()
        kept = [build for build in live.values() if not build.retires]
        known = self.releases.get(name)
        current = self.current
        if (not kept or known is not None and known.state != "abandoned"
                or current is not None and order < current.order or self.held_among(kept)
                or not allows_unsigned and any(not self.trusted(b) for b in kept)):
            return REFUSED, None
        left_out = [build for build in live.values() if build.retires]
        release = Release(name, order, kept, left_out, self.arches,
                          current.name if current else None)
        return DONE, release

    def check(self, release):
        """The verdict on `release`, recorded."""
        verdict = self.judge(release, release.listed)
        if verdict == DONE and set(release.cut) != set(release.listed):
            # The frozen tree is checked as well, until users have it.
            if release.promotion is None:
                verdict = self.judge(release, release.cut)
        if self.held_among(release.listed):
            verdict = REFUSED
        release.passed = {DONE: True, REFUSED: False, BOTH: None}[verdict]
        release.subject = self.subject(release)
        return verdict

    def plan_promote(self, release, skips_soak, overrides):
        """Whether `release` becomes current."""
        current = self.current
        if release.state != "published" or not skips_soak:
            return REFUSED
        if current is not None and release.order < current.order:
            return REFUSED
        if self.held_among(release.listed):
            return REFUSED
        is_sound = release.passed and release.subject == self.subject(release)
        if not is_sound and not overrides:
            return REFUSED
        return DONE

    def promote(self, release):
        """Moves the links to `release`."""
        if self.current is not None:
            self.current.state = "superseded"
        self._make_current(release)

    def _make_current(self, release):
        release.state = "current"
        self.promotions += 1
        release.promotion = self.promotions

    def rollback_target(self):
        """The release that a rollback goes to, or None."""
        if self.current is None:
            return None
        candidates = [r for r in self.releases.values()
                      if r.state == "superseded" and r.places == {"public"}]
        return max(candidates, key=lambda r: r.promotion, default=None)

    def rollback(self, target):
        """Moves the links back."""
        self.current.state = "published"
        target.state = "current"

    def plan_update(self, only=(), skip=(), again=()):
        """A push, with its expected outcome: (outcome, push, listing afterwards, lifted).
        The push is None where users notice nothing."""
        current = self.current
        if current is None:
            return REFUSED, None, [], []
        if tuple(self.arches) != current.arches:
            return REFUSED, None, [], []
        newest = self.newest(current.listed)
        named = set(only) | set(again)
        brought, skipped = [], set()
        for build in self.live().values():
            before = newest.get(build.package)
            if before is not None and before.nvr == build.nvr:
                continue
            if build.nvr in self.holds and build.nvr not in again:
                continue
            if build.nvr in skip or only and build.nvr not in named:
                if before is None or build.number > before.number:
                    skipped.add(build.nvr)
                continue
            if before is None and build.retires or before and build.number < before.number:
                continue
            brought.append(build)
        leaving, lifted = [], []
        for build in current.listed:
            if build.nvr in self.holds:
                (lifted if build.nvr in again else leaving).append(build)
        push = Push(current.serial + 1, "update")
        push.listed = list(brought)
        push.unlisted = [(build, self.holds[build.nvr]) for build in leaving]
        after = [build for build in current.listed if build not in leaving]
        after += [build for build in brought if build not in after]
        for build in self._expired(after):
            push.unlisted.append((build, "retention"))
            after.remove(build)
        done = {build.nvr for build in brought + lifted}
        push.is_allowed = not (named - done - skipped or set(skip) - skipped
                               or any(not self.trusted(build) for build in brought))
        if not push.is_allowed:
            return REFUSED, push, after, lifted
        if not push.listed and not push.unlisted and not lifted:
            return DONE, None, after, lifted
        return self.judge(current, after), push, after, lifted

    def _expired(self, builds):
        if self.keeps is None:
            return []
        by_package = collections.defaultdict(list)
        for build in builds:
            by_package[build.package].append(build)
        return [build for versions in by_package.values()
                for build in sorted(versions, key=lambda b: -b.number)[self.keeps:]]

    def plan_withdraw(self, nvrs):
        """As `plan_update`."""
        current = self.current
        if current is None or tuple(self.arches) != current.arches:
            return REFUSED, None, [], []
        leaving = [build for build in current.listed if build.nvr in nvrs]
        push = Push(current.serial + 1, "withdrawal")
        push.unlisted = [(build, "withdrawn") for build in leaving]
        after = [build for build in current.listed if build not in leaving]
        push.is_allowed = len(leaving) == len(set(nvrs))
        if not push.is_allowed:
            return REFUSED, push, after, []
        return self.judge(current, after), push, after, []

    def plan_undo(self):
        """As `plan_update`: the newest push that users see, and that was not taken back."""
        current = self.current
        if current is None or tuple(self.arches) != current.arches:
            return REFUSED, None, [], []
        undone = {push.undoes for push in current.pushes}
        for former in reversed(current.pushes):
            if former.kind != "undo" and former.serial not in undone:
                push, lifted = self._undoing(former)
                if push.listed or push.unlisted:
                    break
        else:
            return REFUSED, None, [], []
        gone = {build for build, _ in push.unlisted}
        after = [build for build in current.listed if build not in gone]
        after += [build for build in push.listed if build not in after]
        outcome = self.judge(current, after)
        if any(current.versions[build.nvr].may_be_gone for build in push.listed):
            outcome = BOTH
        return outcome, push, after, lifted

    def _undoing(self, former):
        current, lifted = self.current, []
        push = Push(current.serial + 1, "undo", former.serial)
        listed = set(current.listed)
        push.unlisted = [(build, "undone") for build in former.listed if build in listed]
        for build, cause in former.unlisted:
            version = current.versions[build.nvr]
            if version.cause is None:
                continue
            if build.nvr in self.holds:
                # A withdrawal is taken back with its hold. What a push only kept out,
                # because it had been decided before, stays out.
                if former.kind != "withdrawal":
                    continue
                lifted.append(build)
            push.listed.append(build)
        return push, lifted

    def sweep(self, now, grace):
        """An update ran: files that were not listed for so long may have been removed."""
        for version in self.current.versions.values():
            if version.cause is not None and now - version.since > grace - 2:
                version.may_be_gone = True

    def record(self, push, lifted, passed, now):
        """A push is done; `passed` is what the checks said of the tree before it."""
        current = self.current
        for build in push.listed + lifted:
            self.holds.pop(build.nvr, None)
        for build in push.listed:
            if build.nvr not in current.versions:
                current.versions[build.nvr] = Version(build, push.serial)
            current.versions[build.nvr].cause = None
            current.versions[build.nvr].may_be_gone = False
        for build, cause in push.unlisted:
            current.versions[build.nvr].cause = cause
            current.versions[build.nvr].since = now
            if cause in ("withdrawn", "undone"):
                self.holds[build.nvr] = cause
        current.pushes.append(push)
        current.passed = passed
        current.subject = self.subject(current)
