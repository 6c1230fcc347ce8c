"""The practice: breath, words and plan. Pure: no clock, no I/O but reading its content files."""
