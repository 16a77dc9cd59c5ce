"""What has no peer, and how cost grows with size."""

from bench_collections import ARCH, SECOND, count_rpms
from bench_table import Figure, Point
from bench_timing import median, solo

# Above so many RPMs, a run is long enough for fewer rounds to tell.
LONG, LONG_ROUNDS = 12500, 3
# The RPMs of one architecture for each source package.
RPMS_PER_SOURCE = 3.25
PUSHES = 1, 50  # builds


def plan(bench):
    """All RPMs have been read before, by the plan that warms up."""
    home = bench.roots.derived(bench.roots.current(bench.pool))
    sources = count_rpms(f"{bench.next_pool}/SRPMS")
    rounds = solo(bench.scratch, lambda _: [bench.roots.epel_compose(
        home, "plan", SECOND, "--rpms", bench.next_pool, "--allow-unsigned",
        policies="checked")], bench.options.runs)
    took = median(rounds).seconds
    bench.figures += [
        Figure(f"plan of {sources:,} source packages", took, "s", rounds),
        Figure("plan for each 1,000 source packages", took / sources * 1000, "s", below=1)]


def small_and_large(bench):
    """Collections of about 1,000 and 12,000 RPMs, with the numbers that they have."""
    small = bench.collections.first(max(1, bench.options.packages // 12))
    return [(count_rpms(f"{pool}/{ARCH}"), pool) for pool in (small, bench.pool)]


def measure_both(bench, name, unit, prepare):
    """A figure for either collection, and how much longer it takes in the larger one."""
    took = []
    for rpms, pool in small_and_large(bench):
        rounds = solo(bench.scratch, prepare(pool), bench.options.runs)
        took.append(median(rounds).seconds)
        bench.figures.append(Figure(f"{name}, {ARCH} has {rpms:,} RPMs",
                                    took[-1] * {"s": 1, "ms": 1000}[unit], unit, rounds))
    bench.figures.append(Figure(f"{name}, larger against smaller", took[1] / took[0], "times"))


def update(bench):
    """Should take as long as the push is large, not the tree. The same builds are pushed into
    both trees."""
    for wanted in PUSHES:
        pushed, builds = bench.collections.pushed(bench.pool, bench.next_pool, wanted)

        def prepare(pool, pushed=pushed):
            prepared = bench.roots.current(pool)

            def push(directory):
                bench.roots.copy(prepared, directory)
                return [bench.roots.epel_compose(
                    directory, "update", "7", "--rpms", pushed, "--allow-unsigned")]
            return push

        measure_both(bench, f"update by {builds} build{'s'[:builds != 1]}", "s", prepare)


def promote(bench):
    """Should take the same time at any size."""
    def prepare(pool):
        prepared = bench.roots.published(pool)

        def flip(directory):
            bench.roots.copy(prepared, directory)
            return [bench.roots.epel_compose(directory, "promote", SECOND, "--skip-soak")]
        return flip

    measure_both(bench, "promote", "ms", prepare)


def scale(bench):
    """The cases cold and next, at one size after the other."""
    for size in bench.options.sizes:
        pool = bench.collections.first(max(1, round(size / RPMS_PER_SOURCE)), "--arches", ARCH,
                                       "--no-srpm")
        rounds = bench.options.runs if size <= LONG else min(LONG_ROUNDS, bench.options.runs)
        bench.points.append(Point(
            count_rpms(f"{pool}/{ARCH}"), bench.contest_cold("cold", pool, rounds=rounds)))
        following = bench.collections.following(pool)
        bench.points.append(Point(
            count_rpms(f"{following}/{ARCH}"), bench.contest_next("next", pool, rounds=rounds)))


def push_scale(bench):
    """The same push into trees of different sizes: its cost is to be that of the push."""
    for size in bench.options.sizes:
        pool = bench.collections.first(max(1, round(size / RPMS_PER_SOURCE)))
        rounds = bench.options.runs if size <= LONG else min(LONG_ROUNDS, bench.options.runs)
        bench.pushes.append(Point(
            count_rpms(f"{pool}/{ARCH}"), bench.contest_push("push", pool, rounds)))
