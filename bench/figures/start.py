"""How long a newcomer waits: the first start, which builds the demo shop, the second, and the end while shoppers
listen; the memory of the whole process. The environment is there already. Must: second start 3 s, end 5 s, 400 MiB."""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from http.client import HTTPResponse
from pathlib import Path

import psutil

from bench.report import Report
from tests.servers import free_port

ROUNDS = 5
STREAMS = 10
SECOND_START_SECONDS_MAX = 3.0
STOP_SECONDS_MAX = 5.0
MEMORY_MIB_MAX = 400


def run(options: list[str]) -> Report:
    argparse.ArgumentParser(prog="make bench NAME=start", description=__doc__).parse_args(options)
    with tempfile.TemporaryDirectory(prefix="vici-bench-") as folder:
        rounds = [_round(Path(folder)) for _ in range(ROUNDS + 1)]
    first, *later = rounds
    figures = {
        "first_start_seconds": first["start"],
        "second_start_seconds": statistics.median(each["start"] for each in later),
        "second_start_seconds_max": max(each["start"] for each in later),
        "stop_seconds_max": max(each["stop"] for each in rounds),
        "memory_mib": max(each["mib"] for each in rounds),
    }
    passed = (
        figures["second_start_seconds"] < SECOND_START_SECONDS_MAX
        and figures["stop_seconds_max"] < STOP_SECONDS_MAX
        and figures["memory_mib"] < MEMORY_MIB_MAX
    )
    return Report(passed, {name: round(value, 2) for name, value in figures.items()})


def _round(folder: Path) -> dict[str, float]:
    """Start the shop until it shows its first page, let some shoppers listen, stop it as Ctrl-C does."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    began = time.perf_counter()
    command = [Path(sys.executable).with_name("vici"), "serve", "--data", folder / "data", "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while not _answers(url):
        assert process.poll() is None, "the shop did not start"
        time.sleep(0.01)
    start = time.perf_counter() - began
    streams = [_listen(url) for _ in range(STREAMS)]
    mib = psutil.Process(process.pid).memory_info().rss / 2**20
    stopped = time.perf_counter()
    process.send_signal(2)
    code = process.wait(60)
    stop = time.perf_counter() - stopped
    assert code == 0, f"the shop ended with {code}"
    for stream in streams:
        stream.close()
    return {"start": start, "stop": stop, "mib": mib}


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/", timeout=30) as page:
            return page.status == 200
    except urllib.error.URLError:
        return False


def _listen(url: str) -> HTTPResponse:
    said = json.dumps({"user_id": "bench", "message": "tai nghe"}).encode()
    request = urllib.request.Request(f"{url}/api/v1/chat/message", said, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        session = json.load(answer)["session_id"]
    stream: HTTPResponse = urllib.request.urlopen(f"{url}/api/v1/chat/sessions/{session}/events", timeout=30)
    stream.readline()
    return stream
