"""Vẽ ảnh minh họa cho cổng mẫu: draws every picture of the sample portal.

All pictures are original vector drawings, written here as code, so that the
sample content carries no third-party photograph and can be rebuilt exactly.

    pip install resvg-py pillow
    python tools/draw_pictures.py             # everything
    python tools/draw_pictures.py cang-ca     # one picture
    python tools/draw_pictures.py mark        # the mark, icons and sharing picture
    python tools/draw_pictures.py --svg DIR   # also keep the SVG sources

The drawing kit (curves, hills, trees, people) is illustration_kit.py.
"""

# Shapes are laid out by hand, in rows of coordinates; the formatter and the rules about
# annotations and length are for the generator's own code.
# ruff: noqa: ANN001, ANN201, ANN202, C408, C901, PLR0912, PLR0915, RUF005
# fmt: off

import io
import math
import random
import sys
from pathlib import Path

import resvg_py
from illustration_kit import (
    BRICK,
    CREAM,
    HAIR,
    INK,
    LEAF,
    LIME,
    OCHRE,
    PINE,
    ROSE,
    SAND,
    SKIN,
    TEAL,
    Canvas,
    along,
    darker,
    height_at,
    lighter,
    mix,
    n,
    peaks,
    poly,
    ribbon,
    ridge,
    smooth,
    under,
)
from PIL import Image, ImageChops, ImageFilter

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "content" / "anh"
STATIC = ROOT / "static"

WIDE = (1600, 1067)
TALL = (1067, 1400)
LIMIT = 158_000        # bytes of one picture
BUSY = ("le-hoi", "ruong-bac-thang", "bao-bien", "lop-hoc", "trong-rung")   # less grain
SCENES = {}


def scene(name, size=WIDE):
    """Register a scene: a function which draws on a fresh canvas."""
    def register(function):
        SCENES[name] = (function, size)
        return function
    return register


# ------------------------------------------------------------ small helpers

def birds(c, spots, colour, size=16, width=3):
    for x, y in spots:
        wing, tip = n(size * 0.4), size * 0.35
        top = n(y - size * 0.5)
        c.path(f"M{n(x - size)} {n(y - tip)}Q{n(x - size * 0.4)} {top} {n(x)} {n(y)}"
               f"q{wing} {n(-size * 0.5)} {n(size)} {n(-tip)}",
               stroke=colour, stroke_width=width, stroke_linecap="round", opacity=0.75)


def grove(c, spots, kinds=(LEAF, PINE), light=1):
    """Trees at [(x, y, size)], farther ones first."""
    for i, (x, y, size) in enumerate(sorted(spots, key=lambda s: s[1])):
        c.tree(x, y, size, kinds[i % len(kinds)], seed=int(x) + i, light=light)


def on_line(points, xs, seed, size, jitter=0.25, sink=4):
    rng = random.Random(seed)
    return [(x, height_at(points, x) + sink, size * rng.uniform(1 - jitter, 1 + jitter))
            for x in xs]


def bushes(c, points, x0, x1, colour, size, seed, step=0.9):
    """A fringe of round bushes along a line."""
    rng = random.Random(seed)
    x = x0
    d = ""
    while x < x1:
        r = size * rng.uniform(0.6, 1.2)
        y = height_at(points, x) + r * 0.25
        d += (f"M{n(x - r)} {n(y)}a{n(r)} {n(r)} 0 1 1 {n(2 * r)} 0"
              f"a{n(r)} {n(r)} 0 1 1 {n(-2 * r)} 0Z")
        x += r * step * rng.uniform(0.7, 1.3)
    c.path(d, colour)


# --------------------------------------------------------------- landscapes

@scene("ho-chua")
def reservoir(c):
    """A reservoir behind a grassed earth dam with a concrete spillway, hills on both sides."""
    c.sky("#8fc1c9", "#c9dfd6", "#fbe9c9", "#fbe9c9")
    c.sun(1085, 205, 52)
    c.cloud(360, 165, 330, "#fff8ea", 0.75, seed=4)
    c.cloud(1395, 120, 230, "#fff8ea", 0.6, seed=7)
    c.layer(peaks(3, 0, 1610, 420, [(190, 190, 190), (520, 235, 170), (820, 150, 220),
                                    (1240, 250, 210), (1530, 190, 160)]),
            "#a7c8c6", "#e6ead4", 250)
    c.layer(peaks(8, 0, 1610, 440, [(60, 200, 170), (370, 150, 170), (690, 120, 150),
                                    (1010, 110, 140), (1400, 195, 210)]),
            "#7fb0ac", "#cfe0cd", 230)
    # lake
    c.rect(0, 452, 1600, 215, c.linear((0, "#dcebdc"), (0.45, "#8cc3c4"), (1, "#3d93a3")))
    c.rect(1000, 456, 170, 110, c.linear((0, "#fff3d2", 0.9), (1, "#fff3d2", 0)),
           filter=c.blur(18))
    c.streaks(340, 1260, 462, 560, "#f4f6e8", 46, 5, length=(30, 130), width=(2, 4), opacity=0.65)
    near_shore = peaks(12, 0, 1610, 452, [(250, 85, 130), (560, 40, 90), (1290, 95, 120),
                                          (930, 26, 80)])
    c.layer(near_shore, "#5d9a8c", "#9cc6b4", 110, bottom=457)
    c.path(smooth([(690, 497), (730, 478), (790, 466), (850, 480), (884, 497)]) + "Z", "#4c8a78")
    bushes(c, [(690, 488), (884, 488)], 722, 850, "#3f7b6b", 15, 4)
    c.streaks(680, 900, 498, 512, "#4c8a78", 8, 3, length=(60, 130), width=(2, 4), opacity=0.5)

    # flanking hills behind the crest
    left = [(-10, 330), (90, 318), (180, 352), (270, 420), (350, 500), (430, 600), (500, 720)]
    right = [(1080, 740), (1160, 610), (1245, 510), (1330, 415), (1430, 345), (1520, 315),
             (1610, 330)]
    for pts, shift, tone in ((left, -1, "#4f8f72"), (right, 1, "#5b9873")):
        line = along(pts, 60)
        d = poly(line + [(line[-1][0], 1067), (line[0][0], 1067)])
        if shift > 0:
            d = poly(line + [(1610, 1067), (line[0][0], 1067)])
        bushes(c, line, line[0][0], line[-1][0] - 20, tone, 17, 6 + shift)
        c.path(d, c.linear((0, tone), (1, darker(tone, 0.25)), y2=1))
        c.spray(d, INK if shift < 0 else LIME, 0.28, x1=1, x2=0, y1=0, y2=0.6)

    # dam
    def crest(x):
        return 556 + 30 * (1 - ((x - 800) / 520) ** 2)
    xs = [300 + i * 20 for i in range(51)]
    top = [(x, crest(x)) for x in xs]
    toe = [(1300, 560), (1215, 680), (1120, 800), (960, 846), (800, 856), (640, 846), (480, 800),
           (385, 680), (300, 560)]
    face = poly(top + toe)
    c.path(face, c.linear((0, "#86b068"), (0.5, "#a9c87b"), (1, "#bcd388"), x2=1, y2=0))
    c.spray(face, "#4b8455", 0.5, x1=0.8, x2=0.1, y1=0.1, y2=1)
    with c.group(clip_path=c.clip(face)):
        for k in range(9):                      # mown strips
            c.curve([(230, 560 + 34 * k), (800, 596 + 37 * k), (1370, 560 + 34 * k)],
                    "#d6e39c", 3, opacity=0.28)
        for k in (0.36, 0.72):                  # berms with a drain
            line = [(230, 556 + 240 * k), (800, 588 + 285 * k), (1370, 556 + 240 * k)]
            c.curve(line, "#efe4cd", 13)
            c.curve([(x, y + 8) for x, y in line], "#6f9a5c", 4)
        for x in (430, 545, 1055, 1170):        # steps down the slope
            foot = 800 + (x - 800) * 0.78
            c.line([(x, crest(x)), (foot, 850)], "#e6dabd", 7)
            c.line([(x, crest(x)), (foot, 850)], "#bda97f", 7, stroke_dasharray="2 7",
                   stroke_linecap="butt")
    # spillway
    chute = poly([(668, 606), (932, 606), (958, 862), (642, 862)])
    c.path(chute, "#cbb995")
    for i in range(5):
        x = 680 + i * 50
        f0, f1 = x - 800, x + 40 - 800
        d = poly([(x, 618), (x + 40, 618), (800 + f1 * 1.16, 872), (800 + f0 * 1.16, 872)])
        c.path(d, c.linear((0, "#8fcbd1"), (0.35, "#d9f0ee"), (1, "#ffffff")))
        for k in (0.3, 0.62):
            c.line([(x + 40 * k, 650 + 30 * k), (800 + (x + 40 * k - 800) * 1.14, 850)],
                   "#b3dde0", 3, opacity=0.9)
    for i in range(6):
        x = 668 + i * 50
        c.polygon([(x - 4, 566), (x + 12, 566), (800 + (x + 12 - 800) * 1.05, 700),
                   (800 + (x - 2 - 800) * 1.05, 700)], "#e9dcc2")
        c.polygon([(x - 4, 566), (x + 3, 566), (800 + (x + 4 - 800) * 1.05, 700),
                   (800 + (x - 2 - 800) * 1.05, 700)], "#b9a987")
    for i in range(5):
        c.rect(680 + i * 50, 588, 34, 30, "#4f7f8c", rx=2)
        c.rect(680 + i * 50, 588, 34, 7, "#6fa0aa", rx=2)
    # crest road
    c.path(ribbon([(290, crest(290) + 2), (550, crest(550) + 4), (800, crest(800) + 5),
                   (1050, crest(1050) + 4), (1310, crest(1310) + 2)], [15, 18, 15],
                  steps=40, round_ends=False), "#faf3e2")
    c.path(ribbon([(290, crest(290) + 12), (550, crest(550) + 16), (800, crest(800) + 17),
                   (1050, crest(1050) + 16), (1310, crest(1310) + 12)], [6, 7, 6],
                  steps=40, round_ends=False), "#b6a684")
    for x in range(340, 1280, 60):
        c.line([(x, crest(x) - 3), (x, crest(x) - 30)], "#6d7f80", 2.6)
        c.line([(x, crest(x) - 30), (x + 9, crest(x) - 32)], "#6d7f80", 2.6)
    c.rect(640, 498, 46, 70, "#f2e8d2")
    c.rect(640, 498, 16, 70, "#d5c6a6")
    c.polygon([(632, 500), (694, 500), (680, 480), (646, 480)], BRICK)
    c.rect(662, 514, 15, 18, "#4f7f8c")
    c.rect(914, 498, 46, 70, "#f2e8d2")
    c.rect(914, 498, 16, 70, "#d5c6a6")
    c.polygon([(906, 500), (968, 500), (954, 480), (920, 480)], BRICK)
    c.rect(936, 514, 15, 18, "#4f7f8c")

    # valley floor and river
    # woods close over both ends of the dam
    for edge, tone in (([(286, 560), (330, 596), (420, 735), (500, 850)], "#3a7363"),
                       ([(1100, 850), (1180, 735), (1270, 596), (1314, 560)], "#57926c")):
        bushes(c, edge, edge[0][0], edge[-1][0], tone, 20, 5, step=0.6)
    floor = smooth([(-10, 790), (250, 780), (430, 796), (560, 822), (660, 850), (940, 850),
                    (1040, 822), (1170, 796), (1350, 780), (1610, 790)]) + "L1610 1080L-10 1080Z"
    c.path(floor, c.linear((0, "#8fb46d"), (1, "#5a9160")))
    river = "M640 846C620 900 560 960 470 1080L1250 1080C1120 980 1000 905 960 846Z"
    c.path(river, c.linear((0, "#c7e8e6"), (0.3, "#6cb7be"), (1, "#2f8796")))
    c.ellipse(800, 872, 190, 34, "#ffffff", filter=c.blur(14), opacity=0.85)
    rng = random.Random(3)
    for i in range(46):
        t = rng.uniform(-1, 1)
        c.ellipse(800 + t * 170, 866 + rng.uniform(-8, 16 + 10 * (1 - abs(t))),
                  rng.uniform(12, 30), rng.uniform(5, 10), ("#ffffff", "#e2f3f0")[i % 2])
    c.streaks(600, 1010, 905, 1060, "#e4f4ef", 34, 9, length=(40, 170), width=(3, 6), opacity=0.6)
    # power house
    c.rect(1085, 790, 150, 72, "#f5ead3")
    c.rect(1085, 790, 36, 72, "#dccbaa")
    c.polygon([(1074, 794), (1246, 794), (1228, 762), (1092, 762)], "#b9573a")
    for i in range(4):
        c.rect(1130 + i * 25, 806, 14, 34, "#5f93a0", rx=2)

    # foreground
    banks = [
        ([(-10, 842), (150, 838), (300, 880), (420, 950), (500, 1080)], "#4b8a63", -1),
        ([(1120, 1080), (1220, 980), (1340, 905), (1480, 858), (1610, 846)], "#4f8f62", 1)]
    for pts, tone, side in banks:
        line = along(pts, 40)
        d = poly(line + [(1610 if side > 0 else -10, 1080)])
        if side < 0:
            d = poly([(-10, 1080)] + line)
        c.path(d, c.linear((0, tone), (1, darker(tone, 0.35))))
        c.spray(d, LIME, 0.35, x1=0, x2=0, y1=1, y2=0, reach=0.6)
    grove(c, [(60, 880, 190), (165, 872, 150), (255, 905, 170), (345, 960, 130), (20, 960, 200),
              (130, 1000, 220), (250, 1050, 190)], ("#2f6f5c", "#3f8060", "#28614f"))
    grove(c, [(1545, 880, 190), (1440, 892, 150), (1350, 930, 165), (1268, 985, 120),
              (1580, 985, 230), (1470, 1030, 220), (1350, 1060, 170)],
          ("#3f8060", "#2f6f5c", "#4b8c62"))
    birds(c, [(560, 250), (604, 232), (640, 262)], "#4f7f86", 17)


@scene("ruong-bac-thang")
def terraces(c):
    """Rice terraces at harvest: contour bands, mist, stilt houses."""
    c.sky("#9cc9cb", "#dfe6cd", "#fdeac4", "#fdeac4")
    c.sun(470, 190, 50)
    c.cloud(1150, 130, 340, "#fffaf0", 0.7, seed=3)
    c.layer(peaks(5, 0, 1610, 400, [(160, 210, 200), (640, 170, 190), (980, 270, 200),
                                    (1390, 220, 190)]), "#a9cac4", "#f0ecd0", 260)
    c.layer(peaks(9, 0, 1610, 450, [(30, 230, 160), (420, 170, 190), (1220, 220, 220),
                                    (1600, 260, 180)]), "#75a9a0", "#d9e3c8", 260)

    def slope(level_count, y_of, lit, edge, x0=-10, x1=1610, seed=1):
        """Contours from the top level down; y_of(level, x) grows with the level."""
        rng = random.Random(seed)
        for level in range(level_count):
            line = [(x, y_of(level, x)) for x in range(x0, x1, 10)]
            tone = lit[(level * 3 + rng.randrange(2)) % len(lit)]
            depth = max(y_of(level + 1, x) - y_of(level, x) for x in range(x0, x1, 40))
            c.path(under(line, 1090), edge)
            step = 4 + depth * 0.16
            inner = [(x, y + step) for x, y in line]
            c.path(under(inner, 1090), c.linear(
                (0, lighter(tone, 0.28)), (1, tone), x2=0, user=True,
                y1=n(min(y for _, y in inner)), y2=n(max(y for _, y in inner) + depth * 0.7)))
            c.line(inner, lighter(tone, 0.55), 1.5 + depth * 0.03, opacity=0.8)

    gold = ("#d9b24c", "#c9b556", "#e3bd58", "#a8b25a", "#d0a544", "#b9b45a")
    # far slope, right, hazy
    def far(level, x):
        t = level / 12
        base = 470 - 130 * math.exp(-((x - 1330) / 360) ** 2) * (1 - 0.8 * t) + 20 * level
        return base + (9 + 5 * t) * math.sin(x / 95 + level * 0.5) + 10 * math.sin(x / 230 + 1)
    slope(12, far, tuple(mix(k, "#cfe0c8", 0.38) for k in gold), "#86a578", seed=5)
    c.rect(0, 470, 1600, 170, c.linear((0, "#fff7e2", 0), (0.5, "#fff7e2", 0.75),
                                       (1, "#fff7e2", 0)))

    # middle spur, right side
    def mid(level, x):
        t = level / 11
        hill = 190 * math.exp(-((x - 1260) / (330 + 40 * level)) ** 2)
        return (650 - hill * (1 - 0.5 * t) + 34 * level
                + (12 + 8 * t) * math.sin(x / 120 + level * 0.33 + 2)
                + 9 * math.sin(x / 47 + level * 0.9))
    slope(12, mid, tuple(mix(k, "#b8c98a", 0.15) for k in gold), "#6f8f58", seed=2)

    def house(x, y, s, tone="#8a6446"):
        with c.at(x, y, s):
            for px in (-52, -20, 16, 48):
                c.line([(px, -28), (px, 4)], darker(tone, 0.35), 6)
            c.rect(-60, -66, 120, 42, tone)
            c.rect(-60, -66, 42, 42, darker(tone, 0.22))
            c.rect(8, -58, 22, 34, darker(tone, 0.5))
            c.rect(-8, -54, 12, 14, "#f7dda0")
            c.polygon([(-82, -58), (82, -58), (46, -116), (-46, -116)], "#a9824f")
            c.polygon([(-82, -58), (-40, -58), (-30, -116), (-46, -116)], "#86653f")
            for k in range(4):
                c.line([(-64 + k * 9, -72 - k * 13), (64 - k * 9, -72 - k * 13)], "#94713f", 2.5,
                       opacity=0.6)
    grove(c, [(1190, 548, 90), (1330, 552, 84), (1400, 566, 96), (1130, 560, 70)],
          ("#3c7a5f", "#5b9368"), light=-1)
    house(1262, 566, 0.85)
    house(1462, 596, 0.6, "#947052")
    grove(c, [(1500, 612, 80), (1225, 578, 44)], ("#4d8a62", "#3c7a5f"), light=-1)

    # near slope, sweeping from the left
    def near(level, x):
        t = level / 10
        hill = 330 * math.exp(-((x - 130 - 30 * level) / (460 + 55 * level)) ** 2)
        return (850 - hill * (1 - 0.45 * t) + 50 * level
                + (17 + 12 * t) * math.sin(x / 150 + level * 0.3)
                + (9 + 4 * t) * math.sin(x / 61 + level * 0.8))
    slope(11, near, gold, "#5d7d45", seed=8)

    # rows of rice along the near steps
    for level in range(1, 11):
        for part in (0.5, 0.8):
            row = [(x, near(level, x) + part * (near(level + 1, x) - near(level, x)) + 6)
                   for x in range(-10, 1620, 16)]
            c.line(row, "#fff3c0" if part < 0.6 else "#8d8a36", 2 + level * 0.14, opacity=0.42,
                   stroke_dasharray=f"2 {9 + level * 0.8:.0f}")
    house(205, 566, 1.0)
    grove(c, [(60, 588, 120), (330, 592, 96), (118, 580, 84), (395, 612, 70)],
          ("#34735a", "#4d8a5c"), light=1)
    # farmers on a bund
    y = near(3, 700) + 12
    c.person(700, y + 26, 128, top="#3b6f86", bottom="#2c4a56", view="side", legs="walk",
             hat="nonla", style="long", near=((6, -70), (9, -84)))
    c.line([(632, y - 80), (776, y - 84)], "#7a5a3a", 5)
    for bx in (636, 772):
        c.line([(bx, y - 82), (bx - 16, y - 28)], "#7a5a3a", 2)
        c.line([(bx, y - 82), (bx + 16, y - 28)], "#7a5a3a", 2)
        c.ellipse(bx, y - 34, 26, 14, "#f0cd6c")
        c.path(f"M{bx - 27} {y - 32:.0f}Q{bx} {y + 10:.0f} {bx + 27} {y - 32:.0f}Z", "#a5773f")
    y = near(4, 1040)
    c.person(950, y + 34, 140, top=BRICK, bottom="#31424c", view="side", hat="nonla", lean=48,
             style="bun", near=((18, -60), (26, -48)), far=((16, -58), (29, -52)))
    c.person(1136, y + 22, 140, top="#e8d9b4", bottom="#3d5a52", view="side", hat="nonla", lean=42,
             flip=True, near=((18, -60), (26, -48)), far=((16, -58), (29, -52)))
    c.leaves(1012, y + 38, 62, "#c9a13f", count=7, seed=3, spread=0.6)
    c.leaves(1070, y + 30, 58, "#d9b24c", count=5, seed=5, spread=0.6)
    birds(c, [(760, 250), (800, 232), (842, 258)], "#5e8a86", 15)


