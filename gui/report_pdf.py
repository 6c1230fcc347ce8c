"""A report as a PDF: the same page as the HTML, laid out by Qt, its text real text."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QBrush,
    QColor,
    QFont,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPyTextObject,
    QTextBlockFormat,
    QTextBlockUserData,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextListFormat,
    QTextOption,
    QTextTableFormat,
)
from PySide6.QtSvg import QSvgRenderer

from biofeedback.report.page import (
    Bullets,
    Facts,
    Page,
    Paragraph,
    Picture,
    Section,
    Table,
    Written,
)
from biofeedback.report.pdf_language import with_language
from biofeedback.report.svg import INK, LINE, SOFT

PAPERS = {"a4": QPageSize.PageSizeId.A4, "letter": QPageSize.PageSizeId.Letter}

_DPI = 600
_MARGIN_MM = 17.0
_FAMILIES = ["Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans", "sans-serif"]
_BODY_PT, _SMALL_PT, _HEAD_PT, _TITLE_PT = 10.0, 8.5, 12.5, 18.0
_PICTURE = QTextFormat.ObjectTypes.UserObject.value + 1
_NUMBER = QTextFormat.Property.UserProperty.value + 1
_UNITS_PER_PT = 96 / 72
"""Margins and borders of a text document are told in the pixels of a screen, whatever is printed
on; sizes of letters are told in points."""

_MOST_LAYOUTS = 20


def to_pdf(page: Page, paper: str = "a4") -> bytes:
    """Return the page as a PDF file.

    Parameters
    ----------
    page
        What it says.
    paper
        One of `PAPERS`.
    """
    _application()
    data = QByteArray()
    device = QBuffer(data)
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(device)
    writer.setResolution(_DPI)
    writer.setTitle(page.title)
    writer.setCreator("Hand on Heart")
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(PAPERS[paper]),
            QPageLayout.Orientation.Portrait,
            margins,
            QPageLayout.Unit.Millimeter,
        )
    )
    _Sheets(page, writer).paint()
    device.close()
    return with_language(bytes(data.data()), page.language)


def _application() -> None:
    """See that Qt can lay text out, on a computer without a screen too."""
    if QGuiApplication.instance() is None:
        screenless = ["-platform", "offscreen"] if sys.platform.startswith("linux") else []
        global _kept_application  # Qt ends with the last reference to it
        _kept_application = QGuiApplication(["hand-on-heart", *screenless])


_kept_application: QGuiApplication | None = None


class _Pictures(QPyTextObject):
    """Draws pictures where they stand in the text, as shapes and not as dots."""

    def __init__(self, room_px: QSizeF, parent: QTextDocument) -> None:
        super().__init__(parent)
        self._room_px = room_px
        self._kept: list[tuple[QSvgRenderer, QSizeF]] = []

    def add(self, picture: Picture) -> int:
        """Take a picture in; return its number."""
        renderer = QSvgRenderer(QByteArray(picture.svg.encode()))
        size = QSizeF(picture.width, picture.height)
        size.scale(self._room_px, Qt.AspectRatioMode.KeepAspectRatio)
        self._kept.append((renderer, size))
        return len(self._kept) - 1

    def intrinsicSize(  # noqa: N802 - Qt's name
        self,
        doc: QTextDocument,
        posInDocument: int,  # noqa: N803
        format: QTextFormat,
    ) -> QSizeF:
        """Return a picture's size on paper."""
        return self._kept[int(format.property(_NUMBER))][1]

    def drawObject(  # noqa: N802 - Qt's name
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        posInDocument: int,  # noqa: N803
        format: QTextFormat,
    ) -> None:
        """Draw a picture."""
        self._kept[int(format.property(_NUMBER))][0].render(painter, QRectF(rect))


class _StaysWithNext(QTextBlockUserData):
    """Marks a block that must not stand alone at the foot of a sheet, such as a heading."""


