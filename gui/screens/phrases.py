"""My words: the lines of the practices, to be said otherwise, left out, or added to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from biofeedback.practice.care import MAX_CHARS, too_long, warnings
from biofeedback.practice.personal import Personal
from biofeedback.practice.plan_file import LONGEST_BYTES, read_plan
from gui import spoken, theme
from gui.own_words import PLANS, OwnWords, Row
from gui.screens.screen import MARGIN_PX, NARROW_MARGIN_PX, NARROW_PX, RING_PX, Screen, scrolling
from gui.widgets.buttons import Kind, Pill
from gui.widgets.choosing import ChoiceGroup
from gui.widgets.field import Field
from gui.widgets.flow import Flow
from gui.widgets.language_choice import LanguageChoice
from gui.widgets.text import Text

_TOLD_ERRORS = 3


class PhrasesScreen(Screen):
    """Lines of one set at a time. What is changed counts from the next practice on."""

    changed = Signal(object)
    """The `Personal`."""
    language_chosen = Signal(str)
    """A language, or empty for the system's."""
    plan_brought = Signal(object)
    """An `OwnPlan` from a file."""
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("My words"), parent)
        self.words = OwnWords(spoken.language_alone())
        self._set_id = self.words.sets()[0][0]
        self.rows: dict[str, LineRow] = {}
        self.language = LanguageChoice()
        self.sets = ChoiceGroup(self.tr("Lines for"), self.words.sets())
        self.sets.set_value(self._set_id)
        self.editor = Editor()
        self._told = Text("", theme.BODY_PX, tone="ink_soft")
        self.add = Pill(self.tr("Add a phrase of mine"), Kind.OUTLINE)
        self.plan = Pill(self.tr("A plan from a file"), Kind.QUIET)
        self.undo = Pill(self.tr("Undo"), Kind.OUTLINE, key=self.tr("Ctrl+Z"))
        self.all_back = Pill(self.tr("All as it came"), Kind.QUIET)
        self.back = Pill(self.tr("Back"), Kind.OUTLINE, key=self.tr("Esc"))
        self.language.language_chosen.connect(self.language_chosen)
        self.sets.chosen.connect(self._turn_to_set)
        self.editor.kept.connect(self._keep)
        self.editor.left.connect(self._leave_editor)
        self.add.clicked.connect(lambda: self._edit(""))
        self.plan.clicked.connect(self._ask_for_plan)
        self.undo.clicked.connect(self._undo)
        self.all_back.clicked.connect(self._put_all_back)
        self.back.clicked.connect(self.back_wanted)
        self._undo_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        self._undo_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._undo_key.activated.connect(self._undo)
        self._lay_out()
        self._show_rows()
        spoken.spoken().changed.connect(self._take_words)
        theme.look().changed.connect(self._arrange)

    def _lay_out(self) -> None:
        title = Text(self.tr("My words"), theme.TITLE_PX)
        lead = Text(
            self.tr(
                "Say a line in your own words, leave it out, or add phrases of your own. "
                "It counts from the next practice on."
            ),
            theme.BODY_PX,
            tone="ink_soft",
        )
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, 10, 10)
        box.setSpacing(10)
        for group in (self.language, self.sets):
            box.addWidget(group)
            for text in group.findChildren(Text):
                text.setIndent(RING_PX)
        self._list = QWidget()
        self._list_box = QVBoxLayout(self._list)
        self._list_box.setContentsMargins(0, 0, 0, 0)
        self._list_box.setSpacing(2)
        self._list_box.addWidget(self.editor)
        box.addWidget(self._list)
        box.addStretch(1)
        foot = Flow(6)
        for button in (self.back, self.add, self.undo, self.all_back, self.plan):
            foot.add(button)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(6)
        self._outer.addWidget(title)
        self._outer.addWidget(lead)
        self._outer.addSpacing(6)
        self._area = scrolling(inner)
        self._outer.addWidget(self._area, 1)
        self._outer.addWidget(self._told)
        self._outer.addWidget(foot)
        for text in (title, lead, self._told):
            text.setIndent(RING_PX)
        self.editor.hide()
        self._told.hide()

    # ------------------------------------------------------------------------------ words
    def set_personal(self, personal: Personal, language: str) -> None:
        """Show what is the person's own, and which language was chosen (empty: the system's)."""
        self.language.set_language(language)
        if personal != self.words.personal:
            self.words.take(personal)
            self._offer_sets()
            self._show_rows()

    def _take_words(self) -> None:
        content = spoken.language_alone()
        if content is not self.words.content:
            self.words.set_content(content)
            self.close_editor()
            self._offer_sets()
            self._show_rows()

    def _offer_sets(self) -> None:
        """Offer the sets, and the own plans where there are any."""
        sets = self.words.sets()
        if self.words.knows_plans:
            sets.append((PLANS, self.tr("My plans")))
        if self._set_id not in dict(sets):
            self._set_id = sets[0][0]
        self.sets.set_options(sets)
        self.sets.set_value(self._set_id)

    def _turn_to_set(self, set_id: str) -> None:
        self._set_id = set_id
        self.close_editor()
        self._tell("")
        self._show_rows()

    def _show_rows(self, focus_id: str = "") -> None:
        """Show the lines of the set; the keyboard stays with the line that it was at."""
        wanted = self.words.rows(self._set_id)
        for line_id in set(self.rows) - {row.line_id for row in wanted}:
            gone = self.rows.pop(line_id)
            self._list_box.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        if [*self.rows] != [row.line_id for row in wanted][: len(self.rows)]:
            for each in self.rows.values():
                self._list_box.removeWidget(each)
                each.hide()
                each.deleteLater()
            self.rows = {}
        for row in wanted:
            if row.line_id not in self.rows:
                made = LineRow()
                made.edit.clicked.connect(lambda _=False, at=row.line_id: self._edit(at))
                made.hiding.clicked.connect(lambda _=False, at=row.line_id: self._hide(at))
                made.as_it_came.clicked.connect(lambda _=False, at=row.line_id: self._put_back(at))
                self.rows[row.line_id] = made
                self._list_box.addWidget(made)
            self.rows[row.line_id].show_row(row)
        self.add.setVisible(self._set_id != PLANS)
        self.undo.setEnabled(self.words.can_undo)
        self.all_back.setEnabled(self.words.changed)
        if focus_id in self.rows:
            self.rows[focus_id].edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))

    # --------------------------------------------------------------------------- changing
    def _changed(self, focus_id: str = "") -> None:
        self._offer_sets()
        self._show_rows(focus_id)
        self.changed.emit(self.words.personal)

    def _edit(self, line_id: str) -> None:
        self._tell("")
        row = self.words.row(self._set_id, line_id) if line_id else None
        # right below its line, or last for a new one
        self._list_box.removeWidget(self.editor)
        after = self._list_box.indexOf(self.rows[line_id]) + 1 if row else self._list_box.count()
        self._list_box.insertWidget(after, self.editor)
        self.editor.begin(line_id, row.text if row else "", self.words.content.language)
        QTimer.singleShot(0, self, self._bring_editor_into_sight)

    def _bring_editor_into_sight(self) -> None:
        self._area.ensureWidgetVisible(self.editor, 0, theme.UNIT_PX * 3)

    def _keep(self, line_id: str, text: str) -> None:
        if line_id:
            self.words.say(self._set_id, line_id, text)
        else:
            line_id = self.words.add(self._set_id, text)
        self.editor.hide()
        self._changed(line_id)

    def _leave_editor(self, line_id: str) -> None:
        self.editor.hide()
        row = self.rows.get(line_id)
        (row.edit if row else self.add).setFocus(Qt.FocusReason.OtherFocusReason)

    def close_editor(self) -> bool:
        """Leave the line that is being written as it was; return whether there was one."""
        if self.editor.isHidden():
            return False
        self._leave_editor(self.editor.line_id)
        return True

    def _hide(self, line_id: str) -> None:
        row = self.words.row(self._set_id, line_id)
        self.words.hide(self._set_id, line_id, hidden=not row.hidden)
        told = ""
        if row.plan:
            told = self.tr("The plan is gone; sessions with it stay whole. Undo brings it back.")
        elif row.own:
            told = self.tr("Your phrase is gone. Undo brings it back.")
        elif not row.hidden and row.important:
            told = self.tr(
                "This line is there for care. It is left out from now on; Undo brings it back."
            )
        self._tell(told)
        self._changed(line_id)
        if row.own:
            self.undo.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_back(self, line_id: str) -> None:
        self.words.put_back(self._set_id, line_id)
        self._tell("")
        self._changed(line_id)

    def _put_all_back(self) -> None:
        self.words.put_all_back()
        self._tell(self.tr("Every line is as it came. Undo brings yours back."))
        self._changed()
        self.undo.setFocus(Qt.FocusReason.OtherFocusReason)

    def _undo(self) -> None:
        if not self.words.can_undo:
            return
        self.words.undo()
        self._tell("")
        self._changed()

    # ------------------------------------------------------------------------------ plans
    def _ask_for_plan(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("A plan from a file"), "", self.tr("Plans (*.toml)")
        )
        if name:
            self.take_plan_file(Path(name))

    def take_plan_file(self, path: Path) -> None:
        """Keep the plan of a file among the person's, or tell what is wrong with it."""
        try:
            with path.open("rb") as file:
                report = read_plan(file.read(LONGEST_BYTES + 1))
        except OSError as error:
            why = error.strerror or str(error)
            self._tell(self.tr("{name} cannot be read: {why}.").format(name=path.name, why=why))
            return
        if report.plan is None:
            told = [
                self.tr("Line {n}: {what}").format(n=each.line, what=each.message)
                for each in report.errors[:_TOLD_ERRORS]
            ]
            head = self.tr("{name} cannot run yet.").format(name=path.name)
            self._tell("\n".join([head, *told]))
            return
        self.plan_brought.emit(report.plan)
        self._tell(
            self.tr("'{title}' is among your plans, and chosen for the next practice.").format(
                title=report.plan.plan.title
            )
        )

    def first_focus(self) -> QWidget:
        """Back is where the keyboard begins."""
        return self.back

    # ------------------------------------------------------------------------------- Qt's
    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep it in a column."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        margin = MARGIN_PX if self.width() >= NARROW_PX else NARROW_MARGIN_PX
        side = max(margin, (self.width() - theme.current().px(980)) // 2)
        self._outer.setContentsMargins(side - RING_PX, 16, side - RING_PX, 14)


class LineRow(QWidget):
    """A line, and what can be done with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said = Text("", theme.BODY_PX)
        self.said.setIndent(RING_PX)
        self.edit = Pill(self.tr("Edit"), Kind.QUIET)
        self.hiding = Pill("", Kind.QUIET)
        self.as_it_came = Pill(self.tr("As it came"), Kind.QUIET)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.said, 1)
        for button in (self.as_it_came, self.edit, self.hiding):
            row.addWidget(button)

    def show_row(self, row: Row) -> None:
        """Show a line as it stands."""
        text = row.text
        self.edit.setVisible(not row.plan)
        if row.plan:
            text = row.text
        elif row.hidden:
            text = self.tr("{line}  (left out)").format(line=text)
        elif row.own or row.edited:
            text = self.tr("{line}  (yours)").format(line=text)
        self.said.setText(text)
        self.said.set_tone("ink_soft" if row.hidden else "ink")
        if row.own:
            hiding = self.tr("Remove")
        else:
            hiding = self.tr("Take in") if row.hidden else self.tr("Leave out")
        self.hiding.setText(hiding)
        self.hiding.updateGeometry()
        self.as_it_came.setVisible(row.edited)
        for button in (self.edit, self.hiding, self.as_it_came):
            button.setAccessibleName(f"{button.text()}: {row.text}")


class Editor(QWidget):
    """One line being written, with what it would be kinder to change."""

    kept = Signal(str, str)
    """The id of the line (empty: a new phrase) and its words."""
    left = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line_id = ""
        self._language = ""
        self.field = Field(self.tr("The line in your words"))
        self.keep = Pill(self.tr("Keep"), Kind.SOLID, key=self.tr("Enter"))
        self.leave = Pill(self.tr("Cancel"), Kind.OUTLINE, key=self.tr("Esc"))
        self.note = Text("", theme.SMALL_PX, tone="ink_soft")
        self.note.setIndent(RING_PX)
        self.field.textChanged.connect(self._look)
        self.field.returnPressed.connect(self._keep)
        self.keep.clicked.connect(self._keep)
        self.leave.clicked.connect(lambda: self.left.emit(self.line_id))
        row = Flow(4)
        row.add(self.keep)
        row.add(self.leave)
        box = QVBoxLayout(self)
        box.setContentsMargins(RING_PX, 0, 0, 6)
        box.setSpacing(2)
        box.addWidget(self.field)
        box.addWidget(self.note)
        box.addWidget(row)

    def begin(self, line_id: str, text: str, language: str) -> None:
        """Write a line; an empty id begins a new phrase."""
        self.line_id, self._language = line_id, language
        self.field.setText(text)
        self.show()
        self._look()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def text(self) -> str:
        """What is written, as one line."""
        return " ".join(self.field.text().split())

    def _look(self) -> None:
        text = self.text
        over = too_long(text)
        count = self.tr("{n} of {most} characters").format(n=len(text), most=MAX_CHARS)
        said = [over or count]
        said += warnings(text, self._language)
        if said[1:]:
            said.append(self.tr("You can keep it all the same."))
        self.note.setText("  ".join(said))
        self.keep.setEnabled(bool(text) and not over)

    def _keep(self) -> None:
        if self.keep.isEnabled():
            self.kept.emit(self.line_id, self.text)
