"""Superset's REST API: things are found by an id of ours (a UUID made from a name), so that a second run
changes what the first one has made."""

import http.cookiejar
import json
import urllib.error
import urllib.parse
import urllib.request
import uuid

OURS = uuid.UUID("6c1d1a0e-3d6a-4a53-9f0c-70675f63736b")


class ApiError(Exception):
    pass


def key(kind, name):
    return str(uuid.uuid5(OURS, f"{kind}/{name}"))


class Superset:
    def __init__(self, url, user, password):
        self.url = url
        self.headers = {"Content-Type": "application/json", "Referer": url}
        # Changes need a token that belongs to the session, which is a cookie.
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        answer = self.call("POST", "security/login",
                           {"username": user, "password": password, "provider": "db", "refresh": False})
        self.headers["Authorization"] = f"Bearer {answer['access_token']}"
        self.headers["X-CSRFToken"] = self.call("GET", "security/csrf_token/")["result"]

    def call(self, method, path, body=None, **query):
        url = f"{self.url}/api/v1/{path}"
        if query:
            url += "?" + urllib.parse.urlencode(query)
        request = urllib.request.Request(url, method=method, headers=self.headers,
                                         data=None if body is None else json.dumps(body).encode())
        try:
            with self.opener.open(request, timeout=120) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            raise ApiError(f"{method} {path}: {error.code} {error.read().decode(errors='replace')[:2000]}") from None

    def find(self, kind, **columns):
        """The id of the one thing of this kind with these values, or None."""
        filters = [{"col": name, "opr": "eq", "value": value} for name, value in columns.items()]
        found = self.call("GET", f"{kind}/", q=json.dumps({"filters": filters, "columns": ["id"]}))["result"]
        return found[0]["id"] if found else None

    def put(self, kind, name, body, create_only=()):
        """Makes the thing of this name, or changes what is there; its id."""
        number = self.find(kind, uuid=key(kind, name))
        if number is None:
            return self.call("POST", f"{kind}/", {**body, "uuid": key(kind, name)})["id"]
        self.call("PUT", f"{kind}/{number}", {k: v for k, v in body.items() if k not in create_only})
        return number
