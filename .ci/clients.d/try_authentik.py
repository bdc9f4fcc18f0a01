"""authentik's own Python client (authentik-client) against the authentik mirror."""

from datetime import datetime, timedelta, timezone

import authentik_client as ak
from authentik_client.exceptions import BadRequestException, ForbiddenException, NotFoundException
from pydantic import ValidationError

from harness import Steps, must, raises, system

idp = system("idp")
steps = Steps("authentik-client " + ak.__version__)
tomorrow = datetime.now(timezone.utc) + timedelta(days=1)
soon = datetime.now(timezone.utc) + timedelta(minutes=20)  # the server allows no more than half an hour
later = soon + timedelta(minutes=5)


def signed_in(key):
    return ak.ApiClient(ak.Configuration(host=idp["url"] + "/api/v3", access_token=key))


client = signed_in(idp["token"])
core = ak.CoreApi(client)
weak = ak.CoreApi(signed_in(idp["weak_token"]))


def every_page(ask):
    """Reads all rows. Where the client refuses a page, somebody's name must be too long, as one of the demo's attacks is."""
    read, refused, page = 0, 0, 1
    while page:
        try:
            answer = ask(page=page, page_size=5)
            read, page = read + len(answer.results), int(answer.pagination.next)
        except ValidationError as error:
            must({e["type"] for e in error.errors()} == {"string_too_long"}, str(error))
            refused, page = refused + 1, page + 1
    count = int(answer.pagination.count)
    must(0 <= count - read <= 5 * refused and refused < 4, f"{read} rows of {count}, {refused} pages refused")
    return f"{read} of {count}" + (f"; {refused} page with a name longer than the schema's 150, the demo's attack on a terminal" if refused else "")


def system_and_self():
    version = ak.AdminApi(client).admin_version_retrieve().version_current
    ak.RootApi(client).root_config_retrieve()
    return version


def me():
    for api, name in ((core, idp["username"]), (weak, idp["weak_username"])):
        session = api.core_users_me_retrieve()
        must(session.user.username == name, f"me is {session.user.username}")
        must(session.user.is_current and len(session.users) == 1, "the session has one user, the current one")


def token_filters():
    one = core.core_tokens_list(page_size=1, expiring=True).results[0]
    for name, value in (("intent", one.intent.value), ("expiring", True), ("user__username", one.user_obj.username),
                        ("description", one.description), ("search", one.identifier), ("ordering", "-expires")):
        found = core.core_tokens_list(identifier=one.identifier, **{name: value}).results
        must([t.pk for t in found] == [one.pk], f"{name}={value} does not find its token")
    must(core.core_tokens_list(managed="nobody").results == [], "managed=nobody finds some")
    must(core.core_tokens_list(identifier=one.identifier, expiring=False).results == [], "expiring=false finds one that expires")


def token_by_date():
    one = core.core_tokens_list(page_size=1, expiring=True, ordering="expires").results[0]
    found = core.core_tokens_list(expires=one.expires).results
    must(one.pk in [t.pk for t in found], f"expires={one.expires} does not find its token")


def users_by_date():
    for name in ("date_joined", "last_login", "last_updated"):
        before = core.core_users_list(**{name + "__lt": tomorrow}, is_active=True, type=["service_account"], page_size=1)
        after = core.core_users_list(**{name + "__gt": tomorrow}, page_size=1)
        must(int(after.pagination.count) == 0, f"{name}: somebody after tomorrow")
        must(int(before.pagination.count) > 0 or name == "last_login", f"{name}: nobody before tomorrow")


def user_filters():
    for name in ("roles_by_name", "groups_by_name"):
        raises(BadRequestException, lambda: core.core_users_list(**{name: ["nobody has this"]}))
    raises(BadRequestException, lambda: core.core_users_list(roles_by_pk=["00000000-0000-4000-8000-000000000000"]))
    nobody = core.core_users_list(attributes='{"nobody": "has this"}', page_size=1)
    must(int(nobody.pagination.count) == 0, "attributes are not looked at")


def query_language():
    found = core.core_users_list(search='is_active = True and path = "users"', page_size=1)
    must(int(found.pagination.count) > 0, "nobody was found")


def own_pk():
    """Of the account itself, by the list: what `me` answers is a step of its own."""
    return core.core_users_list(username=idp["username"]).results[0].pk


