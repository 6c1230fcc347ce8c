"""Two quiet buttons that copy a chart: what its keys C and T do, for the mouse."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gui import theme
from gui.widgets.buttons import Kind, Pill
from gui.widgets.chart import Chart
from gui.widgets.flow import Flow
from gui.wording import tr


class ChartTools(Flow):
    """Belongs to one chart; away where that has nothing to copy."""

    def __init__(self, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__(2, parent=parent)
        self._chart = chart
        self.picture = Pill(
            tr("Copy the picture"), Kind.QUIET, key="C", size_px=theme.SMALL_PX, low=True
        )
        self.figures = Pill(
            tr("Copy its figures"), Kind.QUIET, key="T", size_px=theme.SMALL_PX, low=True
        )
        for button, does in (
            (self.picture, chart.copy_picture),
            (self.figures, chart.copy_table),
        ):
            button.clicked.connect(does)
            button.setAccessibleDescription(chart.accessibleName())
            self.add(button)
        chart.described.connect(self._tell)

    def _tell(self) -> None:
        self.setVisible(not self._chart.why)
