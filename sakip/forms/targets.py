"""The targets of an indicator's quarters, as the perencana writes them."""

from collections.abc import Collection, Mapping

from sakip.actions.targets import CELLS
from sakip.forms.fields import MeasureField
from sakip.forms.measurement import CellForm
from sakip.models import IndicatorVersion
from sakip.scoring.values import Measured


class QuarterTargetsForm(CellForm):
    """A cell a quarter, without those in `settled`, which keep their target."""

    tw1 = MeasureField(label="TW I")
    tw2 = MeasureField(label="TW II")
    tw3 = MeasureField(label="TW III")
    tw4 = MeasureField(label="TW IV")

    def __init__(
        self,
        version: IndicatorVersion,
        targets: Mapping[int, Measured],
        settled: Collection[int],
        **kwargs,
    ) -> None:
        self.version = version
        # What was typed for quarters that were approved since the page was shown, by the cell's label.
        self.too_late: dict[str, str] = {}
        super().__init__({cell: targets[quarter] for cell, quarter in CELLS.items()}, **kwargs)
        for cell, quarter in CELLS.items():
            field = self.fields[cell]
            if quarter in settled:
                self._refuse(cell)
                del self.fields[cell]
            elif version.indicator.node_id is None and isinstance(field, MeasureField):
                # What stands above the programme tree, growth for example, may fall below zero.
                field.smallest = None

    def _refuse(self, cell: str) -> None:
        """What is as it was shown, or stands there already, is no loss."""
        field, name = self.fields[cell], self.add_prefix(cell)
        typed = str(field.widget.value_from_datadict(self.data, self.files, name) or "").strip()
        known = (self._sent(cell, "lihat"), field.prepare_value(self.initial[cell]))
        if name in self.data and typed not in known:
            self.too_late[str(field.label)] = typed
