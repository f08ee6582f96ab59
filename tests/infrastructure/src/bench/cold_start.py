"""Times the function's start from its image, unpacked: process start to listening, to the first batch read and
normalised with Google's clients created, and to the first batch loaded, with the emulators on the other cores and
tables that are there. One core, variants in turns, medians.

usage: cold_start.py ROUNDS CLASS_PATH_OF_TESTS JAVA_HOME...
"""

import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[4]
IMAGE = ROOT / "function-storage-to-bigquery/target/image"
EVENTS = 1000
EMPTY = "EmptyFunction"

sys.path.insert(0, str(ROOT / "scripts/lib"))
import function_training as training  # noqa: E402


def pinned(command):
    return ["taskset", "-c", str(os.cpu_count() - 1), *command] if shutil.which("taskset") else command


def core_seconds(pid):
    """What the process has used of its core: on a machine with other work, time alone says little."""
    stat = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


def start(command, folder, environment, notify):
    """Seconds to listening, to the answer to the first notice, and of the core until then; the answer's status."""
    port = int(environment["PORT"])
    begin = time.monotonic()
    process = subprocess.Popen(pinned(command), cwd=folder, env=environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        if not training.await_listening(port, process):
            raise SystemExit(f"cold_start: {command} doesn't listen")
        listened = time.monotonic() - begin
        status = notify(port)
        answered = time.monotonic() - begin
        return listened, answered, core_seconds(process.pid), status
    finally:
        process.kill()
        process.wait()


class Cloud:
    """Cloud Storage and BigQuery, in a process of their own."""

    def __init__(self, java, class_path, scratch):
        batch = scratch / "batch.jsonl"
        batch.write_bytes(training.batch(EVENTS))
        self.process = subprocess.Popen(
            [java, "-cp", class_path, "dev.millrace.tests.cloud.ColdStartCloud", scratch, batch],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.environment = {}
        while line := self.process.stdout.readline().strip():
            name, value = line.split("=", 1)
            self.environment[name] = value
        if not self.environment:
            raise SystemExit("cold_start: the emulators don't start")
        self.batches = 0

    def land(self):
        """A new batch object's name and generation."""
        self.batches += 1
        name = f"telemetry-{self.batches}.jsonl"
        self.process.stdin.write(name + "\n")
        self.process.stdin.flush()
        return name, self.process.stdout.readline().strip()

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def normalised(variant, settings, google):
    _, command, folder, target = variant
    training.Google.forget(training.batch(EVENTS))
    environment = training.environment(training.free_port(), settings, google, target)
    return start(command, folder, environment, training.notify)[:3]


def loaded(variant, cloud):
    _, command, folder, target = variant
    if target == EMPTY:
        return float("nan"), float("nan")
    name, generation = cloud.land()
    environment = {**training.environment(training.free_port(), "", "", target), **cloud.environment}
    _, seconds, core, status = start(command, folder, environment, lambda port: training.notify(port, name, generation))
    if status >= 300:
        raise SystemExit(f"cold_start: the batch was not loaded: {status}")
    return seconds, core


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
    return [("framework, empty function", floor, app, EMPTY),
            ("plain", [java, "@plain.args"], app, function),
            ("with the archive", [java, "@java.args"], app, function)]


def main(rounds, class_path, java_homes):
    google = training.Google.start(EVENTS)
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        settings = scratch / "millrace.yaml"
        settings.write_text(training.SETTINGS)
        cloud = Cloud(f"{java_homes[0]}/bin/java", class_path, scratch)
        print(f"| JDK | variant | listening, s | first batch of {EVENTS} normalised, s | of that on the core, s"
              " | loaded, s | of that on the core, s |")
        print("| --- | --- | --- | --- | --- | --- | --- |")
        for java_home in java_homes:
            compared = variants(java_home, scratch)
            times = {variant[0]: [] for variant in compared}
            loaded(compared[-1], cloud)  # makes the tables
            for _ in range(rounds):
                for variant in compared:
                    times[variant[0]].append(normalised(variant, settings, google) + loaded(variant, cloud))
            version = subprocess.run([f"{java_home}/bin/java", "-version"], capture_output=True, text=True).stderr
            for name, measured in times.items():
                medians = " | ".join(f"{statistics.median(values):.2f}" for values in zip(*measured)).replace("nan", "")
                print(f"| {version.split(chr(34))[1]} | {name} | {medians} |", flush=True)
        cloud.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
