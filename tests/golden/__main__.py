"""Rewrite the expected files of golden scenarios: ``python -m tests.golden [TOPIC]...``.

Without topics, rewrite all of them. Otherwise rewrite those of the named topics, and of the topics
that depend on one of them.
"""

import sys

from tests.golden import GOLDEN_FOLDER, SCENARIO_FOLDERS, TOPICS, evaluate_golden, expected_files

selected = set(sys.argv[1:]) or set(TOPICS)
for folder in SCENARIO_FOLDERS:
    topic = TOPICS[folder.parent.name]
    if selected & {topic.name, *(dependency.topic.name for dependency in topic.dependencies)}:
        for name, text in expected_files(evaluate_golden(folder)).items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        print(folder.relative_to(GOLDEN_FOLDER))
