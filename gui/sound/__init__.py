"""Loudspeakers and voices. Qt's sound and speech are imported when the first sound is due."""
