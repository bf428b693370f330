"""The same questions by psycopg, psycopg2 and SQLAlchemy: see lib.clients.asking."""

import datetime
import decimal
import json
import re
import uuid

from lib.clients.asking import Error, Value


def bound(kind, text, jsonb):
    """How a program would pass a value of this kind."""
    if text is None:
        return None
    python = {
        "numeric": decimal.Decimal, "integer": int, "bigint": int, "double precision": float, "boolean": lambda t: t == "true",
        "interval": lambda t: datetime.timedelta(microseconds=round(float(t) * 1e6)),
        "timestamp with time zone": datetime.datetime.fromisoformat, "timestamp without time zone": datetime.datetime.fromisoformat,
        "date": datetime.date.fromisoformat, "uuid": uuid.UUID, "jsonb": lambda t: jsonb(json.loads(t)),
    }
    return python[kind](text) if kind in python else text


def written(value):
    """As all clients write it."""
    match value:
        case None | str():
            return value
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case decimal.Decimal():
            return f"{value:f}"
        case datetime.timedelta():
            micros = value // datetime.timedelta(microseconds=1)
            return f"{(decimal.Decimal(micros) / 1_000_000).normalize():f}"
        case datetime.datetime():
            return value.astimezone(datetime.timezone.utc).isoformat().replace("+00:00", "Z")
        case datetime.date():
            return value.isoformat()
        case bytes():
            return value.hex()
    # A range, by its own text, which is that of the server's.
    if type(value).__name__ in ("Range", "NumericRange"):
        return f"[{value.lower},{value.upper}]" if value.lower_inc and value.upper_inc else repr(value)
    raise AssertionError(f"no reader for {type(value)}")


def with_percent(query):
    return re.sub(r"\$\d+", "%s", query.replace("%", "%%"))


class Client:
    def __init__(self, connection, types, jsonb):
        """types: the names of the server's types by their numbers."""
        self.connection, self.types, self.jsonb = connection, types, jsonb

    def cursor(self):
        return self.connection.cursor()

    def ask(self, questions):
        return [self.answer(question) for question in questions]

    def answer(self, question):
        with self.cursor() as cursor:
            try:
                values = [bound(kind, text, self.jsonb) for kind, text in question.values]
                self.execute(cursor, with_percent(question.query), values)
                types = [self.types[str(column.type_code)] for column in cursor.description]
                return [[Value(type_, None if v is None else type(v).__name__, json.dumps(v) if type_ == "jsonb" and v is not None else written(v)) for type_, v in zip(types, row)]
                        for row in cursor.fetchall()]
            except self.failure() as error:
                return Error(error.diag.sqlstate, error.diag.message_primary or str(error), error.diag.message_hint)


class Psycopg(Client):
    """Version 3: the values travel beside the query."""

    def __init__(self, dsn, types, **options):
        import psycopg
        from psycopg.types.json import Jsonb
        super().__init__(psycopg.connect(dsn, autocommit=True), types, Jsonb)
        self.options = options

    def execute(self, cursor, query, values):
        cursor.execute(query, values, **self.options)

    @staticmethod
    def failure():
        import psycopg
        return psycopg.Error


class PsycopgBinary(Psycopg):
    def cursor(self):
        return self.connection.cursor(binary=True)


class Psycopg2(Client):
    """Writes the values into the query."""

    def __init__(self, dsn, types):
        import psycopg2
        from psycopg2.extras import Json, register_uuid
        register_uuid()
        super().__init__(psycopg2.connect(dsn), types, Json)
        self.connection.autocommit = True

    def execute(self, cursor, query, values):
        cursor.execute(query, values)

    @staticmethod
    def failure():
        import psycopg2
        return psycopg2.Error
