"""Leave with everything: sessions as files that this program, or another, reads."""
