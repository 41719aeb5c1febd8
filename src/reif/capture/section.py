"""The playbook section `forms`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from reif.capture.forms.check import NAME, check_forms
from reif.capture.forms.form_file import Forms
from reif.playbook.section import Section, register

register(Section(NAME, Forms, gettext_lazy("Forms"), check_forms))
