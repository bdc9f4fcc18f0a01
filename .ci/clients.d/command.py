"""Runs a client that is a command, and reads what it prints."""

import json
import subprocess


class Failed(Exception):
    """The command ended with another exit code than 0; its words are the message."""


class Command:
    def __init__(self, path, environment, *always):
        self.path, self.environment, self.always = path, environment, always

    def run(self, *arguments, **more):
        """What the command prints; more are variables of its environment."""
        done = subprocess.run([self.path, *self.always, *map(str, arguments)], env={**self.environment, **more},
                              capture_output=True, text=True, timeout=180, stdin=subprocess.DEVNULL)
        if done.returncode:
            raise Failed(f"{' '.join(map(str, arguments[:3]))}: {done.stdout[-900:]} {done.stderr[-300:]}")
        return done.stdout

    def json(self, *arguments, **more):
        return json.loads(self.run(*arguments, **more))
