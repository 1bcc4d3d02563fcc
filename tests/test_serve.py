"""`make run`: one port has one server, and Ctrl-C leaves no process behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
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


def started_processes(server: subprocess.Popen[str]) -> list[int]:
    """Ids of the server's two workers and the background worker, once all are at work."""
    ids, ready = [], 0
    for line in server.stdout:
        ids += [
            int(number)
            for number in re.findall(r"(?:worker-\d with PID:|进程) (\d+)", line)
        ]
        ready += "Started worker-" in line or "后台任务已启动" in line
        if ready == 3:
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


@pytest.mark.parametrize("end", ["ctrl-c", "termination"])
def test_server_and_worker_stop_whole(server, end):
    processes = started_processes(server)
    assert len(processes) == 3
    if end == "ctrl-c":
        os.killpg(server.pid, signal.SIGINT)
    else:
        server.terminate()
    said, _ = server.communicate(timeout=20)
    assert [process for process in processes if is_running(process)] == []
    assert "后台任务已停止" in said
    assert "Traceback" not in said


def test_nothing_outlives_a_server_that_was_killed(server):
    processes = started_processes(server)
    parents = {parent_of(process) for process in processes}
    [granian] = parents - {server.pid}
    os.kill(granian, signal.SIGKILL)
    said, _ = server.communicate(timeout=20)
    assert "后台任务已停止" in said
    deadline = time.monotonic() + 5  # whoever inherits the dead has to bury them
    while any(map(is_running, processes)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [process for process in processes if is_running(process)] == []


def parent_of(process_id: int) -> int:
    status = Path(f"/proc/{process_id}/status").read_text(encoding="utf-8")
    return int(re.search(r"^PPid:\s+(\d+)$", status, re.MULTILINE)[1])
