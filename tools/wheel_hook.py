"""A wheel carries the built front end and the compiled translations; an editable install needs neither node nor npm."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BuildFrontEnd(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        if version == "editable":
            return
        if not (root / "src/reif/staff/static/dist/app.css").exists():
            subprocess.run(["npm", "ci", "--ignore-scripts"], cwd=root, check=True)
            subprocess.run(["npm", "run", "build"], cwd=root, check=True)
        subprocess.run([sys.executable, "tools/build_locale.py"], cwd=root, check=True)
