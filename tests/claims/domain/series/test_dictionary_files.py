"""Topic dictionaries as YAML and CSV: what is written is read again, the rest is refused."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.series.dictionary import Dictionary, DictionaryEntry, DictionaryTerm
from claims.domain.series.dictionary_files import (
    MAX_BYTES,
    dictionary_as_csv,
    dictionary_as_yaml,
    read_dictionary,
    read_dictionary_file,
)
from claims.domain.series.dictionary_validation import (
    UNREADABLE,
    DictionaryRefused,
    tidy_dictionary,
)

ARCTIC = DictionaryEntry(
    "arctic",
    (DictionaryTerm('Arctic NOT "Antarctic"'), DictionaryTerm("Арктик*", "ru")),
    "The region.",
)
NORWAY = DictionaryEntry("norway", (DictionaryTerm("Norge", "no"), DictionaryTerm("1905")))
TWO = Dictionary((ARCTIC, NORWAY))

# Words that YAML, CSV or a spreadsheet would read as something else.
TRAPS = st.sampled_from(
    [
        *("no", "null", "~", "1917", "0x1F", "1e3", "2024-01-01", "<<", "=", "- a", "a: b", "#x"),
        *("=SUM(A1)", "'=x", "''+1", "@who", "-1", "'tis", '"quoted"', "a,b;c", "!!int 3", "&a *a"),
        *("{a}", "[a]", "|", ">", "%TAG", "---", "...", "? x", "topic", "中国", "Сил* Сибири-2"),
    ]
)
WORDS = (
    (TRAPS | st.text(max_size=30))
    .map(lambda text: tidy_dictionary(one_term(text)).entries[0].terms[0].text)
    .filter(lambda text: text and not UNREADABLE.search(text))
)
TERMS = st.builds(DictionaryTerm, WORDS, st.sampled_from(["", "en", "no", "zh-Hans"]))
ENTRIES = st.builds(
    DictionaryEntry,
    st.from_regex("[a-z0-9][a-z0-9_-]{0,12}", fullmatch=True),
    st.lists(TERMS, min_size=1, max_size=5).map(tuple),
    st.just("") | WORDS,
)
DICTIONARIES = st.lists(ENTRIES, max_size=4, unique_by=lambda entry: entry.topic).map(
    lambda entries: Dictionary(tuple(entries))
)


def refusal_of(data: bytes, name: str) -> str:
    """The message of what refuses a file; empty where it is read."""
    try:
        read_dictionary(data, file=name)
    except DictionaryRefused as refusal:
        return refusal.message
    return ""


def one_term(text: str) -> Dictionary:
    return Dictionary((DictionaryEntry("topic", (DictionaryTerm(text),)),))


@given(DICTIONARIES)
def test_what_is_written_as_yaml_is_read_again(dictionary: Dictionary) -> None:
    written = dictionary_as_yaml(dictionary, series="quad", number=3)

    read = read_dictionary_file(written.encode(), file="a.yaml")

    assert (read.dictionary, read.series, read.number) == (dictionary, "quad", 3)


@given(DICTIONARIES)
def test_what_is_written_as_csv_is_read_again(dictionary: Dictionary) -> None:
    assert read_dictionary(dictionary_as_csv(dictionary).encode()) == dictionary


@given(DICTIONARIES)
def test_no_cell_of_the_csv_begins_a_formula(dictionary: Dictionary) -> None:
    rows = csv.reader(io.StringIO(dictionary_as_csv(dictionary), newline=""))

    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")]


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_any_file_is_read_or_refused_in_a_sentence(content: str | bytes) -> None:
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    for name in ("x.yaml", "x.csv", "x"):
        message = refusal_of(data, name)
        assert not message or (message.startswith(name) and message.endswith("."))


@pytest.mark.parametrize(
    "written",
    [
        "topics:\n- topic: arctic\n  terms: [Arctic]\n",
        "- {topic: arctic, terms: [{text: Arctic}]}",
        '{"topics": [{"topic": "arctic", "terms": ["Arctic"]}]}',
        "topic,term\narctic,Arctic\n",
        "\ufefftopic;term;language;note\r\narctic;Arctic;;\r\n;;;\r\n",
        "Topic\tTerm\tNote\narctic\tArctic\t\n",
    ],
)
def test_both_formats_are_known_without_a_name(written: str) -> None:
    entry = DictionaryEntry("arctic", (DictionaryTerm("Arctic"),))

    assert read_dictionary(written.encode()) == Dictionary((entry,))


def test_rows_of_a_topic_are_one_entry_wherever_they_stand() -> None:
    rows = "topic,term,language,note\na,one,,Why.\nb,two,,\na,three,ru,Why.\n"

    assert read_dictionary(rows.encode()).entries == (
        DictionaryEntry("a", (DictionaryTerm("one"), DictionaryTerm("three", "ru")), "Why."),
        DictionaryEntry("b", (DictionaryTerm("two"),)),
    )


BILLION_LAUGHS = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ntopics: [*c]\n"


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("x.yaml", BILLION_LAUGHS, "alias", "line 1: “a” is an alias or anchor"),
        ("x.yaml", "topics: [*a]", "alias", "line 1"),
        ("x.yaml", "topics: []\ntopics: []", "duplicate_key", "line 2: the key “topics” stands"),
        (
            "x.yaml",
            "topics:\n- topic: a\n  terms: [b]\n  topic: c",
            "duplicate_key",
            "line 4: the key “topic”",
        ),
        ("x.yaml", "topics:\n- topic: a\n  trems: [b]", "unknown_key", "nearest one is “terms”"),
        ("x.yaml", "topics:\n- topic: a", "terms_missing", "line 2: this entry has no key `terms`"),
        ("x.yaml", "topics:\n- terms: [a]", "topic_missing", "line 2"),
        ("x.yaml", "topics:\n- topic: [a]\n  terms: [b]", "wrong_type", "line 2: `topic` is to be"),
        ("x.yaml", "topics:\n- topic: a\n  terms: b", "wrong_type", "the text “b”"),
        ("x.yaml", "topics:\n- topic: a\n  terms: [[b]]", "wrong_type", "line 3: a term is to be"),
        ("x.yaml", "topics:\n  a: b", "wrong_type", "line 2: `topics` is to be a list"),
        ("x.yaml", "topics: []\nnumber: three", "wrong_type", "line 2: “three” is no number"),
        ("x.yaml", "only words", "wrong_type", "the text “only words”"),
        ("x.yaml", "number: 3", "topics_missing", "`topics` is missing"),
        ("x.yaml", "? [a, b]\n: c", "wrong_type", "a list stands for a key"),
        ("x.yaml", "", "empty", "x.yaml is empty"),
        ("x.yaml", "topics: []\n---\ntopics: []", "not_yaml", "line 2: a second document"),
        ("x.yaml", "topics: [a", "not_yaml", "is not YAML"),
        ("x.yaml", "topics: !!python/object/apply:os.system [ls]", "tag", "line 1: the tag"),
        ("x.yaml", "topics:\n- topic: !!binary aGk=\n  terms: []", "tag", "line 2"),
        ("x.yaml", "[" * 2_000, "too_long", "nested too deep"),
        ("x.yaml", "topics: [" + "a, " * 50_000 + "]", "too_long", "too many parts"),
        ("x.yaml", "topics:\n- a\0b", "unreadable", "line 2: U+0000"),
        ("x.csv", "topic,term\na,b\na,c\0", "unreadable", "line 3: U+0000"),
        ("x.csv", "word,count\na,1", "no_head", "line 1: the head topic,term,language,note"),
        ("x.csv", "topic,term,lang\na,b,en", "unknown_key", "nearest one is “language”"),
        ("x.csv", "topic,term,term\na,b,c", "duplicate_key", "the column “term” stands twice"),
        ("x.csv", "topic,term\na,b,c,d", "not_csv", "line 2: the row has 4 cells"),
        ("x.csv", 'topic,term\na,"b', "not_csv", "this is not CSV"),
        ("x.csv", "topic,term\n,b", "topic_missing", "line 2: the topic is missing"),
        ("x.csv", "topic,term\na,", "term_missing", "line 2: the term is missing"),
        ("x.csv", "topic,term,note\na,b,x\na,c,y", "note_twice", "line 3: the topic “a” has"),
        ("x.csv", "topic,term\na," + "b" * 140_000, "not_csv", "line 2"),
        ("x.csv", "topic,term\n" + "a,b\n" * 5_001, "too_long", "line 5002: there are more than"),
        ("x.yaml", "topics:\n- \udcff", "not_utf8", "line 2: there is a byte that is not UTF-8"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    name: str, content: str, code: str, said: str
) -> None:
    with pytest.raises(DictionaryRefused) as refused:
        read_dictionary(content.encode("utf-8", "surrogateescape"), file=name)

    assert (refused.value.code, said in refused.value.message) == (code, True), refused.value


def test_a_huge_file_is_not_read() -> None:
    with pytest.raises(DictionaryRefused, match="At most 600,000 are read"):
        read_dictionary(b"a" * (MAX_BYTES + 1))
