"""Constraints that many tables need, so that each is said in one way."""

from django.db import models
from django.db.models import Q

from sources.vocabulary import Word


def is_known(field: str, words: type[Word], name: str) -> models.CheckConstraint:
    """The column holds one of the vocabulary's codes; `name` is the sentence that says so."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": list(words)}), name=name)


def is_key(name: str) -> models.CheckConstraint:
    """The column `key` is a slug: small letters, digits and single hyphens between them."""
    return models.CheckConstraint(
        condition=Q(key__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
        name=name,
    )
