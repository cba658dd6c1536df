"""The rule of what is soft: two versions disagree as a tension, at most, where one of them is."""

from claims.vocabulary import Mode
from sources.domain.dates import is_in_doubt

_SOFT_MODES = (Mode.ESTIMATED, Mode.ASSESSED)


def is_soft(*, mode: str, is_attributed: bool, approximate: bool, period: str) -> bool:
    """Whether a version is soft, whatever it says.

    Soft is what somebody is said to assert, what is estimated, assessed or approximate, and what
    held in a period that is uncertain. `approximate` is that of the value, an uncertain date among
    them; `period` is as it was typed.
    """
    return approximate or is_attributed or mode in _SOFT_MODES or is_in_doubt(period)
