"""Differences of wordings in a template: marked for eye and ear, and safe."""

from django.template import Context, Template

from sources.templatetags.changes import marked_changes


def test_removed_and_added_words_are_marked_and_introduced() -> None:
    assert marked_changes("It fell by 9%.", "It fell by 8%.") == (
        'It fell by <del><span class="visually-hidden">[removed:] </span>9</del>'
        '<ins><span class="visually-hidden">[added:] </span>8</ins>%.'
    )


def test_words_are_escaped_wherever_they_stand() -> None:
    template = Template("{% load changes %}{% word_changes before after %}")

    shown = template.render(Context({"before": "<b> & <i>", "after": "<b> & <script>"}))

    assert "&lt;b&gt; &amp; &lt;" in shown
    assert "<b>" not in shown
    assert "<script>" not in shown


def test_what_prints_nothing_is_named() -> None:
    assert 'data-name="ZWSP"' in marked_changes("oil price", "oil\u200b price")
    assert ">line break</span>" in marked_changes("One. Two.", "One.\nTwo.")
    assert ">space</span>" in marked_changes("9 %", "9%")
    assert ">no-break space</span>" in marked_changes("9 %", "9\u00a0%")


def test_the_same_words_are_not_marked() -> None:
    assert marked_changes("It fell.", "It fell.") == "It fell."
    assert marked_changes("", "") == ""
