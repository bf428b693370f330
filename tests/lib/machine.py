"""A minimal Debian in a directory of its own, to install things in: what a new machine has, and no more.

What runs there ends with it: it has process ids and mounts of its own. Only root may do that. The first
installation of a release of Debian is kept, so that the next machine is a copy of it.
"""

import os
import pathlib
import shutil
import subprocess
import tempfile

from lib.database import ROOT

# Of the releases of Debian, the one that has packages of this version of PostgreSQL.
RELEASES = {15: "bookworm", 17: "trixie"}
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
CACHE = pathlib.Path(os.environ.get("PG_CSKPI_CACHE", "/var/cache/pg_cskpi"))
MACHINES = ROOT / "target/tests/machines"
CERTIFICATES = pathlib.Path("usr/local/share/ca-certificates")


def reason_against(major):
    """Why there can be no machine with this version of PostgreSQL here, if so."""
    if os.geteuid() != 0:
        return "only root can make a new machine"
    if not shutil.which("debootstrap") or not shutil.which("nsenter"):
        return "debootstrap or nsenter is not installed"
    return None if major in RELEASES else f"no release of Debian has PostgreSQL {major}"


def forget():
    """Removes what is left of machines of a run that was killed."""
    shutil.rmtree(MACHINES, ignore_errors=True)


def output(*arguments, **options):
    done = subprocess.run([str(each) for each in arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", **options)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, arguments))[:300]}: status {done.returncode}\n{done.stdout[-4000:]}")
    return done.stdout


def installed(release):
    """The directory with a minimal installation of it; the packages come from where this machine's come."""
    base = CACHE / f"debian-{release}"
    if (base / "complete").exists():
        return base / "root"
    shutil.rmtree(base, ignore_errors=True)
    root = base / "root"
    base.mkdir(parents=True)
    repositories = output("apt-get", "indextargets", "--format", "$(ORIGIN) $(REPO_URI)", "Created-By: Packages", "Component: main")
    mirror = next((line.split()[1] for line in repositories.splitlines() if line.startswith("Debian ")), "http://deb.debian.org/debian")
    output("debootstrap", "--variant=minbase", release, root, mirror)
    # Ways through a proxy, and who is trusted on it.
    ways = [line for line in output("apt-config", "dump").splitlines() if line.startswith("Acquire::")]
    (root / "etc/apt/apt.conf.d/99this-machine").write_text("\n".join(ways) + "\n")
    for name in ["etc/resolv.conf", "etc/hosts"]:
        shutil.copy(pathlib.Path("/") / name, root / name)
    (root / CERTIFICATES).mkdir(parents=True, exist_ok=True)
    for file in (pathlib.Path("/") / CERTIFICATES).glob("*.crt"):
        shutil.copy(file, root / CERTIFICATES)
    # No service is started by an installation.
    policy = root / "usr/sbin/policy-rc.d"
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    (base / "complete").touch()
    return root


class Machine:
    """Use it in a with statement; shown are directories of this machine that are to be seen there as well."""

    def __init__(self, release, shown=()):
        MACHINES.mkdir(parents=True, exist_ok=True)
        self.root = pathlib.Path(tempfile.mkdtemp(dir=MACHINES))
        output("cp", "-a", f"{installed(release)}/.", self.root)
        mounts = ["mount -t proc proc proc", "mount -t tmpfs tmpfs dev/shm"]
        for here, there in shown:
            (self.root / there.lstrip("/")).mkdir(parents=True)
            mounts.append(f"mount --bind '{here}' '.{there}' && mount -o remount,ro,bind '.{there}'")
        hold = " && ".join([f"mkdir -p '{self.root}/dev/shm'", f"cd '{self.root}'", *mounts, "echo ready", "exec sleep infinity"])
        self.holder = subprocess.Popen(["unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private", "sh", "-c", hold],
                                       stdout=subprocess.PIPE, text=True)
        if self.holder.stdout.readline() != "ready\n":
            self.remove()
            raise AssertionError("unshare and mount have not made a new machine: see their messages in the log")
        self.first = pathlib.Path(f"/proc/{self.holder.pid}/task/{self.holder.pid}/children").read_text().split()[0]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.remove()

    def run(self, command, user="root", directory="/", **environment):
        """The output of a command of the shell there."""
        who = ["runuser", "-u", user, "--"] if user != "root" else []
        variables = {"PATH": PATH, "HOME": "/root" if user == "root" else "/", "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8", **environment}
        given = [f"{name}={value}" for name, value in variables.items()]
        return output("nsenter", f"--target={self.first}", "--mount", "--pid", "chroot", self.root, "env", "-i", *given,
                      *who, "sh", "-c", 'cd "$1" && eval "$2"', "sh", directory, command, stdin=subprocess.DEVNULL)

    def install(self, *packages):
        self.run("apt-get -q update")
        return self.run(f"apt-get -q -y install --no-install-recommends {' '.join(packages)}")

    def put(self, file, directory="/srv"):
        """Copies a file of this machine; its path there."""
        shutil.copy(file, self.root / directory.lstrip("/"))
        return f"{directory}/{pathlib.Path(file).name}"

    def remove(self):
        self.holder.kill()
        self.holder.wait()
        # Its mounts were of its own, so there is nothing below that belongs to others.
        subprocess.run(["rm", "-rf", "--one-file-system", self.root], check=True)


def package(target, sources=ROOT, **environment):
    """Builds a package into a directory; its path."""
    done = subprocess.run(["scripts/package.sh", target], cwd=sources, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment})
    if done.returncode != 0:
        raise AssertionError(f"scripts/package.sh: {done.stderr[-3000:]}")
    return pathlib.Path(done.stdout.strip())
