"""Times the function's start from its image, unpacked: process start to listening, and to the first batch read and
normalised with Google's clients created. One core, variants in turns, medians.

usage: cold_start.py ROUNDS JAVA_HOME...
"""

import http.server
import json
import os
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[4]
IMAGE = ROOT / "function-storage-to-bigquery/target/image"
EVENTS = 1000
PATIENCE_SECONDS = 120

BATCH = "".join(
    json.dumps(
        {
            "event": "Order Completed" if i % 3 else "Page Viewed",
            "messageId": f"m-{i}",
            "timestamp": "2026-11-23T10:00:00.000Z",
            "userId": f"u-{i % 50}",
            "properties": {"total": i / 8, "count": i, "products": [{"sku": f"s-{i}", "price": 4.5}]},
            "context": {"ip": "192.0.2.1", "locale": "en"},
        }
    )
    + "\n"
    for i in range(EVENTS)
).encode()


class Google(http.server.BaseHTTPRequestHandler):
    """Cloud Storage with one batch; BigQuery without a dataset, at which the run ends."""

    protocol_version = "HTTP/1.1"
    generation = str(int(time.time() * 1_000_000))

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_any(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if "telemetry-1" in self.path and "alt=media" in self.path:
            self.answer(200, BATCH)
        elif "telemetry-1" in self.path or self.path.startswith("/upload/"):
            resource = {"bucket": "landing", "name": "telemetry-1.jsonl", "generation": self.generation,
                        "size": str(len(BATCH)), "timeCreated": "2026-11-23T10:00:00.000Z"}
            self.answer(200, json.dumps(resource).encode())
        else:
            self.answer(404, b'{"error":{"code":404,"message":"Not found","errors":[{"reason":"notFound"}]}}')

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_any

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def pinned(command):
    return ["taskset", "-c", str(os.cpu_count() - 1), *command] if shutil.which("taskset") else command


def listening(port, process):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit(f"the function ended with {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.002)
    raise SystemExit("the function doesn't listen")


def start(command, folder, google, settings, target):
    """Seconds to listening, and to the answer to the first notice."""
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "FUNCTION_TARGET": target, "K_SERVICE": "bench",
                   "MILLRACE_SETTINGS": settings, "STORAGE_EMULATOR_HOST": google, "BIGQUERY_EMULATOR_HOST": google}
    begin = time.monotonic()
    process = subprocess.Popen(pinned(command), cwd=folder, env=environment, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    try:
        listening(port, process)
        listened = time.monotonic() - begin
        notice = {"message": {"messageId": "1", "attributes": {
            "eventType": "OBJECT_FINALIZE", "bucketId": "landing", "objectId": "telemetry-1.jsonl",
            "objectGeneration": Google.generation}}, "subscription": "projects/p/subscriptions/s"}
        request = urllib.request.Request(f"http://127.0.0.1:{port}/", json.dumps(notice).encode(), method="POST")
        try:
            urllib.request.urlopen(request, timeout=PATIENCE_SECONDS).close()
        except urllib.error.HTTPError:
            pass  # There is no dataset: the batch is read and normalised, and not loaded.
        return listened, time.monotonic() - begin
    finally:
        process.kill()
        process.wait()


def variants(java_home, scratch):
    """What is compared on this JDK: name, command, folder, target."""
    image = scratch / pathlib.Path(java_home).name
    subprocess.run([ROOT / "scripts/image", "tar", scratch / "image.tar", "--without-base"], check=True,
                   env={**os.environ, "JAVA_HOME": java_home}, stdout=subprocess.DEVNULL)
    shutil.copytree(IMAGE / "first", image, symlinks=True)
    shutil.copytree(IMAGE / "root", image, symlinks=True, dirs_exist_ok=True)
    app = image / "app"
    java = str(image / "opt/java/bin/java")
    arguments = (app / "java.args").read_text().splitlines()
    (app / "plain.args").write_text("\n".join(line for line in arguments if "millrace.archive" not in line) + "\n")
    class_path = next(line for line in arguments if line.startswith("-cp "))[4:].split(":")
    framework = ":".join(str(app / jar) for jar in class_path if "functions-framework-api" in jar or "invoker" in jar)
    empty = image / "empty"
    empty.mkdir()
    subprocess.run([f"{java_home}/bin/javac", "-proc:none", "-cp", framework, "-d", empty,
                    pathlib.Path(__file__).with_name("EmptyFunction.java")], check=True)
    floor = [java, "-XX:+UseSerialGC", "-cp", f"{framework}:{empty}", "com.google.cloud.functions.invoker.runner.Invoker"]
    function = "dev.millrace.function.HttpEntry"
    return [("framework, empty function", floor, app, "EmptyFunction"),
            ("plain", [java, "@plain.args"], app, function),
            ("with the archive", [java, "@java.args"], app, function)]


def main(rounds, java_homes):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Google)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    google = f"http://127.0.0.1:{server.server_address[1]}"
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        settings = scratch / "millrace.yaml"
        settings.write_text("ports: {kind: google, project: p, location: EU, landing_bucket: landing,"
                            " staging_bucket: staging, state_bucket: state}\n")
        print(f"| JDK | variant | listening, s | first batch of {EVENTS} normalised, s |\n| --- | --- | --- | --- |")
        for java_home in java_homes:
            compared = variants(java_home, scratch)
            times = {name: [] for name, *_ in compared}
            for _ in range(rounds):
                for name, command, where, target in compared:
                    times[name].append(start(command, where, google, str(settings), target))
            version = subprocess.run([f"{java_home}/bin/java", "-version"], capture_output=True, text=True).stderr
            for name, measured in times.items():
                listened, answered = (statistics.median(values) for values in zip(*measured))
                print(f"| {version.split(chr(34))[1]} | {name} | {listened:.2f} | {answered:.2f} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
