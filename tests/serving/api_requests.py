"""Requests that are made from an OpenAPI document, valid ones and invalid ones."""

from collections.abc import Mapping
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, settings
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.config import ProjectConfig, SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance


def fuzz_interface(document: Mapping[str, Any], token: str, examples: int) -> set[int]:
    """Send requests to each operation of a document, and check each answer against it.

    An answer must have a status, a media type and a content that the document has. No fault of the
    server is allowed, but a calculation may take too long. What contradicts the document must be
    refused. What agrees with it may be: values that each are allowed may contradict each other,
    which JSON Schema cannot say.

    Args:
        document: The document, which names the server.
        token: The visitors' token.
        examples: Requests to each operation, of each kind.

    Returns:
        The statuses of the answers.
    """
    schema = schemathesis.openapi.from_dict(dict(document), config=_make_configuration())
    excluded: list[CheckFunction] = [positive_data_acceptance, not_a_server_error]
    statuses: set[int] = set()
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in GenerationMode:
            if mode is GenerationMode.NEGATIVE and not operation.query:
                continue

            @settings(
                max_examples=examples,
                deadline=None,
                database=None,
                derandomize=True,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=operation.as_strategy(generation_mode=mode))
            def send(case: schemathesis.Case) -> None:
                assume(not _has_short_list(case))
                answer = case.call_and_validate(
                    base_url=document["servers"][0]["url"],
                    headers={"Authorization": f"Bearer {token}"},
                    timeout=100,
                    excluded_checks=excluded,
                )
                assert answer.status_code < 500 or answer.status_code == 503, case.as_curl_command()
                statuses.add(answer.status_code)

            send()
    return statuses


def _has_short_list(case: schemathesis.Case) -> bool:
    """Whether a list in the query is written as a valid request: one value, or none at all."""
    values = (case.query or {}).values()
    return any(isinstance(value, list) and len(value) <= 1 for value in values)


def _make_configuration() -> SchemathesisConfig:
    """Settings: every check, and the token from us."""
    configuration = SchemathesisConfig(projects=None)
    project: ProjectConfig = configuration.projects.get_default()
    project.generation.update(with_security_parameters=False)
    return configuration
