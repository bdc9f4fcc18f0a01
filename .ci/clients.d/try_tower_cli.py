"""The command of the time before OAuth2 (ansible-tower-cli) against the mirror of that generation."""

import os
import sys

from command import Command, Failed
from harness import Steps, must, raises, system

tower = system("tower")
plain = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "LANG": "C.UTF-8", "TOWER_FORMAT": "json", "TOWER_VERIFY_SSL": "false",
         "TOWER_HOST": tower["url"], "TOWER_USERNAME": tower["username"], "TOWER_PASSWORD": tower["password"]}
cli = Command(sys.argv[1], plain)
steps = Steps("ansible-tower-cli " + cli.run("--version").split()[-1])
with_token = {"TOWER_USE_TOKEN": "true"}


def all_users():
    rows = cli.json("user", "list", "-a")["results"]
    count = cli.json("user", "list")["count"]
    must(len({row["id"] for row in rows}) == len(rows) == count, f"{len(rows)} rows of {count}")
    return count


def count_of_all():
    answer = cli.json("user", "list", "-a")
    must(answer["count"] == len(answer["results"]), f"{len(answer['results'])} rows of {answer['count']}")


def some_users():
    rows = cli.json("user", "list", "--username", tower["username"])["results"]
    must([row["username"] for row in rows] == [tower["username"]], f"{len(rows)} found")


def by_token():
    for _ in range(2):  # it makes a token once, and finds it in its file the second time
        must(cli.json("user", "get", 1, **with_token)["id"] == 1, "another user came")


def wrong_password():
    nobody = os.environ["HOME"] + "/nobody"  # whose file of tokens is empty
    os.makedirs(nobody, exist_ok=True)
    error = raises(Failed, lambda: cli.run("user", "get", 1, TOWER_PASSWORD="wrong"))
    must("authentication" in str(error).lower(), str(error))
    error = raises(Failed, lambda: cli.run("user", "get", 1, TOWER_PASSWORD="wrong", HOME=nobody, **with_token))
    must("authentication" in str(error).lower() or "token" in str(error).lower(), str(error))


def whole_user():
    one = cli.json("user", "create", "--username", "fresh", "--password", "not-used-again-1", "--email", "a@shop.example")
    cli.json("user", "modify", one["id"], "--first-name", "Fresh")
    must(cli.json("user", "get", one["id"])["first_name"] == "Fresh", "it is not changed")
    must(cli.json("user", "delete", one["id"])["changed"], "nothing was deleted")
    raises(Failed, lambda: cli.run("user", "get", one["id"]))


def no_oauth2():
    error = raises(Failed, lambda: cli.run("login", tower["username"], "--password", tower["password"]))
    must("does not support OAuth2" in str(error), str(error))


steps.step("version of the server", lambda: cli.run("version").split("\n")[2])
steps.step("list users", lambda: cli.json("user", "list")["count"])
steps.step("list users, -a", all_users)
steps.cannot("count users with -a", "it adds up the counts of all pages, each of which is that of the whole list",
             "rows of", count_of_all)
steps.step("list users by a filter", some_users)
steps.step("show a user", lambda: cli.json("user", "get", 1)["username"])
steps.step("make an authtoken, and use it again", by_token)
steps.step("a wrong password is refused", wrong_password)
steps.step("create, change and delete a user", whole_user)
steps.cannot("reach a server below a path", "it drops the path of the host",
             "could not be found|network error|JSON", lambda: cli.run("user", "get", 1, TOWER_HOST=tower["path_url"]))
steps.step("list organizations", lambda: cli.json("organization", "list")["count"])
steps.step("list teams", lambda: cli.json("team", "list")["count"])
steps.step("login says that this generation has no OAuth2", no_oauth2)
steps.done()