@scene("hon-nam")
def island(c):
    """A green island with a lighthouse in morning light."""
    c.sky("#7fb9c6", "#c2dcd5", "#fce4c0", "#fbd5ae")
    c.sun(1090, 395, 84, "#fff2cf", "#ffdf9e")
    c.cloud(330, 215, 380, "#fff6e8", 0.75, seed=2)
    c.cloud(1330, 170, 300, "#fff6e8", 0.65, seed=5)
    c.cloud(700, 120, 200, "#fff6e8", 0.5, seed=9)
    horizon = 600
    c.layer(peaks(4, 0, 1610, horizon, [(110, 70, 120), (300, 45, 130)]), "#a9c3bd", "#e4dcc4", 90)
    c.layer(peaks(6, 1180, 1610, horizon, [(1490, 62, 110)]), "#9fbdb9", "#e4dcc4", 90)
    c.rect(0, horizon, 1600, 470, c.linear((0, "#f3dcb9"), (0.1, "#b3d3cb"), (0.4, "#56a5ac"),
                                           (1, "#17667d")))
    c.polygon([(1020, 600), (1160, 600), (1300, 1067), (880, 1067)],
              c.linear((0, "#fff3d2", 0.85), (0.75, "#fff3d2", 0)), filter=c.blur(24))
    c.streaks(880, 1290, 608, 980, "#fff6dc", 70, 3, length=(40, 150), width=(2.5, 6), opacity=0.8)
    c.streaks(0, 1600, 620, 1060, "#d9efe6", 70, 8, length=(60, 240), width=(2, 5), opacity=0.4)

    # island body
    back = smooth([(286, 702), (330, 610), (390, 520), (450, 450), (510, 424), (570, 448),
                   (640, 500), (760, 520), (900, 580), (1010, 640), (1110, 702)])
    c.path(back, c.linear((0, "#6aa48a"), (1, "#4a8a72")))
    hill = smooth([(300, 700), (360, 640), (430, 560), (520, 500), (600, 470), (690, 462),
                   (760, 480), (830, 510), (900, 560), (960, 610), (1030, 648), (1110, 690)])
    body = hill + "C1000 712 420 716 300 700Z"
    c.path(body, c.linear((0, "#4b8f6a"), (0.7, "#2f6f5c"), (1, "#285f55")))
    c.spray(body, "#a9bd63", 0.4, x1=0, x2=1, y1=0.8, y2=0.1, reach=0.75)
    # cliffs
    for pts, tone in (
            ([(300, 704), (352, 640), (400, 626), (436, 652), (470, 640), (520, 680), (540, 712)],
             "#8b7a68"),
            ([(300, 704), (330, 668), (365, 662), (392, 690), (420, 712)], "#6d6257"),
            ([(880, 712), (930, 660), (980, 668), (1010, 650), (1060, 672), (1112, 694),
              (1060, 714)], "#b89a78"),
            ([(880, 712), (930, 660), (956, 690), (950, 712)], "#8b7a68"),
            ([(540, 712), (600, 690), (700, 684), (800, 692), (890, 712)], "#e9d2a2")):
        c.polygon(pts, tone)
    grove(c, [(430, 610, 90), (490, 575, 100), (552, 545, 84), (610, 610, 90), (560, 680, 60),
              (800, 632, 80), (560, 640, 84), (490, 650, 70), (850, 640, 78), (905, 640, 60)],
          ("#2c6a58", "#3f8060", "#4f9166"))
    c.palm(600, 694, 120, seed=2, lean=-0.16)
    c.palm(812, 696, 104, seed=5, lean=0.18)

    # keeper's house and lighthouse
    c.rect(545, 432, 112, 58, "#f7ecd6")
    c.rect(545, 432, 34, 58, "#dac9a9")
    c.polygon([(532, 436), (670, 436), (646, 398), (558, 398)], BRICK)
    c.rect(592, 450, 20, 40, "#7d5a42")
    c.rect(626, 450, 18, 18, "#5f93a0")
    lx, ly = 728, 478
    tower = poly([(lx - 34, ly), (lx + 34, ly), (lx + 20, 226), (lx - 20, 226)])
    c.path(tower, "#fdf6e6")
    with c.group(clip_path=c.clip(tower)):
        for y in (270, 352, 434):
            c.rect(lx - 60, y, 120, 36, BRICK)
        c.polygon([(lx - 60, 500), (lx - 6, 500), (lx - 4, 200), (lx - 60, 200)], INK, opacity=0.16)
    c.rect(lx - 32, 214, 64, 12, "#4b6570", rx=3)
    c.rect(lx - 17, 176, 34, 40, "#ffe9ae")
    for x in (-17, -4, 9):
        c.line([(lx + x + 2, 176), (lx + x + 2, 214)], "#4b6570", 2.5)
    c.path(f"M{lx - 24} 178Q{lx} 134 {lx + 24} 178Z", "#9c4a30")
    c.line([(lx, 152), (lx, 132)], "#4b6570", 4)
    c.line([(lx - 30, 204), (lx - 30, 214)], "#4b6570", 3)
    c.line([(lx + 30, 204), (lx + 30, 214)], "#4b6570", 3)
    c.line([(lx - 30, 203), (lx + 30, 203)], "#4b6570", 3)
    c.rect(lx - 7, 318, 14, 22, "#5f93a0", rx=6)
    c.path(f"M{lx - 10} 478v-26a10 10 0 0 1 20 0v26Z", "#7d5a42")
    c.glow(lx, 195, 92, "#fff0bd", 0.75)
    grove(c, [(800, 520, 74), (850, 546, 70), (520, 512, 66)], ("#3f8060", "#2c6a58"))
    # path to the beach
    c.path(ribbon([(730, 482), (700, 530), (760, 580), (716, 640), (740, 690)], [7, 9, 10, 13],
                  steps=40), "#e3cf9f")

    # foam line and reflection
    c.path("M285 704C420 724 980 726 1125 696C1140 706 1060 730 900 734C640 742 330 734 285 704Z",
           "#eaf6ef", opacity=0.9)
    c.streaks(340, 1060, 738, 850, "#1d5f66", 42, 21, length=(90, 260), width=(3, 7), opacity=0.32,
              grow=False)
    c.streaks(690, 770, 745, 900, "#fbf3e2", 14, 6, length=(20, 70), width=(3, 5), opacity=0.6,
              grow=False)
    # jetty and boat
    fishing_boat(c, 1255, 800, 1.0, hull="#2f7f95", cabin="#f7ecd6")
    c.streaks(1150, 1370, 806, 850, "#17566a", 14, 2, length=(60, 150), width=(3, 6), opacity=0.5)
    # near waves
    for i, y in enumerate((905, 965, 1030)):
        line = [(x, y + 9 * math.sin(x / 90 + i * 1.7) + 6 * math.sin(x / 37 + i))
                for x in range(-10, 1620, 12)]
        c.path(under(line, 1080), ("#1f7389", "#17647b", "#10556d")[i], opacity=0.55)
        c.line(line, "#d5ece4", 2.5, opacity=0.28)
    birds(c, [(900, 260), (948, 240), (560, 300), (1000, 285), (470, 330)], "#48737c", 20, 3.5)


def fishing_boat(c, x, y, s, hull="#2f7f95", cabin="#f3e6cb", stripe="#c7613d", flip=False,
                 lamp=None):
    """A wooden fishing boat with a high prow (to the right); waterline at (x, y)."""
    with c.at(x, y, s, flip=flip):
        c.line([(-28, -60), (-28, -150)], "#5d4a3c", 4)
        c.line([(46, -36), (46, -128)], "#5d4a3c", 4)
        c.line([(-28, -146), (46, -124)], "#5d4a3c", 1.6)
        c.line([(46, -124), (112, -52)], "#5d4a3c", 1.6)
        c.line([(-28, -146), (-96, -36)], "#5d4a3c", 1.6)
        c.rect(-70, -78, 74, 44, cabin)
        c.rect(-70, -78, 22, 44, darker(cabin, 0.18))
        c.rect(-78, -86, 92, 9, darker(hull, 0.1), rx=3)
        for wx in (-40, -18):
            c.rect(wx, -70, 15, 16, "#ffe3a1" if lamp else "#55808c", rx=2)
        d = "M-108 -40C-60 -30 50 -32 122 -60C116 -34 100 -12 84 4L-86 4C-98 -8 -106 -24 -108 -40Z"
        c.path(d, hull)
        with c.group(clip_path=c.clip(d)):
            c.rect(-120, -10, 260, 20, stripe)
            c.path("M-120 -44L-60 -44L-40 10L-120 10Z", INK, opacity=0.18)
        c.path("M-108 -40C-60 -30 50 -32 122 -60L123 -54C52 -25 -60 -23 -106 -33Z",
               lighter(hull, 0.55))
        c.circle(102, -44, 4.4, CREAM)
        for bx in (18, 34, 62):
            c.rect(bx, -46, 15, 13, darker(SAND, 0.12), rx=2)
        if lamp:
            for px, py in ((-28, -150), (46, -130), (8, -90)):
                c.glow(px, py, 34, lamp, 0.85)
                c.circle(px, py, 4.5, "#fff4d0")


@scene("dien-gio")
def wind_farm(c):
    """Wind turbines over dunes and sea."""
    c.sky("#6fb0c2", "#b9dcd9", "#fdeed2", "#fde3bd")
    c.sun(330, 350, 62)
    c.cloud(820, 190, 420, "#fffaf0", 0.75, seed=6)
    c.cloud(1420, 300, 260, "#fffaf0", 0.6, seed=11)
    c.cloud(180, 150, 260, "#fffaf0", 0.6, seed=3)
    horizon = 640
    c.layer(peaks(3, 900, 1610, horizon, [(1200, 90, 140), (1450, 140, 150)]), "#9cc0c0",
            "#dfe3cf", 150, bottom=horizon + 2)
    c.rect(0, horizon, 1600, 260, c.linear((0, "#cfe2d4"), (0.2, "#79bcc0"), (1, "#1f7f94")))
    c.streaks(0, 1250, 652, 790, "#f2f7ea", 70, 4, length=(50, 180), width=(2, 4.5), opacity=0.6)
    c.streaks(250, 420, 648, 780, "#fff3d2", 26, 14, length=(40, 120), width=(3, 5), opacity=0.8)
    fishing_boat(c, 560, 690, 0.36, hull="#2b6f86")
    fishing_boat(c, 760, 668, 0.22, hull="#b9573a", flip=True)

    def turbine(x, y, h, turn, tone="#fdf8ec", shade="#cfd9d3"):
        top = (x, y - h)
        c.polygon([(x - h * 0.021, y), (x + h * 0.021, y), (x + h * 0.009, top[1]),
                   (x - h * 0.009, top[1])], tone)
        c.polygon([(x - h * 0.021, y), (x - h * 0.004, y), (x - h * 0.002, top[1]),
                   (x - h * 0.009, top[1])], shade)
        c.rect(x - h * 0.02, top[1] - h * 0.018, h * 0.055, h * 0.034, shade, rx=h * 0.014)
        for k in range(3):
            with c.at(top[0], top[1], h / 100, turn=turn + k * 120):
                c.path("M-1.1 -1.5C-3.2 -10 -2.4 -20 -0.5 -54L0.5 -54C1.2 -36 1.5 -16 1.1 -1.5Z",
                       tone)
                c.path("M0.1 -1.5C0.5 -16 0.6 -36 0.4 -54L0.5 -54C1.2 -36 1.5 -16 1.1 -1.5Z", shade)
        c.circle(top[0], top[1], h * 0.021, tone)
        c.circle(top[0], top[1], h * 0.01, shade)

    for x, y, h, turn in ((90, 645, 170, 12), (215, 645, 150, 55), (985, 642, 200, 80),
                          (1110, 642, 160, 33), (470, 646, 135, 95)):
        turbine(x, y, h, turn, "#f6f5e8", "#c9d8d6")

    # dunes
    dune1 = along([(380, 872), (640, 800), (820, 748), (1000, 716), (1200, 660), (1400, 640),
                   (1610, 668)], 60)
    c.path(under(dune1, 1080), c.linear((0, "#f0d9a8"), (1, "#dcb57a")))
    turbine(1390, 652, 396, 20)
    turbine(1180, 676, 330, 70)
    c.path(under(along([(420, 872), (760, 800), (1050, 770), (1300, 730), (1610, 742)], 50), 1080),
           c.linear((0, "#e8c88f"), (1, "#d3a468")))
    for x, y, k in ((1120, 776, 0.8), (1166, 772, 1.1), (1222, 762, 0.7), (1330, 748, 1.0),
                    (1372, 744, 1.3), (1424, 746, 0.8), (1520, 746, 1.2), (1570, 750, 0.9)):
        for dx, tone in ((-14, "#5b8f66"), (12, "#6d9f6b"), (0, "#4b8560")):
            c.path(f"M{n(x + (dx - 20) * k)} {y}a{n(20 * k)} {n(17 * k)} 0 0 1 {n(40 * k)} 0Z",
                   tone)
    beach = along([(-10, 878), (150, 866), (320, 846), (520, 838), (760, 850), (1100, 838),
                   (1610, 800)], 60)
    for lift, tone in ((24, "#bfe0d8"), (13, "#f4f8ee")):
        shore = [(x, y - lift * max(0, 1 - (x / 540) ** 2) * (1 + 0.25 * math.sin(x / 40 + lift)))
                 for x, y in beach]
        c.path(under(shore, 1080), tone)
    c.path(under(beach, 1080), c.linear((0, "#f6e3b9"), (0.5, "#e3bb7f"), (1, "#c99a62"), x2=0.1))
    c.ellipse(740, 884, 90, 9, "#a87c4c", opacity=0.5)
    c.ellipse(690, 880, 26, 8, "#d9cdb4")
    turbine(690, 880, 560, 50)
    dune3 = along([(-10, 960), (200, 902), (430, 890), (640, 930), (900, 990), (1150, 960),
                   (1400, 888), (1610, 866)], 60)
    d = under(dune3, 1080)
    c.path(d, c.linear((0, "#e9c489"), (1, "#c08a52")))
    c.spray(d, "#8a5a38", 0.45, x1=0.5, x2=0.42, y1=0, y2=1)
    dune4 = along([(1000, 1080), (1130, 1000), (1290, 930), (1450, 900), (1610, 905)], 40)
    d = poly(dune4 + [(1610, 1080)])
    c.path(d, c.linear((0, "#d9ab6c"), (1, "#b37c48")))
    c.spray(d, "#7a4e33", 0.45, x1=0.8, x2=0.2, y1=0, y2=1)
    for i, (x, y, s) in enumerate(((120, 930, 90), (180, 915, 70), (60, 962, 100), (330, 902, 56),
                                   (420, 900, 46), (1500, 912, 90), (1420, 914, 66),
                                   (1560, 918, 100), (1270, 948, 52), (250, 1020, 110),
                                   (130, 1050, 130), (1350, 1010, 110), (1460, 1050, 130),
                                   (800, 982, 50), (880, 1000, 62))):
        c.leaves(x, y, s, "#4f8a62", count=9, seed=i, spread=0.95)
    for x, y in ((505, 905), (545, 914), (1040, 985)):
        c.leaves(x, y, 34, "#7ba35a", count=7, seed=x, spread=0.9)
    birds(c, [(760, 440), (805, 420), (846, 452)], "#4f8090", 17)


