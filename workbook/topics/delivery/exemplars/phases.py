"""The phases of a service, and the words of the tables that tell of them."""

DISCOVERY, ALPHA, BETA, LIVE = "discovery", "alpha", "beta", "live"
EXEMPLAR_PHASES = (DISCOVERY, ALPHA, BETA, LIVE)
"""The phases of a service in their order."""

PUBLIC_BETA = "public"
"""A public beta, as the dashboard's list calls it from September 2014 on."""

COMPLETED, PLANNED = "completed", "planned"
