"""The permissions in review as one table, for people: role, step, state, own or not, may read.

docs/permissions.md is this table; `manage.py permissions` writes it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.domain.workflow import RULES, Authorship, State, Step, allowed
from sources.vocabulary import Role

# States in which a claim is public, or has its time to be, by its last version.
ALWAYS_PUBLISHED = frozenset({State.PUBLISHED, State.SCHEDULED})
# The state in which nothing of a claim is public any more.
NEVER_PUBLISHED = frozenset({State.TAKEN_OFF})

WHOSE = {
    Authorship.ANYBODY: "anybody's",
    Authorship.AUTHOR: "one's own",
    Authorship.NOT_AUTHOR: "another person's",
}

INTRODUCTION = """\
# Who may take which step with a claim

Written by `manage.py permissions` from `claims/domain/workflow.py`, which the actions enforce and
the pages of the desk follow: what an action would refuse, no page offers. Each role includes the
ones before it. A source that only named persons read is read by nobody else, whatever their role.

## The rules
"""

GRID = """
## Every case

By the state of the last version, by role, and by whether the person wrote that version.
(s): only by somebody who may read every source of the version.
(p): only while readers see a version of the claim, or one has its time to come.
"""

SUGGESTED = """
A reviewer who suggests a wording for a version that waits becomes the author of the next one. The
author of the version before then decides on it, whatever their role: """


@dataclass(frozen=True)
class Situation:
    """A case of the table: the state of a claim's last version, and who looks at it.

    `is_published` says that readers see a version of the claim, or will.
    """

    state: State
    role: Role
    is_author: bool
    is_published: bool = False
    wrote_previous: bool = False
    reads_sources: bool = True

    def steps(self) -> frozenset[Step]:
        """Return the steps that the person may take."""
        found = allowed(
            self.state,
            self.role,
            is_author=self.is_author,
            wrote_previous=self.wrote_previous,
            is_published=self.is_published,
        )
        return frozenset(s for s in found if self.reads_sources or not RULES[s].reads_sources)


def as_markdown() -> str:
    """Return the page: the rules, then every state by role and authorship."""
    rules = [
        (
            _words(step),
            f"{rule.role} or above",
            WHOSE[rule.who],
            _states(rule.states) + (", while published (p)" if rule.only_published else ""),
            "may read them all" if rule.reads_sources else "–",
        )
        for step, rule in RULES.items()
    ]
    columns = [(role, is_author) for role in Role for is_author in (True, False)]
    heads = [f"{role}, {'own' if is_author else 'not own'}" for role, is_author in columns]
    grid = [
        (_words(state), *(_cell(state, role, is_author=own) for role, own in columns))
        for state in State
    ]
    decides = Situation(State.SUBMITTED, Role.CONTRIBUTOR, is_author=False, wrote_previous=True)
    without = Situation(State.SUBMITTED, Role.CONTRIBUTOR, is_author=False)
    return "".join(
        [
            INTRODUCTION,
            _table(("Step", "Role", "Whose version", "From the states", "Its sources"), rules),
            GRID,
            _table(("State", *heads), grid),
            SUGGESTED,
            _list(decides.steps() - without.steps()),
            ".\n",
        ]
    )


def _cell(state: State, role: Role, *, is_author: bool) -> str:
    """The steps of one role in one state, each with its condition."""
    hidden = Situation(state, role, is_author, is_published=state in ALWAYS_PUBLISHED).steps()
    published = Situation(state, role, is_author, is_published=state not in NEVER_PUBLISHED)
    return _list(hidden | published.steps(), only_published=published.steps() - hidden)


def _list(steps: Iterable[Step], only_published: frozenset[Step] = frozenset()) -> str:
    """Steps in words, in the order of the rules."""
    chosen = set(steps)
    words = [
        _words(step)
        + (" (s)" if rule.reads_sources else "")
        + (" (p)" if step in only_published else "")
        for step, rule in RULES.items()
        if step in chosen
    ]
    return ", ".join(words) or "–"


def _states(states: frozenset[State]) -> str:
    """States in words; those that are left out where most are there."""
    left_out = [state for state in State if state not in states]
    if len(left_out) > len(State) // 2:
        return ", ".join(_words(state) for state in State if state in states)
    return "any" + (f" but {', '.join(map(_words, left_out))}" if left_out else "")


def _words(code: State | Step) -> str:
    """A code in words."""
    return code.value.replace("-", " ")


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)