@scene("cau-song-lo")
def bridge(c):
    """A cable-stayed bridge over a wide river at the end of the day."""
    c.sky("#6ea8bd", "#b9d3cf", "#f9dfba", "#f7c99e")
    c.sun(800, 452, 78, "#fff0c9", "#ffd28c")
    c.cloud(300, 180, 380, "#fff1de", 0.7, seed=8)
    c.cloud(1290, 250, 340, "#fff1de", 0.65, seed=2)
    c.layer(peaks(7, 0, 1610, 560, [(140, 190, 190), (480, 120, 170), (1080, 130, 170),
                                    (1420, 230, 200)]), "#9db9b4", "#f0d9b4", 250)
    c.layer(peaks(15, 0, 1610, 590, [(20, 150, 150), (330, 90, 130), (1270, 110, 140),
                                     (1570, 170, 150)]), "#6f9f98", "#d9cfa9", 200)
    # far town on the banks
    far = [(0, 610), (420, 628), (1180, 628), (1600, 610)]
    bushes(c, far, 0, 460, "#5d8f7c", 17, 3)
    bushes(c, far, 1140, 1600, "#5d8f7c", 17, 4)
    rng = random.Random(8)
    for x in list(range(60, 420, 52)) + list(range(1180, 1560, 54)):
        h = rng.randrange(26, 62)
        y = 628
        c.rect(x, y - h, 36, h, rng.choice(("#f3e2c2", "#ead2ab", "#f7ecd6")))
        c.rect(x, y - h, 12, h, "#cdb48c")
        c.polygon([(x - 4, y - h), (x + 40, y - h), (x + 31, y - h - 13), (x + 5, y - h - 13)],
                  rng.choice((BRICK, "#a9573a", "#7d9a94")))
    c.rect(0, 626, 1600, 450, c.linear((0, "#f3d3a6"), (0.16, "#bccfbf"), (0.5, "#5f9fa6"),
                                       (1, "#1d667b")))
    c.polygon([(735, 628), (865, 628), (1010, 1067), (590, 1067)],
              c.linear((0, "#ffeec6", 0.9), (0.8, "#ffeec6", 0)), filter=c.blur(22))
    c.streaks(620, 980, 636, 1010, "#fff1cf", 70, 12, length=(40, 150), width=(3, 6), opacity=0.8)
    c.streaks(0, 1600, 640, 1040, "#e3efe3", 70, 19, length=(50, 210), width=(2, 5), opacity=0.4)

    # bridge
    def deck(x):
        return 560 - 34 * (1 - ((x - 800) / 820) ** 2)
    pylons = (470, 1130)
    deck_d = poly([(x, deck(x)) for x in range(-10, 1620, 20)]
                  + [(x, deck(x) + 22) for x in range(1610, -11, -20)])
    for px in pylons:   # reflections
        c.streaks(px - 46, px + 46, 722, 900, "#24505f", 40, px, length=(60, 120), width=(3, 6),
                  opacity=0.4, grow=False)
    for x in (90, 285, 1315, 1510):
        c.rect(x - 20, 658, 40, 4, "#f4f6e8", rx=2, opacity=0.8)
        c.polygon([(x - 13, deck(x) + 18), (x + 13, deck(x) + 18), (x + 10, 660), (x - 10, 660)],
                  "#d9c7a2")
        c.polygon([(x - 13, deck(x) + 18), (x - 4, deck(x) + 18), (x - 4, 660), (x - 10, 660)],
                  "#a8997d")
    for px in pylons:
        top = 150
        for side in (-1, 1):
            for k in range(1, 10):
                ax = px + side * (30 + k * 32)
                c.line([(px + side * 4, top + 22 + k * 14), (ax, deck(ax) + 2)], "#fdf4df", 2.6,
                       opacity=0.95)
        for side, tone in ((-1, "#c9b68f"), (1, "#efe1c2")):
            c.path(ribbon([(px + side * 44, 690), (px + side * 40, deck(px) + 10),
                           (px + side * 12, 330), (px + side * 7, top)], [24, 21, 16, 12],
                          steps=30), tone)
        c.rect(px - 39, deck(px) + 28, 78, 16, "#b9a680")
        c.rect(px - 22, 380, 44, 11, "#d9c7a2")
        c.rect(px - 13, top - 8, 26, 14, "#efe1c2", rx=4)
        c.path(f"M{px - 80} 700C{px - 80} 670 {px + 80} 670 {px + 80} 700L{px + 74} 716"
               f"L{px - 74} 716Z", "#b9a680")
        c.rect(px - 84, 712, 168, 5, "#eef3e6", rx=2, opacity=0.8)
    c.path(deck_d, c.linear((0, "#fbf1db"), (0.5, "#d2bf98"), (1, "#8d8068")))
    c.line([(x, deck(x) + 21) for x in range(-10, 1620, 20)], "#6f6656", 5)
    c.line([(x, deck(x) - 9) for x in range(-10, 1620, 20)], "#5f7478", 2.4)
    for x in range(0, 1610, 22):
        c.line([(x, deck(x) - 9), (x, deck(x))], "#5f7478", 1.6)

    def vehicle(x, kind, tone):
        y = deck(x) - 1
        if kind == "bus":
            c.rect(x - 38, y - 36, 76, 30, tone, rx=5)
            c.rect(x - 31, y - 31, 60, 11, "#d5e6e2", rx=2)
        elif kind == "truck":
            c.rect(x - 36, y - 36, 48, 30, tone, rx=2)
            c.path(f"M{x + 14} {y - 6}v-24h14l9 13v11Z", darker(tone, 0.2))
            c.rect(x + 19, y - 26, 9, 9, "#d5e6e2", rx=1)
        elif kind == "car":
            c.path(f"M{x - 24} {y - 6}v-9l8 -2l6 -9h17l8 9l8 3v8Z", tone)
            c.path(f"M{x - 8} {y - 17}l4 -6h7v6Z M{x + 5} {y - 17}v-6h4l5 6Z", "#d5e6e2")
        else:
            c.person(x - 2, y - 2, 31, top=tone, bottom="#344a52", view="side", hat="helmet")
            c.rect(x - 13, y - 12, 26, 6, "#3c4d55", rx=3)
            for wx in (-11, 11):
                c.circle(x + wx, y - 5, 5.4, "#2b363c")
            return
        for wx in (-22, 22):
            c.circle(x + wx, y - 5, 6.5, "#2b363c")
            c.circle(x + wx, y - 5, 2.6, "#cfc4ac")
    for x, kind, tone in ((210, "car", "#d98b5f"), (370, "moto", "#e8d9b4"), (640, "bus", OCHRE),
                          (745, "moto", BRICK), (785, "moto", "#3b7f95"), (960, "truck", "#2f7f95"),
                          (1250, "car", "#f3ead6"), (1420, "moto", OCHRE)):
        vehicle(x, kind, tone)

    # sampan with a rower
    with c.at(920, 830, 1.15):
        c.ellipse(0, 14, 150, 9, "#164f63", opacity=0.45)
        c.path("M-150 -18C-90 10 90 10 150 -22C130 14 90 20 60 20L-70 20C-100 20 -132 10 -150 -18Z",
               "#6b4a36")
        c.path("M-150 -18C-90 10 90 10 150 -22L146 -15C88 16 -90 16 -146 -12Z", "#a5774f")
        c.path("M-66 4C-66 -46 30 -46 30 4Z", "#c99f63")
        c.path("M-66 4C-66 -46 -20 -40 -22 4Z", "#a27d4c")
        c.person(88, 6, 104, top="#274c5c", bottom="#1f3a47", view="side", hat="nonla", lean=10,
                 near=((9, -66), (18, -56)), far=((10, -66), (20, -62)))
        c.line([(88, -76), (150, 26)], "#5a3f2e", 4)
    c.streaks(770, 1080, 852, 880, "#e9f2e6", 12, 5, length=(70, 180), width=(2.5, 4), opacity=0.6)

    # near bank
    bank = along([(-10, 900), (160, 880), (330, 930), (480, 1000), (590, 1080)], 40)
    d = poly([(-10, 1080)] + bank)
    c.path(d, c.linear((0, "#5b8f66"), (1, "#2c6455")))
    c.spray(d, LIME, 0.4, x1=0, x2=0.2, y1=1, y2=0, reach=0.7)
    bank2 = along([(1290, 1080), (1400, 1000), (1500, 955), (1610, 930)], 30)
    d = poly(bank2 + [(1610, 1080)])
    c.path(d, c.linear((0, "#4f8562"), (1, "#2c6455")))
    # bamboo on the left
    rng = random.Random(12)
    for i in range(13):
        x = 10 + i * 20 + rng.uniform(-6, 6)
        h = rng.uniform(330, 470) * (1 - 0.03 * i)
        bend = rng.uniform(20, 90)
        pts = [(x, 930 + i * 2), (x + bend * 0.15, 930 - h * 0.5), (x + bend, 930 - h)]
        tone = ("#3f7d5a", "#5b9560", "#2f6f58")[i % 3]
        c.path(ribbon(pts, [8, 6, 3]), tone)
        for q in along(pts, 9)[3:]:
            for side in (-1, 1):
                lx = q[0] + side * rng.uniform(24, 44)
                ly = q[1] + rng.uniform(-2, 26)
                c.path(ribbon([q, ((q[0] + lx) / 2, (q[1] + ly) / 2 - 5), (lx, ly)], [2, 9, 8, 1]),
                       mix(tone, LIME, rng.uniform(0.05, 0.4)))
    for i, (x, y, s) in enumerate(((70, 960, 70), (210, 950, 60), (330, 985, 56), (430, 1030, 60),
                                   (1400, 1030, 70), (1490, 1000, 80), (1570, 980, 90),
                                   (1550, 1060, 100), (140, 1050, 90), (300, 1060, 80))):
        c.leaves(x, y, s, "#3f8060", count=9, seed=i, spread=1.0)
    birds(c, [(640, 300), (690, 280), (730, 310)], "#587f88", 18)


@scene("bao-bien")
def storm(c):
    """A storm coming in: heavy clouds, breaking waves, bent palms on a sea dyke."""
    c.sky("#2c4655", "#4c6d7d", "#93a9a4", "#ead9ad", "#c9c7a4")
    c.glow(700, 560, 560, "#f9e6b4", 0.9)

    def bank(cy, colour, seed, size, light=None, slope=0.0):
        """A hanging bank of cloud with round lumps at its lower edge."""
        rng = random.Random(seed)
        d = f"M-200 -200L1800 -200L1800 {n(cy)}L-200 {n(cy)}Z"
        x = -120
        while x < 1750:
            r = size * rng.uniform(0.45, 1.25)
            y = cy + rng.uniform(-0.25, 0.2) * size + (x - 800) * slope
            d += (f"M{n(x - r)} {n(y)}a{n(r)} {n(r * 0.72)} 0 1 1 {n(2 * r)} 0"
                  f"a{n(r)} {n(r * 0.72)} 0 1 1 {n(-2 * r)} 0Z")
            x += r * 0.95
        c.path(d, colour)
        if light:
            c.spray(d, light, 0.3, x1=0, x2=0, y1=0.45, y2=1, reach=0.6)
    bank(352, "#9fb0a8", 2, 80, slope=-0.03)
    bank(286, "#7e979a", 23, 100, "#b9c2b0", slope=0.02)
    bank(205, "#5a7885", 5, 120, "#8da3a3", slope=-0.03)
    bank(110, "#3f5d6d", 18, 130, "#67828c", slope=0.03)
    bank(0, "#2c4756", 11, 135, "#47636f")
    # rain, driven towards the land
    rng = random.Random(6)
    with c.group(stroke="#eef1e6", stroke_linecap="round", opacity=0.34):
        for _ in range(130):
            x, y = rng.uniform(-100, 1650), rng.uniform(180, 760)
            k = rng.uniform(34, 84)
            c.add(f'<path d="M{n(x)} {n(y)}l{n(k * 0.5)} {n(k)}" stroke-width="2.2"/>')

    # sea
    horizon = 585
    c.rect(0, horizon, 1600, 490, c.linear((0, "#d6d2ab"), (0.1, "#8fb0a8"), (0.4, "#3c7f8b"),
                                           (1, "#1c5165")))
    c.streaks(200, 1250, 590, 640, "#fdf2cf", 50, 4, length=(50, 180), width=(2.5, 4.5),
              opacity=0.65)

    def wave(x, y, w, h, light, dark, foam="#f8f6ea", lines=3):
        """One breaking wave from x to x + w, its trough at y, breaking to the right."""
        def at(u, v):
            return f"{n(x + u * w)} {n(y - v * h)}"
        back = f"M{at(0, 0)}C{at(0.36, 0)} {at(0.46, 1)} {at(0.72, 1)}"
        lip = f"C{at(0.84, 1)} {at(0.93, 0.9)} {at(0.95, 0.62)}"
        face = (f"C{at(0.87, 0.84)} {at(0.74, 0.8)} {at(0.72, 0.46)}C{at(0.71, 0.2)} "
                f"{at(0.86, 0)} {at(1.12, 0)}")
        c.path(f"{back}{lip}{face}C{at(0.84, -0.3)} {at(0.26, -0.3)} {at(0, 0)}Z",
               c.linear((0, light), (0.75, dark), (1, dark, 0), x2=0, user=True,
                        y1=n(y - h), y2=n(y + h * 0.22)))
        # shade inside the curl, lines of water running up the back
        c.path(f"M{at(0.95, 0.62)}{face}L{at(0.86, -0.06)}C{at(0.62, -0.04)} {at(0.58, 0.5)} "
               f"{at(0.7, 0.8)}C{at(0.78, 0.92)} {at(0.9, 0.84)} {at(0.95, 0.62)}Z",
               darker(light, 0.42), opacity=0.55)
        for i in range(lines):
            u = 0.1 + i * 0.085
            c.path(f"M{at(0.1 + u, -0.02)}C{at(0.32 + u * 0.8, 0.12)} {at(0.36 + u * 0.6, 0.7)} "
                   f"{at(0.56 + u * 0.32, 0.84 - i * 0.03)}", stroke=lighter(light, 0.35),
                   stroke_width=n(2 + h * 0.012), stroke_linecap="round", opacity=0.5)
        c.path(f"M{at(0.3, 0.47)}C{at(0.42, 0.86)} {at(0.52, 1.02)} {at(0.72, 1.02)}"
               f"C{at(0.86, 1.02)} {at(0.96, 0.92)} {at(0.965, 0.56)}"
               f"C{at(0.93, 0.66)} {at(0.92, 0.56)} {at(0.905, 0.72)}"
               f"C{at(0.88, 0.7)} {at(0.865, 0.66)} {at(0.85, 0.8)}"
               f"C{at(0.82, 0.8)} {at(0.8, 0.74)} {at(0.775, 0.85)}"
               f"C{at(0.74, 0.86)} {at(0.72, 0.78)} {at(0.69, 0.87)}"
               f"C{at(0.62, 0.9)} {at(0.6, 0.78)} {at(0.55, 0.82)}"
               f"C{at(0.48, 0.82)} {at(0.4, 0.66)} {at(0.3, 0.47)}Z", foam)
        drops = random.Random(int(x + y))
        for _ in range(int(5 + h / 18)):
            u, v = drops.uniform(0.72, 1.14), drops.uniform(0.62, 1.22)
            c.circle(x + u * w, y - v * h, h * drops.uniform(0.012, 0.035) + 1, foam, opacity=0.9)

    def row(y, light, dark, swell, spots):
        line = [(x, y + swell * math.sin(x / (swell * 11) + y)) for x in range(-20, 1640, 20)]
        c.path(under(line, 1080), c.linear((0, light), (1, dark), x2=0, y1=n(y - 30),
                                           y2=n(y + 110), user=True))
        c.line(line, lighter(light, 0.5), 2.5, opacity=0.5)
        for x, w, h in spots:
            wave(x, y + 8, w, h, light, dark)
    row(655, "#8db5ac", "#5f97a0", 5, ((60, 190, 46), (430, 170, 38), (880, 200, 48),
                                       (1230, 160, 36)))
    row(728, "#6ba3a4", "#3f8290", 8, ((-90, 280, 82), (600, 260, 70), (1000, 290, 90)))
    row(822, "#4a8f99", "#2a6c7e", 11, ((250, 380, 128), (880, 360, 120)))
    wave(560, 960, 640, 190, "#3c8391", "#1f5b6f", lines=4)
    row(960, "#2f7686", "#1b5166", 12, ((-260, 800, 330),))
    c.streaks(420, 1250, 985, 1060, "#a9cfca", 34, 5, length=(60, 200), width=(3, 6), opacity=0.4)

    # dyke and palms at the right
    dyke = poly([(1190, 1080), (1345, 812), (1410, 778), (1610, 768), (1610, 1080)])
    c.path(dyke, c.linear((0, "#cfc2a4"), (1, "#8b8573")))
    with c.group(clip_path=c.clip(dyke)):
        for k in range(7):
            y = 806 + k * 46
            c.line([(1100, y), (1610, y - 8)], "#928b75", 3, opacity=0.7)
            for j in range(9):
                x = 1150 + j * 64 + (k % 2) * 32
                c.line([(x, y), (x - 20, y + 46)], "#928b75", 3, opacity=0.6)
    c.spray(dyke, INK, 0.45, x1=0.9, x2=0, y1=0, y2=0.7, reach=0.8)
    c.palm(1372, 792, 270, leaf="#2b6257", trunk="#4a4038", lean=0.14, seed=3, wind=0.7)
    c.palm(1440, 780, 372, leaf="#235550", trunk="#423a34", lean=0.1, seed=7, wind=0.7)
    c.polygon([(1330, 814), (1406, 770), (1610, 758), (1610, 784), (1414, 794), (1346, 834)],
              "#ebe0c4")
    # the sea bursts against the dyke
    rng = random.Random(31)
    for tone, scale, lift in (("#f8f6ea", 1.0, 0), ("#d3e4de", 0.62, 16)):
        for _ in range(44):
            t = rng.random()                       # 0 at the foot, 1 high in the air
            x = 1205 + 120 * t + rng.uniform(-60, 28) * (1 - 0.3 * t)
            y = 1060 - 300 * t + rng.uniform(-24, 24)
            c.circle(x, y + lift, (44 - 34 * t) * rng.uniform(0.6, 1) * scale, tone)
    for _ in range(40):
        t = rng.uniform(0.3, 1)
        c.circle(1250 + rng.uniform(-110, 120), 1010 - 380 * t, rng.uniform(2.5, 7), "#f8f6ea")
    c.vignette("#16303e", 0.25)


# ------------------------------------------------------- people and places

