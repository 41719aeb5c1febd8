"""The playbooks in this repository can be applied, and come out as they went in."""

from __future__ import annotations

from pathlib import Path

import pytest

from reif.playbook.command import apply_folder, check_folder, diff_folder, export_folder
from reif.playbook.current import current, revision
from reif.playbook.section import sections

SHIPPED = sorted(path for path in (Path(__file__).parents[4] / "playbooks").iterdir() if path.is_dir())


@pytest.mark.django_db
@pytest.mark.parametrize("folder", SHIPPED, ids=lambda path: str(path.name))
def test_apply_export_apply(folder: Path, tmp_path: Path) -> None:
    assert check_folder(folder) == []
    apply_folder(folder)
    before = revision()
    export_folder(tmp_path)
    assert diff_folder(tmp_path) == []
    apply_folder(tmp_path)
    assert revision() == before
    for name in sections():
        assert current(name) is not None
