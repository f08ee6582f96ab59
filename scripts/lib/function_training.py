"""The training run of the function's image: starts the function on the arguments in training.args, has it read and
normalise a batch, and stops it, upon which the JVM writes its archive. Cloud Storage and BigQuery are a server of ours,
which keeps what it is sent and lets nobody see a table: the run ends there.

usage: function_training.py JAVA APP_FOLDER
"""

import gzip
import http.server
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

PATIENCE_SECONDS = 180
SETTINGS = """dataset: telemetry
ports: {kind: google, project: training, location: EU, landing_bucket: landing, staging_bucket: staging, state_bucket: state}
"""


def batch(events):
    """So many events, as the lines of a text batch."""
    return "".join(
        json.dumps(
            {
                "event": "Order Completed" if i % 3 else "Page Viewed",
                "type": "track",
                "messageId": f"m-{i}",
                "timestamp": "2026-11-23T10:00:00.000Z",
                "userId": f"u-{i % 50}",
                "properties": {"total": i / 8, "count": i, "gift": i % 2 == 0,
                               "products": [{"sku": f"s-{i}", "price": 4.5}, {"sku": "s-0"}]},
                "context": {"ip": "192.0.2.1", "locale": "en"},
            }
        )
        + "\n"
        for i in range(events)
    ).encode()


class Server(http.server.ThreadingHTTPServer):
    # A client that opens more connections at once than wait here is heard a second later, when it knocks again.
    request_queue_size = 128


