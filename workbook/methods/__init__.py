"""Mathematics that knows neither policy nor widgets."""
