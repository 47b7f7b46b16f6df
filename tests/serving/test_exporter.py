"""Files made for visitors: in a process of its own, with the operator's templates and limits."""

import asyncio
import io
import zipfile

import pytest

from workbook.exports.pandoc import read_default_file
from workbook.scenario import open_scenario_file
from workbook.serving import exporter as module
from workbook.serving.exporter import (
    Exporter,
    ExportFailedError,
    ExportRejectedError,
    read_templates,
)
from workbook.serving.turn_queue import QueueFullError
from workbook.topics.digital_inclusion import topic

LINK = "https://workbook.example.gov.uk/digital_inclusion"


def make(suffix, templates=None, **values):
    scenario = topic.Scenario(draws=100, **values)
    return asyncio.run(Exporter(templates or {}).make_file(topic, scenario, suffix, LINK))


def part(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_a_document_is_made_without_the_secrets_of_the_server(monkeypatch):
    environments = []
    start = asyncio.create_subprocess_exec

    async def record_start(*command, **options):
        environments.append(options["env"])
        return await start(*command, **options)

    monkeypatch.setenv("WORKBOOK_TOKEN", "secret")
    monkeypatch.setattr(module.asyncio, "create_subprocess_exec", record_start)
    document = part(make(".docx", programme_starts=800_000), "word/document.xml")
    assert ">800,000<" in document
    assert LINK in document
    [environment] = environments
    assert "secret" not in environment.values()


def test_the_operator_s_template_gives_the_styles(tmp_path):
    (tmp_path / "reference.docx").write_bytes(read_default_file("reference.docx"))
    templates = read_templates(tmp_path)
    assert list(templates) == ["docx"]
    assert part(make(".docx", templates), "word/styles.xml") != part(
        make(".docx"), "word/styles.xml"
    )


def test_a_scenario_file_needs_no_process_and_gives_the_scenario_again(tmp_path, monkeypatch):
    monkeypatch.setattr(module.asyncio, "create_subprocess_exec", None)
    path = tmp_path / "x.toml"
    path.write_bytes(make(".toml", programme_starts=800_000))
    opened = open_scenario_file(path, topic.Scenario, topic.name)
    assert opened.scenario == topic.Scenario(draws=100, programme_starts=800_000)


def test_a_scenario_without_an_outcome_is_rejected_with_its_sentence():
    with pytest.raises(ExportRejectedError, match="quarter is"):
        make(".xlsx", quarter="1990-Q1")


def test_what_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(module, "_FILE_SECONDS", 0.2)
    with pytest.raises(ExportFailedError, match="too long"):
        make(".xlsx")


def test_what_takes_too_much_memory_is_ended(monkeypatch):
    monkeypatch.setattr(module, "_MOST_MEMORY", 200 * 2**20)
    with pytest.raises(ExportFailedError, match=r"status|too long"):  # or it waits for memory
        make(".pptx")


def test_a_server_that_ends_takes_the_process_with_it(monkeypatch):
    async def close_while_making():
        started = asyncio.Event()
        monkeypatch.setattr(module, "lower_priority", lambda _: started.set())
        maker, scenario = Exporter({}), topic.Scenario(draws=100)
        making = asyncio.create_task(maker.make_file(topic, scenario, ".xlsx", LINK))
        await started.wait()
        await maker.close()
        await making

    with pytest.raises(ExportFailedError, match="status -9"):
        asyncio.run(close_while_making())


def test_the_id_of_a_process_that_has_ended_is_not_used_again(monkeypatch):
    ended = []

    async def close_after_making():
        maker, scenario = Exporter({}), topic.Scenario(draws=100)
        with pytest.raises(ExportFailedError, match="too long"):
            await maker.make_file(topic, scenario, ".xlsx", LINK)
        monkeypatch.setattr(module.os, "killpg", lambda *call: ended.append(call))
        await maker.close()

    monkeypatch.setattr(module, "_FILE_SECONDS", 0.2)
    asyncio.run(close_after_making())
    assert ended == []


def test_only_a_few_wait(monkeypatch):
    monkeypatch.setattr(module, "_MOST_WAITING", 0)

    async def make_two():
        maker, scenario = Exporter({}), topic.Scenario(draws=100)
        return await asyncio.gather(
            *(maker.make_file(topic, scenario, ".xlsx", LINK) for _ in range(2)),
            return_exceptions=True,
        )

    first, second = asyncio.run(make_two())
    assert isinstance(first, bytes)
    assert isinstance(second, QueueFullError)


def test_templates_are_checked_at_the_start(tmp_path):
    assert read_templates(None) == {}
    with pytest.raises(ValueError, match=r"has no template: put reference\.docx"):
        read_templates(tmp_path)
    (tmp_path / "reference.pptx").write_text("text", encoding="utf-8")
    with pytest.raises(ValueError, match=r"reference\.pptx cannot be used as a template"):
        read_templates(tmp_path)
