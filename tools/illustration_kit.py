"""Bộ dụng cụ vẽ: a small SVG drawing kit for the pictures of the sample portal.

Everything here returns or collects plain SVG text.  There is no hidden state
and no unseeded randomness: the same call always gives the same drawing.

    c = Canvas(1600, 1067)
    c.sky("#f7e3c3", "#9cc7cf")
    c.path(smooth([(0, 700), (400, 600), (1600, 720)]), fill="none", ...)
    svg_text = c.svg()
"""

# Shapes are laid out by hand, in rows of coordinates; the formatter and the rules about
# annotations and length are for the generator's own code.
# ruff: noqa: ANN001, ANN002, ANN003, ANN201, ANN202, ANN204, ANN205, D102
# ruff: noqa: C901, PLR0912, PLR0915, RUF005
# fmt: off

import math
import random
from contextlib import contextmanager
from itertools import pairwise

# ---------------------------------------------------------------- palette

INK = "#12364a"       # deep blue used instead of black
TEAL = "#0b5a7a"      # the colour of the portal's mark
SEA = "#2f8c9b"
MIST = "#cfe2df"
CREAM = "#fbf3e2"
SAND = "#ecd3a4"
OCHRE = "#e3a443"
BRICK = "#c7613d"
ROSE = "#e9a58c"
LEAF = "#4d8a5c"
PINE = "#245b55"
LIME = "#a9bd63"

SKIN = ("#e0aa82", "#d0946c", "#c48760", "#eab992")
HAIR = "#22303a"


# ---------------------------------------------------------------- colours

def rgb(colour):
    return tuple(int(colour[i:i + 2], 16) for i in (1, 3, 5))


def mix(a, b, t):
    """Colour between a (t=0) and b (t=1)."""
    return "#" + "".join(f"{round(p + (q - p) * t):02x}" for p, q in zip(rgb(a), rgb(b), strict=True))


def darker(colour, t=0.2):
    return mix(colour, INK, t)


def lighter(colour, t=0.25):
    return mix(colour, CREAM, t)


# --------------------------------------------------------------- geometry

def n(value):
    """A number as short SVG text."""
    text = f"{value:.1f}"
    return text.removesuffix(".0")


def poly(points, closed=True):
    return "M" + "L".join(f"{n(x)} {n(y)}" for x, y in points) + ("Z" if closed else "")


def smooth(points, closed=False, tension=1.0):
    """Path through all points, rounded (Catmull-Rom as Bezier curves)."""
    count = len(points)

    def at(i):
        return points[i % count] if closed else points[max(0, min(count - 1, i))]

    d = f"M{n(points[0][0])} {n(points[0][1])}"
    for i in range(count if closed else count - 1):
        p0, p1, p2, p3 = at(i - 1), at(i), at(i + 1), at(i + 2)
        k = tension / 6
        d += "C" + " ".join(n(v) for v in (
            p1[0] + (p2[0] - p0[0]) * k, p1[1] + (p2[1] - p0[1]) * k,
            p2[0] - (p3[0] - p1[0]) * k, p2[1] - (p3[1] - p1[1]) * k,
            p2[0], p2[1]))
    return d + ("Z" if closed else "")


def along(points, steps=24):
    """Sample the same rounded curve as a list of points."""
    out = []
    last = len(points) - 1
    for s in range(steps + 1):
        f = s / steps * last
        i = min(int(f), last - 1)
        t = f - i
        p0, p1 = points[max(0, i - 1)], points[i]
        p2, p3 = points[i + 1], points[min(last, i + 2)]
        out.append(tuple(
            0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t
                   + (3 * b - a - 3 * c + d) * t ** 3)
            for a, b, c, d in zip(p0, p1, p2, p3, strict=True)))
    return out


def ribbon(points, widths, steps=18, round_ends=True):
    """Outline of a curve of changing width: limbs, trunks, rivers, leaves."""
    line = along(points, steps)
    left, right = [], []
    for i, (x, y) in enumerate(line):
        x0, y0 = line[max(0, i - 1)]
        x1, y1 = line[min(steps, i + 1)]
        length = math.hypot(x1 - x0, y1 - y0) or 1
        f = i / steps * (len(widths) - 1)
        j = min(int(f), len(widths) - 2)
        half = (widths[j] + (widths[j + 1] - widths[j]) * (f - j)) / 2
        dx, dy = -(y1 - y0) / length * half, (x1 - x0) / length * half
        left.append((x + dx, y + dy))
        right.append((x - dx, y - dy))
    if not round_ends:
        return poly(left + right[::-1])
    d = poly(left, closed=False)
    r = widths[-1] / 2
    d += f"A{r:.2f} {r:.2f} 0 0 0 {n(right[-1][0])} {n(right[-1][1])}"
    d += "L" + "L".join(f"{n(x)} {n(y)}" for x, y in right[-2::-1])
    r = widths[0] / 2
    return d + f"A{r:.2f} {r:.2f} 0 0 0 {n(left[0][0])} {n(left[0][1])}Z"


