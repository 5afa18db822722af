"""Reads Server-Sent Events over many connections: listen.py PORT CLIENTS SECONDS PID

Prints the CPU time of the process for each event that was delivered, in microseconds.
"""

import pathlib
import selectors
import socket
import sys
import time

port, clients, seconds, pid = map(int, sys.argv[1:])


def cpu_ns():
    threads = pathlib.Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads)


selector = selectors.DefaultSelector()
for _ in range(clients):
    client = socket.create_connection(("127.0.0.1", port))
    client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    client.setblocking(False)
    selector.register(client, selectors.EVENT_READ)


def read(until):
    events = 0
    while time.monotonic() < until:
        for key, _ in selector.select(0.1):
            data = key.fileobj.recv(65536)
            if not data:
                sys.exit("a stream has ended")
            events += data.count(b"data: ")
    return events


read(time.monotonic() + 2)
before = cpu_ns()
count = read(time.monotonic() + seconds)
spent = cpu_ns() - before
print(f"{spent / count / 1000:.2f} us of CPU an event, {count / seconds:.0f} events a second")
