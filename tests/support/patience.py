"""How long a test waits for what has to come."""

PATIENCE = 120.0
"""Seconds. This may be long: only a test that fails waits so long."""
