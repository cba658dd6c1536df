"""Values, periods and chains of asserters in words for people, for sheets and pages alike.

What was typed and what was understood are both shown: a reader sees `−9%` and that it was
compared as −10 to under −8 percent.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from claims.domain.values.units import is_above_whole
from sources.domain.date_words import is_in_words
from sources.domain.dates import DateRefused, parse_dates
from sources.domain.ranges import Range
from sources.readings.reader import Reader
from sources.vocabulary import TranslationMethod

if TYPE_CHECKING:
    from claims.models import Asserter, Entity

BETWEEN_ASSERTERS = " › "

# Units that are words with a plural; the others (percent, USD, bcm) stand as they are.
PLURALS = {
    "second": gettext_lazy("seconds"),
    "minute": gettext_lazy("minutes"),
    "hour": gettext_lazy("hours"),
    "day": gettext_lazy("days"),
    "week": gettext_lazy("weeks"),
    "month": gettext_lazy("months"),
    "quarter": gettext_lazy("quarters"),
    "year": gettext_lazy("years"),
    "decade": gettext_lazy("decades"),
}

# EDTF level 2: the codes that stand for a part of a year in the place of its month.
PARTS_OF_A_YEAR = {
    "33": gettext_lazy("first quarter of %(year)s"),
    "34": gettext_lazy("second quarter of %(year)s"),
    "35": gettext_lazy("third quarter of %(year)s"),
    "36": gettext_lazy("fourth quarter of %(year)s"),
    "37": gettext_lazy("first third of %(year)s"),
    "38": gettext_lazy("second third of %(year)s"),
    "39": gettext_lazy("last third of %(year)s"),
    "40": gettext_lazy("first half of %(year)s"),
    "41": gettext_lazy("second half of %(year)s"),
}

_QUALIFIERS = str.maketrans("", "", "?~%")


def asserter_text(links: Iterable["Asserter"], *, to: Reader) -> str:
    """The chain of who says it, outermost first: "Al Jazeera › Shapovalova"."""
    return BETWEEN_ASSERTERS.join(link.description or _label(link.entity, to) for link in links)


def _label(entity: "Entity | None", to: Reader) -> str:
    """An entity's label. The document of a source kept from the reader is its descriptor."""
    if entity is None:
        return ""
    source = entity.source
    return entity.label if source is None or to.knows(source) else source.public_descriptor


def amount_text(amount: Any, unit: str = "") -> str:
    """A range of numbers in words, its ends counted as they are: `[8, 10)` is "8 to under 10".

    `amount` is a range of Decimals as psycopg reads it, or None.
    """
    if amount is None or amount.isempty:
        return ""
    lower, upper = amount.lower, amount.upper
    if lower is None and upper is None:
        return _("any number")
    is_one = lower == upper == 1
    with_unit = f" {unit if is_one else PLURALS.get(unit, unit)}" if unit else ""
    return _ends(lower, upper, amount) + with_unit


def share_question(amount: Any, unit: str) -> str:
    """Ask about a share of more than a whole, which is no mistake where it is no share.

    `amount` is a range of Decimals as psycopg reads it, or None; empty where nothing is asked.
    """
    if amount is None or amount.isempty:
        return ""
    ends = Range(amount.lower, amount.upper, amount.lower_inc, amount.upper_inc)
    if not is_above_whole(ends, unit=unit):
        return ""
    return _("Is it more than 100 percent? A growth can be; a share of a whole cannot.")


def number_text(number: Decimal) -> str:
    """A number with its thousands apart and a true minus sign: −14,150,000."""
    written = f"{number:,f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return written.replace("-", "−")


def date_text(typed: str) -> str:
    """A date or period as people write it; what has no such form stays as typed.

    "2025-01/2025-06" is "January 2025 to June 2025", "../2025" "until 2025". One that was typed in
    words is shown as understood with what was typed: "first half of 2025 (typed “H1 2025”)".
    Whatever it gives is read by `parse_dates` as what was typed.
    """
    written = typed.strip()
    if not is_in_words(written):
        return _edtf_text(written)
    try:
        understood = _edtf_text(parse_dates(written).edtf)
    except DateRefused:  # of a record, which may date a work in any words
        return written
    if understood.lower() == written.lower():
        return understood
    return _("%(understood)s (typed “%(typed)s”)") % {"understood": understood, "typed": written}


