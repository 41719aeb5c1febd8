"""Plain functions that make pictures for tests."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image


def a_picture(
    form: str = "JPEG", size: tuple[int, int] = (800, 500), colour: Any = (125, 44, 90), **how: Any
) -> BytesIO:
    """The bytes of a picture with a slope of colour, so that it has something to show."""
    mode = "RGBA" if form in ("PNG", "WEBP") and how.pop("clear", False) else "RGB"
    image = Image.new(mode, size, colour)
    slope = Image.linear_gradient("L").resize(size)
    image.paste(Image.new(mode, size, "white"), mask=slope)
    out = BytesIO()
    image.save(out, form, **how)
    out.seek(0)
    return out