@scene("cang-ca")
def fishing_port(c):
    """A fishing port before dawn: lamps, moored boats, the first baskets ashore."""
    c.sky("#182f4b", "#2e4d6d", "#6f7f92", "#d69f85", "#f6c391", "#f6c391")
    c.glow(1080, 560, 560, "#ffd9a0", 0.75)
    rng = random.Random(2)
    for _ in range(46):
        c.circle(rng.uniform(0, 1600), rng.uniform(0, 260) * rng.random() ** 0.4,
                 rng.uniform(1.1, 2.4), "#f6ead0", opacity=round(rng.uniform(0.35, 0.9), 2))
    for x, y, w, k in ((300, 380, 520, 0.3), (1250, 330, 420, 0.32), (760, 450, 460, 0.4)):
        with c.group(opacity=k, filter=c.blur(5)):
            c.path(smooth([(x - w / 2, y), (x - w * 0.12, y - 15), (x + w / 2, y - 4),
                           (x + w * 0.1, y + 5)], closed=True), "#f0b28d")
            c.path(smooth([(x - w * 0.2, y + 22), (x + w * 0.15, y + 12), (x + w * 0.62, y + 20),
                           (x + w * 0.2, y + 27)], closed=True), "#f0b28d")
    horizon = 572
    c.layer(peaks(3, 0, 1610, horizon, [(120, 150, 170), (420, 100, 160), (720, 60, 140)]),
            "#4d6580", "#b88f86", 170, bottom=horizon + 2)
    c.layer(peaks(9, 0, 1610, horizon, [(30, 90, 130), (260, 62, 120), (1560, 110, 150),
                                        (1350, 60, 110)]),
            "#2e4a63", "#7d7480", 130, bottom=horizon + 2)
    for x in range(30, 480, 21):
        c.rect(x + rng.uniform(-6, 6), horizon - rng.uniform(5, 34), 4, 4, "#ffdf9c", rx=1)
    for x in range(1380, 1600, 26):
        c.rect(x + rng.uniform(-6, 6), horizon - rng.uniform(5, 30), 4, 4, "#ffdf9c", rx=1)
    # sea
    c.rect(0, horizon, 1600, 330, c.linear((0, "#f2bd8f"), (0.14, "#b58f8b"), (0.42, "#4f6a80"),
                                           (1, "#1d3a54")))
    c.polygon([(1020, horizon), (1140, horizon), (1250, 900), (900, 900)],
              c.linear((0, "#ffe0ad", 0.8), (1, "#ffe0ad", 0)), filter=c.blur(20))
    c.streaks(0, 1600, 580, 880, "#ffd9ac", 90, 8, length=(40, 170), width=(2, 4.5), opacity=0.35)
    c.streaks(900, 1260, 580, 800, "#ffe7bd", 50, 5, length=(40, 140), width=(2.5, 5), opacity=0.7)
    # the breakwater with its beacon
    c.path(smooth([(430, 600), (620, 588), (800, 586), (856, 602)]) + "L430 606Z", "#27415a")
    c.polygon([(812, 590), (836, 590), (831, 526), (817, 526)], "#3c566c")
    c.rect(815, 512, 18, 14, "#ffe1a0")
    c.path("M812 512L824 498L836 512Z", "#27415a")
    c.glow(824, 519, 70, "#ffe1a0", 0.8)

    warm = "#ffcf7d"

    def moored(x, y, s, hull, stripe, flip=False, cabin="#d9c8a8"):
        for dx in ((-28, 46, 8) if not flip else (28, -46, -8)):
            c.streaks(x + dx * s - 9, x + dx * s + 9, y + 4, y + 74 * s, warm, int(9 * s) + 5,
                      int(x + dx), length=(14, 50 * s), width=(2.5, 4.5), opacity=0.65, grow=False)
        c.streaks(x - 80 * s, x + 80 * s, y + 2, y + 26 * s, "#12283c", int(14 * s), int(x),
                  length=(60 * s, 120 * s), width=(3, 6), opacity=0.5, grow=False)
        fishing_boat(c, x, y, s, hull=hull, stripe=stripe, flip=flip, lamp=warm, cabin=cabin)
    moored(640, 640, 0.55, "#3b6b86", "#9c5340")
    moored(440, 652, 0.62, "#8a4a3d", "#c9a05c", flip=True)
    moored(1330, 656, 0.66, "#2f6b80", "#b5563c", flip=True)
    moored(960, 690, 0.9, "#2b5f7c", "#b5563c")
    moored(230, 742, 1.35, "#2a6a84", "#b5563c")
    moored(1320, 770, 1.55, "#35708a", "#c2603f", flip=True, cabin="#e3d2b0")
    moored(690, 790, 1.2, "#7d4a3c", "#d0a55e", flip=False)

    # quay
    quay = smooth([(-10, 852), (500, 866), (1000, 872), (1610, 850)]) + "L1610 1080L-10 1080Z"
    c.path(quay, c.linear((0, "#6d6a6c"), (0.2, "#4d5662"), (1, "#26384a")))
    c.path(smooth([(-10, 852), (500, 866), (1000, 872), (1610, 850)]), stroke="#c7a487",
           stroke_width=8)
    c.spray(quay, "#152537", 0.5, x1=0, x2=0, y1=0.1, y2=1)
    for x in (90, 520, 900, 1420):
        c.path(f"M{x - 12} 868v-18q12 -12 24 0v18Z", "#203344")
        c.ellipse(x, 848, 15, 5, "#34495b")
    # wet light on the quay
    for x, w in ((430, 230),):
        c.ellipse(x, 985, w, 42, c.radial((0, "#ffcf7d", 0.55), (1, "#ffcf7d", 0)))

    def lamp(x, y, h):
        c.line([(x, y), (x, y - h)], "#22323f", 8)
        c.path(f"M{x} {y - h}q0 -26 34 -26", stroke="#22323f", stroke_width=6,
               stroke_linecap="round")
        c.path(f"M{x + 20} {y - h - 20}h28l8 14h-44Z", "#22323f")
        c.ellipse(x + 34, y - h - 5, 17, 6, "#fff1c6")
        c.path(f"M{x + 18} {y - h - 4}L{x + 50} {y - h - 4}L{x + 150} {y}L{x - 82} {y}Z",
               c.linear((0, "#ffd98f", 0.42), (1, "#ffd98f", 0)))
        c.glow(x + 34, y - h - 4, 90, "#ffdf9c", 0.85)
    lamp(396, 985, 430)

    def basket(x, y, w, fish=True):
        if fish:
            for i in range(5):
                c.path(ribbon([(x - w * 0.36 + i * w * 0.16, y - w * 0.3),
                               (x - w * 0.28 + i * w * 0.16, y - w * 0.44),
                               (x - w * 0.14 + i * w * 0.16, y - w * 0.4)],
                              [w * 0.02, w * 0.11, w * 0.02]), ("#b9d0d4", "#8fb0bb")[i % 2])
        c.path(f"M{n(x - w / 2)} {n(y - w * 0.32)}L{n(x + w / 2)} {n(y - w * 0.32)}"
               f"L{n(x + w * 0.38)} {n(y)}L{n(x - w * 0.38)} {n(y)}Z", "#a97f4d")
        c.rect(x - w * 0.53, y - w * 0.37, w * 1.06, w * 0.08, "#d0a368", rx=w * 0.03)
        for k in (-0.25, 0, 0.25):
            c.line([(x + w * k, y - w * 0.28), (x + w * k * 0.85, y - 3)], "#86623a", 3)
    # crates
    for x, y, tone in ((70, 968, "#31708a"), (150, 976, "#b5563c"), (104, 924, "#d1a256"),
                       (1500, 958, "#31708a"), (1576, 962, "#b5563c")):
        c.rect(x - 40, y - 44, 80, 44, tone, rx=4)
        c.rect(x - 40, y - 44, 80, 9, lighter(tone, 0.3), rx=4)
        for k in (-20, 0, 20):
            c.rect(x + k - 6, y - 27, 12, 16, darker(tone, 0.35), rx=3)
    # people
    c.person(300, 990, 262, top="#a8523d", bottom="#22303d", view="side", hat="nonla",
             style="bun", lean=30, near=((15, -60), (25, -50)), far=((15, -60), (27, -52)))
    basket(392, 1000, 92)
    basket(486, 1012, 92)
    c.person(566, 1006, 268, top="#2f6f84", bottom="#1f2e3a", view="side", hat="nonla",
             style="long", flip=True, lean=22, near=((14, -62), (23, -50)),
             far=((14, -62), (25, -53)))

    with c.at(1010, 1016, 1):
        c.line([(-118, -212), (118, -220)], "#94703f", 7)
        for bx, by in ((-112, -212), (112, -220)):
            c.line([(bx, by), (bx - 30, by + 136)], "#94703f", 2.5)
            c.line([(bx, by), (bx + 30, by + 136)], "#94703f", 2.5)
    basket(898, 976, 84)
    basket(1122, 968, 84)
    c.person(1010, 1016, 270, top="#d9a05c", bottom="#25343f", view="side", legs="walk",
             hat="nonla", style="long", near=((8, -68), (12, -82)), far=((-6, -66), (-12, -80)))
    c.person(1275, 992, 268, top="#3d7f8c", bottom="#24323d", view="front", hat="cap",
             near=((13, -66), (7, -57)), far=((-13, -66), (-5, -57)),
             prop=lambda k: (k.rect(-12, -65, 24, 15, "#d1a256", rx=2),
                             k.rect(-12, -65, 24, 4, "#f0cf8c", rx=2)))
    c.person(1392, 1000, 262, top="#e0cfae", bottom="#33434d", view="side", style="short",
             flip=True, arms="carry")
    c.vignette("#0d1f31", 0.35)


@scene("trong-rung")
def planting(c):
    """Villagers planting saplings on a hillside."""
    c.sky("#8cc3cb", "#d3e5d3", "#fdedc8", "#fdedc8")
    c.sun(1230, 210, 62)
    c.cloud(420, 160, 380, "#fffaf0", 0.8, seed=6)
    c.cloud(860, 260, 240, "#fffaf0", 0.6, seed=9)
    c.layer(peaks(5, 0, 1610, 470, [(250, 210, 220), (700, 150, 180), (1080, 240, 210),
                                    (1480, 180, 180)]), "#a5cac3", "#e9ecd0", 260)
    second = peaks(7, 0, 1610, 520, [(60, 220, 190), (480, 160, 200), (1390, 210, 240)])
    c.layer(second, "#77ae9c", "#cfe0be", 250)
    third = peaks(11, 0, 1610, 610, [(220, 170, 260), (900, 120, 220), (1560, 230, 210)])
    c.layer(third, "#5d9c78", "#a9cb93", 260)
    rng = random.Random(5)
    for i in range(90):          # a young forest in rows on the third hill
        x = 20 + (i * 53) % 1580
        y = height_at(third, x) + 16 + (i * 37) % 120
        s = rng.uniform(26, 40) * (0.8 + 0.004 * ((i * 37) % 120))
        c.cypress(x, y, s, mix("#3d8168", "#6fa676", rng.random()))

    hill = along([(-10, 640), (240, 676), (520, 700), (820, 672), (1150, 600), (1400, 560),
                  (1610, 556)], 60)
    d = under(hill, 1080)
    c.path(d, c.linear((0, "#b3c573"), (0.5, "#86ab5e"), (1, "#4f8757")))
    c.spray(d, "#4b8455", 0.5, x1=0.6, x2=0.3, y1=0, y2=1)

    def sapling(x, y, s, seed=1):
        c.ellipse(x, y, s * 0.42, s * 0.1, "#8b6748")
        c.ellipse(x, y - s * 0.02, s * 0.3, s * 0.07, "#6f4f38")
        c.path(ribbon([(x, y), (x + s * 0.02, y - s * 0.5), (x, y - s * 0.8)],
                      [s * 0.05, s * 0.035, s * 0.015]), "#6d5138")
        for i, (t, side) in enumerate(((0.3, 1), (0.4, -1), (0.52, 1), (0.62, -1), (0.74, 1),
                                       (0.8, -1), (0.84, 0))):
            px, py = x + s * 0.01, y - s * t
            tip = (px + side * s * (0.34 - 0.18 * t), py - s * (0.16 + 0.14 * (side == 0)))
            c.path(ribbon([(px, py), ((px + tip[0]) / 2, (py + tip[1]) / 2 - s * 0.03), tip],
                          [s * 0.01, s * 0.11, s * 0.005]),
                   ("#3f8a58", "#5da563", "#79b866")[(i + seed) % 3])
    # rows of saplings which curve with the slope
    for r in range(4):
        s = 44 + r * 17
        for k in range(13):
            x = -30 + k * (128 + r * 12) + (r % 2) * 60
            y = height_at(hill, max(0, min(1590, x))) + 30 + r * 52 + r * r * 8
            if x < 1640:
                sapling(x, y, s, k + r)

    front = along([(-10, 930), (250, 905), (560, 934), (860, 960), (1200, 920), (1610, 850)], 60)
    d = under(front, 1080)
    c.path(d, c.linear((0, "#7ea85a"), (1, "#3f7a50")))
    c.spray(d, "#2c6450", 0.5, x1=0.5, x2=0.4, y1=0, y2=1)

    # left: a pair at one sapling
    sapling(395, 935, 130, 1)
    c.person(290, 944, 330, top="#c7613d", bottom="#2d4553", view="side", legs="kneel", hat="nonla",
             style="bun", lean=22, near=((12, -60), (24, -50)), far=((12, -62), (26, -54)))
    c.person(505, 940, 330, top="#2f7f8f", bottom="#3a4a50", view="side", hat="nonla", style="long",
             flip=True, lean=36, near=((15, -62), (26, -54)), far=((16, -64), (28, -60)),
             skin=SKIN[1])

    # middle: a man with a hoe
    c.person(800, 954, 338, top="#e6d3a3", bottom="#35525a", view="side", hat="cap", lean=20,
             near=((12, -64), (19, -50)), far=((15, -64), (24, -55)), skin=SKIN[2])
    c.line([(838, 752), (918, 946)], "#8a623d", 9)
    c.circle(864, 812, 10, SKIN[2])
    c.path("M904 936L950 930L938 966L914 962Z", "#56676d")

    # right: carrying a crate of seedlings, a girl with a watering can
    def crate(k):
        for i in range(5):
            k.leaves(7 + i * 4.6, -62, 15, "#4d9a5c", count=5, seed=i, spread=0.8)
        k.rect(4, -63, 26, 11, "#a97747", rx=1)
        k.rect(4, -60, 26, 2.2, "#c99761")
    c.person(1130, 925, 346, top="#3f8a72", bottom="#2f4250", view="side", legs="walk",
             hat="nonla", style="long", near=((2, -64), (14, -57)), far=((6, -64), (20, -57)),
             prop=crate, flip=True)
    sapling(1316, 905, 110, 2)

    def can(k):
        k.path("M16 -58h15l-2 14h-11Z", "#3f7f95")
        k.path("M30 -55L42 -62", stroke="#3f7f95", stroke_width=2.6, stroke_linecap="round")
        k.path("M17 -58q7 -10 13 0", stroke="#3f7f95", stroke_width=1.8)
        for i in range(5):
            k.line([(42 + i * 1.8, -60 + i * 1.4), (45 + i * 2.6, -42 + i * 3)], "#d9f0ee", 0.9)
    c.person(1440, 888, 290, top="#e2a24a", bottom="#7b4a45", view="side", style="long", flip=True,
             near=((8, -66), (20, -60)), prop=can, skirt=True, skin=SKIN[3])
    for i, (x, y, s) in enumerate(((60, 990, 90), (180, 1040, 110), (640, 1010, 80),
                                   (980, 1040, 100), (1180, 1000, 80), (1540, 980, 100),
                                   (1380, 1050, 110), (420, 1050, 90), (760, 1060, 100))):
        c.leaves(x, y, s, "#3f8a58", count=9, seed=i, spread=1.05)
    birds(c, [(620, 330), (664, 310), (704, 338)], "#5e8f8a", 16)


@scene("le-hoi")
def boat_race(c):
    """A village boat race: three long boats, a crowded bank, a temple roof."""
    c.sky("#79bcc9", "#c9e2d6", "#fdebc6", "#fdebc6")
    c.sun(300, 170, 56)
    c.cloud(760, 130, 360, "#fffaf0", 0.8, seed=5)
    c.cloud(1330, 200, 260, "#fffaf0", 0.65, seed=12)
    c.layer(peaks(4, 0, 1610, 430, [(140, 150, 190), (560, 190, 190), (1130, 170, 200),
                                    (1500, 210, 190)]), "#9cc6c3", "#e6ead0", 220)
    bank = along([(-10, 440), (400, 430), (800, 436), (1200, 426), (1610, 436)], 40)
    # communal house
    with c.at(1180, 430, 1.0):
        c.rect(-150, -74, 300, 80, "#b9673f")
        c.rect(-150, -74, 300, 80, c.linear((0, "#7d3f2b", 0.75), (0.5, "#7d3f2b", 0)))
        for x in range(-138, 140, 46):
            c.rect(x - 5, -70, 10, 76, "#6f3727")
        for x in range(-120, 100, 46):
            c.rect(x, -58, 28, 64, "#8c4a31")
        c.path("M-216 -70C-170 -74 -150 -90 -118 -138L118 -138C150 -90 170 -74 216 -70"
               "C226 -78 228 -86 230 -92C236 -74 222 -56 200 -56L-200 -56"
               "C-222 -56 -236 -74 -230 -92C-228 -86 -226 -78 -216 -70Z", "#a8482f")
        c.path("M-118 -138L118 -138L122 -146C134 -146 140 -154 142 -162C148 -146 134 -128 118 -128"
               "L-118 -128C-134 -128 -148 -146 -142 -162C-140 -154 -134 -146 -122 -146Z", "#8a3a28")
        for k in range(5):
            reach = (200, 172, 154, 143, 132)[k]
            c.line([(-reach, -72 - k * 13), (reach, -72 - k * 13)], "#bf6041", 3, opacity=0.6)
    c.layer(bank, "#7fb274", "#5c9a68", 80, bottom=530)
    grove(c, [(60, 440, 190), (190, 432, 150), (860, 436, 170), (1480, 434, 200), (1580, 440, 160),
              (980, 432, 110)], ("#3f8060", "#2f6f5c", "#5b9560"))
    c.palm(330, 436, 210, seed=3, lean=0.08)
    c.palm(400, 438, 170, seed=8, lean=-0.1)
    # crowd
    rng = random.Random(17)
    tones = (BRICK, OCHRE, "#2f7f95", "#e9dcc0", ROSE, "#4d8a5c", "#7fb3b5", "#8c4a6a", "#35566a")
    for row in range(3):
        y = 484 + row * 19
        x = -20 + row * 13
        while x < 1620:
            s = 46 + row * 5
            c.bust(x, y + 22, s, top=rng.choice(tones), skin=rng.choice(SKIN),
                   style=rng.choice(("short", "short", "bun", "long")),
                   hat="nonla" if rng.random() < 0.45 else None)
            x += rng.uniform(30, 50)
        c.rect(0, 440, 1600, 110, "#f6e6c4", opacity=0.14)
    for x, tone in ((120, BRICK), (520, OCHRE), (720, "#2f7f95"), (1090, ROSE), (1340, OCHRE)):
        c.line([(x, 500), (x, 394)], "#6b5140", 4)
        c.path(f"M{x - 62} 408C{x - 50} 366 {x + 50} 366 {x + 62} 408Q{x + 46} 398 {x + 31} 408"
               f"Q{x + 15} 398 {x} 408Q{x - 15} 398 {x - 31} 408Q{x - 46} 398 {x - 62} 408Z", tone)
        c.path(f"M{x - 31} 408C{x - 26} 386 {x - 12} 374 {x} 374C{x + 12} 374 {x + 26} 386 "
               f"{x + 31} 408Q{x + 15} 398 {x} 408Q{x - 15} 398 {x - 31} 408Z",
               lighter(tone, 0.45))
    # bank edge with bamboo rail
    c.path("M0 540L1600 540L1600 572L0 572Z", "#8a6a48")
    c.path("M0 540L1600 540L1600 548L0 548Z", "#c9a56f")
    for x in range(20, 1600, 64):
        c.line([(x, 520), (x, 570)], "#a37f4f", 6)
    c.line([(0, 526), (1600, 526)], "#c39b62", 5)
    # lanterns on a string
    for x0 in range(0, 1600, 320):
        c.line([(x0, 322), (x0, 540)], "#9c7a4a", 6)
        c.path(f"M{x0} 330Q{x0 + 160} 392 {x0 + 320} 330", stroke="#8a6a48", stroke_width=2.5)
        for k in (0.2, 0.4, 0.6, 0.8):
            lx, ly = x0 + 320 * k, 330 + 62 * 2 * k * (1 - k)
            tone = (BRICK, OCHRE, "#d98b5f", "#2f7f95")[int(k * 5 + x0 / 320) % 4]
            c.ellipse(lx, ly + 17, 13, 15, tone)
            c.ellipse(lx + 4, ly + 15, 5, 12, lighter(tone, 0.45), opacity=0.7)
            c.rect(lx - 6, ly, 12, 4, "#6b4a32")
            c.line([(lx, ly + 32), (lx, ly + 42)], tone, 2.5)
    # river
    c.rect(0, 566, 1600, 510, c.linear((0, "#a9d3c9"), (0.25, "#5aabb2"), (1, "#17708a")))
    c.streaks(0, 1600, 578, 640, "#8a6a48", 26, 5, length=(60, 160), width=(2, 4), opacity=0.25)
    c.streaks(0, 1600, 580, 1060, "#e3f3ea", 80, 11, length=(40, 200), width=(2.5, 6), opacity=0.5)

    def racing_boat(x, y, s, hull, shirt, band, count=9, phase=0.0):
        """A long paddled boat heading right, with a drummer amidships."""
        with c.at(x, y, s):
            half = 60 + count * 33
            c.ellipse(0, 26, half * 1.05, 13, "#10566c", opacity=0.45)
            c.path(ribbon([(-half * 1.25, 30), (-half * 0.9, 26), (-half * 0.5, 30)], [2, 10, 3]),
                   "#e9f6ef", opacity=0.8)
            seats = [-half + 74 + i * (2 * half - 190) / (count - 1) for i in range(count)]
            drum = count // 2
            for i, sx in enumerate(seats):      # far paddles
                if i != drum:
                    c.line([(sx + 26, -54), (sx + 50, 12)], "#b98a55", 4)
            dx = seats[drum]
            c.person(dx - 22, 2, 124, top=CREAM, bottom=darker(band, 0.2), view="side",
                     near=((12, -70), (19, -60)), far=((12, -76), (20, -86)))
            c.rect(dx + 6, -62, 38, 40, "#a8482f", rx=8)
            c.ellipse(dx + 25, -62, 20, 6, "#f3e2bd")
            c.line([(dx + 2, -92), (dx + 22, -66)], "#6b4a32", 3.5)
            for i, sx in enumerate(seats):
                if i == drum:
                    continue
                lean = 16 + 7 * math.sin(i * 0.5 + phase)
                skin = SKIN[i % 4]
                with c.at(sx, -12, 1, turn=round(lean, 1)):
                    c.path(ribbon([(0, 6), (2, -30), (3, -56)], [25, 25, 19]), shirt)
                    c.path(ribbon([(-6, 6), (-7, -30), (-4, -50)], [10, 9, 5]), darker(shirt, 0.2))
                    c.path(ribbon([(3, -58), (4, -66)], [9, 9]), darker(skin, 0.12))
                    c.head(6, -76, 12.4, skin, HAIR, "side")
                    c.path("M-4.6 -82Q6 -87 17.4 -82.6L17 -78.6Q6 -83 -5 -78Z", band)
                    c.path(ribbon([(2, -50), (13, -35), (23, -33)], [9, 7.4, 6]), skin)
                    c.path(ribbon([(2, -50), (11, -39)], [11, 9.4]), lighter(shirt, 0.12))
            d = (f"M{-half - 74} -66C{-half - 46} -34 {-half} -22 {-half + 60} -20"
                 f"L{half - 70} -20C{half} -24 {half + 46} -44 {half + 82} -92"
                 f"C{half + 92} -70 {half + 80} -30 {half + 46} 4C{half + 20} 26 {half - 60} 30 "
                 f"{half - 110} 30L{-half + 90} 30C{-half} 30 {-half - 70} 2 {-half - 74} -66Z")
            c.path(d, hull)
            with c.group(clip_path=c.clip(d)):
                c.rect(-half - 90, 10, half * 2 + 200, 26, darker(hull, 0.35))
                c.path(f"M{-half - 60} -20C{-half} -8 {half} -8 {half + 90} -60L{half + 90} -48"
                       f"C{half} 4 {-half} 4 {-half - 60} -8Z", band)
                for k in range(int(half / 22)):
                    c.circle(-half + 20 + k * 44, 2, 5, lighter(hull, 0.6))
            c.circle(half + 52, -38, 9, CREAM)
            c.circle(half + 54, -38, 4.4, INK)
            for i, sx in enumerate(seats):      # near paddles and splashes
                if i == drum:
                    continue
                off = 6 * math.sin(i * 0.5 + phase)
                c.line([(sx + 22 + off, -62), (sx + 46 + off, 26)], "#d9ab6c", 5)
                c.path(ribbon([(sx + 40 + off, 12), (sx + 47 + off, 32), (sx + 53 + off, 48)],
                              [6, 14, 8]), "#d9ab6c")
                c.circle(sx + 29 + off, -36, 5, SKIN[i % 4])
                c.circle(sx + 22.5 + off, -60, 5, SKIN[i % 4])
                c.path(smooth([(sx + 28 + off, 50), (sx + 40 + off, 36), (sx + 52 + off, 42),
                               (sx + 70 + off, 34), (sx + 80 + off, 50)]) + "Z", "#f4fbf5",
                       opacity=0.92)
                c.circle(sx + 76 + off, 26, 3.4, "#f4fbf5")
                c.circle(sx + 64 + off, 18, 2.6, "#f4fbf5")
    racing_boat(980, 664, 0.78, "#2f7f6f", "#3f9a7d", OCHRE, 9, 0.5)
    racing_boat(640, 790, 1.06, "#1f6f8a", "#2f86a0", "#f0c96c", 9, 1.4)
    racing_boat(905, 965, 1.36, "#b04a30", "#cf6a3f", "#f3d08a", 9, 2.4)


