"""Columns that keep what the job title says, in step with it by every save and bulk write."""

from __future__ import annotations

from typing import Any

from django.db import models

from reif.crm.jobs.read_title import read_title


class JobField(models.CharField[str, str]):
    """The part of `read_title` that has the column's name: `department` or `level`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 16)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        job = read_title(model_instance.job_title)  # type: ignore[attr-defined]
        value: str = getattr(job, self.attname)
        setattr(model_instance, self.attname, value)
        return value
