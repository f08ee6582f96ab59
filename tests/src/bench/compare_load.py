"""Loads a file of events by millrace and by dlt, in turns, and prints how long each took.

usage: compare_load.py MILLRACE DLT_PYTHON EVENTS.jsonl ROUNDS

Millrace: the whole process, from its start to its end, into a fresh DuckDB file. dlt: extract,
normalise and load, without the start of Python and its imports; the whole process is shown too.
"""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

DLT = pathlib.Path(__file__).with_name("dlt_baseline.py")
# The kernel counts in KiB, but for macOS.
RSS_UNIT = 1 if sys.platform == "darwin" else 1024


def run(command, folder):
    """What it took (seconds, seconds of processor, peak resident bytes), and what it printed."""
    with tempfile.TemporaryFile("w+", dir=folder) as out:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, cwd=folder)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        printed = out.read()
    if process.returncode != 0:
        sys.exit(f"compare_load: {' '.join(map(str, command))} ended with {process.returncode}:\n{printed}")
    took = {"process": seconds, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss * RSS_UNIT}
    return took, printed


def millrace(command, events, count, folder):
    took, printed = run([command, "load", "--into", os.path.join(folder, "loaded.duckdb"), events], folder)
    expected = f"1 file: {count:,} events read = {count:,} loaded + 0 duplicates + 0 bad"
    if expected not in printed:
        sys.exit(f"compare_load: not all was loaded; expected '{expected}' in:\n{printed}")
    return {**took, "seconds": took["process"]}


def dlt(python, events, folder):
    took, printed = run([python, DLT, events, "--load"], folder)
    stages = json.loads(printed)
    return {**took, "seconds": stages["extract_s"] + stages["normalize_s"] + stages["load_s"]}


def line(name, runs, size):
    seconds = sorted(each["seconds"] for each in runs)
    middle = statistics.median(seconds)
    process = statistics.median(each["process"] for each in runs)
    cpu = statistics.median(each["cpu"] for each in runs)
    peak = max(each["peak"] for each in runs)
    print(
        f"{name:10}{seconds[0]:8.2f}{middle:8.2f}{seconds[-1]:8.2f}{process:14.2f}{cpu:11.2f}"
        f"{size / 1e6 / middle:9.1f}{peak / 2**20:12.0f}"
    )


def main(command, python, events, rounds):
    size = os.path.getsize(events)
    with open(events, "rb") as lines:
        count = sum(1 for _ in lines)
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        millrace(command, events, count, folder)  # leaves its class archive
    for number in range(rounds):
        turns = [lambda f: ours.append(millrace(command, events, count, f)), lambda f: theirs.append(dlt(python, events, f))]
        for turn in turns if number % 2 == 0 else reversed(turns):
            with tempfile.TemporaryDirectory() as folder:
                turn(folder)
        print(
            f"round {number + 1}: millrace {ours[-1]['seconds']:.2f} s, dlt {theirs[-1]['seconds']:.2f} s,"
            f" {theirs[-1]['seconds'] / ours[-1]['seconds']:.1f} x",
            flush=True,
        )
    processor = sum(each["cpu"] for each in theirs) / sum(each["cpu"] for each in ours)
    ratios = sorted(b["seconds"] / a["seconds"] for a, b in zip(ours, theirs))
    print(f"\n{count:,} events, {size / 1e6:.1f} MB, {rounds} rounds in turns; seconds\n")
    print(f"{'':10}{'min':>8}{'median':>8}{'max':>8}{'process start':>14}{'processor':>11}{'MB/s':>9}{'peak MiB':>12}")
    print(f"{'':34}{'to end':>14}{'median':>11}")
    line("millrace", ours, size)
    line("dlt", theirs, size)
    print(f"\nratio {statistics.median(ratios):.1f} x (from {ratios[0]:.1f} to {ratios[-1]:.1f}); by processor time {processor:.1f} x")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
