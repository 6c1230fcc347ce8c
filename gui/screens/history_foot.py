"""What can be done with the practice that is picked, at the foot of the history."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gui.widgets.buttons import Kind, Pill
from gui.widgets.flow import Flow


class HistoryFoot(Flow):
    """Shows the buttons that mean something just now; each has a key, too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(6, parent=parent)
        self.open = Pill(self.tr("Open"), Kind.SOLID, key=self.tr("Enter"))
        self.edit = Pill(self.tr("Edit"), key="E")
        self.edit.setAccessibleDescription(self.tr("Tags, note and more of this practice"))
        self.compare = Pill(self.tr("Compare"), key="V")
        self.mark = Pill(self.tr("Mark to compare"), Kind.QUIET, key=self.tr("Space"))
        self.delete = Pill(self.tr("Delete"), Kind.QUIET, key=self.tr("Del"))
        self.ground = Pill(self.tr("Grounding"), Kind.QUIET, key="G")
        self.back = Pill(self.tr("Home"), key=self.tr("Esc"))
        for button in (
            self.open,
            self.edit,
            self.compare,
            self.mark,
            self.delete,
            self.ground,
            self.back,
        ):
            self.add(button)

    def tell(self, *, picked: bool, marked: bool, pair: bool, low: bool) -> None:
        """Show what can be done.

        Parameters
        ----------
        picked
            A practice is picked.
        marked
            It is marked to compare.
        pair
            Two are marked.
        low
            The page is low: what has another place steps back.
        """
        for button in (self.open, self.edit):
            button.setVisible(picked)
        for button in (self.mark, self.delete):
            button.setVisible(picked and not low)
        self.compare.setVisible(pair)
        words = self.tr("Take the mark away") if marked else self.tr("Mark to compare")
        if self.mark.text() != words:
            self.mark.setText(words)
            self.mark.updateGeometry()
        self.place()
