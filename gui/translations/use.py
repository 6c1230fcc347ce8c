"""Let the window speak a language."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

FOLDER = Path(__file__).parent
SOURCE_LANGUAGE = "en"
"""In which the code is written: it needs no file."""

_in_use: list[QTranslator] = []


def languages() -> tuple[str, ...]:
    """Return the languages that the window speaks."""
    return (SOURCE_LANGUAGE, *sorted(path.stem for path in FOLDER.glob("*.qm")))


def use(language: str) -> None:
    """Speak ``language`` from now on; numbers and dates are written as it does.

    What a screen has said already stays as it is, so call it before screens are made. A language
    that is not there is English.
    """
    app = QCoreApplication.instance()
    assert app is not None
    while _in_use:
        app.removeTranslator(_in_use.pop())
    system = QLocale.system()
    # The system's own way where it speaks that language: a Swiss or British date stays one.
    same = QLocale.languageToCode(system.language()) == language
    locale = system if same else QLocale(language)
    QLocale.setDefault(locale)
    for name, folder in (
        (f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        (language, str(FOLDER)),
    ):
        translator = QTranslator(app)
        if translator.load(f"{name}.qm", folder):
            app.installTranslator(translator)
            _in_use.append(translator)
