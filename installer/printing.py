"""What the installer prints line by line: findings, the plan, progress."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from installer.wording import Language, Text
from nano_runtime.log import OneLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from installer.checks import Finding
    from installer.questions import Answers
    from installer.steps.change import Change
    from nano_runtime.operation import Watch

log = logging.getLogger(__name__)

LIGHTS = {"green": Text("ok", "正常"), "amber": Text("CAUTION", "注意"), "red": Text("STOP", "停止")}
PLAN = Text("What will be done:", "将执行：")
NOTHING = Text("Nothing is to be done.", "无需任何更改。")
CAUTION = Text("Carried packages are installed as they are in {folder}.", "使用 {folder} 中的离线软件包。")


def finding_lines(findings: Sequence[Finding], language: Language) -> list[str]:
    lines = []
    for each in findings:
        lines.append(f"[{LIGHTS[each.light].say(language)}] {each.name}: {each.reason.say(language)}")
        if each.fix.en and each.light != "green":
            lines.append(f"      -> {each.fix.say(language)}")
    return lines


def plan_lines(steps: Sequence[Change], language: Language) -> list[str]:
    if not steps:
        return [NOTHING.say(language)]
    return [PLAN.say(language), *(f"{number:3}. {step.title.say(language)}" for number, step in enumerate(steps, 1))]


def print_findings(findings: Sequence[Finding], language: Language) -> None:
    print("\n".join(finding_lines(findings, language)))


def print_plan(steps: Sequence[Change], language: Language) -> None:
    print("\n".join(plan_lines(steps, language)))


def printing_watch(steps: Sequence[Change | None], language: Language) -> Watch:
    """A watch for nano_runtime.operation that prints and logs each step by its title."""

    def watch(_: str, begun: int, total: int, tag: str) -> None:
        step = steps[begun - 1] if begun <= len(steps) else None
        if step:
            print(f"[{begun}/{total}] {step.title.say(language)}", flush=True)
            log.info("step %d of %d: %s", begun, total, step.title.en)

    return watch


def log_to(path: Path) -> None:
    """Append what is done from now on to a file that root alone can read; outside the home, so that it survives a way back."""
    path.touch(mode=0o600)
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(OneLine())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)


def warnings_of(answers: Answers, language: Language) -> Iterator[str]:
    if answers.package_folder:
        yield CAUTION.format(folder=answers.package_folder).say(language)
