"""Java programs that log in over TCP, with a password that nobody else has."""

import os
import secrets
import subprocess
import urllib.parse

from lib.clients.asking import answers, with_question_marks, write
from lib.database import ROOT, command

DRIVER = "/usr/share/java/postgresql.jar"
PROGRAMS = ROOT / "tests/clients/jdbc"
HOME = ROOT / "target/tests/clients/jdbc"
ROLE = "t_client"


def admin(sql):
    command("psql", "-Xq", "-U", "postgres", "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-f", "-", stdin=sql)


def forget(role=ROLE):
    """Also that of a run that was stopped, whose database is gone by then."""
    admin(f"DROP ROLE IF EXISTS {role}")


def login(db):
    """A role that may use the tables of the database."""
    if db.value("SHOW listen_addresses") == "":
        raise AssertionError("this server does not listen on TCP: run 'make test-clients'")
    password = secrets.token_hex(16)
    forget()
    admin(f"CREATE ROLE {ROLE} LOGIN PASSWORD '{password}'")
    db.run(f"GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO {ROLE}")
    return Login(db.name, ROLE, password)


def compiled():
    sources = sorted(PROGRAMS.glob("*.java"))
    done = subprocess.run(["javac", "-Xlint:all", "-Werror", "-cp", DRIVER, "-d", HOME, *sources], capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(f"javac: {done.stderr}")


class Login:
    JAVA = ["java", "-XX:TieredStopAtLevel=1", "-cp", f"{DRIVER}:{HOME}"]

    def __init__(self, database, role, password):
        compiled()
        self.database, self.role, self.password = database, role, password

    def url(self, options=""):
        named = urllib.parse.urlencode({"user": self.role, "password": self.password, "sslmode": "disable"})
        return f"jdbc:postgresql://127.0.0.1:{os.environ['PGPORT']}/{self.database}?{named}&{options}"

    def ask(self, questions, options=""):
        file = write(questions, "jdbc", with_question_marks)
        return answers(questions, [*self.JAVA, "Ask", self.url(options), file])

    def java(self, program, *arguments):
        """What a program prints."""
        done = subprocess.run([*self.JAVA, program, *map(str, arguments)], capture_output=True, text=True)
        if done.returncode != 0 or done.stderr:
            raise AssertionError(f"{program} ended with {done.returncode}: {done.stderr[-2000:]}")
        return done.stdout
