"""All or nothing: an installer that fails or is killed anywhere leaves the host as it was, once it is started again."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from installer import installation
from installer.findings import read_receipt
from installer.machine import Machine
from installer.operations import Doing, TakeBack
from installer.plan import Findings, make_plan
from installer.questions import Answers, complete
from installer.steps.files import keep
from nano_runtime.certificates import AUTHORITY
from nano_runtime.errors import Conflict, NanoError
from nano_runtime.home import Home
from tests.installer.folders import HostFolder

GIVEN = Answers(roles="core", start=False)
"""Steps that need nothing but files: the others are tried on a managed host."""
NOTES = ("receipt", "answers")
STEPS = 14
"""Of the installation with these answers, the notes at its end included."""


@pytest.fixture
def host(folder: HostFolder) -> Machine:
    (folder.root / "run/firewalld.pid").unlink()
    (folder.root / "opt").mkdir()
    folder.write("etc/firewalld/zones/public.xml", "<zone>\n</zone>\n")
    return Machine(home=Home(folder.root / "opt/nano"), root=folder.root, has_systemd=False, say=lambda _: None)


def steps_for(host: Machine, folder: HostFolder, answers: Answers = GIVEN) -> tuple[list[Doing | TakeBack], Answers]:
    facts = folder.look()
    complete_answers = complete(answers, facts)
    found = Findings(
        home=host.home,
        host_name="host1",
        keep=lambda path: keep(host.path(path)),
        exists=lambda path: host.path(path).exists(),
        credential_key="k" * 43,
        earlier=read_receipt(host),
    )
    return make_plan(facts, complete_answers, found), complete_answers


def tree(root: Path) -> dict[str, tuple[int, bytes | str]]:
    """Every file and folder with mode and content; the lock is the installer's own."""
    found: dict[str, tuple[int, bytes | str]] = {}
    for path in sorted(root.rglob("*")):
        if path.name != "nano-installer.lock":
            found[str(path.relative_to(root))] = (path.lstat().st_mode, path.read_bytes() if path.is_file() else "")
    return found


def nobody(*_: object) -> None:
    return


def dies(work: Callable[[], object]) -> bool:
    """Whether this work, done in a process of its own, gets that process killed."""
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)  # never back into pytest
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def killed_before(step: int) -> Callable[..., None]:
    def watch(_: str, begun: int, __: int, ___: str) -> None:
        if begun == step:
            os.kill(os.getpid(), signal.SIGKILL)

    return watch


def test_what_is_installed_can_be_used_and_is_private(host: Machine, folder: HostFolder) -> None:
    steps, answers = steps_for(host, folder)

    installation.install(host, steps, answers, nobody)

    for name in ("cert/nano_ca.key.pem", "cert/nano_image.key.pem", "config/api.cfg", "data/installer-receipt.json"):
        assert (host.home.path / name).stat().st_mode & 0o077 == 0
    assert (host.home.cert / f"{AUTHORITY}.crt.pem").exists()
    assert installation.saved_answers(host).roles == "core"


def test_an_uninstall_leaves_the_host_as_it_was(host: Machine, folder: HostFolder) -> None:
    before = tree(host.root)
    installation.install(host, *steps_for(host, folder), nobody)

    installation.uninstall(host, [], nobody)

    assert tree(host.root) == before


@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_nothing_is_left_of_an_installation_killed_at_any_step(host: Machine, folder: HostFolder, step: int) -> None:
    before = tree(host.root)
    steps, answers = steps_for(host, folder)
    assert len(steps) + len(NOTES) == STEPS
    assert dies(lambda: installation.install(host, steps, answers, killed_before(step)))

    assert installation.mend(host)

    assert tree(host.root) == before


