"""The older Waldur client (python-waldur-client), which knows users and no tokens, against the Waldur mirror."""

from importlib.metadata import version

from waldur_client import WaldurClient, WaldurClientException

from harness import Steps, must, raises, system

cloud = system("cloud")
steps = Steps("python-waldur-client " + version("python-waldur-client"))
client = WaldurClient(cloud["url"] + "/api", cloud["token"])


def users():
    rows = client.list_users()
    must(len({row["uuid"] for row in rows}) == len(rows), "a user came twice")
    return len(rows)


def some_users():
    staff = client.list_users({"is_staff": True})
    found = client.list_users({"username": cloud["weak_username"]})
    must(staff and all(u["is_staff"] for u in staff), "somebody is no staff")
    must([u["username"] for u in found] == [cloud["weak_username"]], f"{len(found)} found")


def user():
    one = client.list_users({"username": cloud["weak_username"]})[0]
    must(client.get_user(one["uuid"])["username"] == cloud["weak_username"], "somebody else came")


def count():
    must(client.count_users() == len(client.list_users()), "the number of users is not that of the rows")


def refusal():
    raises(WaldurClientException, lambda: WaldurClient(cloud["url"] + "/api", "wrong").get_current_user())


steps.step("configuration", lambda: str(bool(client.get_configuration())))
steps.step("who am I", lambda: client.get_current_user()["username"])
steps.step("list users, all pages by their links", users)
steps.step("list users by a filter", some_users)
steps.step("count users", count)
steps.step("show a user by uuid", user)
steps.cannot("show a user by name", "it asks for name_exact, which the server has not and takes no notice of",
             "MultipleObjectsReturned", lambda: client.get_user(cloud["weak_username"]))
steps.cannot("count users by a filter", "it hands the filter to its HTTP library as an option of that",
             "TypeError.*is_staff", lambda: client.count_users(is_staff=True))
steps.step("a wrong key is refused", refusal)
steps.done()
