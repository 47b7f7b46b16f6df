"""Validate an RO-Crate without a network: ``python validate_crate.py CONTEXT FOLDER``.

Run by the Python of an environment that has roc-validator. Prints a line for each issue.
"""

import io
import sys
import urllib.request
import urllib.response
from email.message import Message
from pathlib import Path

import requests
from rocrate_validator import models, services

CONTEXT_ADDRESS = "https://w3id.org/ro/crate/1.1/context"


class LocalContext(urllib.request.HTTPSHandler):
    """Gives the context from a file, and nothing else."""

    def https_open(self, request):
        headers = Message()
        headers["Content-Type"] = "application/ld+json"
        content = read_context(request.full_url)
        answer = urllib.response.addinfourl(io.BytesIO(content), headers, request.full_url, 200)
        answer.msg = "OK"
        return answer


def request_locally(_session, _method, url, **_options):
    """Answer a request of the library requests."""
    answer = requests.Response()
    answer.status_code, answer.url, answer._content = 200, url, read_context(url)
    answer.headers["Content-Type"] = "application/ld+json"
    return answer


def read_context(url: str) -> bytes:
    if url.rstrip("/") != CONTEXT_ADDRESS:
        raise OSError(f"there is no network: {url}")
    return Path(sys.argv[1]).read_bytes()


urllib.request.install_opener(urllib.request.build_opener(LocalContext))
requests.Session.request = request_locally
result = services.validate(
    services.ValidationSettings(
        rocrate_uri=sys.argv[2],
        profile_identifier="ro-crate-1.1",
        requirement_severity=models.Severity.REQUIRED,
    )
)
for issue in result.get_issues():
    print(issue.check.identifier, issue.message)
sys.exit(not result.passed())
