"""The queue of documents: one at a time, and only a few that wait."""

import asyncio
import threading

import pytest

from workbook.serving import pdf
from workbook.serving.pdf import PdfPrinter, PrintRequest
from workbook.serving.turn_queue import QueueFullError

REQUEST = PrintRequest("http://127.0.0.1:1/take_up", "https://example.gov.uk/take_up", "summary")


def test_documents_are_made_one_at_a_time_and_too_many_are_refused(monkeypatch):
    may_end, under_way, most = threading.Event(), [], []

    def print_page(chromium, request):
        under_way.append(request)
        most.append(len(under_way))
        may_end.wait(timeout=30)
        under_way.remove(request)
        return chromium.encode()

    async def ask_for_many():
        printer = PdfPrinter("chromium")
        requests = [
            asyncio.create_task(printer.make_pdf(REQUEST)) for _ in range(1 + pdf._MOST_WAITING)
        ]
        await asyncio.sleep(0)  # every task has joined the queue
        with pytest.raises(QueueFullError):
            await printer.make_pdf(REQUEST)
        may_end.set()
        assert await asyncio.gather(*requests) == [b"chromium"] * (1 + pdf._MOST_WAITING)
        assert await printer.make_pdf(REQUEST) == b"chromium"

    monkeypatch.setattr(pdf, "_print_page", print_page)
    asyncio.run(ask_for_many())
    assert max(most) == 1


def test_a_document_that_fails_leaves_its_place_in_the_queue(monkeypatch):
    def fail(*_):
        raise pdf.ChromiumError("the browser ended")

    async def ask_often():
        printer = PdfPrinter("chromium")
        for _ in range(2 * pdf._MOST_WAITING):
            with pytest.raises(pdf.ChromiumError):
                await printer.make_pdf(REQUEST)

    monkeypatch.setattr(pdf, "_print_page", fail)
    asyncio.run(ask_often())
