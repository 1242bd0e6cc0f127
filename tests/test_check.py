"""The linters and type checkers, one test each: what they find is a failure like any other."""

from __future__ import annotations

import pytest

import check


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("rule", check.CHECKS, ids=lambda rule: rule.name)
def test_the_checks_pass(rule: check.Check) -> None:
    result = check.passes(rule)

    assert result.returncode == 0, f"{rule.name} says:\n{result.stdout}"
