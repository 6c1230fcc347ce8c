"""Screens of the window, one a file."""