@pytest.mark.parametrize("step", range(1, 7))
def test_a_correction_that_is_killed_leaves_the_first_installation_whole(host: Machine, folder: HostFolder, step: int) -> None:
    installation.install(host, *steps_for(host, folder), nobody)
    before = tree(host.root)
    corrected, answers = steps_for(host, folder, Answers(roles="core", start=False, domain="other", api_port=7000))
    assert len(corrected) + len(NOTES) == 6
    assert dies(lambda: installation.install(host, corrected, answers, killed_before(step)))

    installation.mend(host)

    assert tree(host.root) == before


@pytest.mark.parametrize("step", range(2, STEPS, 3))
def test_a_killed_uninstall_is_finished_by_the_next_start(host: Machine, folder: HostFolder, step: int) -> None:
    before = tree(host.root)
    installation.install(host, *steps_for(host, folder), nobody)
    assert dies(lambda: installation.uninstall(host, [], killed_before(step)))

    installation.mend(host)

    assert tree(host.root) == before


def test_a_step_that_fails_takes_everything_back(host: Machine, folder: HostFolder) -> None:
    before = tree(host.root)
    steps, answers = steps_for(host, folder)

    def spoil(_: str, begun: int, __: int, ___: str) -> None:
        if begun == len(steps):
            (host.home.config / "frontend.cfg").write_text("somebody else was here")
            raise NanoError("the disk is full")

    with pytest.raises(NanoError, match="disk is full"):
        installation.install(host, steps, answers, spoil)

    left = tree(host.root)
    assert set(left) - set(before) <= {"opt/nano", "opt/nano/config", "opt/nano/config/frontend.cfg.nano-saved"}


def test_a_corrected_answer_reaches_the_settings_and_is_undone_to_the_beginning(host: Machine, folder: HostFolder) -> None:
    before = tree(host.root)
    installation.install(host, *steps_for(host, folder), nobody)

    installation.install(host, *steps_for(host, folder, Answers(roles="core", start=False, api_port=7000)), nobody)

    assert b"7000" in (host.home.config / "api.cfg").read_bytes()
    assert installation.saved_answers(host).api_port == 7000
    installation.uninstall(host, [], nobody)
    assert tree(host.root) == before


def test_guests_and_their_disks_stay_when_the_appliance_goes(host: Machine, folder: HostFolder) -> None:
    storage = folder.root / "srv/guests"
    folder.write("srv/guests/guests/g1/disk.qcow2", "the work of years")
    (storage / "images").mkdir()
    installation.install(host, *steps_for(host, folder), nobody)
    path = host.home.data / "installer-answers.json"
    path.write_text(path.read_text().replace('"/var/lib/nano"', '"/srv/guests"'))

    installation.uninstall(host, [], nobody)

    assert (storage / "guests/g1/disk.qcow2").read_text() == "the work of years"
    assert not (storage / "images").exists()
    assert not host.home.path.exists()


def test_a_guest_that_is_not_there_stops_the_uninstall_before_it_begins(host: Machine, folder: HostFolder) -> None:
    installation.install(host, *steps_for(host, folder), nobody)
    before = tree(host.root)

    with pytest.raises(NanoError, match="no guest 'nobody-has-this-name' here"):
        installation.uninstall(host, ["nobody-has-this-name"], nobody)

    assert tree(host.root) == before


def test_a_second_installer_is_refused_while_the_first_works(host: Machine) -> None:
    with installation.alone(host), pytest.raises(Conflict, match="another installer"), installation.alone(host):
        pass


def test_the_lock_goes_with_an_installer_that_is_killed(host: Machine) -> None:
    def work() -> None:
        with installation.alone(host):
            os.kill(os.getpid(), signal.SIGKILL)

    assert dies(work)

    with installation.alone(host):
        pass


def test_the_authority_survives_a_correction(host: Machine, folder: HostFolder) -> None:
    installation.install(host, *steps_for(host, folder), nobody)
    key = (host.home.cert / f"{AUTHORITY}.key.pem").read_bytes()

    installation.install(host, *steps_for(host, folder, Answers(roles="core", start=False, api_port=7000)), nobody)

    assert (host.home.cert / f"{AUTHORITY}.key.pem").read_bytes() == key