def ridge(seed, x0, x1, y, height, waves=3.0, rough=0.35, step=14):
    """Points of a hill line: a few sines whose phases come from the seed."""
    rng = random.Random(seed)
    parts = [(waves * k, rng.uniform(0, math.tau), (rough ** i))
             for i, k in enumerate((1, 2.3, 4.9, 10.7))]
    total = sum(a for _, _, a in parts)
    points = []
    steps = int((x1 - x0) / step)
    for s in range(steps + 1):
        t = s / steps
        v = sum(a * math.sin(f * t * math.pi + p) for f, p, a in parts) / total
        points.append((x0 + (x1 - x0) * t, y - height * v))
    return points


def peaks(seed, x0, x1, y, tops):
    """Points of a mountain line with soft shoulders; tops = [(x, height, half width)]."""
    rng = random.Random(seed)
    jitter = [(rng.uniform(0.03, 0.07), rng.uniform(0, math.tau)) for _ in range(4)]
    points = []
    x = x0
    while x <= x1:
        v = 0.0
        for px, height, half in tops:
            u = abs(x - px) / half
            v = max(v, height * (1 / (1 + u ** 2.1) - 0.12)) if u < 3 else v
        wobble = sum(math.sin(x / (31 + 23 * i) + p) * a for i, (a, p) in enumerate(jitter))
        points.append((x, y - v * (1 + 0.35 * wobble) - 6 * wobble))
        x += 9
    return points


def height_at(points, x):
    """The y of a point list (growing x) at x."""
    for (xa, ya), (xb, yb) in pairwise(points):
        if xa <= x <= xb:
            return ya + (yb - ya) * (x - xa) / (xb - xa or 1)
    return points[-1][1] if x > points[-1][0] else points[0][1]


def under(points, bottom):
    """Close a line of points down to a bottom edge."""
    return poly(points + [(points[-1][0], bottom), (points[0][0], bottom)])


# ----------------------------------------------------------------- canvas

