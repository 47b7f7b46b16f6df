"""Preparation of the topics in the process from which the kernels of their pages are forked."""

from contextlib import suppress

from workbook.topics.registry import TOPICS
from workbook.widgets.evaluation import prepare_default


def prepare_topics() -> None:
    """Evaluate the default scenario of each topic, for all kernels to share.

    A topic that fails here fails on its page, where the visitor is told.
    """
    for topic in TOPICS.values():
        with suppress(Exception):
            prepare_default(topic)
