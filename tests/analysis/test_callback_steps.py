"""A function that calls back, run in steps."""

import threading

import pytest

from workbook.analysis.callback_steps import run_callback_steps
from workbook.analysis.steps import run_steps


def add_squares(square):
    return square(3) + square(4)


def test_each_call_is_a_step_of_the_caller_s_thread():
    threads = []

    def square(number):
        threads.append(threading.current_thread())
        return number**2

    steps = run_callback_steps(add_squares, square)
    assert next(steps) is None
    assert len(threads) == 1
    assert run_steps(steps) == 25
    assert set(threads) == {threading.main_thread()}


def test_stopped_it_leaves_no_thread():
    count = threading.active_count()
    steps = run_callback_steps(add_squares, lambda number: number)
    next(steps)
    steps.close()
    assert threading.active_count() == count


@pytest.mark.parametrize("is_in_function", [True, False])
def test_an_error_reaches_the_caller(is_in_function):
    def fail(_):
        raise ZeroDivisionError

    count = threading.active_count()
    steps = (
        run_callback_steps(fail, abs) if is_in_function else run_callback_steps(add_squares, fail)
    )
    with pytest.raises(ZeroDivisionError):
        run_steps(steps)
    assert threading.active_count() == count