class _Sheets:
    """A page on as many sheets as it takes."""

    def __init__(self, page: Page, writer: QPdfWriter) -> None:
        self._page, self._writer = page, writer
        self._foot_px = 2.4 * _SMALL_PT * _DPI / 72
        self._size = QSizeF(writer.width(), writer.height() - self._foot_px)
        self._document = QTextDocument()
        layout = self._document.documentLayout()
        layout.setPaintDevice(writer)
        self._pictures = _Pictures(
            QSizeF(self._size.width(), 0.8 * self._size.height()), self._document
        )
        layout.registerHandler(_PICTURE, self._pictures)
        self._document.setDefaultFont(_font(_BODY_PT))
        self._document.setDocumentMargin(0)
        wrapping = self._document.defaultTextOption()
        wrapping.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._document.setDefaultTextOption(wrapping)
        self._document.setPageSize(self._size)
        self._cursor = QTextCursor(self._document)
        self._first = True
        self._kept: list[QTextBlockUserData] = []
        self._cursor.beginEditBlock()  # laid out once, at the end
        self._write()
        self._cursor.endEditBlock()

    # ------------------------------------------------------------------------------ text
    def _write(self) -> None:
        page = self._page
        self._heading(page.title, _TITLE_PT, above_pt=0)
        self._text(page.lead, colour=SOFT)
        for section in page.sections:
            self._section(section)
        self._text(page.foot, size_pt=_SMALL_PT, colour=SOFT, above_pt=14)

    def _section(self, section: Section) -> None:
        self._heading(section.heading, _HEAD_PT, above_pt=14)
        for number, block in enumerate(section.blocks):
            match block:
                case Paragraph(text):
                    self._text(text)
                    others = (
                        each for each in section.blocks[number:] if not isinstance(each, Paragraph)
                    )
                    if isinstance(next(others, None), Picture):
                        self._stay_with_next()
                case Written(text):
                    for line in text.split("\n"):
                        self._text(line, indent_pt=12, above_pt=1)
                case Bullets(items):
                    self._bullets(items)
                case Facts(rows):
                    self._grid(rows, (), (30, 70))
                case Table():
                    self._table(block)
                case Picture():
                    self._picture(block)
                    self._table(block.table)

    def _block(self, above_pt: float, *, below_pt: float = 0.0, indent_pt: float = 0.0) -> None:
        form = QTextBlockFormat()
        form.setTopMargin(above_pt * _UNITS_PER_PT)
        form.setBottomMargin(below_pt * _UNITS_PER_PT)
        form.setLeftMargin(indent_pt * _UNITS_PER_PT)
        if self._page.direction == "rtl":
            form.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        if self._first:
            self._cursor.setBlockFormat(form)
            self._first = False
        else:
            self._cursor.insertBlock(form)

    def _text(
        self,
        text: str,
        *,
        size_pt: float = _BODY_PT,
        colour: str = INK,
        above_pt: float = 4.0,
        indent_pt: float = 0.0,
    ) -> None:
        self._block(above_pt, indent_pt=indent_pt)
        self._cursor.insertText(text, _letters(size_pt, colour))

    def _heading(self, text: str, size_pt: float, *, above_pt: float) -> None:
        self._block(above_pt)
        self._cursor.insertText(text, _letters(size_pt, INK, bold=True))
        self._stay_with_next()

    def _stay_with_next(self) -> None:
        mark = _StaysWithNext()
        self._kept.append(mark)
        self._cursor.block().setUserData(mark)

    def _bullets(self, items: Sequence[str]) -> None:
        self._block(3)
        form = QTextListFormat()
        item_form = QTextBlockFormat()
        item_form.setTopMargin(1.5 * _UNITS_PER_PT)
        form.setStyle(QTextListFormat.Style.ListDisc)
        form.setIndent(1)
        self._document.setIndentWidth(12 * _UNITS_PER_PT)
        made = self._cursor.createList(form)
        letters = _letters(_BODY_PT, INK)
        self._cursor.setBlockCharFormat(letters)
        for number, item in enumerate(items):
            if number:
                self._cursor.insertBlock(item_form, letters)
                made.add(self._cursor.block())
            self._cursor.insertText(item, letters)

    def _picture(self, picture: Picture) -> None:
        self._block(6)
        form = QTextCharFormat()
        form.setObjectType(_PICTURE)
        form.setProperty(_NUMBER, self._pictures.add(picture))
        self._cursor.insertText("\N{OBJECT REPLACEMENT CHARACTER}", form)

    def _table(self, table: Table) -> None:
        self._text(table.caption, size_pt=_SMALL_PT, colour=SOFT, above_pt=6)
        self._stay_with_next()
        self._grid(table.rows, table.heads, _shares(table))

    def _grid(
        self, rows: Sequence[Sequence[str]], heads: Sequence[str], shares: Sequence[float]
    ) -> None:
        every = [heads, *rows] if heads else list(rows)
        if not every:
            return
        form = QTextTableFormat()
        form.setBorder(0)
        form.setCellSpacing(0)
        form.setCellPadding(1.2 * _UNITS_PER_PT)
        form.setHeaderRowCount(1 if heads else 0)
        percent = QTextLength.Type.PercentageLength
        form.setWidth(QTextLength(percent, 100))
        form.setColumnWidthConstraints([QTextLength(percent, share) for share in shares])
        form.setTopMargin(2 * _UNITS_PER_PT)
        made = self._cursor.insertTable(len(every), len(every[0]), form)
        for at_row, row in enumerate(every):
            for at_column, text in enumerate(row):
                cell = made.cellAt(at_row, at_column)
                shape = cell.format().toTableCellFormat()
                shape.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                shape.setBottomBorderBrush(QBrush(QColor(LINE)))
                is_head = bool(heads) and at_row == 0
                shape.setBottomBorder((0.7 if is_head else 0.25) * _UNITS_PER_PT)
                cell.setFormat(shape)
                letters = _letters(_SMALL_PT if heads else _BODY_PT, INK, bold=is_head)
                cell.firstCursorPosition().insertText(text, letters)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)

    # ---------------------------------------------------------------------------- sheets
    def _keep_headings(self) -> None:
        """Move headings that stand alone at a sheet's foot to the next one."""
        layout = self._document.documentLayout()
        for _ in range(_MOST_LAYOUTS):
            block = self._document.begin()
            while block.isValid():
                after = block.next()
                if block.userData() is not None and after.isValid():
                    while after.userData() is not None and after.next().isValid():
                        after = after.next()
                    if self._sheet_of(layout, block) < self._sheet_of(layout, after):
                        break
                block = block.next()
            if not block.isValid():
                return
            form = block.blockFormat()
            form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            QTextCursor(block).setBlockFormat(form)

    def _sheet_of(self, layout: QAbstractTextDocumentLayout, block: object) -> int:
        rect = layout.blockBoundingRect(block)  # type: ignore[arg-type]
        # an inline picture may be moved down within its block: its foot tells
        return int((rect.bottom() - 1) // self._size.height())

    def paint(self) -> None:
        """Draw all sheets."""
        self._keep_headings()
        n_sheets = self._document.pageCount()
        painter = QPainter(self._writer)
        for number in range(n_sheets):
            if number:
                self._writer.newPage()
            top = number * self._size.height()
            painter.save()
            painter.translate(0, -top)
            self._document.drawContents(
                painter, QRectF(0, top, self._size.width(), self._size.height())
            )
            painter.restore()
            self._foot(painter, number + 1, n_sheets)
        painter.end()

    def _foot(self, painter: QPainter, number: int, n_sheets: int) -> None:
        painter.setFont(_font(_SMALL_PT))
        painter.setPen(QColor(SOFT))
        place = QRectF(0, self._size.height(), self._size.width(), self._foot_px)
        bottom = Qt.AlignmentFlag.AlignBottom
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | bottom, self._page.title)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | bottom, f"{number} / {n_sheets}")


def _font(size_pt: float, *, bold: bool = False) -> QFont:
    font = QFont(_FAMILIES)
    font.setPointSizeF(size_pt)
    font.setBold(bold)
    # else "fi" becomes one sign, which nobody finds who looks for it
    font.setFeature(QFont.Tag("liga"), 0)
    return font


def _letters(size_pt: float, colour: str, *, bold: bool = False) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setFont(_font(size_pt, bold=bold))
    form.setForeground(QBrush(QColor(colour)))
    return form


def _shares(table: Table) -> list[float]:
    """Return how much of the width each column gets, in per cent: as its longest words ask."""
    columns = zip(table.heads, *table.rows, strict=True)
    wanted = [min(max(6, *map(len, cells)), 34) for cells in columns]
    return [100 * each / sum(wanted) for each in wanted]
