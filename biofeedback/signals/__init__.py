"""Pure functions and small state machines over heartbeats: no clock, no I/O."""