@scene("mot-cua")
def one_stop(c):
    """A one-stop service hall: clerks behind the counter, citizens in front."""
    c.rect(0, 0, 1600, 1067, c.linear((0, "#eef3ec"), (1, "#dfe9e4")))
    # ceiling
    c.polygon([(0, 0), (1600, 0), (1600, 74), (0, 74)], "#d3e0dc")
    for x in (260, 800, 1340):
        c.polygon([(x - 150, 0), (x + 150, 0), (x + 122, 50), (x - 122, 50)], "#fffaf0")
        c.polygon([(x - 122, 50), (x + 122, 50), (x + 300, 520), (x - 300, 520)],
                  c.linear((0, "#fffaf0", 0.55), (1, "#fffaf0", 0)))
    c.rect(0, 74, 1600, 8, "#b9cec9")
    # window with hills
    frame = "M60 150h400v380h-400Z"
    with c.group(clip_path=c.clip(frame)):
        c.rect(60, 150, 400, 380, c.linear((0, "#a9d4d8"), (0.7, "#fbeccb")))
        c.circle(370, 246, 34, "#fff3d2")
        c.layer(peaks(3, 50, 480, 440, [(140, 120, 90), (330, 150, 110), (450, 90, 90)]),
                "#8dbdb6", "#d9e6cf", 160, bottom=540)
        c.layer(peaks(6, 50, 480, 490, [(80, 100, 90), (260, 70, 80), (430, 120, 90)]),
                "#5c9a84", "#9cc6a4", 140, bottom=540)
        c.tree(120, 548, 150, "#3f8060", seed=3)
        c.tree(410, 552, 170, "#4d8a5c", seed=6)
    c.path(frame, stroke="#fffaf0", stroke_width=14)
    c.line([(260, 150), (260, 530)], "#fffaf0", 10)
    c.rect(44, 528, 432, 16, "#cfdcd6")
    # back wall: warm panel with pictograms
    c.rect(560, 150, 1040, 430, c.linear((0, "#c99f6d"), (1, "#b98a58"), x2=1, y2=0))
    for x in range(600, 1600, 40):
        c.line([(x, 150), (x, 580)], "#a97c4d", 2.5, opacity=0.7)
    c.rect(556, 146, 1044, 14, "#d9b587")

    def board(x, tone, icon):
        c.rect(x - 140, 216, 280, 124, INK, rx=12, opacity=0.25)
        c.rect(x - 140, 210, 280, 124, tone, rx=12)
        c.circle(x - 74, 272, 40, CREAM)
        with c.at(x - 74, 272, 1.25):
            icon()
        c.rect(x - 14, 244, 122, 16, CREAM, rx=8, opacity=0.92)
        c.rect(x - 14, 278, 84, 13, CREAM, rx=6.5, opacity=0.55)

    def icon_paper():
        c.path("M-12 -17h15l9 9v25h-24Z", TEAL)
        c.path("M3 -17l9 9h-9Z", "#9cc6c9")
        for y in (-3, 4, 11):
            c.line([(-7, y), (7, y)], CREAM, 2.4)

    def icon_house():
        c.polygon([(-19, -1), (0, -19), (19, -1)], TEAL)
        c.rect(-13, -2, 26, 17, TEAL)
        c.rect(-4, 4, 8, 11, CREAM)

    def icon_person():
        c.circle(0, -8, 8, TEAL)
        c.path("M-15 16C-15 2 15 2 15 16Z", TEAL)
    for x, tone, icon in ((735, TEAL, icon_paper), (1085, "#2f8c9b", icon_house),
                          (1435, TEAL, icon_person)):
        board(x, tone, icon)

    # clerks
    for x, kw in ((720, dict(style="long", top="#f6f1e4", skin=SKIN[3])),
                  (1075, dict(style="short", top="#cfe2ea", skin=SKIN[1])),
                  (1500, dict(style="bun", top="#f6f1e4", skin=SKIN[0]))):
        c.rect(x - 52, 470, 104, 130, "#2d5566", rx=22)
        c.bust(x, 596, 172, view="front", collar="#ffffff", **kw)
        c.polygon([(x - 8, 537), (x + 8, 537), (x, 556)], TEAL)
        c.rect(x - 3, 550, 6, 40, TEAL)
    # partitions, monitors
    for x in (562, 915, 1270):
        c.rect(x - 4, 400, 8, 196, "#9db9b4")
        c.rect(x + 4, 412, 110, 184, "#ffffff", opacity=0.16)
    for x in (630, 985, 1345):
        c.polygon([(x - 44, 496), (x + 44, 488), (x + 44, 568), (x - 44, 572)], "#35505c")
        c.polygon([(x + 36, 489), (x + 44, 488), (x + 44, 568), (x + 36, 568)], "#5a7682")
        c.polygon([(x - 12, 568), (x + 12, 568), (x + 22, 596), (x - 22, 596)], "#4a6470")
    # counter
    c.rect(500, 590, 1100, 24, "#fdf6e6")
    c.rect(500, 612, 1100, 10, "#b99a6c")
    front = "M520 622h1080v206h-1080Z"
    c.path(front, c.linear((0, "#0f6280"), (1, "#0a4a64")))
    for x in (915, 1270):
        c.rect(x - 4, 622, 8, 206, "#0a4258")
    c.path("M520 772C760 722 940 806 1170 760S1480 720 1600 752L1600 828L520 828Z", "#2f8c9b",
           opacity=0.5)
    c.path("M520 800C760 760 960 826 1200 792S1500 768 1600 788L1600 828L520 828Z", "#7fc0c2",
           opacity=0.4)
    c.rect(520, 820, 1080, 10, "#08384c")
    # papers, a plant on the counter
    c.polygon([(694, 586), (752, 583), (760, 593), (700, 595)], "#ffffff")
    c.polygon([(1046, 588), (1102, 584), (1110, 594), (1052, 596)], "#ffffff")
    c.polygon([(1450, 588), (1506, 584), (1514, 594), (1456, 596)], "#ffffff")
    c.rect(530, 558, 24, 34, "#e9dcc0", rx=4)
    c.leaves(542, 562, 54, "#4d8a5c", count=7, seed=4, spread=0.8)
    # floor
    c.polygon([(0, 828), (1600, 828), (1600, 1067), (0, 1067)],
              c.linear((0, "#cfdad2"), (1, "#e9ece0")))
    c.rect(520, 830, 1080, 60, c.linear((0, "#0a4a64", 0.3), (1, "#0a4a64", 0)))
    for k in range(-3, 14):
        c.line([(800 + (k * 140 - 700) * 0.8, 828), (800 + (k * 140 - 700) * 1.5, 1067)],
               "#b9cac2", 2.5, opacity=0.6)
    for y in (866, 924, 1006):
        c.line([(0, y), (1600, y)], "#b9cac2", 2.5, opacity=0.6)
    c.rect(0, 700, 520, 128, "#cfdcd5")
    c.rect(0, 820, 520, 8, "#a9bdb5")

    # kiosk and a young man
    c.ellipse(118, 918, 84, 14, "#8fa69e", opacity=0.6)
    c.polygon([(70, 560), (176, 548), (176, 640), (70, 640)], "#24505f")
    c.polygon([(80, 570), (166, 560), (166, 632), (80, 632)], "#8fd0d2")
    for x, y in ((92, 578), (124, 575), (92, 604), (124, 602)):
        c.rect(x, y, 24, 18, CREAM, rx=4)
    c.polygon([(98, 640), (150, 640), (158, 916), (90, 916)], "#35687a")
    c.polygon([(98, 640), (114, 640), (110, 916), (90, 916)], "#24505f")
    c.ellipse(292, 962, 74, 12, "#8fa69e", opacity=0.6)
    c.person(285, 960, 470, top="#d98b4f", bottom="#2f4a5a", view="side", flip=True,
             near=((9, -68), (21, -72)), skin=SKIN[1])
    # citizens at the counter
    for x in (838, 1196, 1392):
        c.ellipse(x, 1040, 96, 13, "#8fa69e", opacity=0.6)
    c.person(838, 1036, 560, top="#a85a6a", bottom="#3a3f55", view="back", style="long",
             far=((-17, -72), (-22, -79)), skin=SKIN[3])
    c.person(1196, 1038, 572, top="#e0cda2", bottom="#4a5a60", view="back", style="short",
             hair="#8f9698", skin=SKIN[2])
    c.person(1392, 1036, 546, top="#4d8a72", bottom="#263c4a", view="back", style="bun",
             near=((17, -72), (22, -79)), skirt=True)
    with c.at(1140, 1030, 1):
        c.path(smooth([(-38, -250), (-8, -288), (24, -250)]), stroke="#8a5a3c", stroke_width=6)
        c.rect(-50, -252, 86, 68, "#a86b45", rx=10)
        c.rect(-50, -252, 86, 18, "#c28a5c", rx=8)
    # seats at the left and a plant
    for x in (372, 470):
        c.rect(x, 800, 84, 14, "#2f8c9b", rx=7)
        c.rect(x, 716, 84, 76, "#2f8c9b", rx=14)
        c.rect(x, 716, 22, 76, "#1f7486", rx=10)
        c.line([(x + 12, 814), (x + 6, 880)], "#5f7478", 6)
        c.line([(x + 72, 814), (x + 78, 880)], "#5f7478", 6)
    c.path("M1522 1010L1600 1010L1600 900L1510 900Z", "#c7613d")
    c.leaves(1560, 904, 210, "#3f8060", count=11, seed=9, spread=1.1)


@scene("lop-hoc")
def classroom(c):
    """A highland classroom: a teacher at the board, children at wooden desks."""
    c.rect(0, 0, 1600, 1067, c.linear((0, "#d3a76f"), (1, "#b9864f")))
    rng = random.Random(3)
    for x in range(0, 1600, 62):
        c.rect(x, 70, 60, 700, mix("#cfa067", "#bd8a54", rng.random()), opacity=0.8)
        c.line([(x + 61, 70), (x + 61, 770)], "#9a6c3f", 3, opacity=0.6)
    c.rect(0, 0, 1600, 76, "#8a5f3c")
    c.rect(0, 66, 1600, 14, "#6f4a2f")
    for x in (250, 800, 1350):
        c.polygon([(x - 24, 0), (x + 24, 0), (x + 18, 70), (x - 18, 70)], "#6f4a2f")

    def window(x, y, w, h, seed):
        d = f"M{x} {y}h{w}v{h}h{-w}Z"
        with c.group(clip_path=c.clip(d)):
            c.rect(x, y, w, h, c.linear((0, "#9fd0d6"), (0.75, "#fdf0cf")))
            if seed == 1:
                c.circle(x + w * 0.68, y + h * 0.26, 30, "#fff6da")
            c.layer(peaks(seed, x - 20, x + w + 40, y + h * 0.7,
                          [(x + w * 0.3, h * 0.42, 70), (x + w * 0.85, h * 0.36, 80)]),
                    "#8fc0b8", "#dbe8cf", h * 0.5, bottom=y + h)
            c.layer(peaks(seed + 4, x - 20, x + w + 40, y + h * 0.88,
                          [(x + w * 0.1, h * 0.3, 80), (x + w * 0.7, h * 0.24, 80)]),
                    "#5fa083", "#a9cc9c", h * 0.4, bottom=y + h)
            for k in range(5):
                yy = y + h * (0.8 + k * 0.05)
                c.curve([(x - 10, yy + 6), (x + w * 0.4, yy - 4), (x + w + 10, yy + 4)], "#e3c15e",
                        5, opacity=0.9)
        c.path(d, stroke="#7d5435", stroke_width=16)
        c.line([(x + w / 2, y), (x + w / 2, y + h)], "#7d5435", 9)
        c.rect(x - 20, y + h + 4, w + 40, 15, "#8f6240")
    # shafts of light
    c.polygon([(60, 190), (360, 190), (980, 1067), (420, 1067)],
              c.linear((0, "#fff1c6", 0.38), (1, "#fff1c6", 0), x2=0.3))
    window(60, 190, 300, 330, 1)
    window(1260, 190, 280, 330, 2)
    # board
    c.rect(470, 168, 720, 366, "#6f4a2f", rx=8)
    c.rect(488, 186, 684, 330, c.linear((0, "#2f6a5c"), (1, "#265a52")))
    c.spray("M488 186h684v330h-684Z", "#d5e6d8", 0.16, x1=0, x2=1, y1=0, y2=1)
    chalk = dict(stroke_linecap="round", stroke_linejoin="round", opacity=0.88)
    c.path("M540 440L640 300L700 380L770 270L880 440Z", stroke="#f0efe0", stroke_width=5, **chalk)
    c.path("M614 336L640 328L662 330M748 305L770 300L796 310", stroke="#f0efe0", stroke_width=4,
           **chalk)
    c.circle(930, 262, 30, "none", stroke="#f3d37c", stroke_width=5, opacity=0.9)
    for k in range(8):
        a = k * math.tau / 8
        c.line([(930 + math.cos(a) * 42, 262 + math.sin(a) * 42),
                (930 + math.cos(a) * 56, 262 + math.sin(a) * 56)], "#f3d37c", 5, opacity=0.9)
    c.path("M530 470C590 452 640 488 700 470S820 452 880 470S990 486 1040 470", stroke="#a9dbe0",
           stroke_width=5, **chalk)
    c.path("M940 440V378L986 340L1032 378V440ZM972 440V402H1000V440", stroke="#f0efe0",
           stroke_width=5, **chalk)
    c.path("M1096 440V396M1096 396C1066 396 1066 346 1096 336C1126 346 1126 396 1096 396",
           stroke="#9fd6a4", stroke_width=5, **chalk)
    c.rect(470, 530, 720, 16, "#8f6240", rx=4)
    c.rect(620, 522, 34, 8, "#f6f1e4", rx=3)
    c.rect(670, 522, 24, 8, "#f3d37c", rx=3)
    # shelf with books and a plant at the right
    c.rect(1226, 636, 374, 16, "#8f6240")
    for i, (w, h) in enumerate(((22, 78), (18, 66), (26, 84), (18, 72), (24, 62), (20, 80))):
        x = 1246 + sum((22, 18, 26, 18, 24, 20)[:i]) + i * 3
        c.rect(x, 636 - h, w, h, (BRICK, TEAL, OCHRE, "#4d8a5c", ROSE, "#2f8c9b")[i], rx=2)
    c.rect(1470, 596, 50, 40, "#c7613d", rx=5)
    c.leaves(1495, 600, 88, "#3f8060", count=9, seed=6, spread=1.0)
    c.circle(1420, 604, 32, "#7fb3b5")
    c.path("M1396 594C1408 580 1424 590 1430 602S1410 622 1402 620Z", "#5b9560")
    c.line([(1420, 636), (1420, 628)], "#6f4a2f", 8)
    # floor
    c.polygon([(0, 760), (1600, 760), (1600, 1067), (0, 1067)],
              c.linear((0, "#9a6f45"), (1, "#7d5636")))
    for k in range(-6, 20):
        c.line([(800 + (k * 110 - 770) * 0.9, 760), (800 + (k * 110 - 770) * 1.7, 1067)],
               "#6f4a2f", 3, opacity=0.5)
    c.polygon([(380, 760), (760, 760), (980, 1067), (420, 1067)],
              c.linear((0, "#ffe7b0", 0.35), (1, "#ffe7b0", 0.05)))

    # teacher
    c.ellipse(420, 806, 76, 11, "#5f4029", opacity=0.5)
    c.person(415, 804, 452, top="#f7f1e2", bottom="#2f5566", view="front", style="long",
             near=((17, -74), (27, -86)), far=((-13, -65), (-5, -58)), skin=SKIN[3],
             prop=lambda k: k.rect(-13, -67, 13, 17, "#c7613d", rx=1))
    c.line([(537, 412), (618, 352)], "#e9cf9f", 6)

    # children, two rows, seen from behind
    def desk(x, y, w, tone="#b98450"):
        c.rect(x - w / 2, y, w, w * 0.055, lighter(tone, 0.25), rx=4)
        c.rect(x - w / 2, y + w * 0.055, w, w * 0.035, darker(tone, 0.2))
        for k in (-0.44, 0.41):
            c.rect(x + w * k, y + w * 0.09, w * 0.03, w * 0.42, darker(tone, 0.3))

    def trim(x, y, size, colours):
        """A band of woven triangles across the back of a jacket."""
        w = size * 0.74
        with c.at(x, y - size * 0.17, 1):
            c.rect(-w / 2, 0, w, size * 0.085, colours[0])
            for k in range(9):
                t = -w / 2 + w * k / 9
                c.polygon([(t + 2, size * 0.08), (t + w / 18, size * 0.01),
                           (t + w / 9 - 2, size * 0.08)], colours[1])

    def child(x, y, size, top, style, skin, colours, arm=False):
        if arm:
            c.path(ribbon([(x + size * 0.36, y - size * 0.22), (x + size * 0.46, y - size * 0.62),
                           (x + size * 0.42, y - size * 1.02)],
                          [size * 0.17, size * 0.13, size * 0.09]), top)
            c.path(ribbon([(x + size * 0.425, y - size * 0.95), (x + size * 0.42, y - size * 1.13)],
                          [size * 0.085, size * 0.1]), skin)
        c.bust(x, y, size, top=top, view="back", style=style, skin=skin, collar=colours[1])
        trim(x, y, size, colours)

    for i, (x, top, style, arm) in enumerate((
            (590, "#2d4a66", "short", False), (790, "#7d3f55", "bun", True),
            (1010, "#27605c", "long", False), (1210, "#2d4a66", "short", False))):
        desk(x, 742, 190)
        child(x, 846, 148, top, style, SKIN[i % 4],
              ((BRICK, "#f3d08a"), ("#f3d08a", "#2f8c9b"), (OCHRE, CREAM),
               ("#2f8c9b", "#f3d08a"))[i], arm)
        c.rect(x - 92, 836, 184, 18, "#a87343", rx=6)
    for i, (x, top, style, arm) in enumerate((
            (210, "#7d3f55", "long", False), (520, "#24405c", "short", True),
            (830, "#b0573a", "bun", False), (1140, "#24405c", "long", False),
            (1440, "#27605c", "short", False))):
        desk(x, 888, 276, "#a87343")
        child(x, 1062, 222, top, style, SKIN[(i + 1) % 4],
              (("#f3d08a", "#c7613d"), (BRICK, "#f3d08a"), ("#2d4a66", "#f3d08a"),
               ("#d98b5f", "#cfe2df"), (OCHRE, "#7d3f2b"))[i], arm)
    c.vignette("#4a2f1c", 0.22)


