"""Write the expected outcomes of golden scenarios: ``python -m tests.golden [TOPIC]...``."""

import argparse

from tests.golden import GOLDEN_FOLDER, SCENARIO_FOLDERS, TOPICS, evaluate_golden, expected_files
from tests.golden.recording import write_expected_files
from workbook.text.suggestions import unknown_name_message


def main() -> None:
    """Write the golden files of the named topics and of the topics that depend on them."""
    parser = argparse.ArgumentParser("python -m tests.golden", description=main.__doc__)
    parser.add_argument("topics", nargs="*", metavar="TOPIC", help="a bundled topic; all if none")
    selected = parser.parse_args().topics or list(TOPICS)
    for unknown in (name for name in selected if name not in TOPICS):
        parser.error(unknown_name_message("topic", unknown, TOPICS))
    for folder in SCENARIO_FOLDERS:
        topic = TOPICS[folder.parent.name]
        names = {topic.name, *(dependency.topic.name for dependency in topic.dependencies)}
        if names.intersection(selected):
            for path in write_expected_files(folder, expected_files(evaluate_golden(folder))):
                print(f"{path.relative_to(GOLDEN_FOLDER)} is removed: no outcome has this table")
            print(folder.relative_to(GOLDEN_FOLDER))


if __name__ == "__main__":
    main()