def _edtf_text(written: str) -> str:
    """A date or interval in EDTF as people write it."""
    if not written:
        return ""
    first, slash, last = written.partition("/")
    if not slash:
        return _point(first)
    if first == last == "..":
        return written
    if first == "..":
        return _("until %(end)s") % {"end": _point(last)}
    if last == "..":
        return _("from %(start)s on") % {"start": _point(first)}
    return _("%(start)s to %(end)s") % {"start": _point(first), "end": _point(last)}


def day_text(day: date) -> str:
    """A day as people write it: 7 May 2025."""
    return _day_in(day, get_language())


@lru_cache(maxsize=4096)
def _day_in(day: date, _language: str | None) -> str:
    """The same in a language; notices name few days, and many of them."""
    return date_format(day, "j F Y")


def is_rounded(amount: Any) -> bool:
    """Whether the range spreads around a written number, so that both are worth showing."""
    if amount is None or amount.isempty or amount.lower is None or amount.upper is None:
        return False
    return bool(amount.lower != amount.upper)


def _ends(lower: Decimal | None, upper: Decimal | None, amount: Any) -> str:
    """The two ends of a range of numbers in words."""
    low = "" if lower is None else number_text(lower)
    high = "" if upper is None else number_text(upper)
    ends = {"low": low, "high": high}
    if upper is None:
        return (_("at least %(low)s") if amount.lower_inc else _("more than %(low)s")) % ends
    if lower is None:
        return (_("at most %(high)s") if amount.upper_inc else _("less than %(high)s")) % ends
    if lower == upper:
        return low
    if amount.lower_inc:
        return (
            _("%(low)s to %(high)s") if amount.upper_inc else _("%(low)s to under %(high)s")
        ) % ends
    return (
        _("over %(low)s to %(high)s") if amount.upper_inc else _("over %(low)s to under %(high)s")
    ) % ends


def _point(edtf: str) -> str:
    """One end of a period, or a date that is none."""
    bare = edtf.translate(_QUALIFIERS)
    words = _bare_point(bare)
    if words == bare and not re.fullmatch("[0-9]{4}", bare):
        return edtf
    if "%" in edtf or ("?" in edtf and "~" in edtf):
        return _("about %(date)s, uncertain") % {"date": words}
    if "~" in edtf:
        return _("about %(date)s") % {"date": words}
    if "?" in edtf:
        return _("%(date)s, uncertain") % {"date": words}
    return words


def _bare_point(bare: str) -> str:
    """A date without its marks of doubt."""
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", bare)
    if match is None:
        decade = re.fullmatch("([0-9]{2}[1-9])X", bare)  # the 2000s are a century to some
        return _("the %(year)ss") % {"year": f"{decade[1]}0"} if decade else bare
    year, month, day = match.groups()
    if month is None:
        return year
    if month in PARTS_OF_A_YEAR and day is None:
        return str(PARTS_OF_A_YEAR[month]) % {"year": year}
    try:
        when = date(int(year), int(month), int(day or 1))
    except ValueError:
        return bare
    return day_text(when) if day else date_format(when, "F Y")


def translation_note(translator: str, method: str) -> str:
    """Who translated a quote and how, so that nobody takes a machine's words for a person's."""
    if not method:
        return _("translated by %(who)s") % {"who": translator} if translator else _("translation")
    how = {
        TranslationMethod.HUMAN: _("by a person"),
        TranslationMethod.MACHINE: _("by machine"),
        TranslationMethod.REVISED: _("by machine, revised by a person"),
    }[TranslationMethod(method)]
    if not translator:
        return _("translated %(how)s") % {"how": how}
    return _("translated by %(who)s, %(how)s") % {"who": translator, "how": how}
