"""The settings of gunicorn that are no numbers (`--config python:factbase.web_server`)."""

from factbase.lifeline import end_with_parent

# Answers as the API does what gunicorn itself refuses.
worker_class = "factbase.web_worker.WebWorker"


def on_starting(server: object) -> None:  # noqa: ARG001 - gunicorn passes itself
    """End the web server with the demo; its workers end with it by themselves."""
    end_with_parent()
