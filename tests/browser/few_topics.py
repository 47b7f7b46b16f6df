"""Program that serves a few of the topics as ``workbook serve`` does: all of them start slowly.

Its arguments are the names joined by commas, a folder with notebooks to serve in place of the
topics' own, which may be empty, and the options of ``workbook serve``.
"""

import sys
from pathlib import Path

import workbook.topic
from workbook.cli import main
from workbook.resources import NOTEBOOK_MODULES
from workbook.serving import app
from workbook.topics.registry import TOPICS

if __name__ == "__main__":
    names, folder, *options = sys.argv[1:]
    for name in TOPICS.keys() - set(names.split(",")):
        del TOPICS[name]
    app.PAGE_MODULES = NOTEBOOK_MODULES  # no scenario is prepared, which takes longest
    if folder:
        workbook.topic.resource_folder = lambda *_: Path(folder)
    main(["serve", *options])
