"""Makes a virtual environment once, keeps it in the user's cache, and prints its interpreter.

usage: python_environment.py REQUIREMENTS.txt

It lies in ${XDG_CACHE_HOME:-~/.cache}/millrace, under a name that the requirements and this Python's
version decide, so that a change of either makes another one. Standard library only.
"""

import fcntl
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import sysconfig

# Old ones trip over a dependency of dlt.
PIP = "pip==26.3"


def environment(requirements):
    content = pathlib.Path(requirements).read_bytes()
    key = hashlib.sha256(content + PIP.encode() + sys.version.encode() + sysconfig.get_platform().encode())
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "millrace"
    cache.mkdir(parents=True, exist_ok=True)
    folder = cache / ("python-" + key.hexdigest()[:16])
    interpreter = folder / "bin" / "python"
    complete = folder / "complete"
    with open(f"{folder}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not complete.exists() or not works(interpreter):
            shutil.rmtree(folder, ignore_errors=True)
            print(f"Making a Python environment for {requirements} in {folder}", file=sys.stderr)
            run(sys.executable, "-m", "venv", folder)
            run(interpreter, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PIP)
            run(interpreter, "-m", "pip", "install", "--quiet", "--requirement", requirements)
            complete.touch()
    return interpreter


def works(interpreter):
    # An update of the system's Python leaves environments behind that don't start.
    try:
        return subprocess.run([interpreter, "-c", ""], check=False).returncode == 0
    except OSError:
        return False


def run(*command):
    code = subprocess.run(command, stdout=sys.stderr, check=False).returncode
    if code != 0:
        sys.exit(
            f"python_environment: {' '.join(map(str, command))} failed. If it is venv that is missing,"
            " install it (Debian and Ubuntu: apt install python3-venv); if it is the network, try again."
        )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print(environment(sys.argv[1]))
