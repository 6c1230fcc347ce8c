"""Hours of practice in minutes, in the real window, with faults and clicks at random."""
