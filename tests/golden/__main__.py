"""Write what every golden scenario gives: ``python -m tests.golden``."""

from tests.golden import GOLDEN_FOLDER, SCENARIO_FOLDERS, evaluate_golden, expected_files

for folder in SCENARIO_FOLDERS:
    for name, text in expected_files(evaluate_golden(folder)).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    print(folder.relative_to(GOLDEN_FOLDER))
