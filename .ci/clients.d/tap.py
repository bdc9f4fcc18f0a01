"""Stands before every system of a demo on a port of its own and writes down what is said.

It reads the demo's lines of JSON, prints them again with its own addresses, and passes
bytes on as they are, so that a failing step of any client, in any language, can show
the request and the answer.
"""

import json
import socket
import sys
import threading
from urllib.parse import urlsplit

writing = threading.Lock()
connections = iter(range(1, 1 << 30))


def pass_on(source, target, by, connection, traffic):
    while chunk := read(source):
        with writing:
            traffic.write(json.dumps({"connection": connection, "by": by, "text": chunk.decode("utf-8", "replace")}) + "\n")
            traffic.flush()
        try:
            target.sendall(chunk)
        except OSError:
            break
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def read(source):
    try:
        return source.recv(1 << 16)
    except OSError:
        return b""


def serve(listener, address, traffic):
    while True:
        client, _ = listener.accept()
        server = socket.create_connection(address)
        number = next(connections)
        for ends in ((client, server, "request"), (server, client, "answer")):
            threading.Thread(target=pass_on, args=(*ends, number, traffic), daemon=True).start()


def main(demo, traffic_file):
    traffic = open(traffic_file, "a")
    threads = []
    for line in open(demo):
        system = json.loads(line)
        system["path_url"] = system["url"]  # past this, for what has to have a path
        url = urlsplit(system["root_url"])
        listener = socket.create_server(("127.0.0.1", 0))
        system["url"] = url._replace(netloc="127.0.0.1:%d" % listener.getsockname()[1]).geturl()
        print(json.dumps(system), flush=True)
        threads.append(threading.Thread(target=serve, args=(listener, (url.hostname, url.port), traffic)))
        threads[-1].start()
    threads[0].join()


if __name__ == "__main__":
    main(*sys.argv[1:])
