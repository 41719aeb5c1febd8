"""What a linter of imports cannot see: keys, models, addresses and tables named across the border of two phases."""

from __future__ import annotations

import re

from django.apps import apps

from tests.house.tree import PHASES, SOURCE, name


def test_no_phase_has_a_key_into_another_phase() -> None:
    wrong = []
    for phase in PHASES:
        for model in apps.get_app_config(phase).get_models():
            for field in model._meta.get_fields():
                other = getattr(field.related_model, "_meta", None)
                if other is not None and other.app_label in PHASES and other.app_label != phase:
                    wrong.append(f"{phase}.{model.__name__}.{field.name} -> {other.label}")
    assert not wrong


def test_no_phase_looks_up_a_model_of_another_by_name() -> None:
    wrong = []
    for phase in PHASES:
        others = "|".join(p for p in PHASES if p != phase)
        pattern = re.compile(rf"get_model\(\s*['\"]({others})\b|['\"]({others})\.[A-Z]\w+['\"]")
        wrong += [name(p) for p in (SOURCE / phase).rglob("*.py") if pattern.search(p.read_text())]
    assert not wrong


def test_sql_files_ask_a_question_and_stay_in_their_room() -> None:
    wrong = []
    for path in SOURCE.rglob("*.sql"):
        phase, text = path.relative_to(SOURCE).parts[0], path.read_text()
        if not re.match(r"--.*\?", text.splitlines()[0]):
            wrong.append(f"{name(path)}: the first line is not a question")
        if phase in PHASES:
            foreign = [p for p in PHASES if p != phase and re.search(rf"\b{p}_\w+", text)]
            wrong += [f"{name(path)} reads tables of {p}" for p in foreign]
    assert not wrong
