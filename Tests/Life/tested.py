"""What should be true of what is tested after each step, from the rules alone: the part of
the model that knows the area `testing`."""
import collections

# What a change of a testing tree comes to. UNFIT: the plan is right, and the checks of the
# tree as it would be say no.
FINE, REFUSED, UNFIT = "fine", "refused", "unfit"

Change = collections.namedtuple("Change", "outcome begins after is_change")


class Tested:
    """Testing trees of a stream; `Model` has the rest."""

    def __init__(self):
        # Whether the policy has the area.
        self.has_testing = False
        # What is in the testing tag, by NVR.
        self.tag = {}

    def begin_testing(self):
        """The policy gets the area: releases from now on have the tree, others do not yet."""
        self.has_testing = True

    def gets_pushes(self, release):
        """Whether builds come into `release`, and so what is tested beside it."""
        return release.state in ("current", "published")

    def testing_change(self, release, listed, asks, more=(), skips=False, allows=False):
        """What brings the testing tree of `release` up to date, beside `listed` builds that
        its users get.

        asks   whether somebody says what is in the tag
        more   NVRs of builds that are about to go stable
        skips  whether builds without a signature are left out
        """
        present = [] if release.tested is None else list(release.tested.values())
        newest = self.newest(listed)
        stable = {build.nvr for build in listed} | set(more)
        latest = self.newest(self.tag.values())
        there = {build.nvr for build in present}

        def is_older(build):
            return build.package in newest and build.number < newest[build.package].number

        entering = [
            build for build in (latest.values() if asks else ())
            if build.nvr not in there | stable and build.nvr not in self.holds
            and not is_older(build)]
        tagged = {build.nvr for build in latest.values()}
        staying = [
            build for build in present
            if build.nvr not in stable and build.nvr not in self.holds and not is_older(build)
            and (not asks or build.nvr in tagged)]
        if skips:
            entering = [build for build in entering if build.key is not None]
        after = staying + entering
        begins = release.tested is None
        is_change = bool(entering) or len(staying) != len(present)
        if not allows and any(not self.trusted(build) for build in entering):
            return Change(REFUSED, False, after, is_change)
        if is_change and not self.is_fit(release, after, listed, allows):
            return Change(UNFIT, begins, after, is_change)
        return Change(FINE, begins, after, is_change)

    def is_fit(self, release, tested, listed, allows=False):
        """Whether checks have nothing against these builds, beside what users get."""
        allows = allows or release.allows_unsigned or release.tests_unsigned
        if not allows and any(not self.trusted(build) for build in tested):
            return False
        own = {build.nvr for build in tested}
        return not any(build.nvr in own for build in self.unresolved([*listed, *tested]).values())

    def tell_testers(self, release, change, allows=False):
        """The tree of `release` becomes that."""
        if change.begins:
            release.tested = {}
        if change.outcome != FINE:
            return
        entered = [build for build in change.after if build.nvr not in release.tested]
        if allows and any(not self.trusted(build) for build in entered):
            release.tests_unsigned = True
        release.tested = {build.nvr: build for build in change.after}
