"""What the server refuses to do."""

import socket

import pytest

from workbook.serving import run_server


def test_a_host_that_others_reach_is_refused() -> None:
    with pytest.raises(ValueError, match=r"0\.0\.0\.0 can be reached from other machines"):
        run_server("0.0.0.0", 8866, "/")


def test_a_port_that_is_taken_is_refused_and_no_other_is_used() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ValueError, match=f"port {port} of 127.0.0.1 cannot be used"):
            run_server("127.0.0.1", port, "/")
