"""Hypothesis: a quick profile for every run, a long one by HYPOTHESIS_PROFILE=deep."""

import os

from hypothesis import HealthCheck, settings

_SLOW_ORACLE = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("quick", max_examples=100, deadline=None, suppress_health_check=_SLOW_ORACLE)
settings.register_profile("deep", max_examples=20_000, deadline=None, suppress_health_check=_SLOW_ORACLE)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
