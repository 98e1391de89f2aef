"""Rows as a list and as a frame of polars or pandas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

from deedline.errors import InputError
from deedline.serve.export.shape import Row

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Rows(Sequence[Row]):
    """Rows as `--json` and the API give them (docs/export.md). `total` is how many fit, where not all are here.

    `table` names the documented columns that a frame of them has; "" where their types follow from the rows.
    """

    rows: tuple[Row, ...]
    table: str = ""
    total: int | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Rows: ...
    def __getitem__(self, index: int | slice) -> Row | Rows:
        """One row, or some of them as rows."""
        return Rows(self.rows[index], self.table) if isinstance(index, slice) else self.rows[index]

    def arrow(self) -> pa.Table:
        """An Arrow table: days as dates, numbers as numbers, lists and objects as such."""
        import pyarrow as pa

        from deedline.serve.export.columns import ALL
        from deedline.serve.export.parquet import arrow_type, typed

        if not self.table:
            return pa.Table.from_pylist(list(self.rows))
        columns = ALL[self.table]
        schema = pa.schema([pa.field(name, arrow_type(column)) for name, column in columns.items()])
        return pa.Table.from_pylist([typed(columns, row) for row in self.rows], schema=schema)

    def polars(self) -> pl.DataFrame:
        """A frame of polars; InputError where polars is not installed."""
        try:
            import polars as pl
        except ImportError as error:
            raise _absent("polars") from error
        frame = pl.from_arrow(self.arrow())
        return frame if isinstance(frame, pl.DataFrame) else frame.to_frame()

    def pandas(self) -> pd.DataFrame:
        """A frame of pandas; InputError where pandas is not installed."""
        try:
            import pandas  # noqa: F401
        except ImportError as error:
            raise _absent("pandas") from error
        return self.arrow().to_pandas()


def _absent(library: str) -> InputError:
    return InputError(f"{library} is not installed; `pip install 'deedline[frames]'` installs it")
