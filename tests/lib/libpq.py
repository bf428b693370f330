"""Connections to the server through libpq itself, the library that psql comes with: unlike psql they
can be cancelled, watched and lost while they wait for an answer, and cost hardly anything."""

import ctypes
import re
import select
import shutil
import subprocess
import time

# Of ExecStatusType and ConnStatusType.
OK = (1, 2)
BAD = 1
SQLSTATE = ord("C")


def library():
    """What psql is linked to."""
    linked = subprocess.run(["ldd", shutil.which("psql")], capture_output=True, text=True, check=True).stdout
    return ctypes.CDLL(re.search(r"libpq\.so\S* => (\S+)", linked).group(1))


pq = library()
for name, result, arguments in [
        ("PQconnectdb", "p", "s"), ("PQstatus", "i", "p"), ("PQerrorMessage", "s", "p"), ("PQfinish", None, "p"),
        ("PQexec", "p", "ps"), ("PQsendQuery", "i", "ps"), ("PQconsumeInput", "i", "p"), ("PQisBusy", "i", "p"),
        ("PQsocket", "i", "p"), ("PQgetResult", "p", "p"), ("PQbackendPID", "i", "p"), ("PQresultStatus", "i", "p"),
        ("PQresultErrorField", "s", "pi"), ("PQresultErrorMessage", "s", "p"), ("PQntuples", "i", "p"),
        ("PQnfields", "i", "p"), ("PQgetvalue", "s", "pii"), ("PQgetisnull", "i", "pii"), ("PQclear", None, "p"),
        ("PQsetNoticeProcessor", "p", "ppp")]:
    kinds = {"p": ctypes.c_void_p, "s": ctypes.c_char_p, "i": ctypes.c_int, None: None}
    function = getattr(pq, name)
    function.restype, function.argtypes = kinds[result], [kinds[kind] for kind in arguments]
SILENCE = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_char_p)(lambda _, __: None)


class ServerError(Exception):
    """What the server said, or, with sqlstate None, that the connection is gone."""

    def __init__(self, message, sqlstate=None):
        super().__init__(message)
        self.sqlstate = sqlstate


class Connection:
    """Where and as whom is told by the environment, as for psql."""

    def __init__(self, database, patience=60):
        started = time.monotonic()
        while True:
            self.link = pq.PQconnectdb(f"dbname={database} application_name=test".encode())
            if pq.PQstatus(self.link) != BAD:
                break
            why = pq.PQerrorMessage(self.link).decode(errors="replace")
            self.close()
            # A server that has lost a process ends all others and begins anew.
            if time.monotonic() > started + patience:
                raise ServerError(why)
            time.sleep(0.1)
        self.pid = pq.PQbackendPID(self.link)
        pq.PQsetNoticeProcessor(self.link, SILENCE, None)

    def close(self):
        if self.link:
            pq.PQfinish(self.link)
        self.link = None

    def run(self, sql):
        """The rows of the last of some statements, as lists of strings and None."""
        return self.rows(pq.PQexec(self.link, sql.encode()))

    def value(self, sql):
        return self.run(sql)[0][0]

    def send(self, sql):
        """Asks, without waiting for the answer."""
        if not pq.PQsendQuery(self.link, sql.encode()):
            raise ServerError(pq.PQerrorMessage(self.link).decode(errors="replace"))

    def answered(self, seconds):
        """Whether there is an answer within so many seconds."""
        end = time.monotonic() + seconds
        while pq.PQisBusy(self.link):
            left = end - time.monotonic()
            if left <= 0 or not select.select([pq.PQsocket(self.link)], [], [], left)[0]:
                return False
            if not pq.PQconsumeInput(self.link):
                return True
        return True

    def answer(self):
        """The rows that were asked for; waits for them."""
        answer, error = [], None
        while result := pq.PQgetResult(self.link):
            try:
                answer = self.rows(result)
            except ServerError as failed:
                error = error or failed
        if error:
            raise error
        return answer

    def rows(self, result):
        try:
            if pq.PQresultStatus(result) not in OK:
                code = pq.PQresultErrorField(result, SQLSTATE)
                message = (pq.PQresultErrorMessage(result) or pq.PQerrorMessage(self.link)).decode(errors="replace")
                raise ServerError(message.strip(), code and code.decode())
            columns = range(pq.PQnfields(result))
            return [[None if pq.PQgetisnull(result, row, column) else pq.PQgetvalue(result, row, column).decode()
                     for column in columns] for row in range(pq.PQntuples(result))]
        finally:
            pq.PQclear(result)
