"""A bad configuration file is refused with file, field, value and next step; a good one is replaced as a whole."""

from __future__ import annotations

import json
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta

from appliance.settings import FILES, ApiSettings, CellSettings, Credential, DomainSettings
from nano_runtime import config
from nano_runtime.errors import BadSetting

KEY = "correct-horse-battery"


class Required(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    size: Annotated[int, Meta(ge=1)]
    note: str = ""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    return tmp_path / "config" / "api.cfg"


def refusal(path: Path, content: str | bytes, kind: type[msgspec.Struct] = ApiSettings) -> BadSetting:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(BadSetting) as caught:
        config.load(path, kind)
    return caught.value


def test_a_missing_file_means_the_defaults(path: Path) -> None:
    assert config.load(path, ApiSettings) == ApiSettings(port=5870)


def test_a_missing_file_that_must_be_there_says_what_it_must_set(path: Path) -> None:
    with pytest.raises(BadSetting, match=r"config/api\.cfg is missing; it must set: name, size"):
        config.load(path, Required)


def test_what_is_not_in_the_file_has_its_default(path: Path) -> None:
    path.write_text('{"port": 443}')

    assert config.load(path, ApiSettings) == ApiSettings(port=443)


@pytest.mark.parametrize(
    ("content", "field", "message"),
    [
        ('{"port": 99999}', "port", "port in config/api.cfg must be 1-65535, not 99999"),
        ('{"port": 0}', "port", "port in config/api.cfg must be 1-65535, not 0"),
        ('{"port": "5870"}', "port", 'port in config/api.cfg must be 1-65535, not "5870"'),
        ('{"port": 58.5}', "port", "port in config/api.cfg must be 1-65535, not 58.5"),
        ('{"port": true}', "port", "port in config/api.cfg must be 1-65535, not true"),
        ('{"port": null}', "port", "port in config/api.cfg must be 1-65535, not null"),
        ('{"tls": "no"}', "tls", 'tls in config/api.cfg must be true or false, not "no"'),
        ('{"credentials": {}}', "credentials", "credentials in config/api.cfg must be a list, not an object"),
        ('{"credentials": [3]}', "credentials[0]", "credentials[0] in config/api.cfg must be an object, not 3"),
        ('{"credentials": [{"id": "a"}]}', "credentials[0].key", "credentials[0].key is missing in config/api.cfg"),
        ('{"prot": 1}', "prot", "config/api.cfg has no setting 'prot'; did you mean port?"),
        ('{"zzz": 1}', "zzz", "config/api.cfg has no setting 'zzz'; known are: port, credentials, tls"),
        ('{"credentials": [{"idd": 1}]}', "credentials[0].idd", "config/api.cfg has no setting 'credentials[0].idd'; did you mean id?"),
        ('{"port": 1, "port": 2}', "port", "port is set twice in config/api.cfg"),
        ("[]", "", "config/api.cfg must hold one JSON object"),
        ("", "", "config/api.cfg is not JSON: Expecting value at line 1, column 1"),
        ('{\n"port": 1,\n}', "", "config/api.cfg is not JSON"),
        ("{'port': 1}", "", "at line 1, column 2"),
    ],
)
def test_a_bad_file_names_file_field_value_and_rule(path: Path, content: str, field: str, message: str) -> None:
    problem = refusal(path, content)

    assert message in str(problem)
    assert problem.field == field
    assert problem.hint


@pytest.mark.parametrize(
    ("content", "kind", "message"),
    [
        ('{"accelerator": "kvm"}', CellSettings, 'must be auto or tcg, not "kvm"'),
        ('{"domain": "a b"}', DomainSettings, r'must be text like ^[A-Za-z0-9_-]{1,63}$, not "a b"'),
        ('{"timeout": 0}', DomainSettings, "must be 1-600, not 0"),
        ('{"name": "x", "size": 0}', Required, "must be a whole number, 1 or more, not 0"),
        ('{"name": 5, "size": 1}', Required, "must be text, not 5"),
    ],
)
def test_the_rule_is_told_in_words(path: Path, content: str, kind: type[msgspec.Struct], message: str) -> None:
    assert message in str(refusal(path, content, kind))


@pytest.mark.parametrize(
    "content",
    [
        '{"credentials": [{"id": "a", "key": "hunter2"}]}',
        '{"credentials": {"id": "a", "key": "hunter2"}}',
        '{"credentials": [["hunter2"]]}',
    ],
)
def test_a_refused_secret_is_not_repeated(path: Path, content: str) -> None:
    assert "hunter2" not in str(refusal(path, content))


@pytest.mark.parametrize("content", [b"\xff\xfe{}", b"[" * 100_000, b"\x00" * 40, b'{"port": 1' + b"0" * 6000 + b"}", b'{"port": NaN}'])
def test_a_damaged_file_is_refused(path: Path, content: bytes) -> None:
    assert "config/api.cfg" in str(refusal(path, content))


@given(
    st.binary(max_size=60) | st.recursive(st.none() | st.integers() | st.text(max_size=4), st.lists).map(lambda it: json.dumps(it).encode())
)
def test_whatever_is_in_the_file_is_loaded_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.cfg"
    path.write_bytes(content)

    with suppress(BadSetting):  # anything else fails the test
        assert config.load(path, ApiSettings).port in range(1, 65536)


def test_an_editor_that_adds_a_byte_order_mark_is_forgiven(path: Path) -> None:
    path.write_bytes(b'\xef\xbb\xbf{"port": 443}')

    assert config.load(path, ApiSettings).port == 443


def test_a_folder_in_place_of_the_file_is_refused(path: Path) -> None:
    path.mkdir()

    with pytest.raises(BadSetting, match=r"config/api\.cfg cannot be read: Is a directory"):
        config.load(path, ApiSettings)


@pytest.mark.parametrize("kind", FILES.values(), ids=list(FILES))
def test_every_declared_file_reads_what_it_writes(path: Path, kind: type[msgspec.Struct]) -> None:
    config.save(path, kind())

    assert config.load(path, kind) == kind()


def test_a_saved_file_is_private_and_readable_by_people(path: Path) -> None:
    config.save(path, ApiSettings(credentials=[Credential(id="portal", key=KEY)]))

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert '\n  "port": 5870,\n' in path.read_text()


def test_a_save_that_fails_leaves_the_old_file_and_no_draft(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError("no space left on device")

    config.save(path, ApiSettings(port=1))
    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(OSError, match="no space"):
        config.save(path, ApiSettings(port=2))

    assert config.load(path, ApiSettings).port == 1
    assert list(path.parent.iterdir()) == [path]


def test_the_draft_lies_where_a_rename_cannot_cross_file_systems(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts: list[Path] = []
    monkeypatch.setattr(os, "rename", lambda draft, _: drafts.append(Path(draft)))

    config.save(path, ApiSettings())

    assert [draft.parent for draft in drafts] == [path.parent]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620])
def test_a_key_that_others_may_read_or_change_is_refused(path: Path, mode: int) -> None:
    path.touch()
    path.chmod(0o600)
    config.require_private(path)

    path.chmod(mode)

    with pytest.raises(BadSetting, match=f"its mode {mode:04o} lets others read it; run: chmod 600"):
        config.require_private(path)


def test_a_missing_key_is_refused(path: Path) -> None:
    with pytest.raises(BadSetting, match=r"config/api\.cfg cannot be read: No such file"):
        config.require_private(path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_key_of_another_user_is_refused(path: Path) -> None:
    path.touch(mode=0o600)
    os.chown(path, 12345, -1)

    with pytest.raises(BadSetting, match="user 12345 owns it"):
        config.require_private(path)
