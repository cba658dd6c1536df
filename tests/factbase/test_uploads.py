"""Uploads that are longer than anything that is kept fill neither memory nor disk."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from factbase.uploads import FORM_ALLOWANCE
from sources.actions.captures.capture import MAX_SIZE


def request_with(*sizes: int) -> HttpRequest:
    files = [SimpleUploadedFile(f"{size}.txt", b"a" * size) for size in sizes]
    return RequestFactory().post("/", {"word": "kept", "file": files})


def test_the_files_of_a_request_that_is_too_long_arrive_empty_with_its_length() -> None:
    request = request_with(MAX_SIZE + FORM_ALLOWANCE, 3)

    for file in request.FILES.getlist("file"):
        assert file.size is not None
        assert file.size > MAX_SIZE
        assert file.read() == b""
        assert isinstance(file.file, BytesIO)
    assert request.POST["word"] == "kept"
    request.close()


@pytest.mark.parametrize("sizes", [(0,), (17,), (3_000_000, 17)])
def test_any_other_file_arrives_whole(sizes: tuple[int, ...]) -> None:
    request = request_with(*sizes)

    assert [len(file.read()) for file in request.FILES.getlist("file")] == list(sizes)
    request.close()
