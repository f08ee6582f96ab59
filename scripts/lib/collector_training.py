"""The training run of the collector's image: starts the collector on the arguments in training.args, has it take calls
and publish their events, and stops it, upon which the JVM writes its archive. Pub/Sub is a server of ours, which
acknowledges everything.

usage: collector_training.py JAVA APP_FOLDER
"""

import base64
import json
import os
import pathlib
import socketserver
import struct
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

from function_training import PATIENCE_SECONDS, await_listening, free_port

KEY = "training-key"

# Frames of HTTP/2 (RFC 9113) that matter here, and their flags.
DATA, HEADERS, SETTINGS, PING, WINDOW_UPDATE = 0, 1, 4, 6, 8
END_STREAM, ACK, END_HEADERS = 1, 1, 4


class PubSub(socketserver.StreamRequestHandler):
    """As much of gRPC as a publisher looks at: each request is answered with an id for each of its messages."""

    def handle(self):
        try:
            self.rfile.read(len("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
            self.send(SETTINGS, 0, 0, b"")
            requests = {}
            while head := self.rfile.read(9):
                length, kind, flags, stream = int.from_bytes(head[:3], "big"), head[3], head[4], int.from_bytes(head[5:], "big")
                content = self.rfile.read(length)
                if kind == SETTINGS and not flags & ACK:
                    self.send(SETTINGS, ACK, 0, b"")
                elif kind == PING and not flags & ACK:
                    self.send(PING, ACK, 0, content)
                elif kind == DATA:
                    if content:
                        self.send(WINDOW_UPDATE, 0, 0, struct.pack(">I", length))
                    requests[stream] = requests.get(stream, b"") + content
                    if flags & END_STREAM:
                        self.acknowledge(stream, messages(requests.pop(stream)[5:]))
        except ConnectionError:
            pass  # The collector is gone.

    def acknowledge(self, stream, count):
        ids = b"".join(b"\x0a" + bytes([len(name)]) + name for name in (str(i).encode() for i in range(count)))
        self.send(HEADERS, END_HEADERS, stream, b"\x88" + header("content-type", "application/grpc"))
        self.send(DATA, 0, stream, struct.pack(">BI", 0, len(ids)) + ids)
        self.send(HEADERS, END_HEADERS | END_STREAM, stream, header("grpc-status", "0"))

    def send(self, kind, flags, stream, content):
        self.wfile.write(struct.pack(">I", len(content))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + content)


def header(name, value):
    """A header that is in no table of HPACK (RFC 7541)."""
    return b"\x00" + bytes([len(name)]) + name.encode() + bytes([len(value)]) + value.encode()


def messages(request):
    """How many there are in a PublishRequest: its second field."""
    at = count = 0
    while at < len(request):
        count += request[at] == 0x12
        at += 1
        size = shift = 0
        while True:
            size |= (request[at] & 0x7F) << shift
            shift += 7
            at += 1
            if not request[at - 1] & 0x80:
                break
        at += size
    return count


def call(port, path, body=None, headers=None):
    """The status of the answer; on a busy machine, where the first take longer than the collector waits for Pub/Sub, of a
    later one."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, headers or {})
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:
                return response.status
        except urllib.error.HTTPError as error:
            if error.code != 503 or time.monotonic() > deadline:
                return error.code


def calls(port):
    """What libraries send; the statuses of the answers."""
    headers = {"Authorization": "Basic " + base64.b64encode(f"{KEY}:".encode()).decode(), "Content-Type": "application/json",
               "Origin": "https://shop.example"}
    event = {"type": "track", "event": "Order Completed", "userId": "u-1", "timestamp": "2026-11-23T10:00:00.000Z",
             "properties": {"total": 12.5, "products": [{"sku": "s-1", "gift": True}, None]},
             "context": {"library": {"name": "analytics-node", "version": "3.1.0"}}}
    batch = {"batch": [{**event, "messageId": f"m-{i}"} for i in range(50)], "sentAt": "2026-11-23T10:00:00.000Z"}
    yield call(port, "/health")
    yield call(port, f"/v1/projects/{KEY}/settings")
    for _ in range(20):
        yield call(port, "/v1/batch", json.dumps(batch).encode(), headers)
        yield call(port, "/v1/t", json.dumps({**event, "writeKey": KEY}).encode())


def main(java, app):
    app = pathlib.Path(app)
    pub_sub = socketserver.ThreadingTCPServer(("127.0.0.1", 0), PubSub)
    pub_sub.daemon_threads = True
    threading.Thread(target=pub_sub.serve_forever, daemon=True).start()
    keys = app / "training-keys.json"
    keys.write_text(json.dumps({KEY: "training"}))
    settings = app / "training.yaml"
    settings.write_text("collector: {sources: {\"*\": {client_ip: truncated}}}\n")
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "K_SERVICE": "training", "MILLRACE_WRITE_KEYS_FILE": str(keys),
                   "MILLRACE_SETTINGS": str(settings), "PUBSUB_EMULATOR_HOST": f"127.0.0.1:{pub_sub.server_address[1]}",
                   "MILLRACE_TOPIC": "projects/training/topics/events",
                   "MILLRACE_DEAD_LETTER_TOPIC": "projects/training/topics/refused"}
    log = app / "training.log"
    with log.open("w") as out:
        collector = subprocess.Popen([java, "@training.args"], cwd=app, env=environment, stdout=out, stderr=subprocess.STDOUT)
        try:
            statuses = set(calls(port)) if await_listening(port, collector) else None
        finally:
            collector.terminate()
            collector.wait(PATIENCE_SECONDS)
    if statuses != {200} or not (app / "millrace.archive").exists():
        print(log.read_text(), file=sys.stderr)
        raise SystemExit(f"training: the collector answered {statuses}, or its JVM wrote no archive")


if __name__ == "__main__":
    main(*sys.argv[1:])