@scene("tram-y-te")
def health_station(c):
    """A commune health station in the morning: a small tidy building and its yard."""
    c.sky("#8ec6d0", "#cfe5dc", "#fdeecd", "#fdeecd")
    c.sun(1370, 180, 56)
    c.cloud(300, 150, 340, "#fffaf0", 0.8, seed=3)
    c.cloud(960, 110, 260, "#fffaf0", 0.7, seed=10)
    c.layer(peaks(5, 0, 1610, 500, [(130, 240, 200), (560, 190, 190), (1060, 230, 210),
                                    (1500, 200, 180)]), "#9cc8c4", "#e4ecd4", 270)
    c.layer(peaks(8, 0, 1610, 560, [(20, 210, 180), (380, 150, 190), (1320, 180, 200),
                                    (1600, 220, 180)]), "#6fab98", "#c6dcb8", 240)
    c.layer(ridge(4, -10, 1610, 640, 26, waves=2), "#7fb274", "#8fbb78", 80)
    grove(c, [(120, 700, 250), (260, 690, 180), (1480, 700, 260), (1370, 690, 190)],
          ("#3f8060", "#2f6f5c", "#5b9560"))
    c.palm(205, 720, 380, seed=4, lean=0.05)
    c.palm(1420, 720, 400, seed=6, lean=-0.06)
    # yard
    c.path("M-10 740C400 722 1200 722 1610 740L1610 1080L-10 1080Z",
           c.linear((0, "#f0dfb8"), (1, "#d9bd8a")))
    c.path("M-10 742C160 730 330 728 420 736C330 770 180 800 -10 812Z", "#86b06a")
    c.path("M1610 742C1440 730 1290 728 1200 736C1290 770 1430 800 1610 812Z", "#86b06a")

    # building
    wall = "#fbf2dd"
    c.ellipse(800, 800, 560, 20, "#b9996a", opacity=0.5)
    c.rect(300, 470, 1000, 318, c.linear((0, wall), (1, "#f1e2c0"), x2=1, y2=0))
    c.rect(300, 712, 1000, 76, "#2f8c9b")
    c.rect(300, 706, 1000, 8, "#e9d7ae")
    c.rect(300, 470, 1000, 34, INK, opacity=0.12)
    roof = poly([(246, 492), (1354, 492), (1240, 336), (360, 336)])
    c.path(roof, c.linear((0, "#d2714a"), (1, "#b5563c")))
    with c.group(clip_path=c.clip(roof)):
        for y in range(356, 490, 22):
            c.line([(240, y), (1360, y)], "#9c4a33", 3, opacity=0.55)
        for row in range(7):
            for x in range(240, 1380, 30):
                xx = x + (row % 2) * 15
                c.line([(xx, 336 + row * 22 - 2), (xx, 336 + row * 22 + 20)], "#9c4a33", 2,
                       opacity=0.35)
    c.spray(roof, "#7d3a29", 0.4, x1=1, x2=0, y1=0, y2=0.5)
    c.rect(240, 486, 1120, 14, "#8f4430", rx=4)

    def window(x):
        c.rect(x - 52, 546, 104, 124, "#e6d3a8")
        c.rect(x - 44, 554, 88, 108, c.linear((0, "#8fc3cc"), (1, "#cfe6df")))
        c.polygon([(x - 44, 620), (x + 20, 554), (x + 44, 554), (x - 44, 646)], "#ffffff",
                  opacity=0.25)
        c.line([(x, 554), (x, 662)], "#fbf2dd", 6)
        c.line([(x - 44, 596), (x + 44, 596)], "#fbf2dd", 5)
        for side in (-1, 1):
            c.rect(x + side * 74 - 20, 546, 40, 124, "#3d8a94", rx=3)
            for k in range(7):
                c.line([(x + side * 74 - 13, 560 + k * 16), (x + side * 74 + 13, 560 + k * 16)],
                       "#2a6f7b", 3)
        c.rect(x - 60, 670, 120, 10, "#d9c08d")
        for k in range(5):
            c.circle(x - 44 + k * 22, 690, 12, ("#5b9560", "#3f8060")[k % 2])
            c.circle(x - 44 + k * 22, 683, 5, (ROSE, "#f3d08a", BRICK)[k % 3])
        c.rect(x - 56, 692, 112, 16, "#b98a58", rx=3)
    window(430)
    window(1170)
    # porch
    c.rect(600, 500, 400, 288, "#eadab2")
    c.rect(600, 500, 400, 60, INK, opacity=0.16)
    c.rect(700, 572, 200, 216, "#e0cb9c")
    c.rect(710, 582, 88, 206, c.linear((0, "#4f97a3"), (1, "#2f7684")))
    c.rect(802, 582, 88, 206, c.linear((0, "#4f97a3"), (1, "#2f7684")))
    for x in (722, 814):
        c.rect(x, 600, 64, 90, "#cfe6df", rx=3)
        c.polygon([(x, 660), (x + 50, 600), (x + 64, 600), (x, 680)], "#ffffff", opacity=0.35)
    c.rect(788, 696, 5, 34, "#f0d99c", rx=2)
    c.rect(807, 696, 5, 34, "#f0d99c", rx=2)
    gable = poly([(560, 500), (1040, 500), (800, 356)])
    c.path(gable, "#fbf2dd")
    c.polygon([(540, 506), (800, 344), (1060, 506), (1034, 506), (800, 366), (566, 506)], "#8f4430")
    c.rect(556, 494, 488, 22, "#f4e6c4")
    c.rect(556, 512, 488, 7, "#d9c08d")
    c.circle(800, 446, 42, "#3f9a7d")
    c.path("M800 474C776 456 770 446 770 436C770 418 792 414 800 430C808 414 830 418 830 436"
           "C830 446 824 456 800 474Z", CREAM)
    c.path("M778 446H792L797 437L803 455L808 446H822", stroke="#3f9a7d", stroke_width=4,
           stroke_linejoin="round", stroke_linecap="round")
    for x in (596, 980):
        c.rect(x, 518, 28, 270, "#fdf6e6")
        c.rect(x, 518, 9, 270, "#d9c6a0")
        c.rect(x - 6, 516, 40, 12, "#e9d7ae")
        c.rect(x - 6, 774, 40, 14, "#e9d7ae")
    # steps and ramp
    for i in range(3):
        c.rect(560 - i * 18, 788 + i * 14, 480 + i * 36, 14, ("#efe2c3", "#e3d2aa", "#d6c193")[i])
    c.polygon([(1058, 790), (1330, 828), (1330, 834), (1040, 834)], "#cdb98d")
    c.line([(1066, 726), (1320, 782)], "#4f97a3", 6)
    for x, y in ((1070, 727), (1194, 754), (1318, 782)):
        c.line([(x, y), (x, y + 62)], "#4f97a3", 5)
    # flower bed and hedge
    for x0, x1 in ((300, 540), (1345, 1500)):
        bushes(c, [(x0, 792), (x1, 792)], x0 + 10, x1 - 10, "#4d8a5c", 20, x0, step=0.8)
        rng = random.Random(x0)
        for _ in range(16):
            c.circle(rng.uniform(x0, x1), rng.uniform(776, 800), 5,
                     rng.choice((ROSE, "#f3d08a", BRICK, CREAM)))
    # a nurse takes the blood pressure of an old woman on a bench
    c.ellipse(330, 986, 200, 16, "#a8885a", opacity=0.5)
    c.rect(150, 884, 180, 15, "#a87343", rx=5)
    c.rect(160, 806, 160, 14, "#a87343", rx=5)
    c.rect(160, 836, 160, 14, "#a87343", rx=5)
    for x in (164, 306):
        c.line([(x, 806), (x, 978)], "#7d5435", 9)
    c.person(236, 982, 372, top="#8c4a6a", bottom="#3a3440", view="side", style="bun",
             hair="#b9bcb8", legs="sit", near=((8, -66), (21, -63)), far=((6, -64), (17, -52)),
             skin=SKIN[1])
    c.path(ribbon([(262, 832), (282, 822)], [36, 34]), "#2d5566")
    c.curve([(284, 830), (330, 900), (360, 870)], "#2d4a58", 3.5)
    c.person(420, 984, 392, top="#fdf8ec", bottom="#7fb3b5", view="side", style="bun", flip=True,
             lean=20, near=((11, -64), (22, -54)), far=((14, -66), (26, -60)), skin=SKIN[3])
    c.rect(340, 862, 42, 26, "#2d5566", rx=5)
    c.circle(361, 875, 9, CREAM)

    # a doctor with a mother and child
    for x in (1090, 1230, 1330):
        c.ellipse(x, 990, 74, 12, "#a8885a", opacity=0.5)

    def stethoscope(k):
        k.path("M-4.6 -82C-7 -70 -4 -66 0 -65C4 -66 7 -70 4.6 -82", stroke="#2d4a58",
               stroke_width=1.2)
        k.path("M0 -65V-60", stroke="#2d4a58", stroke_width=1.2)
        k.circle(0, -58.6, 1.9, "#2d4a58")
        k.line([(0, -56), (0, -47)], "#d9d6c8", 0.8)
    c.person(1075, 986, 408, top="#fdf8ec", bottom="#3a5666", view="front", style="short",
             near=((15, -70), (24, -72)), coat="#a9d0d8", prop=stethoscope, skin=SKIN[1])

    def baby(k):
        k.path(ribbon([(3, -66), (15, -69)], [12, 11]), "#f3d08a")
        k.circle(18, -72, 5.4, SKIN[3])
        k.path("M13 -73C13 -80 23 -80 23 -73C20 -76 16 -76 13 -73Z", HAIR)
    c.person(1246, 986, 396, top=BRICK, bottom="#35505c", view="side", style="long", flip=True,
             near=((2, -66), (14, -63)), far=((6, -66), (17, -66)), prop=baby, skin=SKIN[0])
    c.person(1352, 990, 236, top="#e3a443", bottom="#4a6a86", view="side", style="short", flip=True,
             near=((6, -68), (14, -74)), skin=SKIN[0])
    birds(c, [(620, 240), (662, 222), (700, 250)], "#5e9096", 16)


@scene("hoi-nghi")
def conference(c):
    """An online conference: a wide screen with the districts, people at the table."""
    c.rect(0, 0, 1600, 1067, c.linear((0, "#e9efe6"), (1, "#cfdcd6")))
    # wooden side walls, ceiling
    for x0, x1, flip in ((0, 250, False), (1350, 1600, True)):
        c.rect(x0, 90, x1 - x0, 640, c.linear((0, "#b98a58"), (1, "#cfa26c"), x1=1 if flip else 0,
                                              x2=0 if flip else 1, y2=0))
        for x in range(x0, x1 + 1, 25):
            c.line([(x, 90), (x, 730)], "#9c7044", 3, opacity=0.55)
    c.polygon([(0, 0), (1600, 0), (1420, 92), (180, 92)], "#f7f3e6")
    c.polygon([(0, 0), (180, 92), (0, 130)], "#dfe3d6")
    c.polygon([(1600, 0), (1420, 92), (1600, 130)], "#dfe3d6")
    for x in (380, 660, 940, 1220):
        c.polygon([(x - 60, 18), (x + 60, 18), (x + 50, 46), (x - 50, 46)], "#fff6d8")
        c.polygon([(x - 50, 46), (x + 50, 46), (x + 170, 560), (x - 170, 560)],
                  c.linear((0, "#fff6d8", 0.5), (1, "#fff6d8", 0)))
    # screen
    c.rect(290, 128, 1020, 500, INK, rx=16, opacity=0.22)
    c.rect(290, 118, 1020, 500, "#17384a", rx=14)
    c.rect(306, 134, 988, 468, "#0e2c3d", rx=6)
    tiles = [(314 + col * 244, 142 + row * 153) for row in range(3) for col in range(4)]
    backs = ("#8fc3cc", "#e9d3a4", "#a9c9a6", "#d9b59a", "#b5cfd9", "#cfe2df", "#f0dcae",
             "#9cc6c9", "#c9d6a8", "#e3c9b2", "#a5c4cf", "#d6e0c8")
    outfits = ("#f6f1e4", TEAL, BRICK, "#35566a", "#4d8a5c", "#e9dcc0", "#8c4a6a", "#2f8c9b",
               "#f6f1e4", "#35566a", OCHRE, TEAL)
    styles = ("short", "long", "short", "short", "bun", "short", "long", "short", "bun", "short",
              "short", "long")
    for i, (x, y) in enumerate(tiles):
        d = f"M{x + 8} {y}h220q8 0 8 8v129q0 8 -8 8h-220q-8 0 -8 -8v-129q0 -8 8 -8Z"
        with c.group(clip_path=c.clip(d)):
            c.rect(x, y, 236, 145, backs[i])
            if i % 3 == 0:
                c.layer(peaks(i + 2, x - 10, x + 260, y + 120,
                              [(x + 60, 60, 50), (x + 180, 70, 60)]),
                        darker(backs[i], 0.22), backs[i], 110, bottom=y + 146)
            elif i % 3 == 1:
                for k in range(3):
                    c.rect(x + 16 + k * 74, y + 14, 56, 76, lighter(backs[i], 0.5), rx=3)
            else:
                c.rect(x, y + 92, 236, 60, darker(backs[i], 0.16))
                c.leaves(x + 206, y + 96, 52, "#4d8a5c", count=7, seed=i, spread=0.9)
            c.bust(x + 118, y + 147, 132, top=outfits[i], skin=SKIN[i % 4], style=styles[i],
                   collar="#ffffff" if i % 2 else None)
        if i == 5:
            c.path(d, stroke="#f3d08a", stroke_width=6)
        c.rect(x + 10, y + 124, 54, 11, "#0e2c3d", rx=5.5, opacity=0.55)
        c.circle(x + 218, y + 129, 7, ("#7fc79a", "#e9dcc0")[i % 2])
    c.rect(740, 602, 120, 10, "#2d5566")
    # floor
    c.polygon([(0, 730), (1600, 730), (1600, 1067), (0, 1067)],
              c.linear((0, "#8fa7a3"), (1, "#6d8a8a")))
    c.rect(0, 722, 1600, 10, "#a9bcb4")
    c.rect(250, 628, 1100, 94, "#dbe3d9")
    c.leaves(120, 690, 190, "#3f8060", count=11, seed=5, spread=0.9)
    c.polygon([(74, 684), (166, 684), (154, 770), (86, 770)], "#f1e6cb")
    c.polygon([(74, 684), (100, 684), (104, 770), (86, 770)], "#d6c49c")
    c.leaves(1480, 690, 190, "#3f8060", count=11, seed=9, spread=0.9)
    c.polygon([(1434, 684), (1526, 684), (1514, 770), (1446, 770)], "#f1e6cb")
    c.polygon([(1434, 684), (1460, 684), (1464, 770), (1446, 770)], "#d6c49c")

    # table in perspective, people along both sides
    def chair(x, y, w, h, tone="#2d5566"):
        c.rect(x - w / 2, y - h, w, h, tone, rx=w * 0.22)
        c.rect(x - w / 2, y - h, w * 0.28, h, darker(tone, 0.3), rx=w * 0.14)

    def laptop(x, y, w):
        c.polygon([(x - w / 2, y - w * 0.56), (x + w / 2, y - w * 0.56), (x + w * 0.46, y),
                   (x - w * 0.46, y)], "#dfe6e2")
        c.polygon([(x - w * 0.46, y - w * 0.51), (x + w * 0.46, y - w * 0.51),
                   (x + w * 0.425, y - w * 0.05), (x - w * 0.425, y - w * 0.05)], "#4f97a3")
        c.polygon([(x - w * 0.46, y), (x + w * 0.46, y), (x + w * 0.56, y + w * 0.14),
                   (x - w * 0.56, y + w * 0.14)], "#b9c6c2")
    sides = ((-1, ((0.0, "#f6f1e4", "short"), (0.5, BRICK, "long"), (1.0, "#35566a", "short"))),
             (1, ((0.0, "#cfe2df", "bun"), (0.5, "#4d8a5c", "short"), (1.0, "#f6f1e4", "long"))))
    for side, people in sides:
        for t, top, style in people:
            x = 800 + side * (372 + 170 * t)
            y = 776 + 118 * t
            size = 158 + 58 * t
            low = size * 0.72
            chair(x + side * size * 0.24, y + low, size * 0.74, size * 0.72 + low)
            c.rect(x - size * 0.46, y, size * 0.92, low, top)
            c.rect(x + (size * 0.2 if side > 0 else -size * 0.46), y, size * 0.26, low,
                   darker(top, 0.16))
            c.bust(x, y + 6, size, top=top, style=style, view="side", flip=side > 0,
                   skin=SKIN[int(t * 4 + side) % 4])
    table = "M560 742L1040 742Q1072 742 1092 766L1440 1080L160 1080L508 766Q528 742 560 742Z"
    c.path(table, c.linear((0, "#d6a872"), (1, "#b27f4c")))
    c.spray(table, "#8a5f3a", 0.35, x1=0.5, x2=0.2, y1=0, y2=1)
    c.path("M660 764L940 764L1110 1080L490 1080Z", "#e6c08c", opacity=0.55)
    # things on the table
    for x, y, s in ((800, 800, 1.0), (800, 900, 1.5)):
        c.ellipse(x, y + 10 * s, 44 * s, 9 * s, "#8a5f3a", opacity=0.5)
        c.path(f"M{x - 34 * s} {y - 14 * s}L{x + 34 * s} {y - 14 * s}L{x + 26 * s} {y + 12 * s}"
               f"L{x - 26 * s} {y + 12 * s}Z", "#f4ead2")
        for k in range(7):
            c.leaves(x - 27 * s + k * 9 * s, y - 12 * s, 28 * s, "#4d8a5c", count=5, seed=k,
                     spread=0.8)
            c.circle(x - 27 * s + k * 9 * s, y - (26 + 6 * (k % 2)) * s, 5 * s,
                     (ROSE, "#fdf6e6", "#f3d08a")[k % 3])
    for side in (-1, 1):
        for t in (0.1, 0.55, 1.0):
            x = 800 + side * (238 + 196 * t)
            y = 800 + 180 * t
            s = 0.8 + 0.6 * t
            c.polygon([(x - 40 * s, y), (x + 34 * s, y), (x + 46 * s, y + 22 * s),
                       (x - 46 * s, y + 22 * s)], "#fdf8ec")
            for k in (7, 13):
                c.line([(x - 30 * s, y + k * s), (x + 26 * s, y + k * s)], "#b9c6c2", 2 * s)
            bx = x - side * 66 * s
            c.path(f"M{n(bx - 11 * s)} {n(y - 30 * s)}h{n(22 * s)}l{n(-3 * s)} {n(38 * s)}"
                   f"h{n(-16 * s)}Z", "#d6ecec", opacity=0.9)
            c.rect(bx - 9 * s, y - 14 * s, 18 * s, 21 * s, "#9fd0d6", opacity=0.8)
    # nearest participants, seen from behind
    for x, top, style, skin in ((470, "#24405c", "short", 1), (800, "#f1e8d3", "bun", 3),
                                (1130, "#2f6a5c", "short", 0)):
        laptop(x, 962, 150)
        c.bust(x, 1090, 236, top=top, style=style, view="back", skin=SKIN[skin],
               collar="#fdf8ec" if style == "short" else None)
    c.vignette("#16303e", 0.18)


