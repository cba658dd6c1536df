"""Loading the topic dictionaries of a dossier, one for each series that has one."""

from claims.actions.dossier.loading import Loaded, count, entry
from claims.actions.series.dictionaries import save_dictionary
from claims.domain.series.dictionary import Dictionary
from claims.domain.series.dictionary_validation import validate_dictionary
from claims.models import DictionaryVersion, Topic


def load_dictionaries(loaded: Loaded) -> None:
    """Load every dictionary that is new or changed, as the next version of its series.

    One that was loaded before stays where the desk has left it since.
    """
    if not loaded.dossier.dictionaries:
        return
    topics = frozenset(Topic.objects.values_list("key", flat=True))
    for given in loaded.dossier.dictionaries:
        with entry(given.file, "series", given.series):
            load_dictionary(loaded, given.series, validate_dictionary(given.dictionary, topics))


def load_dictionary(loaded: Loaded, key: str, dictionary: Dictionary) -> None:
    """The dictionary of one series, validated."""
    tally, series = loaded.summary.dictionaries, loaded.series[key]
    versions = DictionaryVersion.objects.filter(series=series)
    if versions.filter(sha256=dictionary.sha256).exists():
        tally.skipped += 1
        return
    loaded.about_to_write()
    current = DictionaryVersion.objects.current_of(series)
    save_dictionary(
        series=series,
        dictionary=dictionary,
        note=loaded.change_note,
        seen_number=0 if current is None else current.number,
        by=loaded.author,
        at=loaded.at,
    )
    if current is None:
        tally.new += 1
    else:
        count(tally, is_changed=True)
