"""What should be true of a stream after each step: worked out from the rules alone, and
from what was decided. Nothing here asks the program or the disk."""
import collections

from tested import Tested

# What a step should come to. BOTH: either is right, because time or a rule that is not
# the life's business decides; a refusal must then have changed nothing.
DONE, REFUSED, BOTH = "done", "refused", "either"


class Version:
    """A build in an updates tree."""

    def __init__(self, build, push):
        # With the bytes that the tree has: signed anew, it is another build.
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
        # Architectures of the former release that it may still have, since when.
        self.carried = {}
        self.previous = previous
        self.promotion = None
        # Where its trees are.
        self.places = {"staging"}
        self.archived_at = None
        self.passed = None
        self.allows_unsigned = False
        # Builds that its testing tree lists, by NVR; None while it has no such tree. And
        # whether somebody let unsigned ones in there.
        self.tested = None
        self.tests_unsigned = False
        # What the checks were about, and whether links led to it then.
        self.subject = None

    @property
    def listed(self):
        """Builds that its updates tree lists."""
        return [version.build for version in self.versions.values() if version.cause is None]

    @property
    def serial(self):
        """Serial of its newest push."""
        return len(self.pushes)


class Model(Tested):
    """A stream, with the decisions of its people."""

    def __init__(self, arches, keeps, vanish=1):
        super().__init__()
        self.arches = list(arches)
        # Minor release from which on an architecture is gone.
        self.dropped = {}
        # Percent of packages that may go without a decision.
        self.vanish = vanish
        # How many versions of a package stay listed; None for all.
        self.keeps = keeps
        self.keys = ["A"]
        self.pool = {}
        self.releases = collections.OrderedDict()
        # Why a build is out, and which release was current when that was decided.
        self.holds = {}
        self.promotions = 0
        # What users got of a release, by its name, when links left it: it may be
        # abandoned since.
        self.left = {}

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

    def arches_of(self, order):
        """Architectures of a release, as the policy is now."""
        staying = [arch for arch, minor in self.dropped.items() if order < minor]
        return tuple(sorted(self.arches + staying))

    def fits(self, release):
        """Whether `release` has the architectures that the policy has for it."""
        return self.arches_of(release.order) == release.arches

    def drops_silently(self, arches, order):
        """Whether a release would lack one of `arches` without a decision."""
        gone = set(arches) - set(self.arches_of(order))
        return any(self.dropped.get(arch, order + 1) > order for arch in gone)

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

    def origins(self, release, order):
        """What users have, or got before a rollback: of the baseline, and of each release
        between it and the one of `order` that links led to."""
        baseline = self.baseline(release)
        if baseline is None:
            return []
        found = [(baseline.name, baseline.listed)]
        for name, (left, builds) in self.left.items():
            # One of this very name is another release, if it was composed again.
            if baseline.order < left.order < order or left.order == order and left is not release:
                found.append((name, builds))
        for other in self.releases.values():
            if baseline.order < other.order < order and other.promotion is not None:
                found.append((other.name, other.listed))
        return found

    @staticmethod
    def is_older(builds, had):
        """Whether an RPM of `builds` is older than the newest of its name among `had`."""
        after, before = ({}, {})
        for newest, listed in ((after, builds), (before, had)):
            for build in listed:
                for name in (*build.binaries, f"{build.package}.src"):
                    newest[name] = max(build.number, newest.get(name, 0))
        return any(after.get(name, number) < number for name, number in before.items())

    def goes_back(self, builds, release, order):
        """Whether users would get something older."""
        return any(self.is_older(builds, had) for _, had in self.origins(release, order))

    def vanishes(self, builds, baseline, left_out, taken_out=()):
        """Whether more goes than may, though nobody decided it: what users of `baseline`
        have and `builds` lack, less what retires and what somebody took out."""
        if baseline is None:
            return False
        had = {build.package for build in baseline.listed}
        decided = {build.package for build in left_out} | set(taken_out)
        decided.update(build.package for build in self.held_among(baseline.listed))
        gone = had - {build.package for build in builds} - decided
        if 100 * len(gone) > self.vanish * len(had):
            return True
        # Parts of what goes are not counted again.
        names = {name for build in baseline.listed for name in build.binaries}
        lost = {name for build in baseline.listed for name in build.binaries
                if build.package not in decided | gone}
        lost -= {name for build in builds for name in build.binaries}
        return 100 * len(lost) > self.vanish * len(names)

    @staticmethod
    def changes_bytes(builds, baseline):
        """Whether clients of `baseline` know one of `builds` with other bytes: BOTH where
        they may have forgotten it."""
        outcome = DONE
        for build in builds if baseline is not None else ():
            known = baseline.versions.get(build.nvr)
            if known is not None and known.build is not build:
                if known.cause is None:
                    return REFUSED
                outcome = BOTH
        return outcome

    def subject(self, release):
        """What a verdict on `release` depends on, beside its own trees."""
        baseline = self.baseline(release)
        return (baseline.name if baseline else None, baseline.serial if baseline else 0,
                tuple(self.keys), frozenset(name for name, _ in self.origins(
                    release, release.order)))

    def held_among(self, builds):
        """Builds of these that somebody has taken out."""
        return [build for build in builds if build.nvr in self.holds]

    def judge(self, release, builds, taken_out=()):
        """What the checks say of `builds` as the updates of `release`, out of which a push
        takes `taken_out`."""
        baseline = self.baseline(release)
        taken_out = {build.package for build in taken_out}
        taken_out.update(v.build.package for v in release.versions.values()
                         if v.cause in ("withdrawn", "undone"))
        vanishes = self.vanishes(builds, baseline, release.left_out, taken_out)
        if self.goes_back(builds, release, release.order):
            return REFUSED
        if baseline is not None and self.drops_silently(baseline.arches, release.order):
            return REFUSED
        if not release.allows_unsigned and any(not self.trusted(build) for build in builds):
            return REFUSED
        if self.unresolved(builds):
            return REFUSED
        if vanishes:
            return REFUSED
        return self.changes_bytes(builds, baseline)

    # ------------------------------------------------------------- each command

    def plan_compose(self, name, order, allows_unsigned=False):
        """Whether a compose is refused, and the release that it makes."""
        live = self.live()
        kept = [build for build in live.values() if not build.retires]
        left_out = [build for build in live.values() if build.retires]
        known = self.releases.get(name)
        current = self.current
        if (not kept or known is not None and known.state != "abandoned"
                or current is not None and order < current.order or self.held_among(kept)
                or not allows_unsigned and any(not self.trusted(b) for b in kept)
                or self.vanishes(kept, current, left_out)
                or current is not None and self.drops_silently(current.arches, order)):
            return REFUSED, None
        bytes_outcome = self.changes_bytes(kept, current)
        if bytes_outcome == REFUSED:
            return REFUSED, None
        release = Release(name, order, kept, left_out, self.arches_of(order),
                          current.name if current else None)
        if self.has_testing:
            release.tested = {}
        return bytes_outcome, release

    def may_branch(self, name, order):
        """Whether a release is the next minor one after the leading one, which is what
        `branch` composes; all have the same live builds here."""
        known = self.releases.get(name)
        return (self.current is not None and order == self.current.order + 1
                and (known is None or known.state == "abandoned"))

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

    def promote(self, release, now):
        """Moves the links to `release`."""
        if self.current is not None:
            self._carry(self.current, release, now)
            self.current.state = "superseded"
        self._make_current(release)

    @staticmethod
    def _carry(former, release, now):
        """Users of an architecture that `release` lacks keep their last repositories."""
        for arch in {*former.arches, *former.carried} - set(release.arches):
            release.carried[arch] = now

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

    def rollback(self, target, now):
        """Moves the links back; what somebody took out stays out, whatever checks say."""
        former = self.current
        self._carry(former, target, now)
        _, known = self.left.get(former.name, (former, []))
        self.left[former.name] = (former, known + [
            build for build in former.listed if build not in known])
        former.state = "published"
        target.state = "current"
        held = self.held_among(target.listed)
        if held:
            push = Push(target.serial + 1, "keeping")
            push.unlisted = [(build, "withdrawn") for build in held]
            after = [build for build in target.listed if build not in held]
            passed = {DONE: True, REFUSED: False, BOTH: None}[self.judge(target, after, held)]
            self.record(push, [], passed, now)

    def plan_update(self, only=(), skip=(), again=()):
        """A push, with its expected outcome: (outcome, push, listing afterwards, lifted).
        The push is None where users notice nothing."""
        current = self.current
        if current is None or not self.fits(current):
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
        push.unlisted = [(build, self.holds[build.nvr][0]) for build in leaving]
        after = [build for build in current.listed if build not in leaving]
        after += [build for build in brought if build not in after]
        for build in self._expired(after):
            push.unlisted.append((build, "retention"))
            after.remove(build)
        done = {build.nvr for build in brought + lifted}
        # Files that are only kept have their names as well.
        bytes_outcome = self.changes_bytes(brought, current)
        push.is_allowed = not (named - done - skipped or set(skip) - skipped
                               or any(not self.trusted(build) for build in brought))
        if not push.is_allowed:
            return REFUSED, push, after, lifted
        if not push.listed and not push.unlisted and not lifted:
            return DONE, None, after, lifted
        outcome = self.judge(current, after, leaving)
        if outcome == DONE:
            outcome = bytes_outcome
        return outcome, push, after, lifted

    def _expired(self, builds):
        if self.keeps is None:
            return []
        by_package = collections.defaultdict(list)
        for build in builds:
            by_package[build.package].append(build)
        return [build for versions in by_package.values()
                for build in sorted(versions, key=lambda b: -b.number)[self.keeps:]
                if not self._is_last(build, versions)]

    @staticmethod
    def _is_last(build, versions):
        """Whether `build` has an RPM of which nothing newer is there."""
        newer = {name for b in versions if b.number > build.number for name in b.binaries}
        return not newer.issuperset(build.binaries)

    def plan_withdraw(self, nvrs):
        """As `plan_update`."""
        current = self.current
        if current is None or not self.fits(current):
            return REFUSED, None, [], []
        leaving = [build for build in current.listed if build.nvr in nvrs]
        push = Push(current.serial + 1, "withdrawal")
        push.unlisted = [(build, "withdrawn") for build in leaving]
        after = [build for build in current.listed if build not in leaving]
        push.is_allowed = len(leaving) == len(set(nvrs))
        if not push.is_allowed:
            return REFUSED, push, after, []
        return self.judge(current, after, leaving), push, after, []

    def plan_undo(self):
        """As `plan_update`: the newest push that users see, and that was not taken back."""
        current = self.current
        if current is None or not self.fits(current):
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
        outcome = self.judge(current, after, gone)
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
                # because it had been decided before, stays out; so does what was
                # taken out again while another release was current.
                if former.kind != "withdrawal" or self.holds[build.nvr][1] != current.name:
                    continue
                lifted.append(build)
            push.listed.append(build)
        return push, lifted

    def sweep(self, now, grace):
        """An update ran: files that were not listed for so long may have been removed."""
        self.current.carried = {
            arch: since for arch, since in self.current.carried.items() if now - since <= grace + 2}
        for version in self.current.versions.values():
            if version.cause is not None and now - version.since > grace - 2:
                version.may_be_gone = True

    def record(self, push, lifted, passed, now):
        """A push is done; `passed` is what the checks said of the tree before it."""
        current = self.current
        for build in push.listed + lifted:
            self.holds.pop(build.nvr, None)
        for build in push.listed:
            known = current.versions.get(build.nvr)
            if known is None or known.build is not build:
                current.versions[build.nvr] = Version(build, push.serial)
            current.versions[build.nvr].cause = None
            current.versions[build.nvr].may_be_gone = False
        for build, cause in push.unlisted:
            current.versions[build.nvr].cause = cause
            current.versions[build.nvr].since = now
            if cause in ("withdrawn", "undone"):
                # The hold of another release's push stays that.
                if push.kind == "withdrawal" or push.kind == "undo":
                    self.holds[build.nvr] = (cause, current.name)
        current.pushes.append(push)
        current.passed = passed
        current.subject = self.subject(current)