class Google(http.server.BaseHTTPRequestHandler):
    """Cloud Storage and BigQuery, as far as a function in training looks at them."""

    protocol_version = "HTTP/1.1"
    # An answer is sent in one piece and at once, as Google's are: in two, the second waits for the client's acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True
    # Of now, because the function asks more about batches that are old.
    generation = str(int(time.time() * 1_000_000))
    objects = {}
    jobs = {}

    @classmethod
    def start(cls, events):
        """Starts it with one batch in the landing bucket; its address."""
        cls.forget(batch(events))
        server = Server(("127.0.0.1", 0), cls)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}"

    @classmethod
    def forget(cls, first):
        """Has nothing but this batch."""
        cls.objects = {("landing", "telemetry-1.jsonl"): first}
        cls.jobs = {}

    def do_any(self):
        body = self.body()
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        if "/bigquery/" in url.path:
            return self.bigquery(url.path, body)
        bucket = re.search(r"/b/([^/]+)/o", url.path)
        name = query.get("name") or urllib.parse.unquote(url.path.split("/o/", 1)[-1])
        key = (bucket.group(1) if bucket else "", name)
        if url.path.startswith("/upload/"):
            return self.upload(key, query, body)
        if key not in self.objects:
            return self.missing()
        if query.get("alt") == "media" or url.path.startswith("/download/"):
            return self.answer(200, self.objects[key], "application/octet-stream")
        return self.describe(key)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_any

    def upload(self, key, query, body):
        if query.get("uploadType") == "resumable" and "upload_id" not in query:
            name = key[1] or json.loads(body or b"{}").get("name", "")
            host = self.headers["Host"]
            self.send_response(200)
            self.send_header("Location", f"http://{host}/upload/storage/v1/b/{key[0]}/o?uploadType=resumable&upload_id=1"
                                         f"&name={urllib.parse.quote(name, safe='')}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        if query.get("uploadType") == "multipart":
            boundary = re.search(r'boundary="?([^";]+)', self.headers["Content-Type"]).group(1).encode()
            parts = body.split(b"--" + boundary)
            described = json.loads(parts[1].split(b"\r\n\r\n", 1)[1])
            key = (key[0], described.get("name", key[1]))
            body = parts[2].split(b"\r\n\r\n", 1)[1][:-2]
        self.objects[key] = body
        return self.describe(key)

    def describe(self, key):
        bucket, name = key
        self.json({"kind": "storage#object", "bucket": bucket, "name": name, "generation": self.generation,
                   "metageneration": "1", "size": str(len(self.objects[key])), "timeCreated": "2026-11-23T10:00:00.000Z"})

    def bigquery(self, path, body):
        if path.endswith("/queries") and self.command == "POST":
            return self.json({"jobComplete": True, "totalRows": "0", "schema": {"fields": []}, "rows": [],
                              "jobReference": {"projectId": "training", "jobId": "q", "location": "EU"}})
        if path.endswith("/jobs") and self.command == "POST":
            sent = json.loads(body)
            reference = {"projectId": "training", "location": "EU", "jobId": "j", **sent.get("jobReference", {})}
            kind = next(iter(sent["configuration"].keys() - {"labels", "dryRun", "jobTimeoutMs"}), "query")
            now = str(int(time.time() * 1000))
            self.jobs[reference["jobId"]] = {
                "kind": "bigquery#job", "id": "training:EU." + reference["jobId"], "jobReference": reference,
                "configuration": {**sent["configuration"], "jobType": kind.upper()}, "status": {"state": "DONE"},
                "statistics": {"creationTime": now, "startTime": now, "endTime": now, "load": {"outputRows": "1", "badRecords": "0"},
                               "query": {"statementType": "SELECT"}}}
            return self.json(self.jobs[reference["jobId"]])
        job = path.rsplit("/", 1)[-1]
        if "/jobs/" in path and job in self.jobs:
            return self.json(self.jobs[job])
        if "/queries/" in path:
            return self.json({"jobComplete": True, "totalRows": "0", "schema": {"fields": []},
                              "jobReference": {"projectId": "training", "jobId": job, "location": "EU"}})
        if "/tables/" in path:
            return self.fail(403, "accessDenied")
        if re.search(r"/datasets/[^/]+$", path):
            return self.json({"kind": "bigquery#dataset", "id": "training:telemetry", "location": "EU",
                              "datasetReference": {"projectId": "training", "datasetId": job}})
        return self.missing()

    def body(self):
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        whole = b""
        while size := int(self.rfile.readline(), 16):
            whole += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return whole

    def json(self, value):
        self.answer(200, json.dumps(value).encode(), "application/json")

    def missing(self):
        self.fail(404, "notFound")

    def fail(self, status, reason):
        error = {"error": {"code": status, "message": reason, "errors": [{"reason": reason, "message": reason}]}}
        self.answer(status, json.dumps(error).encode(), "application/json")

    def answer(self, status, body, kind):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle(self):
        try:
            super().handle()
        except ConnectionError:
            pass  # The function is gone.

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def environment(port, settings, google, target="dev.millrace.function.HttpEntry"):
    """What a container of the function would have, with our server in the place of Google's."""
    return {**os.environ, "PORT": str(port), "FUNCTION_TARGET": target, "K_SERVICE": "training",
            "MILLRACE_SETTINGS": str(settings), "STORAGE_EMULATOR_HOST": google, "BIGQUERY_EMULATOR_HOST": google}


def await_listening(port, process):
    """Whether it listens; not if it ends before."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.002)
    return False


def notify(port, name="telemetry-1.jsonl", generation=None):
    """Tells the function of a batch; the status of its answer."""
    notice = {"message": {"messageId": "1", "attributes": {
        "eventType": "OBJECT_FINALIZE", "bucketId": "landing", "objectId": name,
        "objectGeneration": generation or Google.generation}}, "subscription": "projects/training/subscriptions/s"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/", json.dumps(notice).encode(), method="POST")
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code


def main(java, app):
    app = pathlib.Path(app)
    google = Google.start(100)
    settings = app / "training.yaml"
    settings.write_text(SETTINGS)
    port = free_port()
    log = app / "training.log"
    with log.open("w") as out:
        function = subprocess.Popen([java, "@training.args"], cwd=app, env=environment(port, settings, google),
                                    stdout=out, stderr=subprocess.STDOUT)
        status = None
        try:
            if await_listening(port, function):
                status = notify(port)
        finally:
            function.terminate()
            function.wait(PATIENCE_SECONDS)
    if '"code":"access_denied"' not in log.read_text() or not (app / "millrace.archive").exists():
        print(log.read_text(), file=sys.stderr)
        raise SystemExit(f"training: the function answered {status} before the batch was normalised, or its JVM wrote no archive")


if __name__ == "__main__":
    main(*sys.argv[1:])
