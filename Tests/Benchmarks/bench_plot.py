"""Draws cost against size, as SVG: one panel for seconds, one for memory."""

import math

from bench_timing import OURS, PEER

WIDTH, HEIGHT = 1080, 480
# Each panel: from the left, and how wide without its labels on the right.
PANELS = ((70, 310), (610, 310))
TOP, BOTTOM = 96, 420
NAMES = {OURS: "epel-compose", PEER: "createrepo_c"}
COLOURS = {OURS: "#0060a8", PEER: "#c04a00"}  # also told apart where colours are not seen
DASHES = {"cold": "", "push": "", "next": ' stroke-dasharray="6 4"'}
LABEL_HEIGHT = 15
STYLE = """
  text { font: 12px sans-serif; fill: #222 }
  .title { font-size: 15px; font-weight: bold }
  .panel { font-size: 13px; font-weight: bold }
  .grid { stroke: #e3e3e3 }
  .axis { stroke: #444; fill: none }
  .line { stroke-width: 2; fill: none }
"""


class Axis:
    """A logarithmic one, from one place to another."""

    def __init__(self, values, begin, end):
        # A little air, also where there is one value only.
        self.low, self.high = min(values) / 1.25, max(values) * 1.25
        self.begin, self.end = begin, end

    def place(self, value):
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return self.begin + share * (self.end - self.begin)

    def ticks(self):
        """1, 2, 5, 10 and so on; more over less than a decade, fewer over many."""
        decades = math.log10(self.high / self.low)
        steps = ((1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9) if decades < 0.8 else (1, 2, 5) if decades < 2
                 else (1, 3) if decades < 5 else (1,))
        exponents = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
        values = [step * 10.0 ** exponent for exponent in exponents for step in steps]
        return [value for value in values if self.low <= value <= self.high]


def text(x, y, words, anchor="start", more=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{words}</text>'


def segment(x1, y1, x2, y2, kind):
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def tick_label(value):
    return f"{value:,.0f}" if value >= 10 else f"{value:g}"


def apart(wanted):
    """Places for labels near those that are wanted, none over another, in the same order."""
    places = list(wanted)
    order = sorted(range(len(places)), key=lambda index: places[index])
    for _ in range(100):  # each time, those that touch move away from each other
        for upper, lower in zip(order, order[1:]):
            missing = LABEL_HEIGHT - (places[lower] - places[upper])
            if missing > 0.1:
                places[upper] -= missing / 2
                places[lower] += missing / 2
    return places


def draw_axes(x, y, unit):
    lines = []
    for value in x.ticks():
        lines.append(segment(x.place(value), TOP, x.place(value), BOTTOM, "grid"))
        lines.append(segment(x.place(value), BOTTOM, x.place(value), BOTTOM + 5, "axis"))
        lines.append(text(x.place(value), BOTTOM + 20, tick_label(value), "middle"))
    for value in y.ticks():
        lines.append(segment(x.begin, y.place(value), x.end, y.place(value), "grid"))
        lines.append(segment(x.begin - 5, y.place(value), x.begin, y.place(value), "axis"))
        lines.append(text(x.begin - 9, y.place(value) + 4, tick_label(value), "end"))
    middle = (TOP + BOTTOM) / 2
    lines += [
        f'<path class="axis" d="M{x.begin} {TOP}V{BOTTOM}H{x.end}"/>',
        text((x.begin + x.end) / 2, BOTTOM + 42, "RPMs in the repository", "middle"),
        text(x.begin - 52, middle, unit, "middle",
             f' transform="rotate(-90 {x.begin - 52} {middle})"')]
    return lines


def draw_line(x, y, side, case, values):
    places = [(x.place(rpms), y.place(value)) for rpms, value in values]
    way = "L".join(f"{px:.1f} {py:.1f}" for px, py in places)
    colour = COLOURS[side]
    lines = [f'<path class="line" stroke="{colour}"{DASHES[case]} d="M{way}"/>']
    for px, py in places:
        if side == OURS:
            lines.append(f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3.5" fill="{colour}"/>')
        else:
            lines.append(f'<rect x="{px - 3.5:.1f}" y="{py - 3.5:.1f}" width="7" height="7" '
                         f'fill="{colour}"/>')
    return lines


def draw_panel(points, left, width, title, unit, cost):
    """One panel, with each line named at its end. cost takes a measure."""
    lines = {}
    for point in sorted(points, key=lambda point: point.rpms):
        for side, measure in ((OURS, point.row.ours), (PEER, point.row.theirs)):
            lines.setdefault((side, point.row.case), []).append((point.rpms, cost(measure)))
    x = Axis([point.rpms for point in points], left, left + width)
    y = Axis([value for values in lines.values() for _, value in values], BOTTOM, TOP)
    drawn = [text(left, TOP - 14, title, more=' class="panel"'), *draw_axes(x, y, unit)]
    ends = apart([y.place(values[-1][1]) for values in lines.values()])
    for ((side, case), values), end in zip(lines.items(), ends):
        drawn += draw_line(x, y, side, case, values)
        drawn.append(text(left + width + 10, end + 4, f"{NAMES[side]}, {case}",
                          more=f' style="fill: {COLOURS[side]}"'))
    return drawn


def draw(points, title, words):
    """The picture with its title, and words that explain it."""
    seconds, memory = PANELS
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{title}</title>",
        f"<style>{STYLE}</style>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        text(seconds[0], 30, title, more=' class="title"'),
        text(seconds[0], 48, f"{words} Both axes are logarithmic."),
        *draw_panel(points, *seconds, "Time", "seconds, median", lambda one: one.seconds),
        *draw_panel(points, *memory, "Peak memory", "MiB, median", lambda one: one.peak),
        "</svg>"]
    return "\n".join(lines) + "\n"
