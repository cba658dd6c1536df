"""Constraints that many tables need, so that each is said in one way."""

from django.db import models
from django.db.models import Q

from sources.vocabulary import LabelledEnum


def is_known(field: str, words: type[LabelledEnum], name: str) -> models.CheckConstraint:
    """The column holds one of the vocabulary's codes; `name` is the sentence that says so."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": list(words)}), name=name)


def key_constraint(name: str) -> models.CheckConstraint:
    """The column `key` is a slug: letters, digits, hyphens and underscores, no mark in front."""
    return models.CheckConstraint(
        condition=Q(key__regex=r"^[A-Za-z0-9][A-Za-z0-9_-]*$"),
        name=name,
    )
