"""What is kept: the store, its recorder, what a session amounts to, and files of other programs."""