@scene("chuyen-doi-so")
def digital(c):
    """A hand holding a phone: public services within reach."""
    c.rect(0, 0, 1600, 1067, c.linear((0, "#cfe6e3"), (0.6, "#e9f0e0"), (1, "#fbeccb")))
    c.circle(800, 500, 470, c.linear((0, "#8fc7cb"), (1, "#d5e8da")))
    c.circle(800, 500, 470, "none", stroke="#fdf8ec", stroke_width=3, opacity=0.8)
    c.circle(800, 500, 610, "none", stroke="#fdf8ec", stroke_width=3, opacity=0.55,
             stroke_dasharray="4 16", stroke_linecap="round")
    c.circle(800, 500, 740, "none", stroke="#fdf8ec", stroke_width=3, opacity=0.4)
    # the province along the bottom
    c.layer(peaks(5, 0, 1610, 900, [(150, 190, 170), (470, 120, 150), (1180, 140, 170),
                                    (1480, 210, 170)]), "#8dbfb8", "#cfe2cf", 220)
    c.layer(peaks(9, 0, 1610, 960, [(30, 150, 150), (330, 100, 140), (1340, 120, 150),
                                    (1590, 150, 140)]), "#5c9f8c", "#9cc6a9", 200)
    rng = random.Random(4)
    for x in list(range(60, 470, 58)) + list(range(1140, 1570, 58)):
        h = rng.randrange(34, 84)
        c.rect(x, 972 - h, 40, h + 10, rng.choice(("#fbf2dd", "#f1e2c0", "#e6efe6")))
        c.rect(x, 972 - h, 13, h + 10, INK, opacity=0.1)
        c.polygon([(x - 4, 972 - h), (x + 44, 972 - h), (x + 34, 958 - h), (x + 6, 958 - h)],
                  rng.choice((BRICK, "#3f8a94", "#b5563c")))
        for k in range(int(h / 24)):
            c.rect(x + 18, 980 - h + k * 22, 14, 10, "#8fc3cc", rx=1)
    ground = ridge(6, -10, 1610, 990, 16, waves=2)
    c.layer(ground, "#3f8a6c", "#2c6a5a", 90)
    grove(c, [(40, 1010, 120), (210, 1000, 90), (400, 1004, 104), (1210, 1004, 96),
              (1400, 1000, 110), (1560, 1010, 130)], ("#2f7560", "#4b9468"))

    # service cards
    def card(x, y, s, tone, turn, icon):
        with c.at(x, y, s, turn=turn):
            c.rect(-74, -66, 148, 148, INK, rx=30, opacity=0.14)
            c.rect(-74, -74, 148, 148, "#fdf8ec", rx=30)
            c.circle(0, -8, 46, tone)
            with c.at(0, -8, 1):
                icon()
            c.rect(-38, 48, 76, 9, tone, rx=4.5, opacity=0.45)

    def check():
        c.path("M-17 -24h22l13 13v36h-35Z", CREAM)
        c.path("M5 -24l13 13h-13Z", "#9cc6c9")
        c.path("M-8 6l7 7l13 -15", stroke=TEAL, stroke_width=6, stroke_linecap="round",
               stroke_linejoin="round")

    def shield():
        c.path("M0 -28C8 -21 16 -19 24 -19C25 4 17 20 0 29C-17 20 -25 4 -24 -19"
               "C-16 -19 -8 -21 0 -28Z", CREAM)
        c.rect(-10, -3, 20, 16, "#2f8c9b", rx=3)
        c.path("M-6 -3v-5a6 6 0 0 1 12 0v5", stroke="#2f8c9b", stroke_width=4)

    def pin():
        c.path("M0 30C-12 12 -21 4 -21 -8A21 21 0 0 1 21 -8C21 4 12 12 0 30Z", CREAM)
        c.circle(0, -8, 9, BRICK)

    def clock():
        c.circle(0, 0, 27, CREAM)
        c.path("M0 -15V1L11 9", stroke="#b98a35", stroke_width=6, stroke_linecap="round",
               stroke_linejoin="round")

    def home():
        c.polygon([(-29, 1), (0, -26), (29, 1)], CREAM)
        c.rect(-20, -1, 40, 25, CREAM)
        c.rect(-7, 6, 14, 18, "#4d8a5c")

    def payment():
        c.rect(-28, -20, 56, 40, CREAM, rx=7)
        c.rect(-28, -11, 56, 9, "#8c4a6a")
        c.rect(-20, 6, 18, 6, "#d9b5c6", rx=3)

    links = dict(stroke="#fdf8ec", stroke_width=5, stroke_linecap="round", stroke_dasharray="1 17")
    for d in ("M360 250C470 210 560 240 640 300", "M270 560C380 540 470 520 600 520",
              "M1240 250C1130 210 1050 240 970 300", "M1330 560C1230 540 1130 520 1000 500"):
        c.path(d, **links)
    card(330, 270, 1.15, TEAL, -6, check)
    card(240, 560, 1.0, OCHRE, 5, clock)
    card(450, 740, 0.82, "#4d8a5c", -4, home)
    card(1270, 260, 1.15, "#2f8c9b", 6, shield)
    card(1370, 560, 1.0, BRICK, -5, pin)
    card(1175, 770, 0.78, "#8c4a6a", 4, payment)

    # hand and phone
    skin, shade, light = "#dca379", "#c58a62", "#eab992"
    with c.at(790, 480, 1.0, turn=-5):
        # sleeve, wrist and palm behind the phone
        c.path("M-30 330C-60 420 -40 500 10 590L30 720L330 720L318 540C300 440 270 330 230 250Z",
               skin)
        c.path("M-30 330C-60 420 -40 500 10 590L30 720L110 720C90 600 40 470 60 330Z", shade)
        c.path("M-8 590L330 530L380 760L-10 760Z", TEAL)
        c.path("M-8 590L330 530L336 566L-10 628Z", "#fdf8ec")
        for y in (-10, 66, 140, 210):
            c.path(ribbon([(40, y + 60), (-110, y + 26), (-196, y)], [84, 72, 62]), shade)
        # phone
        c.rect(-186, -362, 372, 744, INK, rx=54, opacity=0.25)
        c.rect(-190, -372, 380, 744, "#16374a", rx=52)
        c.path("M-138 -372C-172 -372 -190 -350 -190 -320V320C-190 350 -172 372 -138 372"
               "C-162 368 -180 346 -180 316V-316C-180 -346 -162 -368 -138 -372Z", "#4a7585")
        screen = ("M-136 -352h272q36 0 36 36v632q0 36 -36 36h-272q-36 0 -36 -36v-632"
                  "q0 -36 36 -36Z")
        with c.group(clip_path=c.clip(screen)):
            c.rect(-180, -360, 360, 730, "#fbf6e8")
            c.rect(-180, -360, 360, 236, c.linear((0, "#0b5a7a"), (1, "#2f8c9b")))
            c.circle(84, -226, 30, "#f6dfa6")
            c.path("M-180 -176C-120 -236 -76 -238 -30 -196C20 -244 90 -236 180 -172L180 -120"
                   "L-180 -120Z", "#7fc0b8", opacity=0.75)
            c.path("M-180 -150C-110 -182 -40 -176 10 -154S120 -172 180 -146L180 -120L-180 -120Z",
                   "#fbf6e8", opacity=0.9)
            c.path("M-180 -136C-110 -160 -40 -154 10 -138S120 -150 180 -132L180 -120L-180 -120Z",
                   "#fbf6e8")
            c.rect(-44, -344, 88, 22, "#16374a", rx=11)
            c.rect(-146, -300, 130, 16, CREAM, rx=8, opacity=0.95)
            c.rect(-146, -274, 88, 11, CREAM, rx=5.5, opacity=0.6)
            c.rect(-150, -112, 300, 46, "#ffffff", rx=23, stroke="#cfdcd6", stroke_width=2.5)
            c.circle(-122, -90, 8, "none", stroke="#7f9a9c", stroke_width=4)
            c.line([(-116, -84), (-109, -77)], "#7f9a9c", 4)
            c.rect(-92, -95, 120, 10, "#cfdcd6", rx=5)
            tones = (TEAL, "#2f8c9b", OCHRE, BRICK, "#4d8a5c", "#8c4a6a")
            icons = (check, shield, clock, pin, home, payment)
            for i in range(6):
                x, y = -100 + (i % 3) * 100, -8 + (i // 3) * 112
                c.rect(x - 42, y - 42, 84, 84, mix(tones[i], CREAM, 0.8), rx=22)
                c.circle(x, y - 2, 28, tones[i])
                with c.at(x, y - 2, 0.58):
                    icons[i]()
                c.rect(x - 24, y + 50, 48, 7, "#c3d0cb", rx=3.5)
            c.rect(-150, 186, 300, 74, "#ffffff", rx=18, stroke="#dbe4de", stroke_width=2.5)
            c.circle(-112, 223, 21, "#4d9a78")
            c.path("M-121 223l7 7l12 -14", stroke=CREAM, stroke_width=5, stroke_linecap="round",
                   stroke_linejoin="round")
            c.rect(-76, 208, 150, 11, "#9db4b4", rx=5.5)
            c.rect(-76, 230, 100, 9, "#cfdcd6", rx=4.5)
            c.rect(-150, 276, 300, 56, TEAL, rx=28)
            c.rect(-50, 299, 100, 11, CREAM, rx=5.5)
            c.polygon([(40, -360), (190, -360), (190, 60)], "#ffffff", opacity=0.1)
        # finger tips over the left edge
        for y in (-10, 66, 140, 210):
            c.path(ribbon([(-204, y + 2), (-182, y + 1), (-158, y)], [56, 57, 50]), skin)
            c.path(ribbon([(-168, y - 8), (-150, y - 8)], [22, 18]), light, opacity=0.7)
            c.path(ribbon([(-204, y + 22), (-164, y + 20)], [7, 4]), shade, opacity=0.7)
        # thumb over the right edge
        c.path("M318 520C300 400 292 330 262 270C240 226 226 180 206 122C194 86 176 52 146 50"
               "C112 50 104 84 116 120C132 168 150 214 158 268C166 330 186 380 214 440L250 540Z",
               skin)
        c.path("M190 372C182 330 174 300 158 268C150 214 132 168 116 120C130 150 160 210 176 262"
               "C186 300 192 336 190 372Z", shade)
        c.path("M128 72C140 58 164 66 174 92C180 108 176 120 164 122C150 124 138 112 131 98"
               "C127 88 125 78 128 72Z", "#f6d3b3")
        c.path("M186 226C200 220 214 222 224 230", stroke=shade, stroke_width=4,
               stroke_linecap="round")


@scene("cho-que")
def market(c):
    """A country market under awnings: baskets, greens, fruit, neighbours."""
    c.sky("#93c8cf", "#d9e8d6", "#fdecc6", "#fdecc6")
    c.sun(1180, 150, 50)
    c.cloud(420, 120, 320, "#fffaf0", 0.75, seed=7)
    c.layer(peaks(4, 0, 1610, 400, [(180, 190, 200), (620, 150, 190), (1020, 190, 200),
                                    (1460, 170, 190)]), "#a5cac3", "#ebebcf", 230)
    c.layer(peaks(11, 0, 1610, 440, [(60, 150, 170), (460, 110, 170), (1330, 140, 190)]),
            "#78ae98", "#cfdfba", 200)
    grove(c, [(90, 540, 270), (1500, 540, 290), (720, 540, 230), (1040, 540, 200)],
          ("#3f8060", "#5b9560", "#2f6f5c"))
    c.palm(620, 540, 350, seed=2, lean=0.06)
    c.banana(1390, 540, 270, seed=4)
    c.banana(230, 530, 220, seed=8)
    # houses behind
    for x, w, tone in ((330, 210, "#f3e2bd"), (880, 240, "#f7ecd2"), (1240, 200, "#efdcb2")):
        c.rect(x - w / 2, 424, w, 120, tone)
        c.rect(x - w / 2, 424, w * 0.3, 120, INK, opacity=0.1)
        c.polygon([(x - w * 0.6, 430), (x + w * 0.6, 430), (x + w * 0.44, 364),
                   (x - w * 0.44, 364)], "#b5563c")
        c.rect(x - 20, 466, 40, 78, "#7d5435")
    c.path("M-10 530L1610 530L1610 1080L-10 1080Z", c.linear((0, "#ead5a6"), (1, "#cfa874")))

    def awning(x0, x1, y, drop, a, b):
        """A striped canvas with a scalloped edge on bamboo poles."""
        for px in (x0 + 16, x1 - 16):
            c.line([(px, y - 40), (px, y + 330)], "#8a6440", 10)
        count = 8
        w = (x1 - x0) / count
        top0, top1 = x0 + 46, x1 - 46
        tw = (top1 - top0) / count
        for i in range(count):
            tone = (a, b)[i % 2]
            c.path(f"M{n(top0 + i * tw)} {n(y - drop)}L{n(top0 + (i + 1) * tw)} {n(y - drop)}"
                   f"L{n(x0 + (i + 1) * w)} {n(y)}v14a{n(w / 2)} {n(w / 2.4)} 0 0 1 {n(-w)} 0"
                   f"L{n(x0 + i * w)} {n(y)}Z", tone)
        c.polygon([(x0, y), (x1, y), (x1, y + 12), (x0, y + 12)], INK, opacity=0.12)

    def thatch(x0, x1, y, drop, rows=4):
        """A palm-leaf roof on bamboo poles, laid from the lowest course upwards."""
        for px in (x0 + 26, x1 - 26):
            c.line([(px, y - 30), (px, y + 336)], "#8a6440", 11)
        for k in reversed(range(rows)):
            rng = random.Random(21 + k)
            upper, lower = y - drop + k * drop / rows - 8, y - drop + (k + 1) * drop / rows
            rim, inset = (rows - k) * 17, (rows - k - 1) * 17
            edge = [(x0 + inset, lower)]
            x = x0 + inset
            while x < x1 - inset:
                x = min(x + rng.uniform(9, 15), x1 - inset)
                edge += [(x, lower + rng.uniform(6, 22)), (x, lower)]
            c.polygon([(x0 + rim, upper), (x1 - rim, upper)] + edge[::-1],
                      ("#d3ac68", "#c79d58", "#b98d4b", "#ab8042")[k])
        c.rect(x0 + 62, y - drop - 16, x1 - x0 - 124, 14, "#8f6b38", rx=7)

    # shade under the awnings
    c.rect(40, 470, 460, 330, INK, opacity=0.16)
    c.rect(560, 470, 480, 330, INK, opacity=0.16)
    c.rect(1100, 470, 460, 330, INK, opacity=0.16)
    # vendors behind the tables
    c.bust(190, 716, 158, top="#8c4a6a", skin=SKIN[1], hat="nonla", style="long")
    c.bust(352, 716, 152, top="#2f7f8f", skin=SKIN[0], style="bun", hair="#8f9698")
    c.bust(720, 716, 162, top=BRICK, skin=SKIN[3], style="long", hat="nonla")
    c.bust(868, 716, 164, top="#35566a", skin=SKIN[2], style="short")
    c.bust(1276, 716, 158, top="#4d8a5c", skin=SKIN[0], hat="nonla", style="long")
    c.bust(1420, 716, 158, top="#d98b4f", skin=SKIN[1], style="bun")

    def pile(x, y, w, r, tones, rows):
        rng = random.Random(int(x * 3 + y))
        for row in range(rows):
            half = w / 2 - row * r * 1.05
            k = max(1, int(half * 2 / (r * 1.75)))
            for i in range(k):
                px = x - half + (i + 0.5) * half * 2 / k
                tone = tones[(i + row) % len(tones)]
                py = y - row * r * 1.35
                c.circle(px, py, r, tone)
                c.circle(px + r * 0.25, py - r * 0.28, r * 0.45, lighter(tone, 0.4), opacity=0.55)
                if rng.random() < 0.25:
                    c.path(ribbon([(px, py - r * 0.8), (px + r * 0.7, py - r * 1.3)],
                                  [2, r * 0.4, 1]), "#4d8a5c")

    def crate(x, y, w, h, tone="#b98450"):
        c.rect(x - w / 2, y, w, h, tone, rx=3)
        c.rect(x - w / 2, y, w, h * 0.22, lighter(tone, 0.25), rx=3)
        c.line([(x - w / 2 + 4, y + h * 0.56), (x + w / 2 - 4, y + h * 0.56)],
               darker(tone, 0.25), 4)
        for k in (-0.3, 0.3):
            c.rect(x + w * k - 4, y, 8, h, darker(tone, 0.16))

    def greens(x, y, w, count, tone, seed):
        rng = random.Random(seed)
        for i in range(count):
            px = x - w / 2 + w * (i + 0.5) / count
            c.leaves(px, y + 6, rng.uniform(44, 62), tone, count=7, seed=seed + i, spread=0.85)

    def table(x0, x1, y):
        c.rect(x0, y, x1 - x0, 16, "#c99a62")
        c.rect(x0, y + 14, x1 - x0, 92, "#a87645")
        for x in range(x0 + 30, x1, 60):
            c.line([(x, y + 16), (x, y + 106)], "#8f6238", 3, opacity=0.7)
        c.rect(x0, y + 96, x1 - x0, 12, "#7d5431")
    for x0, x1 in ((50, 490), (570, 1030), (1110, 1550)):
        table(x0, x1, 716)
    greens(150, 700, 170, 7, "#4d9a5c", 2)
    crate(150, 694, 190, 44)
    pile(375, 688, 180, 17, ("#e2a03c", "#e8b04c"), 2)
    crate(375, 694, 200, 44)
    pile(655, 688, 150, 17, ("#c7513a", "#d2694a"), 2)
    crate(655, 694, 172, 44)
    pile(842, 689, 130, 14, ("#f0d37a", "#e6c25e"), 2)
    crate(842, 694, 150, 44)
    greens(970, 700, 100, 4, "#3f8a5c", 14)
    crate(970, 694, 116, 44)
    pile(1195, 686, 140, 18, ("#8fae4c", "#a9c060"), 2)
    crate(1195, 694, 160, 44)
    greens(1358, 700, 140, 6, "#6fae5c", 23)
    crate(1358, 694, 158, 44)
    pile(1490, 688, 100, 15, ("#8c4a6a", "#a55f7d"), 2)
    crate(1490, 694, 112, 44)
    awning(20, 520, 452, 96, "#2f8c9b", "#439aa7")
    thatch(530, 1070, 446, 122)
    awning(1080, 1590, 452, 96, "#cf6f49", "#da825c")
    # hanging bananas and scale
    for x in (96, 1518):
        c.line([(x, 470), (x, 500)], "#6b4a32", 4)
        for i in range(7):
            a = -0.9 + i * 0.3
            c.path(ribbon([(x, 500), (x + math.sin(a) * 22, 528), (x + math.sin(a) * 30, 552)],
                          [6, 14, 5]), ("#e6c25e", "#f0d37a")[i % 2])

    # baskets on the ground
    def basket(x, y, w, fill):
        c.ellipse(x, y + 2, w * 0.52, w * 0.09, "#a8885a", opacity=0.6)
        fill(x, y - w * 0.36, w)
        c.path(f"M{n(x - w / 2)} {n(y - w * 0.36)}Q{n(x)} {n(y - w * 0.26)} {n(x + w / 2)} "
               f"{n(y - w * 0.36)}L{n(x + w * 0.38)} {n(y)}Q{n(x)} {n(y + w * 0.08)} "
               f"{n(x - w * 0.38)} {n(y)}Z", "#a5773f")
        for k in range(1, 4):
            t = k / 4
            c.path(f"M{n(x - w * (0.5 - 0.12 * t))} {n(y - w * 0.36 * (1 - t))}Q{n(x)} "
                   f"{n(y - w * 0.36 * (1 - t) + w * 0.1)} {n(x + w * (0.5 - 0.12 * t))} "
                   f"{n(y - w * 0.36 * (1 - t))}", stroke="#c99f63", stroke_width=n(w * 0.022))
        c.path(f"M{n(x - w * 0.52)} {n(y - w * 0.38)}Q{n(x)} {n(y - w * 0.27)} {n(x + w * 0.52)} "
               f"{n(y - w * 0.38)}", stroke="#d9b276", stroke_width=n(w * 0.06),
               stroke_linecap="round")
    basket(130, 968, 190, lambda x, y, w: pile(x, y, w * 0.86, 24, ("#d9823c", "#e39a4c"), 2))
    basket(330, 1000, 200, lambda x, y, w: greens(x, y + 10, w * 0.7, 6, "#4d9a5c", 40))
    basket(760, 1004, 200, lambda x, y, w: pile(x, y, w * 0.86, 26, ("#7fa348", "#93b458"), 2))
    basket(560, 972, 170, lambda x, y, w: pile(x, y, w * 0.86, 17, ("#c7513a", "#b5432f"), 2))
    basket(1420, 1000, 210, lambda x, y, w: pile(x, y, w * 0.86, 30, ("#d98f3c", "#c97f34"), 2))
    basket(1235, 980, 160, lambda x, y, w: greens(x, y + 8, w * 0.7, 5, "#6fae5c", 61))

    # buyers
    def shopping(k):
        k.path("M6 -50q7 -12 14 0", stroke="#8a5a3c", stroke_width=1.6)
        k.path("M3 -50h20l-3 14h-14Z", "#c99a5c")
        k.leaves(12, -50, 13, "#4d9a5c", count=5, seed=4, spread=0.8)
    for x, y in ((455, 990), (935, 1012), (1080, 1004)):
        c.ellipse(x, y, 70, 11, "#a8885a", opacity=0.6)
    c.person(450, 986, 396, top="#e9dcc0", bottom="#3a4f5c", view="side", style="long",
             near=((3, -64), (12, -54)), prop=shopping, skin=SKIN[3], hat="nonla")
    c.person(930, 1008, 410, top="#7fb3b5", bottom="#35424f", view="back", style="bun",
             skin=SKIN[0], near=((14, -66), (16, -55)))
    with c.at(996, 1006, 4.1):
        c.path("M-6 -54q6 -10 12 0", stroke="#8a5a3c", stroke_width=1.6)
        c.path("M-9 -54h18l-3 14h-12Z", "#c7613d")
    c.person(1082, 1002, 250, top="#e3a443", bottom="#4a6a86", view="back", style="short",
             skin=SKIN[3], far=((-14, -72), (-19, -80)))


@scene("tru-so", TALL)
def headquarters(c):
    """The provincial office building at the end of an avenue, upright format."""
    w = c.w
    mid = w / 2
    c.sky("#6fb1c4", "#b3d8d8", "#fdecc9", "#fde3ba", "#fde3ba")
    c.sun(845, 250, 62)
    c.cloud(270, 210, 360, "#fffaf0", 0.85, seed=4)
    c.cloud(720, 410, 260, "#fffaf0", 0.6, seed=8)
    c.cloud(930, 120, 220, "#fffaf0", 0.6, seed=2)
    c.layer(peaks(4, 0, 1080, 780, [(80, 220, 150), (330, 150, 140), (760, 170, 150),
                                    (1010, 240, 150)]), "#9cc6c3", "#e6ecd2", 240)
    c.layer(peaks(7, 0, 1080, 820, [(0, 180, 120), (240, 110, 120), (880, 130, 120),
                                    (1060, 170, 110)]), "#6fab98", "#c6dcb8", 220)
    # ground
    c.rect(0, 930, w, 480, c.linear((0, "#a9c67e"), (1, "#5f9a62")))
    c.polygon([(400, 930), (667, 930), (980, 1410), (87, 1410)],
              c.linear((0, "#f4e7c8"), (1, "#dfc594")))
    for k in range(1, 9):
        t = (k / 8) ** 1.7
        y = 930 + 470 * t
        c.line([(400 - 313 * t, y), (667 + 313 * t, y)], "#cdb27f", 2 + 3 * t, opacity=0.6)
    for s in (-1, 1):
        for f in (0.33, 1.0):
            c.line([(mid + s * 133 * f * 0.5, 930), (mid + s * 446 * f * 0.5, 1410)], "#cdb27f", 3,
                   opacity=0.5)
    # trees behind
    grove(c, [(60, 940, 230), (1010, 940, 230)],
          ("#3f8060", "#5b9560"))

    # building: wings, then the centre
    wall = "#fbf1da"
    for x0, x1, y0 in ((130, 400, 560), (667, 937, 560)):
        c.rect(x0, y0, x1 - x0, 370, c.linear((0, wall), (1, "#efdfba")))
        c.rect(x0 - 10, y0 - 14, x1 - x0 + 20, 18, "#e9d7ae")
        c.rect(x0 - 10, y0 + 4, x1 - x0 + 20, 6, "#c9b384")
        for row in range(3):
            y = y0 + 38 + row * 112
            for col in range(5):
                x = x0 + 16 + col * 49
                c.rect(x, y, 40, 74, "#e3d0a2")
                c.rect(x + 5, y + 5, 30, 64, c.linear((0, "#5f9fae"), (1, "#a9d3d3")))
                c.polygon([(x + 5, y + 52), (x + 30, y + 5), (x + 35, y + 5), (x + 5, y + 62)],
                          "#ffffff", opacity=0.25)
                c.line([(x + 20, y + 5), (x + 20, y + 69)], wall, 3)
                c.line([(x + 5, y + 27), (x + 35, y + 27)], wall, 3)
                c.rect(x - 3, y + 74, 46, 6, "#d3bd8b")
            c.rect(x0, y + 92, x1 - x0, 4, "#e3d0a2")
    c.rect(130, 560, 60, 370, INK, opacity=0.06)
    c.rect(375, 560, 25, 370, INK, opacity=0.14)
    c.rect(667, 560, 25, 370, INK, opacity=0.14)
    x0, x1 = 380, 687
    c.rect(x0, 470, x1 - x0, 460, c.linear((0, "#fdf6e4"), (1, "#f4e6c4")))
    c.rect(x0 - 16, 452, x1 - x0 + 32, 22, "#e9d7ae")
    c.rect(x0 - 16, 474, x1 - x0 + 32, 7, "#c9b384")
    # curved tiled roof over the centre
    roof = "M344 452C392 446 420 420 440 384L627 384C647 420 675 446 723 452Z"
    c.path(roof, c.linear((0, "#c9663f"), (1, "#a8482f")))
    with c.group(clip_path=c.clip(roof)):
        for k in range(4):
            c.line([(340, 442 - k * 16), (730, 442 - k * 16)], "#8f3f2a", 3, opacity=0.5)
        for x in range(380, 700, 16):
            c.line([(mid + (x - mid) * 0.8, 384), (mid + (x - mid) * 1.2, 452)], "#8f3f2a", 2,
                   opacity=0.3)
    c.path("M330 452L737 452Q744 452 748 442Q752 466 730 466L337 466Q315 466 319 442"
           "Q323 452 330 452Z", "#8f3f2a")
    c.rect(436, 374, 195, 12, "#8f3f2a", rx=5)
    # centre windows between pilasters
    for i in range(5):
        x = 404 + i * 55
        c.rect(x, 508, 39, 236, "#e3d0a2")
        c.rect(x + 5, 513, 29, 226, c.linear((0, "#4f93a5"), (1, "#b5dad6")))
        for y in (584, 662):
            c.rect(x + 5, y, 29, 12, "#f4e6c4")
        c.polygon([(x + 5, 600), (x + 34, 540), (x + 34, 570), (x + 5, 630)], "#ffffff",
                  opacity=0.2)
    for i in range(6):
        x = 385 + i * 55
        c.rect(x, 486, 14, 270, "#fffaf0")
        c.rect(x, 486, 5, 270, "#d9c6a0")
    # portico
    c.rect(360, 752, 347, 26, "#f7ebcd")
    c.rect(360, 774, 347, 8, "#c9b384")
    c.rect(372, 782, 323, 148, "#d9c6a0")
    c.rect(372, 782, 323, 34, INK, opacity=0.2)
    for i in range(3):
        x = 436 + i * 70
        c.rect(x, 812, 54, 118, "#8a5f3c")
        c.rect(x + 5, 818, 20, 112, "#5f9fae")
        c.rect(x + 29, 818, 20, 112, "#5f9fae")
        c.rect(x + 5, 818, 44, 26, "#a9d3d3")
    for x in (378, 424, 630, 676):
        c.rect(x - 10, 782, 24, 148, "#fffaf0")
        c.rect(x - 10, 782, 8, 148, "#d3bf94")
        c.rect(x - 14, 782, 32, 9, "#e9d7ae")
        c.rect(x - 14, 921, 32, 10, "#e9d7ae")
    for i in range(5):
        c.rect(352 - i * 12, 930 + i * 11, 363 + i * 24, 11,
               ("#f7ecd2", "#efe0bd", "#e6d4a9", "#dcc796", "#d2ba85")[i])
    c.spray(f"M{x0} 474h{x1 - x0}v280h{x0 - x1}Z", "#b98f55", 0.14, x1=1, x2=0, y1=0, y2=0.4)
    c.spray("M130 560h250v370h-250Z", "#b98f55", 0.14, x1=1, x2=0, y1=0, y2=0.6)

    # low hedge, flower beds and cypresses along the avenue
    for side in (-1, 1):
        for k in range(6):
            t = k / 5
            y = 968 + 350 * t ** 1.5
            half = 165 + 300 * ((y - 930) / 470)
            s = 96 + 170 * t
            x = mid + side * (half + 26 + 24 * t)
            c.ellipse(x - 16 * t - 8, y + 1, s * 0.24, s * 0.05, "#3f7a50", opacity=0.45)
            c.cypress(x, y + 4, s, ("#2f6f5c", "#3a7d62")[k % 2], light=1)
        for i in range(44):
            t = i / 43
            x = mid + side * (150 + 300 * t)
            y = 955 + 470 * t
            r = 6 + 13 * t
            c.circle(x, y, r, ("#4d8a5c", "#5b9a62")[i % 2])
            if i % 3 == 0:
                c.circle(x + side * 2, y - r * 0.5, r * 0.45, (ROSE, "#f3d08a", BRICK)[i // 3 % 3])
    # people on the avenue
    for x, y, h, kw in (
            (470, 1018, 74, dict(top="#f6f1e4", bottom="#35566a", view="back")),
            (498, 1020, 70, dict(top=ROSE, bottom="#3a4f5c", view="back", style="long")),
            (610, 1042, 82, dict(top=OCHRE, bottom="#35424f", view="front", style="short")),
            (410, 1160, 132, dict(top="#f6f1e4", bottom="#2f4a5a", view="side", legs="walk",
                                  style="short")),
            (640, 1225, 156, dict(top="#8c4a6a", bottom="#35424f", view="back", style="long")),
            (704, 1232, 100, dict(top="#4d9a78", bottom="#4a6a86", view="back", style="short"))):
        c.ellipse(x + h * 0.08, y, h * 0.17, h * 0.03, "#a8885a", opacity=0.6)
        c.person(x, y, h, skin=SKIN[int(x) % 4], **kw)
    # near foliage frames the view
    for x, y, s, seed in ((-10, 1400, 280, 1), (120, 1420, 190, 3), (1078, 1400, 280, 5),
                          (950, 1420, 190, 7)):
        c.leaves(x, y, s, "#2f6f5c", count=11, seed=seed, spread=1.0)
    birds(c, [(520, 250), (560, 232), (598, 262)], "#4f8796", 16)


# ------------------------------------------------------------------- output

def grain(image, seed=7, strength=3):
    """A little paper grain, the same on every run."""
    noise = Image.frombytes("L", image.size,
                            random.Random(seed).randbytes(image.width * image.height))
    noise = noise.filter(ImageFilter.GaussianBlur(0.7))
    low, high = noise.getextrema()
    flat = noise.point([round(128 + strength * 2 * (v - 127.5) / (high - low) * 2)
                        for v in range(256)])
    return ImageChops.overlay(image, Image.merge("RGB", (flat,) * 3))


def render(svg):
    return Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg)))).convert("RGB")


