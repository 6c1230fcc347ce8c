"""What is kept, told on a page: a session or a time, in words, tables and pictures."""
