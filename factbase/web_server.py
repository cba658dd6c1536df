"""Hooks of gunicorn where the demo starts it (`--config python:factbase.web_server`)."""

from factbase.lifeline import end_with_parent


def on_starting(server: object) -> None:  # noqa: ARG001 - gunicorn passes itself
    """End the web server with the demo; its workers end with it by themselves."""
    end_with_parent()