class Canvas:
    """A drawing in progress: definitions and shapes, as SVG text."""

    def __init__(self, width, height):
        self.w, self.h = width, height
        self.defs, self.body, self._memo = [], [], {}

    # -- plumbing
    def _define(self, key, make):
        if key not in self._memo:
            name = f"d{len(self._memo)}"
            self._memo[key] = name
            self.defs.append(make(name))
        return self._memo[key]

    def add(self, text):
        self.body.append(text)

    def svg(self):
        return (f'<svg xmlns="http://www.w3.org/2000/svg" '
                f'xmlns:xlink="http://www.w3.org/1999/xlink" '
                f'viewBox="0 0 {self.w} {self.h}" width="{self.w}" height="{self.h}">'
                f'<defs>{"".join(self.defs)}</defs>{"".join(self.body)}</svg>')

    # -- paints; a stop is (offset, colour) or (offset, colour, opacity)
    def _stops(self, stops):
        return "".join(
            f'<stop offset="{s[0]}" stop-color="{s[1]}"'
            + (f' stop-opacity="{s[2]}"' if len(s) > 2 else "") + "/>" for s in stops)

    def linear(self, *stops, x1=0, y1=0, x2=0, y2=1, user=False):
        units = ' gradientUnits="userSpaceOnUse"' if user else ""
        return "url(#" + self._define(
            ("lin", stops, x1, y1, x2, y2, user),
            lambda i: f'<linearGradient id="{i}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"{units}>'
                      f'{self._stops(stops)}</linearGradient>') + ")"

    def radial(self, *stops, cx=0.5, cy=0.5, r=0.5, user=False):
        units = ' gradientUnits="userSpaceOnUse"' if user else ""
        return "url(#" + self._define(
            ("rad", stops, cx, cy, r, user),
            lambda i: f'<radialGradient id="{i}" cx="{cx}" cy="{cy}" r="{r}"{units}>'
                      f'{self._stops(stops)}</radialGradient>') + ")"

    def clip(self, d):
        return "url(#" + self._define(
            ("clip", d), lambda i: f'<clipPath id="{i}"><path d="{d}"/></clipPath>') + ")"

    def blur(self, amount):
        return "url(#" + self._define(
            ("blur", amount),
            lambda i: f'<filter id="{i}" x="-60%" y="-60%" width="220%" height="220%">'
                      f'<feGaussianBlur stdDeviation="{amount}"/></filter>') + ")"

    # -- shapes
    @staticmethod
    def _attrs(attrs):
        return "".join(f' {k.rstrip("_").replace("_", "-")}="{v}"'
                       for k, v in attrs.items() if v is not None)

    def path(self, d, fill="none", **attrs):
        self.add(f'<path d="{d}" fill="{fill}"{self._attrs(attrs)}/>')

    def line(self, points, stroke, width, **attrs):
        attrs.setdefault("stroke_linecap", "round")
        self.path(poly(points, closed=False), stroke=stroke, stroke_width=n(width),
                  stroke_linejoin="round", **attrs)

    def curve(self, points, stroke, width, **attrs):
        attrs.setdefault("stroke_linecap", "round")
        self.path(smooth(points), stroke=stroke, stroke_width=n(width), **attrs)

    def rect(self, x, y, w, h, fill, rx=None, **attrs):
        self.add(f'<rect x="{n(x)}" y="{n(y)}" width="{n(w)}" height="{n(h)}" fill="{fill}"'
                 + (f' rx="{n(rx)}"' if rx else "") + self._attrs(attrs) + "/>")

    def circle(self, x, y, r, fill, **attrs):
        self.add(f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(r)}" fill="{fill}"{self._attrs(attrs)}/>')

    def ellipse(self, x, y, rx, ry, fill, **attrs):
        self.add(f'<ellipse cx="{n(x)}" cy="{n(y)}" rx="{n(rx)}" ry="{n(ry)}" '
                 f'fill="{fill}"{self._attrs(attrs)}/>')

    def polygon(self, points, fill, **attrs):
        self.path(poly(points), fill, **attrs)

    @contextmanager
    def group(self, **attrs):
        self.add(f"<g{self._attrs(attrs)}>")
        yield
        self.add("</g>")

    @contextmanager
    def at(self, x, y, scale=1.0, flip=False, turn=0.0, **attrs):
        sx = -scale if flip else scale
        move = f"translate({n(x)} {n(y)})" + (f" rotate({turn})" if turn else "")
        with self.group(transform=f"{move} scale({sx:.4f} {scale:.4f})", **attrs):
            yield

    # -- atmosphere
    def sky(self, *colours):
        stops = tuple((round(i / (len(colours) - 1), 3), k) for i, k in enumerate(colours))
        self.rect(0, 0, self.w, self.h, self.linear(*stops))

    def glow(self, x, y, r, colour, strength=0.8):
        self.circle(x, y, r, self.radial((0, colour, strength), (0.45, colour, strength * 0.35),
                                         (1, colour, 0)))

    def sun(self, x, y, r, colour="#fff3d2", halo="#ffe2a8"):
        self.glow(x, y, r * 4.2, halo, 0.75)
        self.circle(x, y, r, colour)

    def layer(self, points, top, foot, depth, bottom=None):
        """A hill layer which fades from its own colour to haze at its foot."""
        peak = min(y for _, y in points)
        fill = self.linear((0, top), (1, foot), y1=n(peak), y2=n(peak + depth), x2=0, user=True)
        self.path(under(points, bottom or self.h), fill)

    def cloud(self, x, y, w, colour, opacity=0.8, seed=1):
        """A long calm cloud: rounded lumps which melt away at the base."""
        rng = random.Random(seed)
        d = ""
        count = 7
        for i in range(count):
            t = (i + 0.5) / count
            r = w * (0.045 + 0.085 * math.sin(t * math.pi) ** 1.3) * rng.uniform(0.75, 1.2)
            cx = x - w * 0.5 + w * t + rng.uniform(-0.02, 0.02) * w
            d += (f"M{n(cx - r)} {n(y)}A{n(r)} {n(r)} 0 0 1 {n(cx + r)} {n(y)}Z")
        top = y - w * 0.15
        fade = self.linear((0, colour, 1), (0.55, colour, 0.85), (1, colour, 0), x2=0, user=True,
                           y1=n(top), y2=n(y))
        with self.group(opacity=opacity):
            self.path(d, fade)
            self.curve([(x - w * 0.66, y - w * 0.012), (x - w * 0.2, y - w * 0.012)], colour,
                       w * 0.014, opacity=0.55)
            self.curve([(x + w * 0.05, y + w * 0.016), (x + w * 0.62, y + w * 0.016)], colour,
                       w * 0.012, opacity=0.45)

    def streaks(self, x0, x1, y0, y1, colour, count, seed, length=(30, 150), width=(2, 5),
                opacity=0.6, grow=True):
        """Calm horizontal strokes: ripples on water, furrows, streaky clouds."""
        rng = random.Random(seed)
        with self.group(stroke=colour, stroke_linecap="round", opacity=opacity):
            for _ in range(count):
                t = rng.random()
                y = y0 + (y1 - y0) * (t ** 1.3 if grow else t)
                k = 0.35 + 0.65 * t if grow else 1
                half = rng.uniform(*length) * k / 2
                x = rng.uniform(x0, x1)
                w = rng.uniform(*width) * k
                self.add(f'<path d="M{n(x - half)} {n(y)}h{n(half * 2)}" stroke-width="{n(w)}"/>')

    def spray(self, d, colour, strength=0.35, x1=0, y1=0, x2=0, y2=1, seed=3, reach=1.0):
        """Grainy airbrush shading inside a shape, dense at (x2, y2), none at (x1, y1)."""
        name = self._define(
            ("spray", colour, seed),
            lambda i: f'<filter id="{i}" x="0" y="0" width="1" height="1" '
                      f'color-interpolation-filters="sRGB">'
                      f'<feTurbulence type="fractalNoise" baseFrequency="0.55" numOctaves="2" '
                      f'seed="{seed}"/>'
                      f'<feColorMatrix values="0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 2.6 0 0 0 -0.8" '
                      f'result="noise"/>'
                      f'<feComposite in="SourceAlpha" in2="noise" operator="arithmetic" '
                      f'k2="1.5" k3="1" k4="-1"/>'
                      f'<feComponentTransfer result="dots"><feFuncA type="linear" slope="2.2"/>'
                      f'</feComponentTransfer>'
                      f'<feFlood flood-color="{colour}"/>'
                      f'<feComposite in2="dots" operator="in"/></filter>')
        fill = self.linear((round(1 - reach, 2), "#000000", 0), (1, "#000000", 0.9),
                           x1=x1, y1=y1, x2=x2, y2=y2)
        with self.group(opacity=strength):
            self.path(d, fill, filter=f"url(#{name})")

    def vignette(self, colour=INK, strength=0.22):
        self.rect(0, 0, self.w, self.h, self.radial(
            (0.55, colour, 0), (1, colour, strength), cx=0.5, cy=0.45, r=0.75))

    # ------------------------------------------------------------- plants
    def tree(self, x, y, size, leaf=LEAF, trunk="#6b5140", seed=1, light=1):
        """A broad-leaved tree of round clumps; light = 1 lit from the right, -1 from the left."""
        rng = random.Random(seed)
        self.path(ribbon([(x, y), (x + size * 0.015, y - size * 0.3), (x, y - size * 0.62)],
                         [size * 0.085, size * 0.045, size * 0.025]), trunk)
        self.path(ribbon([(x, y - size * 0.3), (x + size * 0.14, y - size * 0.5)],
                         [size * 0.03, size * 0.015]), trunk)
        clumps = []
        for dx, dy, r in ((-0.2, 0.52, 0.18), (0.2, 0.5, 0.17), (-0.06, 0.48, 0.17),
                          (-0.13, 0.72, 0.2), (0.13, 0.7, 0.21), (0.0, 0.84, 0.16)):
            k = rng.uniform(0.9, 1.12)
            clumps.append((x + size * dx * rng.uniform(0.85, 1.15), y - size * dy, size * r * k))

        def rounds(dx, dy, k):
            return "".join(
                f"M{n(cx + dx - r * k)} {n(cy + dy)}a{n(r * k)} {n(r * k)} 0 1 1 {n(2 * r * k)} 0"
                f"a{n(r * k)} {n(r * k)} 0 1 1 {n(-2 * r * k)} 0Z" for cx, cy, r in clumps)

        whole = rounds(0, 0, 1)
        self.path(whole, leaf)
        with self.group(clip_path=self.clip(whole)):
            self.path(rounds(size * 0.05 * light, -size * 0.045, 0.84), mix(leaf, LIME, 0.16))
            self.circle(x + size * 0.16 * light, y - size * 0.84, size * 0.42, self.radial(
                (0, mix(LIME, CREAM, 0.25), 0.6), (1, mix(LIME, CREAM, 0.25), 0)))

    def cypress(self, x, y, size, leaf=PINE, light=1):
        w = size * 0.17
        d = smooth([(x, y - size), (x + w * 0.8, y - size * 0.5), (x + w, y - size * 0.2),
                    (x + w * 0.3, y - size * 0.05), (x - w * 0.3, y - size * 0.05),
                    (x - w, y - size * 0.2), (x - w * 0.8, y - size * 0.5)], closed=True)
        self.rect(x - size * 0.025, y - size * 0.12, size * 0.05, size * 0.12, darker(leaf, 0.5))
        self.path(d, leaf)
        with self.group(clip_path=self.clip(d)):
            self.ellipse(x + w * 0.8 * light, y - size * 0.45, w * 0.75, size * 0.5,
                         lighter(leaf, 0.22))

    def palm(self, x, y, size, leaf=PINE, trunk="#7a6450", lean=0.12, seed=1, wind=0.0):
        """Coconut palm; wind > 0 sweeps all fronds to the right."""
        rng = random.Random(seed)
        top = (x + size * lean, y - size)
        self.path(ribbon([(x, y), (x + size * lean * 0.25, y - size * 0.5), top],
                         [size * 0.055, size * 0.032, size * 0.028]), trunk)
        for i in range(11):
            a = math.pi * (i / 10 * 1.1 - 0.05) + rng.uniform(-0.07, 0.07)
            reach = size * rng.uniform(0.36, 0.44)
            dx, dy = math.cos(a), -math.sin(a) * 0.75
            if abs(dx) < 0.34:      # upright fronds fall to one side
                dx = math.copysign(0.34 + 0.1 * (i % 2), dx)
            mid = (top[0] + dx * reach * 0.6, top[1] + dy * reach * 0.8 - reach * 0.1)
            tip = (top[0] + dx * reach, top[1] + dy * reach + reach * 0.5)
            if wind:
                a = -0.8 + 2.3 * i / 10
                mid = (top[0] + reach * (0.42 * math.cos(a) + 0.16),
                       top[1] - reach * 0.52 * math.sin(a))
                tip = (top[0] + reach * (0.55 + 0.5 * wind + 0.3 * math.cos(a)),
                       top[1] + reach * (0.26 - 0.62 * math.sin(a * 0.85)))
            tone = mix(leaf, LIME, (0.38, 0.06, 0.22)[i % 3])
            self.path(ribbon([top, mid, tip], [size * 0.01, size * 0.055, size * 0.05,
                                               size * 0.004], steps=22), tone)
        for dx, dy in ((-0.025, 0.03), (0.025, 0.035), (0.0, 0.05)):
            self.circle(top[0] + dx * size, top[1] + dy * size, size * 0.024, darker(trunk, 0.2))

    def banana(self, x, y, size, leaf="#6d9d57", seed=1):
        rng = random.Random(seed)
        self.path(ribbon([(x, y), (x, y - size * 0.5)], [size * 0.09, size * 0.05]),
                  mix(leaf, OCHRE, 0.3))
        for i, a in enumerate((2.95, 0.2, 2.4, 0.75, 1.85, 1.3)):
            reach = size * rng.uniform(0.46, 0.58)
            dx, dy = math.cos(a) * reach, math.sin(a) * reach
            root = (x, y - size * 0.46)
            mid = (x + dx * 0.5, y - size * 0.55 - dy * 0.55)
            tip = (x + dx * 1.02, y - size * 0.5 - dy * 0.8 + reach * 0.12 * abs(math.cos(a)))
            tone = mix(leaf, (LIME, PINE)[i % 2], 0.3)
            self.path(ribbon([root, mid, tip], [size * 0.02, size * 0.13, size * 0.12,
                                                size * 0.01], steps=24), tone)
            self.curve([root, mid, tip], lighter(tone, 0.35), size * 0.008)

    def leaves(self, x, y, size, leaf=LEAF, count=7, seed=1, spread=1.25, flat=1.0):
        """A tuft of pointed leaves growing from one point: grass, rice, pot plant."""
        rng = random.Random(seed)
        for i in range(count):
            t = i / (count - 1) * 2 - 1
            a = t * spread + rng.uniform(-0.08, 0.08)
            reach = size * rng.uniform(0.75, 1.05) * (1 - 0.2 * abs(t))
            tip = (x + math.sin(a) * reach, y - math.cos(a) * reach * flat)
            mid = (x + math.sin(a) * reach * 0.4, y - math.cos(a * 0.7) * reach * 0.6 * flat)
            self.path(ribbon([(x, y), mid, tip], [size * 0.03, size * 0.1, size * 0.004]),
                      mix(leaf, LIME, 0.15 + 0.35 * ((i * 5) % 3) / 2))

    # ------------------------------------------------------------- people
    def nonla(self, x, y, w, turn=0, colour="#f0dcae"):
        """Conical palm-leaf hat; (x, y) is the middle of its rim."""
        h = w * 0.44
        with self.at(x, y, turn=turn):
            self.path(f"M{n(-w / 2)} 0Q0 {n(w * 0.17)} {n(w / 2)} 0Q{n(w * 0.2)} {n(-h * 0.6)} 0 "
                      f"{n(-h)}Q{n(-w * 0.2)} {n(-h * 0.6)} {n(-w / 2)} 0Z", colour)
            self.path(f"M{n(-w / 2)} 0Q{n(-w * 0.2)} {n(w * 0.09)} {n(w * 0.02)} {n(w * 0.083)}"
                      f"Q{n(-w * 0.1)} {n(-h * 0.5)} 0 {n(-h)}Q{n(-w * 0.2)} {n(-h * 0.6)} "
                      f"{n(-w / 2)} 0Z", darker(colour, 0.16))
            self.path(f"M{n(-w * 0.33)} {n(-h * 0.27)}Q0 {n(-h * 0.02)} {n(w * 0.33)} "
                      f"{n(-h * 0.27)}", stroke=darker(colour, 0.28), stroke_width=n(w * 0.012))

    def head(self, x, y, r, skin=SKIN[0], hair=HAIR, view="front", style="short", turn=0):
        """A faceless head.  view: front, back, side (looking right)."""
        with self.at(x, y, scale=r / 10, turn=turn):
            if style == "long" and view != "back":
                self.path("M-10.4 -2C-11.6 6 -11.6 12 -10 19C-8 20 -6 19 -5 16L-7 0L7 0L5 16"
                          "C6 19 8 20 10 19C11.6 12 11.6 6 10.4 -2Z"
                          if view == "front" else
                          "M-7 -6.4C-12.4 -4 -13 8 -12.2 15C-11.8 19 -10.4 21.6 -8.4 22"
                          "C-6 21 -4 18 -3 12C-1.4 6 0 2 2 -2Z", hair)
            if view == "back":
                self.path("M-9.6 -1C-9.6 9 -5 11.5 0 11.5S9.6 9 9.6 -1Z", skin)
                if style == "long":
                    self.path("M-10.6 -2C-10.6 -15 10.6 -15 10.6 -2C10.6 8 11 17 8.4 24L-8.4 24"
                              "C-11 17 -10.6 8 -10.6 -2Z", hair)
                    self.path("M-8.4 24Q0 27.4 8.4 24L8.4 22L-8.4 22Z", hair)
                elif style == "bun":
                    self.path("M-10.6 -1C-10.6 -15 10.6 -15 10.6 -1C10.4 7 6 10.4 0 10.4"
                              "S-10.4 7 -10.6 -1Z", hair)
                    self.circle(0, -9.4, 5.4, lighter(hair, 0.07))
                else:
                    self.path("M-10.4 -1C-10.6 -15 10.6 -15 10.4 -1C10.2 6 7 9 4 9.4"
                              "L-4 9.4C-7 9 -10.2 6 -10.4 -1Z", hair)
            elif view == "front":
                self.path("M-9 -2C-9.4 7 -5 12 0 12S9.4 7 9 -2C8.6 -13 -8.6 -13 -9 -2Z", skin)
                if style in ("long", "bun"):
                    self.path("M-10.6 4C-13 -16 13 -16 10.6 4C9.8 -1 8 -5.4 1.5 -7.4"
                              "C-4 -6 -8.6 -4 -10.6 4Z", hair)
                    if style == "bun":
                        self.circle(0, -13, 4.6, hair)
                else:
                    self.path("M-9.8 0C-12.4 -15 12.4 -15.6 9.8 0C9.4 -3.6 8 -5.6 5.4 -6.6"
                              "C0 -4.4 -5 -5 -7.4 -6.4C-8.8 -4.6 -9.4 -3 -9.8 0Z", hair)
            else:
                self.path("M-7 -4C-7 8 -1 12 4.4 11.6C7.4 11.2 8.6 8 8.8 4.6L10.4 2.8L8.9 -1"
                          "C9 -12 -7 -13 -7 -4Z", skin)
                if style in ("long", "bun"):
                    self.path("M-9.6 6C-14.6 -14 4 -15.6 8.8 -7.8C4.6 -6.4 0.4 -4.4 -0.6 1"
                              "C-1 5 -3 9 -6 10C-8 9.4 -9.4 8 -9.6 6Z", hair)
                    if style == "bun":
                        self.circle(-11.2, 0, 4.8, hair)
                else:
                    self.path("M-8.2 6C-13.6 -13 5 -16 9.4 -6.6C6 -5.6 2 -5.4 0.6 -2.4"
                              "L-1.6 2.4C-3 6 -5 7.6 -8.2 6Z", hair)

    def person(self, x, y, height, top=TEAL, bottom=INK, skin=SKIN[0], hair=HAIR, style="short",
               view="front", hat=None, flip=False, lean=0, arms="down", legs="stand",
               near=None, far=None, skirt=False, shoes="#3b3a3c", sleeve=True, head_turn=0,
               coat=None, prop=None):
        """A standing or bending figure, feet at (x, y).

        Drawn 100 units tall.  near/far are [elbow, hand] of the two arms and
        override the named pose; prop(canvas) draws something held, between
        the body and the near arm.
        """
        poses = {
            "down": (((12.5, -63), (11.5, -48)), ((-12.5, -63), (-11.5, -48))),
            "fold": (((13, -66), (3, -60)), ((-13, -66), (-2, -59))),
            "carry": (((12, -64), (14, -55)), ((-8, -64), (10, -54))),
            "wave": (((17, -72), (19, -90)), ((-12.5, -63), (-11.5, -48))),
            "point": (((17, -76), (29, -84)), ((-12.5, -63), (-10, -49))),
        }
        side = view == "side"
        if side:
            poses["down"] = (((-2.4, -63), (1.5, -49)), ((4, -63), (6.5, -50)))
            poses["carry"] = (((-1.5, -65), (10, -59)), ((3, -65), (12, -60)))
            poses["fold"] = poses["carry"]
        base_near, base_far = poses[arms]
        near, far = near or base_near, far or base_far
        with self.at(x, y, scale=height / 100, flip=flip):
            # legs
            feet = {"stand": ((5.4, 0), (-5.4, 0)), "walk": ((9.5, -1), (-9, -1)),
                    "kneel": ((0, 0), (0, 0)), "sit": ((0, 0), (0, 0))}[legs]
            shade = darker(bottom, 0.16)
            if skirt:
                self.path(smooth([(-8.4, -52), (8.4, -52), (11.5, -22), (12.5, -8), (0, -6.4),
                                  (-12.5, -8), (-11.5, -22)], closed=True, tension=0.8), bottom)
                for fx in (4, -4):
                    self.path(ribbon([(fx, -9), (fx, -2)], [4, 3.4]), skin)
                    self.ellipse(fx + 1.2, -1.2, 4, 1.7, shoes)
            elif legs == "sit":
                self.path(ribbon([(-1, -27), (14, -26), (15, -3)], [13, 11, 7]), shade)
                self.ellipse(17.5, -1.4, 5, 2, shoes)
                self.path(ribbon([(0, -27), (17, -27), (19, -3)], [14, 11.5, 7]), bottom)
                self.ellipse(21.5, -1.4, 5, 2, shoes)
            elif legs == "kneel":
                self.path(ribbon([(2, -36), (13, -20), (11, -3)], [13, 11, 8]), bottom)
                self.path(ribbon([(-2, -36), (2, -12), (-14, -4)], [13, 12, 8]), shade)
                self.ellipse(14, -1.4, 5.5, 2.2, shoes)
                self.ellipse(-17, -2, 4.5, 2.4, shoes)
            else:
                for (fx, fy), tone, hx in ((feet[1], shade, -3.4), (feet[0], bottom, 3.4)):
                    knee = ((hx + fx) / 2 + (1.5 if legs == "walk" else 0.4), -26)
                    self.path(ribbon([(hx, -49), knee, (fx, fy - 3)], [10, 8.4, 6]), tone)
                    self.ellipse(fx + (2 if side or legs == "walk" else 0.8), fy - 1.4,
                                 5 if side else 4.2, 2, shoes)
            drop = {"kneel": 14, "sit": 22}.get(legs, 0)
            with self.group(transform=f"translate(0 {drop}) rotate({lean} 0 -48)"):
                self._arm((-8.6 if not side else 1.5, -78), far, darker(top, 0.2),
                          darker(skin, 0.1), sleeve)
                self.path(ribbon([(0.6 if side else 0, -84), (0.4, -76)], [6, 7]),
                          darker(skin, 0.14))
                if side:
                    d = smooth([(-4.5, -80), (1, -82.5), (5.6, -78), (7.4, -66), (6.4, -55),
                                (7.2, -46.5), (0, -45.4), (-7.2, -46.5), (-6, -56), (-7.4, -68)],
                               closed=True)
                else:
                    d = smooth([(-10, -78), (-4, -82.4), (4, -82.4), (9.6, -78), (8.4, -62),
                                (7.8, -54), (8.8, -46), (0, -45), (-8.8, -46), (-7.8, -54),
                                (-8.4, -62)], closed=True)
                self.path(d, top)
                with self.group(clip_path=self.clip(d)):
                    self.ellipse(-9, -58, 7.6, 26, darker(top, 0.16))
                    if coat and not side:
                        self.polygon([(-3.6, -84), (3.6, -84), (1.6, -40), (-1.6, -40)], coat)
                if view == "front":
                    self.polygon([(-3.4, -82.6), (3.4, -82.6), (0, -76.5)], skin)
                self.head(1.4 if side else 0, -91.5, 7.4, skin, hair, view, style, head_turn)
                if hat == "nonla":
                    self.nonla(0.4, -94, 27, turn=head_turn - 4)
                elif hat == "cap":
                    self.path("M-8.4 -94C-9 -105 8.4 -105 8.2 -94Z", "#e8ddc6")
                    self.path("M2 -96.5C8 -98 13 -95 14 -92.6C10 -94 6 -94 2 -93.6Z", "#d9c9a8")
                elif hat == "helmet":
                    self.path("M-9.4 -93C-10 -107 9.6 -107 9.4 -93Z", "#efe6d2")
                    self.rect(-10.6, -94.4, 21.2, 2.6, "#dccfae", rx=1.3)
                if prop:
                    prop(self)
                self._arm((8.8 if not side else -0.5, -78), near, top, skin, sleeve)

    def _arm(self, shoulder, joints, cloth, skin, sleeve):
        elbow, hand = joints
        self.path(ribbon([shoulder, elbow, hand], [6, 5, 3.8]), skin)
        self.circle(hand[0], hand[1], 2.7, skin)
        if sleeve:
            wrist = (elbow[0] + (hand[0] - elbow[0]) * 0.8, elbow[1] + (hand[1] - elbow[1]) * 0.8)
            self.path(ribbon([shoulder, elbow, wrist], [7.6, 6.8, 5.4]), cloth)
        else:
            mid = (shoulder[0] + (elbow[0] - shoulder[0]) * 0.8,
                   shoulder[1] + (elbow[1] - shoulder[1]) * 0.8)
            self.path(ribbon([shoulder, mid], [8, 7]), cloth)

    def bust(self, x, y, size, top=TEAL, skin=SKIN[0], hair=HAIR, style="short", view="front",
             hat=None, collar=None, lean=0, head_turn=0, flip=False):
        """Head and shoulders, bottom edge at y; size is the height of the figure."""
        with self.at(x, y, scale=size / 100, turn=lean, flip=flip):
            d = "M-46 4C-47 -24 -38 -34 -14 -42L14 -42C38 -34 47 -24 46 4Z"
            self.path(ribbon([(0, -56), (0, -38)], [20, 24]), darker(skin, 0.14))
            self.path(d, top)
            with self.group(clip_path=self.clip(d)):
                self.ellipse(-42, -2, 22, 36, darker(top, 0.16))
            if view == "front":
                self.polygon([(-13, -43), (13, -43), (0, -24)], collar or skin)
                self.polygon([(-12, -44), (12, -44), (0, -30)], skin)
            elif view == "back":
                self.path("M-14 -43C-8 -38 8 -38 14 -43L13 -47L-13 -47Z", collar or darker(top, .2))
            self.head(0, -72, 25, skin, hair, view, style, head_turn)
            if hat == "nonla":
                self.nonla(0, -79, 88, turn=head_turn - 3)
