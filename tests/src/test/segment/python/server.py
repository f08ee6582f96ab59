"""Sends every call of analytics-python, and a burst: server.py HOST WRITE_KEY BURST"""

import sys

from segment.analytics import Client

host, write_key, burst = sys.argv[1], sys.argv[2], int(sys.argv[3])
failed = []
client = Client(
    write_key, host=host, gzip=True, max_retries=2, on_error=lambda error, batch: failed.extend(batch)
)

client.identify("u-1", {"plan": "pro", "name": "Größe 日本 𝄞"})
client.track("u-1", "Order Completed", {"total": 12.5})
client.page("u-1", None, "Checkout", {"path": "/checkout"})
client.screen("u-1", None, "Home", {"tab": 1})
client.group("u-1", "g-1", {"seats": 3})
client.alias("a-0", "u-1")
for number in range(burst):
    client.track(
        anonymous_id="a-1",
        event="Burst",
        properties={
            "number": number,
            "text": f"Größe {number} 日本 𝄞",
            "nested": {"deep": {"er": number}},
            "list": [number, number + 1],
        },
    )
client.shutdown()
print(f"succeeded={6 + burst - len(failed)} failed={len(failed)}")
