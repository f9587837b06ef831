"""How a Django form field is drawn: which component, which classes, where its error link points."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import ChoiceWidget
from django.utils.safestring import SafeString

from onroll.pages.widgets import DateParts

# The first match wins: subclasses stand before what they extend.
_COMPONENTS: tuple[tuple[type[forms.Widget], str], ...] = (
    (DateParts, "date_input"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.ClearableFileInput, "file_upload"),
    (forms.FileInput, "file_upload"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.PasswordInput, "password"),
    (forms.Widget, "input"),
)
_CLASSES = {
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "file_upload": "govuk-file-upload",
    "checkbox": "govuk-checkboxes__input",
    "password": "govuk-input govuk-js-password-input-input",
}


def component_for(field: BoundField) -> str:
    """Name the component that draws this field, by its widget."""
    widget = field.field.widget
    return next(name for kind, name in _COMPONENTS if isinstance(widget, kind))


def draw_control(field: BoundField, width: str = "") -> SafeString:
    """Draw the bare control of a field, with classes for its kind, its error and its width in characters."""
    component = component_for(field)
    classes = _CLASSES.get(component, "govuk-input").split()
    if field.errors and component != "checkbox":
        classes.append(f"{classes[0]}--error")
    if width:
        classes.append(f"govuk-input--width-{width}")
    # A placeholder vanishes when one types and is too faint to read: the label and hint do its work.
    attrs: dict[str, Any] = {"class": " ".join(classes), "placeholder": False}
    if character_limit(field):
        attrs["class"] += " govuk-js-character-count"
        attrs["aria-describedby"] = f"{field.aria_describedby or ''} {field.auto_id}-info".strip()
    return field.as_widget(attrs=attrs)


def character_limit(field: BoundField) -> str:
    """Say how many characters a text area takes, when it has a limit that is worth counting."""
    widget = field.field.widget
    return str(widget.attrs.get("maxlength", "")) if isinstance(widget, forms.Textarea) else ""


def first_control_id(field: BoundField) -> str:
    """Give the id that a link in the error summary points at: the first control of the field."""
    widget = field.field.widget
    several = isinstance(widget, forms.MultiWidget) or (
        isinstance(widget, ChoiceWidget) and widget.use_fieldset
    )
    return f"{field.auto_id}_0" if several else field.id_for_label
