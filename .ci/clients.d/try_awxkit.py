"""The awx command (awxkit) against the mirror of AWX with OAuth2 tokens."""

import os
import sys

from command import Command, Failed
from harness import Steps, must, raises, system

tower = system("tower")
plain = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "LANG": "C.UTF-8", "PYTHONWARNINGS": "ignore"}


def signed_in(*credential):
    """Without colour, which it would print into a pipe too."""
    return Command(sys.argv[1], plain, "--conf.host", tower["url"], "--conf.color", "False", *credential)


awx = signed_in("--conf.token", tower["token"])
below_path = Command(sys.argv[1], plain, "--conf.host", tower["path_url"], "--conf.color", "False", "--conf.token", tower["token"])
by_password = signed_in("--conf.username", tower["username"], "--conf.password", tower["password"])
steps = Steps("awxkit " + Command(sys.argv[1], plain).run("--version").strip())
made = {}


def all_tokens():
    answer = awx.json("tokens", "list", "--all")
    must(answer["count"] == len({row["id"] for row in answer["results"]}), f"{len(answer['results'])} rows of {answer['count']}")
    return answer["count"]


def some_tokens():
    rows = awx.json("tokens", "list", "--description", "nobody has this")["results"]
    must(rows == [], f"{len(rows)} found")


def create():
    made.update(awx.json("tokens", "create", "--description", "official client", "--scope", "read"))
    must((made["description"], made["scope"]) == ("official client", "read"), f"{made['description']!r}, scope {made['scope']}")
    me = signed_in("--conf.token", made["token"]).json("me")
    must(me["results"][0]["username"] == tower["username"], "the key opens another account")


def show():
    row = awx.json("tokens", "get", made["id"])
    must(row["id"] == made["id"] and set(row["token"]) == {"*"}, f"token {row['token']}")


def change():
    awx.json("tokens", "modify", made["id"], "--description", "changed")
    must(awx.json("tokens", "get", made["id"])["description"] == "changed", "it is not changed")


def delete():
    awx.run("tokens", "delete", made["id"])
    raises(Failed, lambda: awx.run("tokens", "get", made["id"]))


def wrong_scope():
    error = raises(Failed, lambda: awx.run("tokens", "create", "--scope", "nonsense"))
    must("scope" in str(error).lower(), str(error))


def unknown_option():
    raises(Failed, lambda: awx.run("tokens", "list", "--nobody_has_this", "7"))


def in_colour():
    coloured = Command(sys.argv[1], plain, "--conf.host", tower["url"], "--conf.token", tower["token"])
    coloured.json("tokens", "create", "--description", "in colour")


def log_in():
    key = by_password.json("login")["token"]
    me = signed_in("--conf.token", key).json("me")
    must(me["results"][0]["username"] == tower["username"], "the key opens another account")


def whole_user():
    one = awx.json("users", "create", "--username", "fresh", "--password", "not-used-again-1")
    awx.json("users", "modify", one["id"], "--first_name", "Fresh")
    must(awx.json("users", "get", one["id"])["first_name"] == "Fresh", "it is not changed")
    awx.run("users", "delete", one["id"])
    raises(Failed, lambda: awx.run("users", "get", one["id"]))


def some_users():
    rows = awx.json("users", "list", "--username", tower["username"])["results"]
    must([row["username"] for row in rows] == [tower["username"]], f"{len(rows)} found")


steps.step("who am I", lambda: awx.json("me")["results"][0]["username"])
steps.step("ping", lambda: awx.json("ping")["version"])
steps.step("list tokens, --all", all_tokens)
steps.step("list tokens by a filter", some_tokens)
steps.step("create a token, and use it", create)
steps.step("show a token, its key hidden", show)
steps.step("change a token", change)
steps.step("delete a token, and gone", delete)
steps.cannot("an unknown option is refused", "awx sends the request without it, and ends with 0",
             "no Failed came", unknown_option)
steps.step("an unknown scope is refused", wrong_scope)
steps.step("list applications", lambda: awx.json("applications", "list")["count"])
steps.step("list users, --all", lambda: len(awx.json("users", "list", "--all")["results"]))
steps.step("list users by a filter", some_users)
steps.step("show a user", lambda: awx.json("users", "get", 1)["username"])
steps.step("create, change and delete a user", whole_user)
steps.step("list organizations", lambda: awx.json("organizations", "list")["count"])
steps.step("list teams", lambda: awx.json("teams", "list")["count"])
steps.step("list activities", lambda: awx.json("activity_stream", "list")["count"])
steps.step("log in by password for a token", log_in)
steps.cannot("print JSON into a pipe as it is", "what was created is printed in green, with escape codes, wherever it goes",
             "JSONDecodeError", in_colour)
steps.cannot("list tokens below a path, --all", "it follows the link to the next page, which AWX gives without the path of a proxy",
             "no attribute 'next'", lambda: below_path.json("tokens", "list", "--all"))
steps.step("by password, with a session", lambda: by_password.json("me")["results"][0]["username"])
steps.done()
