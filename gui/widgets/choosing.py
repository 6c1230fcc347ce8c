"""Groups of chips for everything that a person may choose about a practice."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from gui import theme
from gui.roles import Role
from gui.widgets.buttons import Chip
from gui.widgets.flow import Flow
from gui.widgets.text import Text


class ChoiceGroup(QWidget):
    """A question and its answers as chips, one of which is chosen.

    Parameters
    ----------
    title
        The question.
    options
        Pairs of value and label, in order.
    note
        A small line under the title.
    """

    accessible_role = Role.Grouping

    chosen = Signal(str)

    def __init__(
        self,
        title: str,
        options: Iterable[tuple[str, str]],
        *,
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        heading = Text(title, theme.BODY_PX, medium=True)
        box.addWidget(heading)
        if note:
            box.addWidget(Text(note, theme.SMALL_PX, tone="ink_soft"))
        self._flow = Flow(1)
        self._group = QButtonGroup(self)
        self._chips: dict[str, Chip] = {}
        self.set_options(options)
        box.addWidget(self._flow)

    def set_options(self, options: Iterable[tuple[str, str]]) -> None:
        """Offer these answers from now on; what is chosen stays if it is still among them."""
        wanted, value = list(options), self.value
        if wanted == [(each, chip.text()) for each, chip in self._chips.items()]:
            return
        for chip in self._chips.values():
            self._group.removeButton(chip)
        self._flow.clear()
        self._chips = {}
        for each, label in wanted:
            chip = Chip(label, each)
            chip.setAccessibleDescription(self.accessibleName())
            self._group.addButton(chip)
            self._chips[each] = chip
            self._flow.add(chip)
            chip.toggled.connect(self._let_tab_in)
            chip.clicked.connect(lambda _=False, each=each: self.chosen.emit(each))
        self.set_value(value)
        self._let_tab_in()

    def _let_tab_in(self) -> None:
        """Give Tab one way in: the chip that is chosen, or the first. Arrows go on from there."""
        chosen = self.value or next(iter(self._chips), "")
        for value, chip in self._chips.items():
            strong = value == chosen
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if strong else Qt.FocusPolicy.ClickFocus)

    def set_value(self, value: str) -> None:
        """Choose without telling; a value that is no option leaves all as it is."""
        chip = self._chips.get(value)
        if chip is not None:
            chip.setChecked(True)

    def chip(self, value: str) -> Chip:
        """Return the chip of a value; KeyError if there is none."""
        return self._chips[value]

    @property
    def value(self) -> str:
        """What is chosen; empty if nothing is."""
        for value, chip in self._chips.items():
            if chip.isChecked():
                return value
        return ""


def chain_tabs(widgets: Iterable[QWidget]) -> None:
    """Let Tab go through what can be focused in ``widgets``, in their order.

    Chips that are offered anew come last in Qt's order, wherever their group lies.
    """
    before: QWidget | None = None
    for widget in widgets:
        for each in [widget, *widget.findChildren(QWidget)]:
            if each.focusPolicy() != Qt.FocusPolicy.NoFocus:
                if before is not None:
                    QWidget.setTabOrder(before, each)
                before = each
