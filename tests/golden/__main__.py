"""Write what every golden scenario gives: ``python -m tests.golden``."""

from tests.golden import FOLDERS, GOLDEN, run, written

for folder in FOLDERS:
    for name, text in written(run(folder)).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    print(folder.relative_to(GOLDEN))
