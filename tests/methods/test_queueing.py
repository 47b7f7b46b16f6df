"""Queues: Erlang C by hand, limits in closed form, and a simulation of every arrival."""

import heapq

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import poisson

from workbook.methods.queueing import Queue, fewest_servers

SERVERS = st.integers(1, 40)
UTILISATION = st.floats(0.01, 0.97)
SERVICE_RATE = st.floats(0.05, 20)
TIME = st.floats(0, 30)


@st.composite
def stable_queues(draw):
    servers, service_rate = draw(SERVERS), draw(SERVICE_RATE)
    return Queue(draw(UTILISATION) * servers * service_rate, service_rate, servers)


class TestCalculatedByHand:
    def test_two_servers_that_are_busy_for_80_percent_of_the_time(self):
        # C = (1.6² / 2 / 0.2) / (1 + 1.6 + 1.6² / 2 / 0.2) = 6.4 / 9; wait = C / (2 − 1.6)
        queue = Queue(arrival_rate=1.6, service_rate=1.0, servers=2)
        assert queue.utilisation == pytest.approx(0.8)
        assert queue.wait_probability == pytest.approx(6.4 / 9)
        assert round(queue.wait_probability, 4) == 0.7111
        assert round(queue.mean_wait, 4) == 1.7778
        assert queue.mean_time == pytest.approx(queue.mean_wait + 1)

    def test_the_unit_of_time_changes_only_the_times(self):
        queue = Queue(arrival_rate=16, service_rate=10, servers=2)
        assert queue.wait_probability == pytest.approx(6.4 / 9)
        assert queue.mean_wait == pytest.approx(0.17778, abs=1e-5)

    def test_one_server_takes_an_exponential_time(self):
        # M/M/1: wait and service together are exponential with the rate 1 − 0.7
        queue = Queue(0.7, 1.0, 1)
        assert queue.wait_probability == pytest.approx(0.7)
        assert queue.share_completed_within(5) == pytest.approx(1 - np.exp(-0.3 * 5))

    def test_equal_rates_of_service_and_of_emptying(self):
        # two servers, one arrival in a unit of time: both rates are 1, and C is 1/3
        queue = Queue(1.0, 1.0, 2)
        assert queue.wait_probability == pytest.approx(1 / 3)
        assert queue.share_completed_within(2) == pytest.approx(1 - np.exp(-2) * (1 + 2 / 3))

    def test_nobody_waits_where_nothing_arrives(self):
        queue = Queue(0, 2.0, 1)
        assert (queue.wait_probability, queue.mean_wait, queue.mean_time) == (0, 0, 0.5)

    @pytest.mark.parametrize("servers", [200, 5_000])
    def test_many_servers_agree_with_the_poisson_distribution(self, servers):
        load = 0.98 * servers
        blocking = np.exp(poisson.logpmf(servers, load) - poisson.logcdf(servers, load))
        expected = blocking / (1 - 0.98 * (1 - blocking))
        assert Queue(load, 1.0, servers).wait_probability == pytest.approx(expected, rel=1e-8)


class TestSimulation:
    @pytest.mark.parametrize(("arrival_rate", "servers"), [(1.6, 2), (3.5, 5)])
    def test_every_arrival_simulated(self, arrival_rate, servers):
        waits, times = simulate(arrival_rate, servers, arrivals=400_000)
        queue = Queue(arrival_rate, 1.0, servers)
        assert np.mean(waits > 0) == pytest.approx(queue.wait_probability, abs=0.01)
        assert waits.mean() == pytest.approx(queue.mean_wait, rel=0.03)
        for time in (0.5, 1.0, 3.0, 8.0):
            assert np.mean(times <= time) == pytest.approx(
                queue.share_completed_within(time), abs=0.01
            )


def simulate(arrival_rate, servers, *, arrivals):
    """Wait, and wait plus service, of each arrival: the first free server takes the next one."""
    generator = np.random.default_rng(2014)
    arrived = generator.exponential(1 / arrival_rate, arrivals).cumsum()
    services = generator.exponential(1.0, arrivals)
    free_from = [0.0] * servers
    waits = np.empty(arrivals)
    for index, (time, service) in enumerate(zip(arrived, services, strict=True)):
        start = max(time, free_from[0])
        heapq.heapreplace(free_from, start + service)
        waits[index] = start - time
    return waits, waits + services


