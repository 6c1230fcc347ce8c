"""Where packets come from: straps, a simulated heart, recordings."""
