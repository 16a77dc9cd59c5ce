"""Steps of a life that are about what is tested, and what must come of them."""
import os

from model import BOTH, DONE, REFUSED
from running import APPLICATIONS, LIBRARIES
from stage import MAJOR
from tested import FINE, UNFIT


class TestedSteps:
    """Beside `Running`: builds come into testing, go stable, are replaced and leave."""

    def testing_weights(self):
        """How often each step comes."""
        if not self.model.has_testing:
            return {"begin_testing": 3, "update_testing": 1}
        has_builds = bool(self.model.tag)
        return {
            "test_builds": 9, "update_testing": 9, "check_testing": 2,
            "go_stable": 6 if has_builds else 0, "leave_testing": 3 if has_builds else 0,
        }

    # ------------------------------------------------------------------- input

    def begin_testing(self):
        """The policy gets the area: releases that are there have no tree of it."""
        self.model.begin_testing()
        self.write_policy()

    def test_builds(self):
        """Packagers build something that shall be tested."""
        for _ in range(self.random.randint(1, 3)):
            package = self.random.choice(LIBRARIES + APPLICATIONS)
            known = self.model.live().get(package)
            if known is not None and known.retires:
                continue
            is_unsigned = self.random.random() < 0.05
            self.build(package, self.random.random() < 0.08, None if is_unsigned else "",
                       tests=True)

    def go_stable(self):
        """A tested build becomes live; now and then testing keeps its tag."""
        build = self.random.choice(sorted(self.model.tag.values(), key=lambda b: b.nvr))
        if self.random.random() < 0.7:
            self.untag_tested(build)
        if build.nvr not in self.model.pool:
            self.tag(build)

    def leave_testing(self):
        """A tested build is not good enough."""
        self.untag_tested(
            self.random.choice(sorted(self.model.tag.values(), key=lambda b: b.nvr)))

    # ---------------------------------------------------------------- commands

    def update_testing(self):
        """Testing becomes what its tag has, of the leading release or of one that soaks."""
        model = self.model
        release = self.pick("current", "published")
        if release is None or not model.fits(release):
            return
        by_name = release is not model.current or self.random.random() < 0.5
        arguments = ["update", release.name if by_name else MAJOR, "--testing",
                     "--testing-rpms", self.stage.tested]
        if not model.has_testing or not model.gets_pushes(release):
            self.run(arguments, REFUSED, lambda: None)
            return
        option = self.random.choices(
            [None, "--skip-unsigned", "--allow-unsigned"], [8, 2, 1])[0]
        if option is not None:
            arguments.append(option)
        allows = option == "--allow-unsigned"
        change = model.testing_change(
            release, release.listed, True, skips=option == "--skip-unsigned", allows=allows)
        if change.outcome == UNFIT and self.random.random() < 0.4:
            arguments += ["--override-checks", "testers know"]
            change = change._replace(outcome=FINE)

        def apply():
            model.tell_testers(release, change, allows)

        if change.outcome == UNFIT and change.begins:
            # The tree is made, and stays empty; its dry run judges nothing.
            self.run_to({1}, arguments, {0}, apply)
        else:
            self.run(arguments, DONE if change.outcome == FINE else REFUSED, apply)

    def check_testing(self):
        """Checks of what is tested run again."""
        release = self.pick("current", "published")
        if release is None or release.tested is None:
            return
        tested = list(release.tested.values())
        is_fine = self.model.is_fit(release, tested, release.listed) \
            and not self.model.held_among(tested)
        outcome = DONE if is_fine else REFUSED
        if not release.places:
            outcome = REFUSED
        elif release.state not in ("staged", "published", "current") \
                or not self.model.fits(release):
            outcome = BOTH
        self.run(["check", release.name, "--testing"], outcome, lambda: None)

    def run_to(self, statuses, arguments, previewed, apply):
        """Runs a command that does something, and ends with one of `statuses` all the same;
        where that is 2, nothing may have changed. Returns the status."""
        if self.random.random() < 0.4:
            self.preview(arguments, None, previewed)
        before = self.stage.listing()
        status, printed = self.run_killed(arguments, True)
        if status == 2 and self.was_told and status not in statuses:
            status = min(statuses)
        self.refusals += status != 0
        if status not in statuses:
            self.stage.fault(
                f"{arguments} ended with {status}, and not with one of {statuses}:\n{printed}")
        if status == 2:
            self.compare(arguments, before, self.stage.listing())
        self.stage.require()
        apply()
        return status

    def run_beside_testing(self, arguments, outcome, apply, files, push):
        """A push; testing is brought up to date after it, and never keeps it back."""
        model, release = self.model, self.model.current
        asks = model.has_testing and "--rpms" in arguments and self.random.random() < 0.6
        if asks:
            arguments += ["--testing-rpms", self.stage.tested]
        if outcome == REFUSED or not asks and release.tested is None:
            self.run(arguments, outcome, apply, files)
            return
        previewed = self.previewed_statuses(release, asks, push)
        if outcome == BOTH:
            previewed = {0, 1, 2}
        overrides = "--override-checks" in arguments
        # What is true once the push is made is known to the model alone once it is applied.
        before = self.stage.listing()
        if self.random.random() < 0.4:
            self.preview(arguments, None, previewed)
        status, printed = self.run_killed(arguments, True)
        if outcome == BOTH and status == 2 and not self.was_told:
            self.compare(arguments, before, self.stage.listing())
            return
        apply()
        change = model.testing_change(release, release.listed, asks)
        if overrides and change.outcome == UNFIT:
            change = change._replace(outcome=FINE)
        model.tell_testers(release, change)
        wanted = {0}
        if change.outcome != FINE:
            # Files that go because nobody asks for them are a change as well.
            wanted = {1} if push is not None or change.begins else {1, 2}
        if self.was_told and status == 2 and all(os.path.exists(file) for file in files):
            status = min(wanted)
        self.refusals += status != 0
        if status not in wanted:
            self.stage.fault(
                f"{arguments} ended with {status}, and should with {wanted}: what is tested is "
                f"{change.outcome}:\n{printed}")
        if status == 2:
            self.compare(arguments, before, self.stage.listing())
        self.stage.require()
        for file in files:
            if not os.path.exists(file) or os.path.getsize(file) == 0:
                self.stage.fault(f"{arguments} wrote no {file}")

    def previewed_statuses(self, release, asks, push):
        """With which statuses the dry run of a push may end."""
        model = self.model
        pushed = {build.nvr for build in push.listed} if push is not None else set()
        plan = model.testing_change(release, release.listed, asks, pushed)
        # What goes stable is not in the updates yet, so it is judged as if it stayed.
        judged = model.testing_change(release, release.listed, asks)
        wrong = {1} if push is not None else {1, 2}
        if plan.outcome not in (FINE, UNFIT):
            return wrong
        if plan.begins or not plan.is_change:
            return {0}
        if push is not None and push.kind != "update":
            # What is taken back is known by then alone.
            return {0} | wrong
        return wrong if judged.outcome == UNFIT else {0}
