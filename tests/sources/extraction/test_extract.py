"""Extraction keeps its promises, whatever the file and whatever its reader does."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sources.domain.text.pages import Page
from sources.extraction import process
from sources.extraction.extract import ExtractionLimits, ExtractionRefused, extract
from sources.extraction.kinds import kind_of
from tests.sources.extraction.samples import good

LIMITS = ExtractionLimits(seconds=20)
ROOT = Path(__file__).parents[3]


def refusal(data: bytes, media_type: str = "", file_name: str = "a.txt") -> ExtractionRefused:
    with pytest.raises(ExtractionRefused) as refused:
        extract(data, media_type=media_type, file_name=file_name, limits=LIMITS)
    return refused.value


def test_plain_text_is_one_form_with_its_pages() -> None:
    layer = extract(
        "cafe\u0301\r\none\ftwo".encode(), media_type="text/plain", file_name="a.txt", limits=LIMITS
    )

    assert layer.text == "caf\u00e9\none\ftwo"
    assert layer.pages == (Page(0, "1", 0, 8), Page(1, "2", 9, 12))
    assert layer.metadata == {"encoding": "utf-8", "media_type": "text/plain"}


@pytest.mark.parametrize("suffix", list(good()))
def test_the_kind_is_told_by_the_bytes_where_they_tell(suffix: str) -> None:
    names = {"md": "markdown", "txt": "plain_text"}
    media_type, data = good()[suffix]

    assert kind_of(data, media_type, f"a.{suffix}").name == names.get(suffix, suffix)
    if suffix not in names:
        assert kind_of(data, "image/png", "a.md").name == suffix


def test_a_wrong_media_type_is_said_and_no_failure() -> None:
    layer = extract(good()["pdf"][1], media_type="text/html", file_name="a.html", limits=LIMITS)

    assert layer.extractor == "pdf"
    assert layer.metadata["media_type"] == "application/pdf"
    assert layer.metadata["media_type_said"] == "text/html"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"a\0b", "nul"),
        (b"caf\xe9", "encoding"),
        (b"\x89PNG\r\n", "unknown_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"%PDF-1.7 and no more", "damaged"),
        (b"x" * (50 * 1024 * 1024 + 1), "too_large"),
    ],
    ids=["nothing", "space", "nul", "latin", "picture", "password", "damaged", "large"],
)
def test_what_has_no_text_is_refused_by_name(data: bytes, code: str) -> None:
    refused = refusal(data)

    assert refused.code == code
    assert "“a.txt”" in refused.message
    assert refused.message.endswith(".")
    assert refused.extractor
    assert 0 < len(refused.version) <= 40


RUSSIAN = "Президент подписал совместное заявление о развитии отношений двух стран. " * 3


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r"])
def test_an_encoding_that_is_sure_is_guessed_and_recorded(encoding: str) -> None:
    layer = extract(RUSSIAN.encode(encoding), media_type="", file_name="a.txt", limits=LIMITS)

    assert layer.text == RUSSIAN
    assert layer.metadata["encoding"].endswith("(guessed)")


DOS = [
    ("cp850", "Les ministres se sont réunis à Genève et ont signé les accords. "),
    ("cp850", "Die Minister trafen sich für zwei Tage in Köln: Größe und Übung. "),
    ("cp852", "Ministři se sešli na dva dny a dohodli se na plánu. "),
    ("cp862", "השרים נפגשו במשך יומיים והסכימו על תוכנית לסחר ולאנרגיה. "),
    ("cp1125", "Міністри зустрілися на два дні й домовилися про план торгівлі. "),
    ("iso8859_6", "اجتمع الوزراء لمدة يومين واتفقوا على خطة للتجارة والطاقة. "),
]


@pytest.mark.parametrize(("encoding", "text"), DOS)
def test_an_encoding_of_old_is_not_taken_for_another(encoding: str, text: str) -> None:
    assert refusal((text * 3).encode(encoding)).code == "encoding"


HUNGARIAN = (
    "A miniszterek két napig tárgyaltak, és megállapodtak a kereskedelmi tervről. A kormány "
    "szerint az export őszig nőni fog, és nem csökken. "
)
POLISH = (
    "Ministrowie spotkali się na dwa dni i uzgodnili plan dla handlu. Eksport wzrósł o "
    "dziewięć procent, ale nie przez cały rok. "
)
LITHUANIAN = (
    "Ministrai susitiko ir susitarė dėl plano, kad eksportas išaugtų per metus; tai yra tik "
    "pradžia, jo nuo šiol laukia visi. "
)
SPANISH = "Los ministros se reunieron en la capital y acordaron un año más de plazo. "
LANGUAGES = [
    ("cp1250", "hu", HUNGARIAN),
    ("iso8859_2", "pl", POLISH),
    ("cp1257", "lt", LITHUANIAN),
    ("cp1252", "es", SPANISH),
]


@pytest.mark.parametrize(("encoding", "language", "text"), LANGUAGES)
def test_the_language_of_the_text_tells_its_encoding(
    encoding: str, language: str, text: str
) -> None:
    for times in (1, 20):
        layer = extract(
            (text * times).encode(encoding), media_type="", file_name="a.txt", limits=LIMITS
        )

        assert layer.text == text * times
        assert layer.metadata["encoding"].endswith(f" (guessed, as {language})")


def test_the_language_of_the_source_tells_the_encoding_of_a_short_text() -> None:
    text = "Két évre szóló szerződés Győrben"
    data = text.encode("cp1250")

    assert refusal(data).code == "encoding"
    layer = extract(data, media_type="", file_name="a.txt", limits=LIMITS, language="hu-HU")
    assert layer.text == text


def test_a_guess_that_has_not_the_letters_of_its_language_is_refused() -> None:
    text = "İki cumhurbaşkanı ortak bildiriyi imzaladı ve iş birliğini güçlendirdi. "

    with pytest.raises(ExtractionRefused) as refused:
        extract(
            (text * 3).encode("cp1254"),
            media_type="",
            file_name="a.txt",
            limits=LIMITS,
            language="hu",
        )
    assert refused.value.code == "encoding"


def test_an_encoding_that_is_said_is_not_guessed() -> None:
    text = "İki ülke ortak bildiriyi imzaladı ve iş birliğini güçlendirdi."
    layer = extract(
        text.encode("cp1254"),
        media_type="text/plain; charset=windows-1254",
        file_name="a.txt",
        limits=LIMITS,
    )

    assert layer.text == text
    assert layer.metadata["encoding"] == "cp1254 (as said)"


def test_chinese_that_says_nothing_of_its_encoding_is_read_where_it_is_sure() -> None:
    text = "两国元首签署联合声明，强调双方战略协作伙伴关系。贸易额同比下降。" * 3
    layer = extract(text.encode("gb18030"), media_type="", file_name="a.txt", limits=LIMITS)

    assert layer.text == text
    assert layer.metadata["encoding"] == "gb18030 (guessed)"


def test_an_encoding_that_is_not_sure_is_refused() -> None:
    text = "İki cumhurbaşkanı ortak bildiriyi imzaladı ve iş birliğini güçlendirdi. "

    assert refusal((text * 3).encode("cp1254")).code == "encoding"


def test_time_ends_the_worker_and_what_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = tmp_path / "started"
    worker = tmp_path / "worker.py"
    worker.write_text(
        "import os, subprocess, time\n"
        "child = subprocess.Popen(['/bin/sleep', '60'])\n"
        f"open({str(started)!r}, 'w').write(f'{{os.getpid()}} {{child.pid}}')\n"
        "time.sleep(60)\n"
    )
    monkeypatch.setattr(process, "WORKER", worker)

    with pytest.raises(ExtractionRefused) as refused:
        extract(b"caf\xe9", media_type="", file_name="a.txt", limits=ExtractionLimits(seconds=1.5))

    assert refused.value.code == "too_slow"
    assert "1.5 seconds" in refused.value.message
    numbers = [int(number) for number in started.read_text().split()]
    until = time.monotonic() + 5  # the child of a child that was ended ends a moment later
    while any(map(_is_running, numbers)) and time.monotonic() < until:
        time.sleep(0.02)
    assert not any(map(_is_running, numbers))


@pytest.mark.parametrize(
    "script",
    [
        "print('garbage')",
        "print('[1, 2]')",
        'print(\'{"text": "a", "pages": [[0, "", 0, 9]], "apparatus": [], "metadata": {}}\')',
        'print(\'{"text": "a\\\\ud800", "pages": [], "apparatus": [], "metadata": {}}\')',
        "print('[' * 100000)",
        "import os; os.kill(os.getpid(), 11)",
        "import os; os.kill(os.getpid(), 9)",
        "raise SystemExit(3)",
        "import sys; sys.stdout.write('x' * 200_000_000)",
        "import os, time; os.close(1); time.sleep(60)",
    ],
    ids=["garbage", "list", "places", "lone", "deep", "crash", "kill", "exit", "flood", "silence"],
)
def test_a_broken_worker_is_a_refusal(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = tmp_path / "worker.py"
    worker.write_text(script)
    monkeypatch.setattr(process, "WORKER", worker)

    with pytest.raises(ExtractionRefused):
        extract(b"caf\xe9", media_type="", file_name="a.txt", limits=ExtractionLimits(seconds=2))


def test_the_worker_sees_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    seen = tmp_path / "seen"
    worker = tmp_path / "worker.py"
    worker.write_text(
        "import os\n"
        f"with open({str(seen)!r}, 'w') as out:\n"
        "    print(sorted(os.environ), os.listdir('.'), os.listdir('/proc/self/fd'), file=out)\n"
    )
    monkeypatch.setattr(process, "WORKER", worker)

    with pytest.raises(ExtractionRefused):
        extract(b"caf\xe9", media_type="", file_name="a.txt", limits=LIMITS)
    words = seen.read_text()
    assert "DATABASE_URL" not in words
    assert "SECRET" not in words
    assert " [] " in words  # an empty folder
    assert words.count("'") <= 2 * (3 + 6)  # HOME, LANG, LC_CTYPE; three streams and a few more


def test_the_worker_imports_no_django_and_starts_anywhere(tmp_path: Path) -> None:
    script = (
        f"import sys; sys.path.append({str(ROOT)!r})\n"
        "from sources.extraction.extract import extract\n"
        "layer = extract(b'words', media_type='text/html', file_name='a.html')\n"
        "print(layer.text, 'django' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": os.environ["PATH"]},
    )

    assert done.stdout.split() == ["words", "False"]


def _is_running(number: int) -> bool:
    """Whether a process runs; one that has ended and waits to be counted does not."""
    try:
        stat = Path(f"/proc/{number}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in ("Z", "X")
