"""By what the name of a company is known: `Müller & Söhne AG`, `MUELLER + SOEHNE` and `Müller und Söhne` are one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from django.db import models

from reif.kit.fold import fold

_FORMS = frozenset({
    "ag", "gmbh", "mbh", "kg", "kgaa", "ohg", "og", "ug", "gbr", "se", "sa", "sarl", "sas", "srl", "spa", "rl", "ltd",
    "limited", "inc", "incorporated", "llc", "llp", "plc", "corp", "corporation", "bv", "nv", "ev", "eg", "co", "company",
    "cie", "kommanditgesellschaft", "aktiengesellschaft", "ab", "as", "oy", "aps",
})  # fmt: skip
_AND = frozenset({"und", "and", "et", "e"})
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=16_384)
def company_key(name: str) -> str:
    """The words of a name, folded, without the legal form at its end and without signs; empty for a name without letters."""
    words = _WORD.findall(fold(name).replace(".", "").replace("'", ""))
    while len(words) > 1 and (words[-1] in _FORMS or words[-1] in _AND):
        words.pop()
    return "".join(word for word in words if word not in _AND or len(words) == 1)[:255]


class KeyField(models.CharField[str, str]):
    """`company_key` of the row's name, kept in step by every save and bulk write of the model."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 255)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = company_key(model_instance.name)  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, value)
        return value
