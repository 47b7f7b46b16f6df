"""Will the number of people without basic digital skills fall by a quarter every two years?"""

from workbook.topic import Response, Topic
from workbook.topics.digital_inclusion import charts, model
from workbook.topics.digital_inclusion.projection import starts_to_reach
from workbook.topics.digital_inclusion.scenario import DigitalInclusion
from workbook.topics.digital_inclusion.tables import observed

__all__ = ["starts_to_reach", "topic"]

topic = Topic(
    name="digital_inclusion",
    title="Digital inclusion",
    question=(
        "Will the number of people without basic digital skills fall by a quarter every two years, "
        "and what would it take?"
    ),
    Scenario=DigitalInclusion,
    tables=(observed,),
    model=model.model,
    charts={"path": charts.path, "flows": charts.flows},
    responses=(
        Response("probability_of_target", by="programme_starts", low=0, high=1_500_000, target=0.5),
    ),
    swing="people_excluded",
)
