"""Pictures from a word: a grid of leaves, arcs and circles, always the same for the same word.

A shape is a closed line of points and arcs in a square of side 1, so that it can be drawn as SVG and as pixels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from math import cos, radians, sin
from random import Random

from PIL import Image, ImageDraw

PLUM, DEEP, ROSE, CREAM = "#7d2c5a", "#4a1736", "#e3b3c2", "#f5ebe4"
SAGE, MOSS, AMBER, CLAY = "#9db59a", "#55735c", "#e2a95a", "#c9694a"
MOODS = (
    (CREAM, (PLUM, ROSE, AMBER, DEEP, SAGE)),
    ("#efe3e6", (PLUM, DEEP, CLAY, AMBER, ROSE)),
    ("#eaefe6", (MOSS, SAGE, PLUM, AMBER, DEEP)),
    ("#f7ecd9", (AMBER, CLAY, PLUM, MOSS, ROSE)),
    (DEEP, (PLUM, ROSE, AMBER, CREAM, SAGE)),
)


@dataclass(frozen=True)
class Arc:
    """Part of a circle, from one angle to another in degrees (0 is right, 90 is down)."""

    x: float
    y: float
    r: float
    start: float
    end: float

    def at(self, angle: float) -> tuple[float, float]:
        return self.x + self.r * cos(radians(angle)), self.y + self.r * sin(radians(angle))


Piece = Arc | tuple[float, float]
Shape = tuple[Piece, ...]

QUARTER: Shape = ((0, 0), Arc(0, 0, 1, 0, 90))
LEAF: Shape = (Arc(0, 1, 1, -90, 0), Arc(1, 0, 1, 90, 180))
DISC: Shape = (Arc(0.5, 0.5, 0.36, 0, 180), Arc(0.5, 0.5, 0.36, 180, 360))
DOT: Shape = (Arc(0.5, 0.5, 0.16, 0, 180), Arc(0.5, 0.5, 0.16, 180, 360))
DOME: Shape = ((0, 1), Arc(0.5, 1, 0.5, 180, 360))
RING: Shape = (Arc(0, 0, 1, 0, 90), Arc(0, 0, 0.62, 90, 0))
SHAPES = (QUARTER, QUARTER, LEAF, LEAF, LEAF, DISC, DOME, RING, RING, DOT)


@dataclass(frozen=True)
class Tile:
    """A shape on the grid: where, turned how often by a quarter, in which colour, on which ground."""

    x: int
    y: int
    turns: int
    shape: Shape
    colour: str
    ground: str


def tiles(seed: str, columns: int, rows: int) -> tuple[str, list[Tile]]:
    """The ground of the picture and its tiles."""
    random = Random(f"reif {seed}")  # noqa: S311 - a picture, not a secret
    ground, colours = random.choice(MOODS)
    found = []
    for y in range(rows):
        for x in range(columns):
            if random.random() < 0.2:
                continue
            first, second = random.sample(colours, 2)
            under = second if random.random() < 0.32 else ground
            found.append(Tile(x, y, random.randrange(4), random.choice(SHAPES), first, under))
    return ground, found


@lru_cache(maxsize=256)
def svg(seed: str, columns: int = 6, rows: int = 4, side: int = 100) -> str:
    """The picture as SVG."""
    ground, found = tiles(seed, columns, rows)
    width, height = columns * side, rows * side
    parts = [f'<rect width="{width}" height="{height}" fill="{ground}"/>']
    for t in found:
        left, top = t.x * side, t.y * side
        if t.ground != ground:
            parts.append(f'<rect x="{left}" y="{top}" width="{side}" height="{side}" fill="{t.ground}"/>')
        turn = f"rotate({t.turns * 90} {side / 2:g} {side / 2:g})" if t.turns else ""
        move = f"translate({left} {top}) {turn}".strip()
        parts.append(f'<path transform="{move}" fill="{t.colour}" d="{_line(t.shape, side)}"/>')
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
    return f"{head}{''.join(parts)}</svg>"


def _line(shape: Shape, side: int) -> str:
    words: list[str] = []
    for piece in shape:
        letter = "L" if words else "M"
        if isinstance(piece, Arc):
            x, y = piece.at(piece.start)
            words.append(f"{letter}{x * side:.5g} {y * side:.5g}")
            x, y = piece.at(piece.end)
            sweep = int(piece.end > piece.start)
            words.append(f"A{piece.r * side:.5g} {piece.r * side:.5g} 0 0 {sweep} {x * side:.5g} {y * side:.5g}")
        else:
            words.append(f"{letter}{piece[0] * side:.5g} {piece[1] * side:.5g}")
    return "".join(words) + "Z"


@lru_cache(maxsize=32)
def png(seed: str, width: int = 1200, height: int = 630, columns: int = 8) -> bytes:
    """The picture for those who cannot read SVG: previews in social networks. Drawn double and scaled down."""
    side = 2 * width // columns
    ground, found = tiles(seed, columns, 2 * height // side + 1)
    image = Image.new("RGB", (2 * width, 2 * height), ground)
    draw = ImageDraw.Draw(image)
    for t in found:
        left, top = t.x * side, t.y * side
        draw.rectangle((left, top, left + side - 1, top + side - 1), fill=t.ground)
        draw.polygon([(left + x * side, top + y * side) for x, y in _turned(t)], fill=t.colour)
    out = BytesIO()
    image.resize((width, height), Image.Resampling.LANCZOS).quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _turned(tile: Tile) -> Iterator[tuple[float, float]]:
    for x, y in _points(tile.shape):
        for _ in range(tile.turns):
            x, y = 1 - y, x
        yield x, y


def _points(shape: Shape, steps: int = 32) -> Iterator[tuple[float, float]]:
    for piece in shape:
        if isinstance(piece, Arc):
            for step in range(steps + 1):
                yield piece.at(piece.start + (piece.end - piece.start) * step / steps)
        else:
            yield piece
