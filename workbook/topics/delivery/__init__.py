"""What was committed to, where does it stand, is it on course, and how long does it take?"""

from workbook.topic import Topic
from workbook.topics.delivery import charts, model
from workbook.topics.delivery.sales_tables import gcloud_sales, gcloud_totals
from workbook.topics.delivery.scenario import Delivery
from workbook.topics.delivery.tables import commitments, exemplar_milestones, exemplar_phases

__all__ = ["topic"]

topic = Topic(
    name="delivery",
    title="Delivery",
    question=(
        "What was committed to, where does it stand, is it on course, and how long does a service "
        "take to go live?"
    ),
    Scenario=Delivery,
    tables=(commitments, exemplar_phases, exemplar_milestones, gcloud_sales, gcloud_totals),
    model=model.model,
    charts={
        "progress": charts.progress,
        "exemplars": charts.exemplars,
        "survival": charts.survival,
        "sales": charts.sales,
    },
)
