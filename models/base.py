"""What every table is made of: the record with its version, and fields for money, quantities, rates, moments.

Amounts are integers in the database, so that SQL sums are exact; Python sees ``Decimal``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import Any

from peewee import BigIntegerField, DatabaseProxy, DateField, DateTimeField, IntegerField, Model, fn

from models.clock import now

database: Any = DatabaseProxy()


class ScaledField(BigIntegerField):
    """An exact number with a fixed count of decimals, kept as an integer of its smallest unit."""

    decimals = 0

    def db_value(self, value: Decimal | int | None) -> int | None:
        if value is None:
            return None
        scaled = Decimal(value).scaleb(self.decimals)
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than {self.decimals} decimals")
        return int(scaled)

    def python_value(self, value: int | None) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-self.decimals)


class MoneyField(ScaledField):
    """An amount of the row's currency, two decimals."""

    decimals = 2


class QuantityField(ScaledField):
    """A quantity of the product's unit, three decimals."""

    decimals = 3


class RateField(ScaledField):
    """A rate of exchange to the base currency, six decimals."""

    decimals = 6


class MomentField(DateTimeField):
    """A moment in UTC."""


class DayField(DateField):
    """A calendar day."""

    def python_value(self, value: Any) -> Any:
        return dt.date.fromisoformat(value) if isinstance(value, str) else value


class Record(Model):
    """A row with an identity, a version that every change raises, and the moments of its making and last change."""

    id = IntegerField(primary_key=True)
    version = IntegerField(default=1)
    created = MomentField(default=now)
    updated = MomentField(default=now)

    class Meta:
        database = database
        legacy_table_names = False


def tuples(query: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a query as tuples; peewee's stubs know queries only as rows of their model."""
    return iter(query.tuples())


def summed(field: Any) -> Any:
    """The sum of an exact column, as the ``Decimal`` that it stands for; none of no rows."""
    return fn.SUM(field).converter(field.python_value)


def plain_rows(query: Any) -> list[tuple[Any, ...]]:
    """The rows of a query as the driver gives them, for columns that need no conversion: several times faster."""
    rows: list[tuple[Any, ...]] = database.execute(query).fetchall()
    return rows


def stored_rows(table: type[Model], columns: Sequence[str], column: str, values: Collection[Any]) -> list[Any]:
    """Columns, as the database keeps them, of the rows whose ``column`` has one of the values.

    Written as SQL by hand: for hundreds of values peewee takes longer to write the query than the database to run it.
    """
    if not values:
        return []
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join([database.param] * len(values))
    sql = f'SELECT {names} FROM "{table._meta.table_name}" WHERE "{column}" IN ({marks})'
    found: list[Any] = database.execute_sql(sql, tuple(values)).fetchall()
    return found


def stored_values(row: Record) -> dict[str, Any]:
    """The row as the database keeps it, by column name, without id, version and the two moments."""
    values: dict[str, Any] = {}
    for field in type(row)._meta.sorted_fields:
        if field.column_name not in BOOKKEEPING:
            values[field.column_name] = field.db_value(row.__data__.get(field.name))
    return values


BOOKKEEPING = frozenset({"id", "version", "created", "updated"})
