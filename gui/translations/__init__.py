"""The window's own words in other languages than English.

``LANGUAGE.ts`` holds them for a translator (Qt Linguist opens it); ``LANGUAGE.qm`` is the same for
the program. ``python -m gui.translations.update`` brings both up to date with the code.
"""
