"""A lean client: some connections that ask one thing after another, or at a fixed pace; only times are kept.

    python -m benchmarks.desk_client PORT CONNECTIONS SECONDS RATE < requests    prints the latencies as JSON

Reads whole requests (bytes, separated by a line with a dot) and gives them out in turn. RATE 0: each connection asks
again as soon as it is answered; else requests a second in all, timed from when each should have begun.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

import uvloop

SEPARATOR = b"\n.\n"


class Asking(asyncio.Protocol):
    """One connection."""

    def __init__(self) -> None:
        self.buffer = bytearray()
        self.left = -1
        self.answered: asyncio.Future[int] | None = None
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ready to ask."""
        self.transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        """Count until the whole answer is there."""
        if self.left < 0:
            self.buffer += data
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = bytes(self.buffer[:end]).lower()
            at = head.index(b"content-length:") + 15
            length = int(head[at : head.find(b"\r", at) if head.find(b"\r", at) > 0 else end])
            self.status = int(head[9:12])
            self.left = length - (len(self.buffer) - end - 4)
            self.buffer.clear()
        else:
            self.left -= len(data)
        if self.left == 0 and self.answered is not None:
            self.left = -1
            self.answered.set_result(self.status)

    def ask(self, request: bytes) -> asyncio.Future[int]:
        """Send; the status of the answer."""
        self.answered = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return self.answered


async def drive(port: int, connections: int, seconds: float, rate: float, requests: list[bytes]) -> list[float]:
    """The latencies in seconds."""
    loop = asyncio.get_running_loop()
    asking = [(await loop.create_connection(Asking, "127.0.0.1", port))[1] for _ in range(connections)]
    latencies: list[float] = []
    turn = iter(range(10**12))
    begun = time.perf_counter()
    until = begun + seconds

    async def one(connection: Asking) -> None:
        while True:
            number = next(turn)
            start = time.perf_counter()
            if rate:
                due = begun + number / rate
                if due > start:
                    await asyncio.sleep(due - start)
                start = due
            if time.perf_counter() >= until:
                return
            status = await connection.ask(requests[number % len(requests)])
            latencies.append(time.perf_counter() - start)
            if status != 200:
                raise RuntimeError(f"status {status}")

    await asyncio.gather(*map(one, asking))
    return latencies


def main() -> None:
    """Drive and print."""
    port, connections, seconds, rate = (float(word) for word in sys.argv[1:5])
    requests = [part for part in sys.stdin.buffer.read().split(SEPARATOR) if part]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(json.dumps(runner.run(drive(int(port), int(connections), seconds, rate, requests))))


if __name__ == "__main__":
    main()
