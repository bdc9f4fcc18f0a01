"""The Ansible modules of AWX (awx.awx) against the mirror of AWX with OAuth2 tokens."""

import json
import os
import sys

from command import Command, Failed
from harness import Steps, must, raises, system

ansible, collections = sys.argv[1:]
tower = system("tower")
with open(collections + "/ansible_collections/awx/awx/MANIFEST.json") as manifest:
    steps = Steps("awx.awx " + json.load(manifest)["collection_info"]["version"])
run = Command(ansible, {
    "PATH": os.path.dirname(ansible) + ":" + os.environ["PATH"], "HOME": os.environ["HOME"], "LANG": "C.UTF-8",
    "ANSIBLE_COLLECTIONS_PATH": collections, "ANSIBLE_NOCOLOR": "true",
    "ANSIBLE_PYTHON_INTERPRETER": os.path.dirname(ansible) + "/python",
}, "localhost", "-i", "localhost,", "-c", "local")
by_token = {"controller_host": tower["url"], "controller_oauthtoken": tower["token"], "validate_certs": False}
by_password = {"controller_host": tower["url"], "validate_certs": False,
               "controller_username": tower["username"], "controller_password": tower["password"]}
made = {}


def module(name, credential, **arguments):
    """What a module answers; it fails with the module's own words."""
    said = run.run("-m", "awx.awx." + name, "-a", json.dumps({**credential, **arguments}))
    return json.loads(said.split("=>", 1)[1])


def create():
    answer = module("token", by_token, description="by a module", scope="read")
    made.update(answer["ansible_facts"]["controller_token"])
    must(answer["changed"] and made["scope"] == "read" and made["description"] == "by a module", f"{made}")
    must(len(made["token"]) == 30 and module("token", {**by_token, "controller_oauthtoken": made["token"]}, state="absent",
         existing_token_id=10**6)["changed"] is False, "the new key opens nothing")


def delete():
    answer = module("token", by_token, existing_token=made, state="absent")
    must(answer["changed"], f"{answer}")


def delete_by_number():
    number = module("token", by_token)["ansible_facts"]["controller_token"]["id"]
    first, second = (module("token", by_token, existing_token_id=number, state="absent")["changed"] for _ in range(2))
    must((first, second) == (True, False), f"changed: {first}, {second}")


def by_name_and_password():
    number = module("token", by_password, description="by password")["ansible_facts"]["controller_token"]["id"]
    must(module("token", by_password, existing_token_id=number, state="absent")["changed"], "it was not there")


def no_number():
    error = raises(Failed, lambda: module("token", by_token, existing_token_id="abc", state="absent"))
    must("400" in str(error), str(error))


def whole_user():
    must(module("user", by_token, username="fresh", password="not-used-again-1", first_name="Fresh")["changed"], "not created")
    must(module("user", by_token, username="fresh", first_name="Changed")["changed"], "not changed")
    must(not module("user", by_token, username="fresh", first_name="Changed")["changed"], "changed twice")
    must(module("user", by_token, username="fresh", state="absent")["changed"], "not deleted")
    must(not module("user", by_token, username="fresh", state="absent")["changed"], "deleted twice")


def below_a_path():
    there = {**by_token, "controller_host": tower["path_url"]}
    number = module("token", there)["ansible_facts"]["controller_token"]["id"]
    module("token", there, existing_token_id=number, state="absent")


def masked():
    """The way of the module's first example: the dict that it returned is the next one's credential."""
    first = module("token", by_token)["ansible_facts"]["controller_token"]
    second = module("token", {**by_token, "controller_oauthtoken": first}, description="by its fact")
    key = second["ansible_facts"]["controller_token"]["token"]
    module("token", by_token, existing_token_id=first["id"], state="absent")
    must(isinstance(second["ansible_facts"]["controller_token"]["id"], int), f"its number is {second['ansible_facts']['controller_token']['id']}")
    must("*" not in key, "the key is masked")


steps.step("create a token, and use it", create)
steps.step("delete a token by the fact that came", delete)
steps.step("delete a token by number, twice", delete_by_number)
steps.step("by user name and password", by_name_and_password)
steps.step("a number that is none is refused", no_number)
steps.step("create, change and delete a user", whole_user)
steps.cannot("delete a token of a server below a path", "it puts the path of the API before an address that has it already",
             "/api/v2/api/v2/", below_a_path)
steps.cannot("create a token with the fact of another one", "its values become secrets, and what is like them is masked in the answer",
             "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER|masked", masked)
steps.done()
