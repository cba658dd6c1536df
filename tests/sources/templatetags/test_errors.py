"""The summary of errors names every field that is wrong, and leads to its input."""

import re

from django import forms
from django.template.loader import render_to_string

from sources.admin.base import ActionForm
from sources.templatetags.errors import FieldError, error_summary


class MealForm(ActionForm):
    dish = forms.CharField(label="Dish")
    sauce = forms.ChoiceField(
        label="Sauce", choices=[("red", "Red"), ("green", "Green")], widget=forms.RadioSelect
    )
    read = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "Read it."})


Courses = forms.formset_factory(MealForm, extra=0)


def test_each_error_leads_to_the_first_input_of_its_field() -> None:
    found = error_summary(MealForm({}))

    assert found.fields == (
        FieldError("id_dish", "Dish", "This field is required."),
        FieldError("id_sauce_0", "Sauce", "This field is required."),
    )
    assert found.sentences == ("Read it.",)  # of a field that nobody sees


def test_rows_are_named_with_their_number() -> None:
    sent = {"c-TOTAL_FORMS": 2, "c-INITIAL_FORMS": 2, "c-0-dish": "Soup", "c-0-sauce": "red"}
    rows = Courses({**sent, "c-0-read": 1, "c-1-sauce": "red", "c-1-read": 1}, prefix="c")

    found = error_summary(None, rows, "Course")

    assert [(one.anchor, one.label) for one in found.fields] == [("id_c-1-dish", "Course 2: Dish")]


def test_a_form_that_is_right_or_was_not_sent_has_no_summary() -> None:
    right = MealForm({"dish": "Soup", "sauce": "red", "read": 1})

    assert not error_summary(right)
    assert not error_summary(MealForm())
    assert not error_summary(None)
    assert "alert" not in render_to_string("admin/desk/top.html", {"form": right})


def test_the_summary_takes_the_focus_and_its_links_lead_to_inputs_of_the_form() -> None:
    form = MealForm({"read": 1})
    form.add_error(None, "Nothing goes with <b>nothing</b>.")

    page = render_to_string("admin/desk/top.html", {"form": form})

    assert re.search(r'<div[^>]*role="alert"[^>]*tabindex="-1"[^>]*autofocus', page)
    assert "Nothing goes with &lt;b&gt;nothing&lt;/b&gt;." in page
    inputs = set(re.findall(r'id="([^"]+)"', form.as_div()))
    assert set(re.findall(r'href="#([^"]+)"', page)) == {"id_dish", "id_sauce_0"} <= inputs