def save_jpeg(image, path, limit=LIMIT, best=84):
    """Save under the size limit, with the best quality that fits."""
    for quality in range(best, 60, -2):
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True)
        if buffer.tell() <= limit:
            break
    path.write_bytes(buffer.getvalue())
    return quality, buffer.tell()


# --------------------------------------------------------------- the mark

MARK_GLYPH = (
    '<circle cx="44.5" cy="18.5" r="5.2"/>'
    '<path d="M8.8 38.5C15 31.5 19 20.5 25.5 20.5C30.5 20.5 33 26.5 35.8 31'
    'C38 28.2 40.5 26.5 43.2 26.5C48.5 26.5 51.8 33.5 55.2 38.5Z"/>'
    '<path d="M10.5 44.8q5.4 -4 10.75 0t10.75 0t10.75 0t10.75 0" fill="none" '
    'stroke="#ffffff" stroke-width="3.2" stroke-linecap="round"/>'
    '<path d="M21.25 52.4q5.4 4 10.75 0t10.75 0" fill="none" '
    'stroke="#ffffff" stroke-width="3.2" stroke-linecap="round"/>')


def mark_svg():
    """A sun over hills and waves in a disc; the white rim keeps it clear on dark grounds."""
    return ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">'
            '<circle cx="32" cy="32" r="32" fill="#ffffff"/>'
            f'<circle cx="32" cy="32" r="30.2" fill="{TEAL}"/>'
            f'<g fill="#ffffff">{MARK_GLYPH}</g></svg>\n')


def icon_svg(size, part):
    """An opaque square icon; the drawing keeps to `part` of the width (maskable-safe)."""
    scale = size * part / 64
    shift = size * (1 - part) / 2
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" '
            f'height="{size}"><rect width="{size}" height="{size}" fill="{TEAL}"/>'
            f'<g transform="translate({shift} {shift - size * 0.012}) scale({scale})" '
            f'fill="#ffffff">{MARK_GLYPH}</g></svg>')


def draw_mark():
    STATIC.mkdir(parents=True, exist_ok=True)
    svg = mark_svg()
    for name in ("mark.svg", "favicon.svg"):
        (STATIC / name).write_text(svg, encoding="utf-8")
    frames = []
    for size in (16, 32, 48):
        png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=size, height=size))
        frames.append(Image.open(io.BytesIO(png)).convert("RGBA"))
    frames[-1].save(STATIC / "favicon.ico", sizes=[f.size for f in frames],
                    append_images=frames[:-1])
    for name, size, part in (("apple-touch-icon.png", 180, 1.1), ("icon-192.png", 192, 1.0),
                             ("icon-512.png", 512, 1.0)):
        render(icon_svg(size, part)).quantize(64).save(STATIC / name, optimize=True)
    canvas = Canvas(1200, 630)
    sharing(canvas)
    quality, count = save_jpeg(grain(render(canvas.svg()), strength=2), STATIC / "share.jpg",
                               limit=78_000)
    print(f"mark, icons; share.jpg  1200x630  q{quality}  {count / 1000:.0f} kB")


def sharing(c):
    """The default sharing picture: the mark over calm hills and sea."""
    c.sky("#7fbecb", "#c6dfd7", "#fbe9c9", "#fbe9c9")
    c.glow(600, 250, 420, "#fff3d2", 0.8)
    c.cloud(210, 150, 250, "#fffaf0", 0.8, seed=4)
    c.cloud(1010, 120, 220, "#fffaf0", 0.7, seed=9)
    c.layer(peaks(3, 0, 1210, 440, [(110, 190, 150), (380, 120, 140), (840, 130, 140),
                                    (1090, 210, 150)]), "#a4c8c6", "#e9ead0", 220)
    c.layer(peaks(8, 0, 1210, 470, [(30, 170, 130), (250, 90, 110), (960, 100, 120),
                                    (1190, 180, 130)]), "#74aca3", "#cfe0c8", 190, bottom=474)
    c.rect(0, 470, 1200, 170, c.linear((0, "#e6e3c6"), (0.25, "#83bfc0"), (1, "#1d6f86")))
    c.polygon([(540, 470), (660, 470), (760, 630), (440, 630)],
              c.linear((0, "#fff3d2", 0.9), (1, "#fff3d2", 0)), filter=c.blur(16))
    c.streaks(0, 1200, 476, 620, "#f4f8ec", 70, 5, length=(40, 170), width=(2, 4.5), opacity=0.55)
    fishing_boat(c, 920, 540, 0.42)
    fishing_boat(c, 250, 520, 0.3, hull="#a8503a", flip=True)
    for pts, tone, side in (([(-10, 500), (90, 508), (190, 560), (270, 640)], "#3f8a6c", -1),
                            ([(930, 640), (1010, 572), (1110, 520), (1210, 505)], "#3f8a6c", 1)):
        line = along(pts, 30)
        d = poly(line + [(-10, 640) if side < 0 else (1210, 640)])
        c.path(d, c.linear((0, tone), (1, darker(tone, 0.35))))
    grove(c, [(30, 530, 120), (100, 560, 100), (150, 600, 110), (1180, 530, 120),
              (1110, 560, 104), (1060, 604, 110)], ("#2f7560", "#4b9468"))
    c.circle(600, 256, 150, INK, opacity=0.18, filter=c.blur(14))
    with c.at(600 - 138, 246 - 138, 276 / 64):
        c.add(f'<circle cx="32" cy="32" r="32" fill="#ffffff"/><circle cx="32" cy="32" r="30.2" '
              f'fill="{TEAL}"/><g fill="#ffffff">{MARK_GLYPH}</g>')


def main(arguments):
    keep = None
    if "--svg" in arguments:
        at = arguments.index("--svg")
        keep = Path(arguments[at + 1])
        keep.mkdir(parents=True, exist_ok=True)
        del arguments[at:at + 2]
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name in arguments or [*SCENES, "mark"]:
        if name == "mark":
            draw_mark()
            continue
        draw, size = SCENES[name]
        canvas = Canvas(*size)
        draw(canvas)
        svg = canvas.svg()
        if keep:
            (keep / f"{name}.svg").write_text(svg, encoding="utf-8")
        image = grain(render(svg), strength=2 if name in BUSY else 3)
        quality, count = save_jpeg(image, PICTURES / f"{name}.jpg")
        print(f"{name}.jpg  {size[0]}x{size[1]}  q{quality}  {count / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
