"""Asks one address again and again for some seconds. wrk when it is installed; else a client in Python, which is slower
and takes processor time from the server: then only the ratios to the yardstick count.
"""

import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from math import nan
from time import perf_counter
from urllib.parse import urlsplit

MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True)
class Figures:
    """Requests a second, and how many milliseconds the middle and the slowest hundredth took."""

    rate: float
    p50: float
    p99: float
    errors: float


def name() -> str:
    return "wrk" if shutil.which("wrk") else "Python (slow: compare ratios only; apt-get install wrk)"


def measure(address: str, seconds: float, connections: int, cookie: str = "") -> Figures:
    ask = _with_wrk if shutil.which("wrk") else _with_python
    return ask(address, seconds, connections, cookie)


def _with_wrk(address: str, seconds: float, connections: int, cookie: str) -> Figures:
    headers = ["-H", f"Cookie: {cookie}"] if cookie else []
    command = [
        "wrk",
        "-t1",
        f"-c{connections}",
        f"-d{seconds:.0f}s",
        "--timeout",
        "30s",
        "--latency",
        *headers,
        address,
    ]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    latency = dict(re.findall(r"^\s+(50|99)%\s+(\S+)\s*$", said, re.MULTILINE))
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said)
    errors = int(refused[1]) if refused else 0
    errors += sum(map(int, broken.groups())) if broken else 0
    return Figures(
        float(rate[1]) if rate else 0,
        _milliseconds(latency.get("50", "")),
        _milliseconds(latency.get("99", "")),
        errors,
    )


def _milliseconds(text: str) -> float:
    """Read “1.85ms”; not a number when wrk, without a single answer, says nothing."""
    found = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text)
    return float(found[1]) * MILLISECONDS[found[2]] if found else nan


def _with_python(address: str, seconds: float, connections: int, cookie: str) -> Figures:
    with ThreadPoolExecutor(connections) as pool:
        began = perf_counter()
        results = list(pool.map(lambda _: _ask_until(address, began + seconds, cookie), range(connections)))
        took = perf_counter() - began
    times = sorted(time for times, _ in results for time in times)
    errors = sum(errors for _, errors in results)
    return Figures(len(times) / took, times[len(times) // 2], times[len(times) * 99 // 100], errors)


def _ask_until(address: str, end: float, cookie: str) -> tuple[list[float], int]:
    """Ask over one kept connection until the time has come; return the milliseconds of each answer and the failures."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=30)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    times, errors = [], 0
    while (began := perf_counter()) < end:
        connection.request("GET", target, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        answer.read()
        times.append((perf_counter() - began) * 1000)
        errors += answer.status != 200
    connection.close()
    return times, errors
