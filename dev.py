"""Set up, run and test Descent. Needs Python 3.11 or newer, on Linux or macOS.

Both commands first see to the environment in .venv: the packages of requirements-dev.lock, installed by uv where it
is there and by pip otherwise, and again only when that file or the version of Python changes.
"""

import argparse
import fcntl  # not on Windows: use WSL there
import hashlib
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
# The real interpreter: this may be running in .venv, and an environment cannot replace itself.
PYTHON = os.path.realpath(sys.executable)


def main(argv):
    if sys.version_info < (3, 11):
        sys.exit("Descent needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info[:2]))
    # Whatever follows "test" belongs to pytest, --help included.
    argv, pytest_args = (argv[:1], argv[1:]) if argv[:1] == ["test"] else (argv, [])
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__, formatter_class=raw)
    commands = parser.add_subparsers(dest="command", title="commands", metavar="run | test")
    run_parser = commands.add_parser("run", help="start the site on this machine, with the starter collection")
    run_parser.add_argument("--port", type=port_number, default=8000, metavar="N", help="default: %(default)s")
    commands.add_parser("test", help="run the tests; whatever follows goes to pytest")
    options = parser.parse_args(argv)
    os.chdir(ROOT)
    if options.command == "run":
        run(options.port)
    elif options.command == "test":
        test(pytest_args)
    else:
        parser.print_help()


def port_number(text):
    if not (text.isdecimal() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 65535")
    return int(text)


def run(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does: a port just left is free
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            sys.exit(f"Port {port} cannot be used: {error.strerror}. Choose another with --port N.")
    os.environ.setdefault("DEBUG", "1")  # without it, the settings are those of production
    python = environment()
    call([python, "manage.py", "prepare_site"], "The site could not be prepared; the lines above say why.")
    os.execv(python, [python, "manage.py", "runserver", f"127.0.0.1:{port}"])


def test(pytest_args):
    python = environment()
    os.execv(python, [python, "-m", "pytest", *pytest_args])


def environment(name=".venv", lock="requirements-dev.lock"):
    """Return the Python of the environment `name`, built anew unless its stamp says that it matches the file `lock`.

    The stamp is the last thing written and the first removed: a build that was cut short is done again.
    """
    venv, lock = ROOT / name, ROOT / lock
    python, stamp = venv / "bin" / "python", venv / "built-from"
    wanted = hashlib.sha256(sys.implementation.cache_tag.encode() + lock.read_bytes()).hexdigest()
    with open(ROOT / f"{name}.lock", "a") as turn:
        take(turn, name)
        if not (python.exists() and stamp.exists() and stamp.read_text() == wanted):
            stamp.unlink(missing_ok=True)
            build(venv, lock, turn)
            complete = stamp.with_suffix(".complete")
            complete.write_text(wanted)
            complete.replace(stamp)
    return str(python)


def take(turn, name):
    """Lock the open file `turn` until it is closed: one process builds, the others wait."""
    try:
        fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print(f"Another process is setting up {name}; waiting for it …", flush=True)
        fcntl.flock(turn, fcntl.LOCK_EX)


def build(venv, lock, turn):
    """Create `venv` from nothing and install into it what `lock` pins."""
    create, install = installer(venv)
    if venv.exists():
        shutil.rmtree(venv)
    print(f"Installing the packages of {lock.name} into {venv.name} …", flush=True)
    # The commands inherit the turn: should they outlive this process, the next one waits for them.
    call([*create, venv], f"{venv.name} could not be created; the lines above say why.", pass_fds=[turn.fileno()])
    install += ["--quiet", "--require-hashes", "--requirement", lock]
    call(install, "The packages could not be installed; the lines above say why.", pass_fds=[turn.fileno()])


def installer(venv):
    """Return two commands that work on this machine: one that creates `venv` and one that installs into it."""
    python = venv / "bin" / "python"
    if works("uv", "--version"):
        return ["uv", "venv", "--quiet", "--python", PYTHON], ["uv", "pip", "install", "--python", python]
    pip = ["-m", "pip", "--disable-pip-version-check"]
    # As uv does: what is imported is compiled then, and most of these packages never is.
    install = ["install", "--no-compile"]
    if works(PYTHON, "-m", "ensurepip", "--version"):
        return [PYTHON, "-m", "venv"], [python, *pip, *install]
    # Debian packages ensurepip apart. Where it is missing, a pip that is there can install from outside (since 22.3).
    if works(PYTHON, *pip, "--python", PYTHON, "--version"):
        return [PYTHON, "-m", "venv", "--without-pip"], [PYTHON, *pip, "--python", python, *install]
    sys.exit("Neither uv, venv nor pip works here. On Debian and Ubuntu, apt install python3-venv; elsewhere, get uv.")


def works(*command):
    try:
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def call(command, failure, **options):
    if subprocess.run(command, **options).returncode:
        sys.exit(failure)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        sys.exit(f"dev.py: {error}")
