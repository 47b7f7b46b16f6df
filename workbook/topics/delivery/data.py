"""The tables of delivery, in the order in which pages list them."""

from workbook.topics.delivery.commitments import commitments_schema
from workbook.topics.delivery.exemplars import exemplar_milestones_schema, exemplar_phases_schema
from workbook.topics.delivery.gcloud import gcloud_sales_schema, gcloud_totals_schema

DELIVERY_TABLES = (
    commitments_schema,
    exemplar_phases_schema,
    exemplar_milestones_schema,
    gcloud_sales_schema,
    gcloud_totals_schema,
)
