"""Come with what you have: one's own exports bit for bit, and other programs' recordings."""
