"""`make run`: one port has one server, and Ctrl-C leaves no process behind."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "scripts" / "serve.py"
# The server alone: what it would prepare first has tests of its own.
SERVE = "import sys; import serve; sys.exit(serve.serve('127.0.0.1', {port}))"


def environment(tmp_path: Path, **variables: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), **variables}


def run_script(tmp_path: Path, port: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  our own interpreter and source
        [sys.executable, str(SCRIPT)],
        env=environment(tmp_path, PORT=port),
        capture_output=True,
        text=True,
        check=False,
    )


def is_running(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@pytest.fixture
def server(tmp_path, free_port):
    """The server in a process group of its own, as a terminal starts it."""
    with subprocess.Popen(  # noqa: S603  our own interpreter and source
        [sys.executable, "-c", SERVE.format(port=free_port)],
        cwd=SCRIPT.parent,
        env=environment(tmp_path, DJANGO_SETTINGS_MODULE="jinxi_portal.settings"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        yield process
        process.terminate()


def started_workers(server: subprocess.Popen[str]) -> list[int]:
    """Process ids of the workers, once both are at work."""
    ids, ready = [], 0
    for line in server.stdout:
        ids += [
            int(number) for number in re.findall(r"worker-\d with PID: (\d+)", line)
        ]
        ready += "Started worker-" in line
        if ready == 2:
            break
    return ids


def test_taken_port_is_refused_with_a_sentence(tmp_path, taken_port):
    result = run_script(tmp_path, str(taken_port))
    assert result.returncode != 0
    assert f"Cannot listen on 127.0.0.1:{taken_port}" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("port", ["http", "0", "65536"])
def test_port_that_is_no_port_is_refused_with_a_sentence(tmp_path, port):
    result = run_script(tmp_path, port)
    assert result.returncode != 0
    assert result.stderr.strip() == (
        f"PORT must be a number from 1 to 65535; got {port!r}."
    )


def test_ctrl_c_stops_server_and_workers(server):
    workers = started_workers(server)
    assert len(workers) == 2
    os.killpg(server.pid, signal.SIGINT)
    server.communicate(timeout=20)
    assert [worker for worker in workers if is_running(worker)] == []


def test_termination_stops_server_and_workers(server):
    workers = started_workers(server)
    assert len(workers) == 2
    server.terminate()
    server.communicate(timeout=20)
    assert [worker for worker in workers if is_running(worker)] == []
