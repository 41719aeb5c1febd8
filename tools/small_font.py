"""Make the font of visitor pages small: the letters of western languages, the weights in use, the features we ask for.

    small_font.py FROM.woff2 TO.woff2

The build calls it; where fontTools is missing, the build takes the whole font and says so.
"""

from __future__ import annotations

import sys

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x100), 0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E]
LETTERS += [0x2022, 0x2026, 0x202F, 0x2039, 0x203A, 0x20AC, 0x2192, 0x2212, 0x0152, 0x0153]
FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum"]
WEIGHTS = (400, 700)


def main(source: str, target: str) -> None:
    font = TTFont(source)
    subsetter = Subsetter(Options(layout_features=FEATURES, hinting=False, notdef_outline=True))
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(font)
    small = instantiateVariableFont(font, {"wght": WEIGHTS})
    small.flavor = "woff2"
    small.save(target)


if __name__ == "__main__":
    main(*sys.argv[1:3])
