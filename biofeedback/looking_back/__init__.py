"""A session that is looked back at: what its pictures show, and how two of them compare.

All of it is worked out from the recorded events by one run of the engine. Pure; nothing is drawn.
"""
