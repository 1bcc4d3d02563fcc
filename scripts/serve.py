"""Prepare the sample site and serve it: what `make run` does once packages are there.

One process looks what is missing (tables, demo content, sample accounts), so that a
second start takes seconds and keeps the data; then it starts the server with a
background worker beside it and stops both again when it is told to.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
SERVER = ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "4"]
# Requests in flight per worker; without a bound the server allows hundreds of threads.
SERVER += ["--backpressure", "64", "--workers-kill-timeout", "5"]
WORKER_KILL_TIMEOUT = 15  # seconds; a letter in hand may take ten


def listening_address() -> tuple[str, int]:
    """HOST and PORT of the environment. Exits with a sentence if PORT is no port."""
    host = os.environ.get("HOST") or "127.0.0.1"
    port = os.environ.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        sys.exit(f"PORT must be a number from 1 to 65535; got {port!r}.")
    return host, int(port)


def refuse_taken_port(host: str, port: int) -> None:
    """Exit with a sentence if somebody listens already.

    The server binds with SO_REUSEPORT: without this, two servers would share the
    visitors of one port and neither would say so.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # Connections of a server just stopped are no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sys.exit(
                f"Cannot listen on {host}:{port} ({error.strerror}). "
                f"Choose another port, for example: PORT={port + 1} make run"
            )


def prepare_site() -> None:
    """Bring tables, demo content and sample accounts to where they should be."""
    # Empty in development, where files are found beside their source.
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    # Goes on where an interrupted load stopped, and changes nothing that is there.
    call_command("load_demo")
    call_command("load_sample_staff")
    call_command("load_sample_desk")
    # For content from before there was an index; else it has nothing to do.
    call_command("rebuild_search_index", verbosity=0)


def serve(host: str, port: int) -> int:
    """Run server and worker until the server ends or a signal asks for it. Returns the
    server's exit code.

    Each has a session of its own. Ctrl-C reaches every process of a terminal's group,
    and granian's workers hang when they get that signal and their parent's.
    """
    server_command = [sys.executable, "-m", "granian", *SERVER]
    server_command += ["--host", host, "--port", str(port)]
    server_command += ["jinxi_portal.wsgi:application"]
    server = start(server_command)
    worker = start([sys.executable, "manage.py", "run_worker"])

    def end(*_: object) -> None:
        worker.terminate()
        server.terminate()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)
    code = server.wait()
    # A server that was killed leaves its own workers behind, in its session.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    stop(worker)
    return code


def start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  our own interpreter
        command, cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True
    )


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask it to end, and make it end if it does not. Its work is safe either way."""
    process.terminate()
    try:
        process.wait(WORKER_KILL_TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def main() -> int:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinxi_portal.settings")
    host, port = listening_address()
    refuse_taken_port(host, port)
    django.setup()
    prepare_site()
    print(f"\n  金溪门户  http://localhost:{port}/")
    print(f"  后台      http://localhost:{port}/admin/")
    print("  Ctrl-C 停止\n", flush=True)
    return serve(host, port)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
