"""Form fields in the clothes of the desk: class names go on the widget, accessibility stays Django's."""

from __future__ import annotations

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select, Textarea
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def widget_kind(field: BoundField) -> str:
    """tick, choices or line: how label and widget stand to each other."""
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    return "tick" if isinstance(widget, CheckboxInput) else "line"


@register.filter
def dressed(field: BoundField) -> SafeString:
    """The widget with its class; a class that the form chose itself stays."""
    widget = field.field.widget
    name = "textarea" if isinstance(widget, Textarea) else "input"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        name = ""
    elif isinstance(widget, Select):
        name = "select"
    own = widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{name} {own}".strip()})
