"""Carry Liquid through Markdown and MJML untouched: each tag becomes a plain word and comes back at the end."""

from __future__ import annotations

import re

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_WORD = re.compile(r"xLq(\d+)qLx")
_LOOP = re.compile(r"(\{%-?\s*for\b[^%]*%\})[ \t]*\n?- +(.*?)\s*(\{%-?\s*endfor\s*-?%\})")
_ITEM = re.compile(r"<li>(xLq\d+qLx) (.*?) (xLq\d+qLx)</li>", re.DOTALL)
_LINE = re.compile(r"^- (xLq\d+qLx) (.*?) (xLq\d+qLx)$", re.MULTILINE)


class Guard:
    """Hides the tags of one mail. `hide` and `show` are inverse; `hides` tells whether a text holds one."""

    def __init__(self) -> None:
        self._tags: list[str] = []

    def hide(self, text: str) -> str:
        return _TAG.sub(lambda match: self.word(match.group()), text)

    def hide_loops(self, text: str) -> str:
        """`hide`, with a loop over list items written as one item, so that Markdown sees a list."""
        return self.hide(_LOOP.sub(r"- \1 \2 \3", text))

    def free_items(self, html: str) -> str:
        """Put a loop back around the item that it stands in."""
        return _ITEM.sub(lambda m: f"{m[1]}<li>{m[2]}</li>{m[3]}" if self._loops(m) else m[0], html)

    def free_lines(self, text: str) -> str:
        """The same for plain text."""
        return _LINE.sub(lambda m: f"{m[1]}- {m[2]}\n{m[3]}" if self._loops(m) else m[0], text)

    def _loops(self, match: re.Match[str]) -> bool:
        return "for" in self.show(match[1]) and "endfor" in self.show(match[3])

    def word(self, tag: str) -> str:
        self._tags.append(tag)
        return f"xLq{len(self._tags) - 1}qLx"

    def show(self, text: str) -> str:
        return _WORD.sub(lambda match: self._tags[int(match.group(1))], text)

    @staticmethod
    def hides(text: str) -> bool:
        return _WORD.search(text) is not None
