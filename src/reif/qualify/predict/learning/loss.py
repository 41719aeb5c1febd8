"""What a wrong chance costs."""

from __future__ import annotations

import numpy as np

from reif.qualify.predict.learning.encoded import Floats


def loss(chance: Floats, truth: Floats) -> float:
    """Mean log loss; less is better."""
    sure = np.clip(chance, 1e-6, 1 - 1e-6)
    return float(-np.mean(truth * np.log(sure) + (1 - truth) * np.log(1 - sure)))
