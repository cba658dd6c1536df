"""Background work on claims: what the clock starts."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from claims.actions.publication import follow_publications


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="follow-publications", pass_context=False)
def follow_due_publications(timestamp: int) -> None:
    """Every minute: compare claims again whose time of publication has come."""
    follow_publications(at=datetime.fromtimestamp(timestamp, tz=UTC))
