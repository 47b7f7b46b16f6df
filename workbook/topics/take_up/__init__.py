"""Is digital take-up really rising, service by service, and when will it reach its target?"""

from workbook.topic import Topic
from workbook.topics.take_up import charts, model, reach
from workbook.topics.take_up.scenario import TakeUp
from workbook.topics.take_up.tables import service_go_live, service_kpis, take_up

__all__ = ["topic"]

topic = Topic(
    name="take_up",
    title="Digital take-up",
    question=(
        "Is digital take-up really rising, service by service, and when will it reach its target?"
    ),
    Scenario=TakeUp,
    tables=(take_up, service_kpis, service_go_live),
    model=model.model,
    charts={
        "forecast": charts.forecast,
        "services": charts.services,
        "change": charts.change,
        "cost": charts.cost,
        "service_forecast": charts.service_forecast,
        "control": charts.control,
    },
    later={reach.NAME: reach.reach},
)
