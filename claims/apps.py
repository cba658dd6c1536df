"""The app of what is said, on what evidence, and whether it stands."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    """Claims, reviews, conflicts and fact sheets."""

    name = "claims"
    verbose_name = _("claims")

    def ready(self) -> None:
        """Ask to be told of what changes in sources."""
        from claims.actions import follow, search_words, withholding
        from claims.actions.absence import queue
        from claims.actions.factsheets import withheld_words
        from claims.actions.series import counting
        from sources.actions import announce

        announce.excerpt_regraded.append(follow.follow_regrading)
        announce.printed_words_changed.append(search_words.follow_printed_words)
        announce.standing_changed.append(follow.follow_standing)
        announce.series_changed += [
            follow.refresh_series_conflicts,
            queue.follow_series,
            counting.count_changed_series,
        ]
        announce.layer_made_current += [queue.follow_text, counting.count_current_text]
        announce.record_revised += [
            counting.count_revised_source,
            search_words.follow_revised_record,
        ]
        announce.publisher_renamed.append(search_words.follow_renamed_publisher)
        announce.copy_searches["fact sheets"] = withheld_words.find_fact_sheet_copies
        announce.excerpt_withheld += [
            withholding.follow_withheld_excerpt,
            counting.count_without_withheld,
            search_words.follow_withheld_quote,
        ]
        announce.layers_withheld += [
            withholding.follow_withheld_layers,
            counting.forget_withheld_texts,
        ]