class TestFewestServers:
    def test_two_servers_are_too_few(self):
        # beyond 3: e^−3 + C (e^−3 − e^−3θ) / (θ − 1), with θ = 0.4 and 1.4, C = 0.7111 and 0.2738
        assert Queue(1.6, 1.0, 2).share_completed_within(3) == pytest.approx(0.652249, abs=1e-6)
        assert Queue(1.6, 1.0, 3).share_completed_within(3) == pytest.approx(0.926399, abs=1e-6)
        assert fewest_servers(1.6, 1.0, time=3, share=0.9) == 3

    def test_no_number_is_enough_where_service_alone_takes_too_long(self):
        # service ends within its mean time with the probability 1 − 1/e = 0.632
        assert fewest_servers(1.6, 1.0, time=1, share=0.64) is None
        assert fewest_servers(1.6, 1.0, time=1, share=0.63) is not None

    def test_any_number_is_enough_where_nothing_arrives(self):
        assert fewest_servers(0, 1.0, time=3, share=0.9) == 1

    @given(st.floats(0, 50), SERVICE_RATE, st.floats(0.01, 20), st.floats(0.05, 0.99))
    def test_the_answer_meets_the_target_and_one_server_fewer_does_not(
        self, arrival_rate, service_rate, time, share
    ):
        assume(arrival_rate / service_rate < 300)
        servers = fewest_servers(arrival_rate, service_rate, time=time, share=share)
        if servers is None:
            assert 1 - np.exp(-service_rate * time) <= share + 1e-12
            return
        queue = Queue(arrival_rate, service_rate, servers)
        assert queue.share_completed_within(time) >= share - 1e-12
        fewer = Queue(arrival_rate, service_rate, servers - 1) if servers > 1 else None
        if fewer and fewer.is_stable:
            assert fewer.share_completed_within(time) < share + 1e-12


class TestInvalidQueues:
    @pytest.mark.parametrize(
        ("rates", "message"),
        [
            ((-1, 1, 1), "arrival rate is -1: it must be 0 or more"),
            ((np.inf, 1, 1), "arrival rate is inf: it must be 0 or more"),
            ((1, 0, 1), "service rate is 0: it must be above 0"),
            ((1, np.nan, 1), "service rate is nan: it must be above 0"),
            ((1, 1, 0), "there are 0 servers: a queue needs at least 1"),
        ],
    )
    def test_rates_and_servers_are_checked(self, rates, message):
        with pytest.raises(ValueError, match=message):
            Queue(*rates)

    def test_a_negative_time_is_rejected(self):
        with pytest.raises(ValueError, match="time is -1: it must be 0 or more"):
            Queue(1, 1, 2).share_completed_within(-1)

    @pytest.mark.parametrize("arrival_rate", [2, 2.5])
    def test_too_few_servers_have_no_steady_state(self, arrival_rate):
        queue = Queue(arrival_rate, 1.0, 2)
        assert not queue.is_stable
        message = f"grows without bound: 2 servers are offered work for {arrival_rate:g}"
        for name in ("wait_probability", "mean_wait", "mean_time"):
            with pytest.raises(ValueError, match=message):
                getattr(queue, name)


class TestProperties:
    @given(stable_queues())
    def test_a_probability_between_none_and_all(self, queue):
        assert 0 <= queue.wait_probability <= 1
        assert queue.mean_wait >= 0

    @given(stable_queues())
    def test_another_server_shortens_the_wait(self, queue):
        larger = Queue(queue.arrival_rate, queue.service_rate, queue.servers + 1)
        assert larger.wait_probability <= queue.wait_probability
        assert larger.mean_wait <= queue.mean_wait

    @given(stable_queues(), TIME, TIME)
    def test_the_share_completed_rises_with_time(self, queue, time, more):
        earlier, later = map(queue.share_completed_within, (time, time + more))
        assert 0 <= earlier <= later + 1e-12 <= 1 + 2e-12

    @given(stable_queues())
    def test_the_share_not_completed_yet_adds_up_to_the_mean_time(self, queue):
        end = 60 * queue.mean_time
        total, _ = quad(
            lambda time: 1 - queue.share_completed_within(time),
            0,
            end,
            limit=500,
            points=[queue.mean_time],
        )
        assert total == pytest.approx(queue.mean_time, rel=1e-3)
