"""Carry Liquid through Markdown and MJML untouched: each tag becomes a plain word and comes back at the end."""

from __future__ import annotations

import re

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_WORD = re.compile(r"xLq(\d+)qLx")


class Guard:
    """Hides the tags of one mail. `hide` and `show` are inverse; `hides` tells whether a text holds one."""

    def __init__(self) -> None:
        self._tags: list[str] = []

    def hide(self, text: str) -> str:
        return _TAG.sub(lambda match: self.word(match.group()), text)

    def word(self, tag: str) -> str:
        self._tags.append(tag)
        return f"xLq{len(self._tags) - 1}qLx"

    def show(self, text: str) -> str:
        return _WORD.sub(lambda match: self._tags[int(match.group(1))], text)

    @staticmethod
    def hides(text: str) -> bool:
        return _WORD.search(text) is not None
