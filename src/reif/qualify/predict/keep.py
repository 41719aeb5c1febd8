"""Models on disk: one file a version under REIF_HOME/models, numbers and JSON only, trusted by its hash in the database."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np

from reif.kit.place import home
from reif.qualify.predict.learned import Learned
from reif.qualify.predict.lines import Lines, Scale
from reif.qualify.predict.records import Forecaster
from reif.qualify.predict.shape import Shape
from reif.qualify.predict.trees import Trees


class Ready(NamedTuple):
    """A model that can be asked."""

    row: Forecaster
    learned: Learned
    shape: Shape


class NotThere(Exception):
    """The file is missing on this machine, or it is not the one that was learned here."""


_asked: dict[str, Ready] = {}


def keep(outcome: str, version: int, learned: Learned, shape: Shape) -> str:
    """Write the file and return its hash; a half-written one never has the name."""
    stored = _packed(learned, shape)
    file = _file(outcome, version)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    draft.write_bytes(stored)
    draft.replace(file)
    return hashlib.sha256(stored).hexdigest()


def ready(row: Forecaster) -> Ready:
    """The model of a row, read once. Raises NotThere."""
    known = _asked.get(row.outcome)
    if known is not None and known.row.digest == row.digest:
        return Ready(row, known.learned, known.shape)
    try:
        stored = _file(row.outcome, row.version).read_bytes()
    except OSError as error:
        raise NotThere(str(error)) from error
    if hashlib.sha256(stored).hexdigest() != row.digest:
        raise NotThere("the file is not the one that was learned")
    _asked[row.outcome] = found = Ready(row, *_unpacked(stored))
    return found


def _file(outcome: str, version: int) -> Path:
    return home() / "models" / f"{outcome}-{version}.npz"


def _packed(learned: Learned, shape: Shape) -> bytes:
    out = io.BytesIO()
    told = np.frombuffer(msgspec.json.encode(shape), dtype=np.uint8)
    parts: dict[str, Any] = {"weights": learned.weights, "shape": told}
    lines = {**learned.lines._asdict(), **learned.lines.scale._asdict()}
    for member, arrays in (
        ("lines", lines),
        ("boosted", _arrays(learned.boosted)),
        ("forest", _arrays(learned.forest)),
    ):
        parts |= {f"{member}.{name}": array for name, array in arrays.items() if name != "scale"}
    np.savez_compressed(out, **parts)
    return out.getvalue()


def _arrays(trees: Trees | None) -> dict[str, Any]:
    return trees._asdict() if trees is not None else {}


def _unpacked(stored: bytes) -> tuple[Learned, Shape]:
    with np.load(io.BytesIO(stored), allow_pickle=False) as arrays:
        scale = Scale(**{name: arrays[f"lines.{name}"] for name in Scale._fields})
        lines = Lines(scale, **{name: arrays[f"lines.{name}"] for name in Lines._fields if name != "scale"})
        learned = Learned(lines, _trees(arrays, "boosted"), _trees(arrays, "forest"), arrays["weights"])
        return learned, msgspec.json.decode(arrays["shape"].tobytes(), type=Shape)


def _trees(arrays: Any, member: str) -> Trees | None:
    if f"{member}.roots" not in arrays:
        return None
    return Trees(**{name: arrays[f"{member}.{name}"] for name in Trees._fields})
