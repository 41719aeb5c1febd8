"""How what members say is put together. Light, for a model that is asked does without the libraries that taught it.

weights: a share of each member as a softmax, then the logarithm of a slope, and a base.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEAST = 1e-4
"""No member is surer than this, nor than one less it."""
SUREST = float(np.log(1 / LEAST - 1))
"""The same as a logit."""


def mixed(weights: Floats, said: Floats) -> Floats:
    """said: by member, a logit for each row, or anything that adds up to one. Without the base."""
    parts = np.exp(weights[:-2] - weights[:-2].max())
    found: Floats = np.exp(weights[-2]) * np.tensordot(parts / parts.sum(), said, axes=1)
    return found


def safe_logit(chance: Floats) -> Floats:
    """Held within what a member may be sure of."""
    sure = np.clip(chance, LEAST, 1 - LEAST)
    found: Floats = np.log(sure / (1 - sure))
    return found
