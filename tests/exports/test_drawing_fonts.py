"""Fonts of drawings: Vega's own in an SVG, the system's beside them in a picture."""

import json
import os
import subprocess
import sys

import pytest

from workbook.exports.chart_pictures import svg_to_png

SPEC = {
    "data": {"values": [{"name": "Wide letters: mmmmmm wwwwww"}]},
    "mark": "point",
    "encoding": {"y": {"field": "name"}},
}
DRAW_BOTH = f"""
from workbook.exports.static_svg import to_static_svg
for font in ("DejaVu Sans, Arial", "Arial"):
    drawing = to_static_svg({json.dumps(SPEC)} | {{"config": {{"font": font}}}})
    print(drawing.replace("DejaVu Sans, ", ""))
"""


def picture_of(text):
    return svg_to_png(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30">'
        f'<text y="20" font-family="Arial, Helvetica, sans-serif">{text}</text></svg>'
    )


def test_a_drawing_is_the_same_whatever_fonts_the_system_has():
    command = [sys.executable, "-c", DRAW_BOTH]
    drawn = subprocess.run(command, check=True, capture_output=True, text=True)
    first, second = drawn.stdout.splitlines()
    assert first == second


@pytest.mark.parametrize("former", [None, "of-the-user.conf"])
def test_programs_that_are_started_later_find_the_fonts_of_the_system(former):
    environment = {name: text for name, text in os.environ.items() if name != "FONTCONFIG_FILE"}
    if former:
        environment["FONTCONFIG_FILE"] = former
    code = "import os; from workbook.exports.drawing_fonts import load_vega; load_vega();"
    code += "print(os.environ.get('FONTCONFIG_FILE'))"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == str(former)


def test_threads_that_load_vega_at_once_leave_the_variable_as_it_was():
    code = """
import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from workbook.exports.drawing_fonts import load_vega
barrier = Barrier(8)
def load(_):
    barrier.wait()
    return load_vega()
with ThreadPoolExecutor(8) as threads:
    print(len({id(vega) for vega in threads.map(load, range(8))}))
print(os.environ["FONTCONFIG_FILE"])
"""
    environment = {**os.environ, "FONTCONFIG_FILE": "of-the-user.conf"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["1", "of-the-user.conf"]


def test_letters_that_vegas_fonts_do_not_have_are_drawn_in_a_picture():
    assert picture_of("漢") != picture_of("字")
