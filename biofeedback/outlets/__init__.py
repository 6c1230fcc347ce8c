"""Ways out for programs that listen in: JSON lines, Open Sound Control, Lab Streaming Layer."""
