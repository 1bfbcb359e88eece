"""A migrated PostgreSQL database, as new for every test: emptied, since making one takes a hundred times as long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models import opening
from models.database import DatabaseURL
from tests.postgresql import administer

if TYPE_CHECKING:
    import psycopg

_NAME, _TEMPLATE = "company", "template_company"
_LONG_BYTES = 1_000_000

_SCHEMA = """
SELECT md5(string_agg(part, ' ' ORDER BY part)) FROM (
    SELECT concat_ws(' ', relname, relkind, attnum, attname, atttypid, attnotnull) AS part
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', conname, conrelid, conkey, conbin) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', tgrelid, tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT concat_ws(' ', proname, prosrc) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
) AS parts
"""
_TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
_LONG_TABLES = f"{_TABLES} AND pg_table_size(oid) > {_LONG_BYTES}"
_SEQUENCES = """
SELECT format('%I.%I', schemaname, sequencename), coalesce(last_value, start_value), last_value IS NOT NULL
FROM pg_sequences WHERE schemaname = 'public'
"""


class CleanDatabase:
    """One database of a server, given to one test after the other."""

    def __init__(self, server: str) -> None:
        """``server`` is a URL with a place for the name of a database."""
        self._server = server
        administer(server, f"CREATE DATABASE {_TEMPLATE}")
        opening.open_database(DatabaseURL.parse(server.format(name=_TEMPLATE)), create=True)
        opening.close_database()
        with self._connected(_TEMPLATE) as connection:
            self._schema = self._schema_of(connection)
            self._tables = [name for (name,) in connection.execute(_TABLES)]
            self._rows = {name: rows for name in self._tables if (rows := self._copied(connection, name))}
            self._sequences = connection.execute(_SEQUENCES).fetchall()
        self._make()

    def as_new(self) -> DatabaseURL:
        """The database, with nothing in it but what the migrations put there; nobody has it open."""
        administer(
            self._server, f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{_NAME}'"
        )
        with self._connected(_NAME) as connection:
            same = self._schema_of(connection) == self._schema
            if same:
                self._empty(connection)
        if not same:
            administer(self._server, f"DROP DATABASE {_NAME} WITH (FORCE)")
            self._make()
        return DatabaseURL.parse(self._server.format(name=_NAME))

    def _make(self) -> None:
        administer(self._server, f"CREATE DATABASE {_NAME} TEMPLATE {_TEMPLATE}")

    def _connected(self, name: str) -> psycopg.Connection[Any]:
        import psycopg

        return psycopg.connect(self._server.format(name=name))

    @staticmethod
    def _schema_of(connection: psycopg.Connection[Any]) -> str:
        found = connection.execute(_SCHEMA).fetchone()
        assert found is not None
        return str(found[0])

    @staticmethod
    def _copied(connection: psycopg.Connection[Any], table: str) -> bytes:
        with connection.cursor().copy(f'COPY "{table}" TO STDOUT'.encode()) as copy:
            return b"".join(bytes(part) for part in copy)

    def _empty(self, connection: psycopg.Connection[Any]) -> None:
        """Deleting is quicker than cutting off, where there are few rows; triggers and references do not hold it up."""
        connection.execute("SET LOCAL session_replication_role = replica")
        for (name,) in connection.execute(_LONG_TABLES).fetchall():
            connection.execute(f'TRUNCATE "{name}" CASCADE'.encode())
        connection.execute(";".join(f'DELETE FROM "{name}"' for name in self._tables).encode())
        for sequence in self._sequences:
            connection.execute("SELECT setval(%s, %s, %s)", sequence)
        for name, rows in self._rows.items():
            with connection.cursor().copy(f'COPY "{name}" FROM STDIN'.encode()) as copy:
                copy.write(rows)
