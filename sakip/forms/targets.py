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
        super().__init__({cell: targets[quarter] for cell, quarter in CELLS.items()}, **kwargs)
        for cell, quarter in CELLS.items():
            field = self.fields[cell]
            if quarter in settled:
                del self.fields[cell]
            elif version.indicator.node_id is None and isinstance(field, MeasureField):
                # What stands above the programme tree, growth for example, may fall below zero.
                field.smallest = None
