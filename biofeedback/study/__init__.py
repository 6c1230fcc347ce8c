"""A table of many people's sessions: one row a session and phase, every figure with its unit."""
