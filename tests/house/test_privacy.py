"""Every field has one privacy class, and what is said freely of a child's health is encrypted."""

import pytest
from django.apps import apps
from django.db import models

from onroll.records.crypto import EncryptedTextField

TEXT = (models.CharField, models.TextField, models.JSONField)
CLASSES = ("open", "personal", "special")
# Special, and not free text: written by Onroll from a fixed set of values, and read by its rules.
BY_RULE = {
    "attendance.RegisterYear.marks": "one character a code; counted where it lies",
    "attendance.StagedRegister.marks": "as RegisterYear",
    "attendance.StagedRegister.before": "as RegisterYear",
    "attendance.Amendment.old": "a code",
    "attendance.Amendment.new": "a code",
    "attendance.Summary.s_reached_consecutive": "a session",
    "attendance.Summary.s_reached_cumulative": "a session",
    "attendance.Summary.h_reached_consecutive": "a session",
    "attendance.Summary.h_reached_cumulative": "a session",
}


def ours():
    return [model for model in apps.get_models() if model.__module__.startswith("onroll.")]


def fields(model):
    return [*model._meta.concrete_fields, *model._meta.many_to_many]


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_every_field_has_exactly_one_privacy_class(model):
    assert problems(model) == []


def test_the_house_has_tables():
    assert len(ours()) > 20


@pytest.mark.parametrize(
    ("privacy", "found"),
    [
        pytest.param({"open": {"id"}, "personal": {"name"}}, [], id="complete"),
        pytest.param({"open": {"id"}}, ["name has no privacy class"], id="one forgotten"),
        pytest.param(
            {"open": {"id", "name"}, "special": {"name"}}, ["name has two privacy classes"], id="one twice"
        ),
        pytest.param(
            {"open": {"id"}, "personal": {"name", "gone"}},
            ["gone is no field of this table"],
            id="one too many",
        ),
    ],
)
def test_a_wrong_table_is_found(privacy, found):
    name = models.CharField(max_length=5)
    name.set_attributes_from_name("name")

    class Meta:
        concrete_fields = [models.AutoField(name="id"), name]
        many_to_many = []

    model = type(
        "Model",
        (),
        {"_meta": Meta, "Privacy": type("Privacy", (), {kind: privacy.get(kind, set()) for kind in CLASSES})},
    )
    assert problems(model) == found


def problems(model) -> list[str]:
    names = [field.name for field in fields(model)]
    classes = [name for kind in CLASSES for name in getattr(model.Privacy, kind)]
    return [
        *(f"{name} has no privacy class" for name in names if name not in classes),
        *(f"{name} has two privacy classes" for name in names if classes.count(name) > 1),
        *(f"{name} is no field of this table" for name in sorted(set(classes) - set(names))),
    ]


def special_text():
    return {
        f"{model._meta.label}.{field.name}": field
        for model in ours()
        for field in fields(model)
        if field.name in model.Privacy.special
        and isinstance(field, models.CharField | models.TextField | models.JSONField)
    }


def test_free_text_about_health_is_encrypted():
    plain = {name for name, field in special_text().items() if not isinstance(field, EncryptedTextField)}
    assert plain == set(BY_RULE), "make it an EncryptedTextField, or say in BY_RULE why it is no free text"


def test_what_is_encrypted_is_about_somebody_and_has_a_purpose_of_its_own():
    encrypted = [
        (model, field) for model in ours() for field in fields(model) if isinstance(field, EncryptedTextField)
    ]
    assert not any(field.name in model.Privacy.open for model, field in encrypted)
    purposes = [field.purpose for _, field in encrypted]
    assert all(purposes)
    assert len(set(purposes)) == len(purposes), "a token of one column would open in another"
