"""A queue that several servers share: how long arrivals wait (M/M/c, Erlang's C formula).

Arrivals come at random (Poisson), each is served by the first free server in the order of arrival,
and service times vary (exponential). Source: Gross, Shortle, Thompson and Harris, Fundamentals of
Queueing Theory (4th edition, 2008), section 2.3.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Queue:
    """A queue in which a few servers answer what arrives, in its steady state.

    Args:
        arrival_rate: Arrivals in a unit of time, 0 or more.
        service_rate: What one server completes in a unit of time without a pause, above 0.
        servers: Number of servers, at least 1.

    Raises:
        ValueError: A rate or the number of servers is out of range.

    Example:
        Two servers that are busy for 80% of the time:

        >>> queue = Queue(arrival_rate=1.6, service_rate=1.0, servers=2)
        >>> round(queue.wait_probability, 4), round(queue.mean_wait, 4)
        (0.7111, 1.7778)
    """

    arrival_rate: float
    service_rate: float
    servers: int

    def __post_init__(self) -> None:
        _check_rates(self.arrival_rate, self.service_rate)
        if self.servers < 1:
            msg = f"there are {self.servers} servers: a queue needs at least 1"
            raise ValueError(msg)

    @property
    def offered_load(self) -> float:
        """Mean number of busy servers that the arrivals need, in Erlangs."""
        return self.arrival_rate / self.service_rate

    @property
    def utilisation(self) -> float:
        """Share of the time for which a server would be busy; 1 or more without a steady state."""
        return self.offered_load / self.servers

    @property
    def is_stable(self) -> bool:
        """Whether the servers keep up. Otherwise the queue grows without bound."""
        return self.utilisation < 1

    @property
    def wait_probability(self) -> float:
        """Probability that an arrival has to wait (Erlang C).

        Raises:
            ValueError: The queue grows without bound.
        """
        self._require_stable()
        return _wait_probability(_blocking_probability(self.offered_load, self.servers), self)

    @property
    def mean_wait(self) -> float:
        """Mean time from arrival to the start of service, over those that do not wait too.

        Raises:
            ValueError: The queue grows without bound.
        """
        return self.wait_probability / self._spare_rate

    @property
    def mean_time(self) -> float:
        """Mean time from arrival to the end of service.

        Raises:
            ValueError: The queue grows without bound.
        """
        return self.mean_wait + 1 / self.service_rate

    def share_completed_within(self, time: float) -> float:
        """Share of arrivals whose wait and service together take at most a given time.

        Args:
            time: Time since arrival, 0 or more.

        Returns:
            The share, from 0 to 1.

        Raises:
            ValueError: The queue grows without bound, or the time is negative.
        """
        if not time >= 0:
            msg = f"time is {time:g}: it must be 0 or more"
            raise ValueError(msg)
        return _share_completed(self.wait_probability, self.service_rate, self._spare_rate, time)

    @property
    def _spare_rate(self) -> float:
        """Rate at which the queue of those waiting would empty."""
        return self.servers * self.service_rate - self.arrival_rate

    def _require_stable(self) -> None:
        if not self.is_stable:
            msg = (
                f"the queue grows without bound: {self.servers} servers are offered work for"
                f" {self.offered_load:g}"
            )
            raise ValueError(msg)


def fewest_servers(
    arrival_rate: float, service_rate: float, *, time: float, share: float
) -> int | None:
    """Find the fewest servers that complete a share of arrivals within a given time.

    Args:
        arrival_rate: Arrivals in a unit of time, 0 or more.
        service_rate: What one server completes in a unit of time, above 0.
        time: Time since arrival, 0 or more.
        share: Share of arrivals, from 0 to 1.

    Returns:
        The number of servers. None where no number is enough, because service alone takes too long.

    Raises:
        ValueError: A rate is out of range.

    Example:
        >>> fewest_servers(1.6, 1.0, time=3.0, share=0.9)
        3
    """
    _check_rates(arrival_rate, service_rate)
    if share > _share_completed(0.0, service_rate, math.inf, time):
        return None
    load = arrival_rate / service_rate
    servers, blocking = 1, load / (1 + load)
    while True:
        queue = Queue(arrival_rate, service_rate, servers)
        if queue.is_stable:
            waiting = _wait_probability(blocking, queue)
            spare_rate = servers * service_rate - arrival_rate
            if _share_completed(waiting, service_rate, spare_rate, time) >= share:
                return servers
            if not waiting:  # more servers change nothing but the last digit
                return None
        servers += 1
        blocking = _add_server(blocking, load, servers)


def _blocking_probability(load: float, servers: int) -> float:
    """Probability that all servers are busy if nobody waits (Erlang B).

    The recursion over servers has neither factorials nor powers, so it stays accurate for any
    number of them.
    """
    blocking = 1.0
    for number in range(1, servers + 1):
        blocking = _add_server(blocking, load, number)
    return blocking


def _add_server(blocking: float, load: float, servers: int) -> float:
    """Erlang B with a number of servers, from that with one server fewer."""
    return load * blocking / (servers + load * blocking)


def _wait_probability(blocking: float, queue: Queue) -> float:
    """Erlang C from Erlang B."""
    return blocking / (1 - queue.utilisation * (1 - blocking))


def _share_completed(waiting: float, service_rate: float, spare_rate: float, time: float) -> float:
    """Distribution of wait plus service: the wait is 0, or exponential with the spare rate."""
    beyond = math.exp(-service_rate * time)
    if waiting:
        difference = abs(spare_rate - service_rate)
        # (exp(-service t) - exp(-spare t)) / (spare - service), also where the rates are equal
        overlap = -math.expm1(-difference * time) / difference if difference else time
        beyond += waiting * service_rate * math.exp(-min(service_rate, spare_rate) * time) * overlap
    return max(0.0, 1 - beyond)


def _check_rates(arrival_rate: float, service_rate: float) -> None:
    if not (math.isfinite(arrival_rate) and arrival_rate >= 0):
        msg = f"arrival rate is {arrival_rate:g}: it must be 0 or more"
        raise ValueError(msg)
    if not (math.isfinite(service_rate) and service_rate > 0):
        msg = f"service rate is {service_rate:g}: it must be above 0"
        raise ValueError(msg)
