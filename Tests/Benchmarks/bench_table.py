"""What was measured, for people and for programs."""

import dataclasses

from bench_timing import OURS, PEER, median


@dataclasses.dataclass
class Row:
    """A case with a peer."""

    case: str
    peer: str  # its command
    rounds: dict  # the measures of both
    target: float | None = None  # how many times faster than the peer
    memory: bool = False  # with no more of it than the peer

    def __post_init__(self):
        self.ours, self.theirs = median(self.rounds[OURS]), median(self.rounds[PEER])
        self.ratio = self.theirs.seconds / self.ours.seconds

    @property
    def missed(self):
        """The targets that were."""
        time = ["time"] if self.target and self.ratio < self.target else []
        return time + (["memory"] if self.memory and self.ours.peak > self.theirs.peak else [])

    @property
    def aim(self):
        if not self.target:
            return "-"
        return f"{self.target:g}x" + (", no more MiB" if self.memory else "")

    @property
    def reached(self):
        if not self.target:
            return "-"
        return f"no ({', '.join(self.missed)})" if self.missed else "yes"


@dataclasses.dataclass
class Figure:
    """What has no peer."""

    name: str
    value: float
    unit: str
    rounds: list = dataclasses.field(default_factory=list)
    below: float | None = None  # the target

    @property
    def aim(self):
        return "" if self.below is None else f"< {self.below:g}"

    @property
    def reached(self):
        return "" if self.below is None else "yes" if self.value < self.below else "no"


@dataclasses.dataclass
class Point:
    """A case at one size."""

    rpms: int
    row: Row


# ------------------------------------------------------------------ text

def table(header, rows):
    """Lines of columns; those that begin with < are to the left."""
    rows = [[column.lstrip("<") for column in header], *rows]
    widths = [max(len(row[index]) for row in rows) for index in range(len(header))]
    return [
        "  ".join(text.ljust(width) if column.startswith("<") else text.rjust(width)
                  for text, width, column in zip(row, widths, header)).rstrip()
        for row in rows]


def pair(row, name, form):
    return [format(getattr(side, name), form) for side in (row.ours, row.theirs)]


def show_rows(rows):
    return table(
        ["<case", "ours s", "peer s", "ratio", "ours CPU s", "peer CPU s", "ours MiB", "peer MiB",
         "<target", "<reached", "<peer"],
        [[row.case, *pair(row, "seconds", ".3f"), f"{row.ratio:.2f}", *pair(row, "cpu", ".2f"),
          *pair(row, "peak", ".0f"), row.aim, row.reached, row.peer] for row in rows])


def show_figures(figures):
    return table(
        ["<without a peer", "median", "<unit", "<target", "<reached"],
        [[figure.name, format(figure.value, ".1f" if figure.unit == "ms" else ".3f"), figure.unit,
          figure.aim, figure.reached] for figure in figures])


def show_points(points):
    return table(
        ["<scale", "RPMs", "ours s", "peer s", "ratio", "ours MiB", "peer MiB", "<peer"],
        [[point.row.case, f"{point.rpms:,}", *pair(point.row, "seconds", ".3f"),
          f"{point.row.ratio:.2f}", *pair(point.row, "peak", ".0f"), point.row.peer]
         for point in points])


def show(bench):
    """All tables, with empty lines between them."""
    blocks = [show(values) for show, values in (
        (show_rows, bench.rows), (show_figures, bench.figures), (show_points, bench.points),
        (show_points, bench.pushes)) if values]
    if bench.skipped:
        blocks.append([f"left out: {case}: {why}" for case, why in bench.skipped.items()])
    return "\n\n".join("\n".join(block) for block in blocks)


# ------------------------------------------------------------------ JSON

def plain_row(row):
    return {**dataclasses.asdict(row), "ratio": row.ratio, "missed": row.missed,
            "median": {OURS: dataclasses.asdict(row.ours), PEER: dataclasses.asdict(row.theirs)}}


def plain(bench, machine):
    """Everything, with each round."""
    return {
        "machine": machine,
        "options": {"packages": bench.options.packages, "runs": bench.options.runs,
                    "sizes": bench.options.sizes, "payload_kb": bench.options.payload_kb},
        "cases": [plain_row(row) for row in bench.rows],
        "figures": [dataclasses.asdict(figure) for figure in bench.figures],
        "scale": [{"rpms": point.rpms, **plain_row(point.row)} for point in bench.points],
        "push_scale": [{"rpms": point.rpms, **plain_row(point.row)} for point in bench.pushes],
        # Seconds of createrepo_c at each of its settings, once.
        "settings": {name: {" ".join(words): seconds for words, seconds in trials.items()}
                     for name, trials in bench.trials.items()},
        "left_out": bench.skipped}
