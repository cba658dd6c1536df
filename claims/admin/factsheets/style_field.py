"""The field of a citation style: completed among the styles that come along, refused outside."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from claims.admin.factsheets.suggestions import COMMON_STYLES, STYLES_INPUT
from claims.factsheets.cite import StyleUnknown, style_path


class StyleField(forms.CharField):
    """The name of a CSL style; of an unknown one the refusal names those that are near."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Citation style"),
            initial=COMMON_STYLES[0],
            max_length=100,
            help_text=gettext_lazy("Type a part of its name: chicago, apa, nature, harvard."),
            widget=forms.TextInput(attrs=STYLES_INPUT),
        )

    def clean(self, value: Any) -> str:
        """The name of a style of the collection."""
        typed: str = super().clean(value)
        try:
            style_path(typed)
        except StyleUnknown as unknown:
            raise forms.ValidationError(str(unknown)) from unknown
        return typed
