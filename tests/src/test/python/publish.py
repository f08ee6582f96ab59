"""Publishes events with Google's own client, as an app in Python would.

usage: publish.py PROJECT TOPIC < EVENTS     where EVENTS has one JSON object a line.
PUBSUB_EMULATOR_HOST says where to. Prints how many were acknowledged; fails unless all were.
"""

import sys
from concurrent import futures

from google.cloud import pubsub_v1

PATIENCE_SECONDS = 60


def publish(project, topic, events):
    client = pubsub_v1.PublisherClient()
    path = client.topic_path(project, topic)
    pending = [client.publish(path, line.rstrip(b"\n"), source="python") for line in events]
    client.stop()
    done = futures.wait(pending, timeout=PATIENCE_SECONDS)
    failures = [str(each.exception()) for each in done.done if each.exception()]
    failures += ["no answer"] * len(done.not_done)
    return len(pending) - len(failures), failures


if __name__ == "__main__":
    acknowledged, failures = publish(sys.argv[1], sys.argv[2], sys.stdin.buffer)
    print(acknowledged, "acknowledged")
    if failures:
        sys.exit(f"publish: {len(failures)} not acknowledged, the first: {failures[0]}")
