"""Thousands of requests, made from the OpenAPI document, to a server with every topic."""

import json
import urllib.request

import pytest

from tests.browser.server import serve_workbook
from tests.serving.api_requests import fuzz_interface
from tests.snapshots.site.conftest import write_archive
from workbook.serving.access import TOKEN_VARIABLE
from workbook.snapshots.site.archive_site import write_archive_site

TOKEN = "a-token-of-these-tests"


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    """The document of a server with every topic and an archive."""
    store = tmp_path_factory.mktemp("served") / "store"
    write_archive(store)
    write_archive_site(store, {})
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(TOKEN_VARIABLE, TOKEN)
        with serve_workbook(options=[f"--archive={store}"]) as home:
            request = urllib.request.Request(f"{home}/api/openapi.json")
            request.add_header("Authorization", f"Bearer {TOKEN}")
            with urllib.request.urlopen(request, timeout=110) as answer:
                yield json.load(answer)


@pytest.mark.timeout(7200)
def test_every_answer_is_as_the_document_says(document):
    assert fuzz_interface(document, TOKEN, examples=100) >= {200, 400, 404}
