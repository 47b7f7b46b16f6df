"""Ports of kernels: free, each for one kernel, and none that the system gives away."""

import socket
from pathlib import Path

import pytest
from jupyter_client.connect import LocalPortCache

from workbook.kernels import ports
from workbook.kernels.ports import KERNEL_PORTS, reserve_ports

IP = "127.0.0.1"
OUTGOING = Path("/proc/sys/net/ipv4/ip_local_port_range")


@pytest.fixture(autouse=True)
def used_ports(monkeypatch):
    """The ports in use in this process: none."""
    used = set()
    monkeypatch.setattr(LocalPortCache.instance(), "currently_used_ports", used)
    return used


def test_no_two_kernels_have_the_same_ports(used_ports):
    reserved = [port for _ in range(20) for port in reserve_ports(IP, 5)]
    assert len(set(reserved)) == 100
    assert used_ports == set(reserved)


def test_a_port_in_use_is_not_given(monkeypatch):
    with socket.socket() as taken, socket.socket() as free:
        taken.bind((IP, 0))
        free.bind((IP, 0))
        taken_port, free_port = (one.getsockname()[1] for one in (taken, free))
        free.close()
        monkeypatch.setattr(ports, "KERNEL_PORTS", [taken_port, free_port])
        monkeypatch.setattr(ports, "_TRIES", 2)
        assert reserve_ports(IP, 1) == [free_port]
        with pytest.raises(OSError, match=r"fewer than 1 ports of 127\.0\.0\.1 are free"):
            reserve_ports(IP, 1)


@pytest.mark.skipif(not OUTGOING.exists(), reason="only Linux tells these ports")
def test_no_outgoing_connection_gets_a_kernels_port():
    low, high = map(int, OUTGOING.read_text().split())
    assert not set(KERNEL_PORTS) & set(range(low, high + 1))
