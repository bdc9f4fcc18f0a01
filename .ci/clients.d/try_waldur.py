"""Waldur's own client (waldur-api-client) against the Waldur mirror."""

from datetime import datetime, timedelta, timezone
from importlib.metadata import version

from waldur_api_client import AuthenticatedClient, Client
from waldur_api_client.api.api_auth import api_auth_logout, api_auth_password
from waldur_api_client.api.auth_tokens import auth_tokens_count, auth_tokens_destroy, auth_tokens_list, auth_tokens_retrieve
from waldur_api_client.api.configuration import configuration_retrieve
from waldur_api_client.api.personal_access_tokens import (
    personal_access_tokens_available_binding_targets_list, personal_access_tokens_available_scopes_list,
    personal_access_tokens_create, personal_access_tokens_destroy, personal_access_tokens_list,
    personal_access_tokens_rotate)
from waldur_api_client.api.users import (
    users_count, users_list, users_me_retrieve, users_partial_update, users_refresh_token, users_retrieve,
    users_token_retrieve)
from waldur_api_client.api.version import version_retrieve
from waldur_api_client.errors import UnexpectedStatus
from waldur_api_client.models import ObtainAuthTokenRequest, PatchedUserRequest, PersonalAccessTokenCreateRequest

from harness import Steps, must, raises, system

cloud = system("cloud")
steps = Steps("waldur-api-client " + version("waldur-api-client"))


def signed_in(key, prefix="Token"):
    return AuthenticatedClient(base_url=cloud["url"], token=key, prefix=prefix)


anonymous = Client(base_url=cloud["url"])
staff = signed_in(cloud["token"])
weak = signed_in(cloud["weak_token"])


def sign_in(username, password):
    return api_auth_password.sync(client=anonymous, body=ObtainAuthTokenRequest(username=username, password=password)).token


def server():
    configuration_retrieve.sync(client=anonymous)
    return version_retrieve.sync(client=staff).version


def me():
    for client, name in ((staff, cloud["username"]), (weak, cloud["weak_username"])):
        must(users_me_retrieve.sync(client=client).username == name, "me is somebody else")


def list_sessions():
    rows = auth_tokens_list.sync_all(client=staff)
    distinct = {row.user for row in rows}
    count = auth_tokens_count.sync(client=staff)
    must(len(rows) == count == len(distinct), f"{len(rows)} rows of {count}, {len(distinct)} distinct")
    return len(rows)


def session_of(username):
    return next(row for row in auth_tokens_list.sync_all(client=staff) if row.user_username == username)


def number(row):
    return int(row.url.rstrip("/").rsplit("/", 1)[1])


def show_session():
    row = session_of(cloud["weak_username"])
    shown = auth_tokens_retrieve.sync(client=staff, user_id=number(row))
    must(shown.user == row.user, "another session is shown")


def list_users():
    rows = users_list.sync_all(client=staff)
    count = users_count.sync(client=staff)
    must(len({row.uuid for row in rows}) == count, f"{len(rows)} rows of {count}")
    return len(rows)


def show_user():
    found = users_list.sync(client=staff, username=cloud["weak_username"])
    must([u.username for u in found] == [cloud["weak_username"]], f"{len(found)} found")
    return users_retrieve.sync(client=staff, uuid=found[0].uuid).username


def change_lifetime():
    one = users_me_retrieve.sync(client=weak)
    changed = users_partial_update.sync(client=weak, uuid=one.uuid, body=PatchedUserRequest(token_lifetime=7200))
    must(changed.token_lifetime == 7200, f"it is {changed.token_lifetime}")


def look_at_one():
    one = users_list.sync(client=staff, username=cloud["weak_username"])[0]
    shown = users_token_retrieve.sync(client=staff, uuid=one.uuid)
    must(shown.user_username == cloud["weak_username"], "it is somebody else's")


def refresh():
    one = users_list.sync(client=staff, username=cloud["weak_username"])[0]
    users_refresh_token.sync(client=staff, uuid=one.uuid)


def refreshed():
    raises(UnexpectedStatus, lambda: users_me_retrieve.sync(client=weak))


def delete_session():
    key = sign_in(cloud["weak_username"], cloud["weak_password"])
    row = session_of(cloud["weak_username"])
    must(auth_tokens_destroy.sync_detailed(client=staff, user_id=number(row)).status_code == 204, "not 204")
    raises(UnexpectedStatus, lambda: auth_tokens_retrieve.sync(client=staff, user_id=number(row)))
    raises(UnexpectedStatus, lambda: users_me_retrieve.sync(client=signed_in(key)))


def sign_out():
    client = signed_in(sign_in(cloud["weak_username"], cloud["weak_password"]))
    api_auth_logout.sync(client=client)
    raises(UnexpectedStatus, lambda: users_me_retrieve.sync(client=client))


def create_pat():
    scopes = personal_access_tokens_available_scopes_list.sync(client=staff)
    made = personal_access_tokens_create.sync(client=staff, body=PersonalAccessTokenCreateRequest(
        name="official", scopes=[scopes[0].permission], expires_at=datetime.now(timezone.utc) + timedelta(days=30)))
    must(made.token.startswith("w_"), "the key does not begin with w_")
    return made


def rotate_and_delete_pat():
    made = create_pat()
    turned = personal_access_tokens_rotate.sync(client=staff, uuid=made.uuid)
    must(turned.token != made.token, "the key is the old one")
    personal_access_tokens_destroy.sync_detailed(client=staff, uuid=turned.uuid)


def use_pat():
    made = create_pat()
    must(users_me_retrieve.sync(client=signed_in(made.token, "Bearer")).username == cloud["username"], "it is another's")


def refusals():
    raises(UnexpectedStatus, lambda: auth_tokens_list.sync(client=signed_in("wrong")))
    raises(UnexpectedStatus, lambda: auth_tokens_list.sync(
        client=signed_in(sign_in(cloud["weak_username"], cloud["weak_password"]))))
    challenge = api_auth_password.sync(client=anonymous, body=ObtainAuthTokenRequest(username="nobody", password="wrong"))
    must("Invalid username/password" in challenge.detail, f"{challenge}")


steps.step("version and configuration", server)
steps.step("who am I, for two accounts", me)
steps.step("list sessions, all pages", list_sessions)
steps.step("show a session", show_session)
steps.step("list users, all pages", list_users)
steps.step("search and show a user", show_user)
steps.step("change how long a session lasts", change_lifetime)
steps.step("look at somebody's session", look_at_one)
steps.step("create a personal access token", lambda: create_pat().name)
steps.step("use a personal access token", use_pat)
steps.step("turn over a personal access token, and end it", rotate_and_delete_pat)
steps.step("list what a personal access token can be bound to",
           lambda: len(personal_access_tokens_available_binding_targets_list.sync(client=staff)))
steps.cannot("list personal access tokens", "one that was never used has no last_used_at, which the client does not bear",
             "TypeError", lambda: personal_access_tokens_list.sync(client=staff))
steps.cannot("refresh a session's key", "the server answers 201 and the client knows 200 alone; the old key has ended by then",
             "UnexpectedStatus.*201", refresh)
steps.step("after that the key before is dead all the same", refreshed)
steps.cannot("delete a session with sync, as every other call", "a call without an answer's body has sync_detailed alone",
             "no attribute 'sync'", lambda: auth_tokens_destroy.sync(client=staff, user_id=1))
steps.step("delete a session, and gone", delete_session)
steps.step("sign in by password, and out", sign_out)
steps.step("refusals have an error", refusals)
steps.done()