def create():
    """An API token gets its date from the server; an app password may bring one."""
    made = core.core_tokens_create(ak.TokenRequest(identifier="official-api", intent="api", user=own_pk(), description="by a client"))
    must(made.intent.value == "api" and made.expiring and made.expires, f"it came as {made}")
    made = core.core_tokens_create(ak.TokenRequest(
        identifier="official-app", intent="app_password", user=own_pk(), expires=soon, expiring=True))
    must((made.intent.value, made.expires) == ("app_password", soon), f"it came as {made}")


def show():
    token = core.core_tokens_retrieve("official-api")
    core.core_tokens_used_by_list("official-api")
    must(token.description == "by a client", f"its description is {token.description}")


def change():
    core.core_tokens_update("official-app", ak.TokenRequest(
        identifier="official-app", intent="app_password", user=own_pk(), description="wholly", expires=later, expiring=True))
    core.core_tokens_partial_update("official-app", ak.PatchedTokenRequest(
        description="in part", intent="app_password", user=own_pk(), expires=later))
    token = core.core_tokens_retrieve("official-app")
    must((token.description, token.expires) == ("in part", later), f"it is {token.description}, {token.expires}")


def rename():
    core.core_tokens_partial_update("official-app", ak.PatchedTokenRequest(
        identifier="official-renamed", intent="app_password", user=own_pk(), expires=soon))
    must(core.core_tokens_retrieve("official-renamed").intent.value == "app_password", "it is no app password now")
    raises(NotFoundException, lambda: core.core_tokens_retrieve("official-app"))


def reveal():
    key = core.core_tokens_view_key_retrieve("official-api").key
    must(ak.CoreApi(signed_in(key)).core_tokens_list(page_size=1).results, "the key that was shown opens nothing")


def set_key():
    core.core_tokens_set_key_create("official-api", ak.TokenSetKeyRequest(key="a-key-of-ones-own-choice"))
    must(core.core_tokens_view_key_retrieve("official-api").key == "a-key-of-ones-own-choice", "another key is shown")


def delete():
    for identifier in ("official-api", "official-renamed"):
        core.core_tokens_destroy(identifier)
        raises(NotFoundException, lambda: core.core_tokens_retrieve(identifier))


def refusals():
    taken = core.core_tokens_list(user__username=idp["username"]).results[0].identifier
    raises(BadRequestException, lambda: core.core_tokens_create(ak.TokenRequest(identifier=taken, user=own_pk())))
    raises(BadRequestException, lambda: core.core_tokens_create(ak.TokenRequest(identifier="mine", intent="recovery", user=0)))
    raises(ForbiddenException, lambda: ak.CoreApi(signed_in("wrong")).core_tokens_list())
    raises(ForbiddenException, lambda: weak.core_tokens_view_key_retrieve(taken))


def users():
    found = core.core_users_list(search=idp["username"], include_groups=False, include_roles=False).results
    must([u.username for u in found] == [idp["username"]], f"{len(found)} found")
    return core.core_users_retrieve(found[0].pk).username


steps.step("version and configuration", system_and_self)
steps.cannot("settings", "2025.12.4 and 2026.5.0-rc1 were seen to answer no flags, and the client asks for each of them",
             "ValidationError.*PatchedSettingsRequestFlags", lambda: ak.AdminApi(client).admin_settings_retrieve())
steps.step("who am I, for two accounts", me)
steps.step("list tokens, all pages", lambda: every_page(core.core_tokens_list))
steps.step("list tokens, every filter but dates", token_filters)
steps.step("list tokens by date", token_by_date)
steps.step("list users, all pages", lambda: every_page(core.core_users_list))
steps.step("list users by date", users_by_date)
steps.step("list users by role, group and attribute", user_filters)
steps.step("list users by a query", query_language)
steps.step("search and show a user", users)
steps.step("paths of users", lambda: len(core.core_users_paths_retrieve().paths))
steps.step("create tokens of two kinds", create)
steps.step("show a token", show)
steps.step("change a token, wholly and in part", change)
steps.step("rename a token", rename)
steps.step("reveal a key, and use it", reveal)
steps.step("set a key", set_key)
steps.step("delete, and gone", delete)
steps.cannot("make a service account", "a mirror has no creation of users: it takes service_account for a number",
             "405", lambda: core.core_users_service_account_create(ak.UserServiceAccountRequest(name="robot")))
steps.step("refusals have their own errors", refusals)
steps.done()
