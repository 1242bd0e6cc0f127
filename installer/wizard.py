"""The guided way: language, a look at the host, the questions one by one, the plan, and only then the changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from installer import installation
from installer.facts import look
from installer.findings import collect
from installer.plan import make_plan
from installer.preflight import findings_of
from installer.printing import carry_out, finding_lines, plan_lines
from installer.questions import QUESTIONS, Answers, complete, judge, suggestion
from installer.terminal import BACK, Page, Talk, talk_to
from installer.wording import LANGUAGES, Language, Text
from nano_runtime.errors import Conflict, NanoError

if TYPE_CHECKING:
    from installer.facts import Facts
    from installer.machine import Machine
    from installer.operations import Doing, TakeBack

LANGUAGE = "Language / 语言"
LOOK = Text("A look at this host", "主机检查")
STOPPED = Text("It cannot go on before what says STOP is mended.", "请先解决标记为“停止”的问题。")
AGAIN = (("again", Text("look again", "重新检查")), ("quit", Text("quit; nothing was changed", "退出，未做任何更改")))
ONWARDS = (("go", Text("go on", "继续")), ("quit", Text("quit; nothing was changed", "退出，未做任何更改")))
BEGIN = (("go", Text("do it", "开始执行")), ("quit", Text("quit; nothing was changed", "退出，未做任何更改")))
READY = Text("Shall this be done?", "是否执行以下更改？")
NO_CHANGE = Text("Nothing is to be done: this host is as you want it.", "无需更改：本机已符合要求。")
YES_NO = (("yes", Text("yes", "是")), ("no", Text("no", "否")))


class Quit(Exception):
    """The person wants to stop before anything was changed."""


@dataclass
class Guide:
    """One conversation."""

    host: Machine
    talk: Talk
    language: Language

    def decide(self) -> tuple[list[Doing | TakeBack], Answers]:
        """The plan the person agreed to. Raises Quit."""
        self.language = "zh" if self._choose(LANGUAGE, [("en", "English"), ("zh", "简体中文")], self.language) == "zh" else "en"
        answers = installation.saved_answers(self.host)
        while True:
            facts = look(storage=answers.storage)
            if self._pass_findings(facts, answers):
                break
        while True:
            answers = self._ask_all(facts, answers)
            steps = self._plan(facts, answers)
            if steps is not None:
                return steps, answers

    def _pass_findings(self, facts: Facts, answers: Answers) -> bool:
        """False to look again."""
        findings = findings_of(self.host, facts, answers)
        is_stopped = any(finding.light == "red" for finding in findings)
        page = Page(LOOK.say(self.language), lines=finding_lines(findings, self.language))
        choice = self._answer(page, AGAIN if is_stopped else ONWARDS, STOPPED.say(self.language) if is_stopped else "")
        return choice == "go"

    def _ask_all(self, facts: Facts, answers: Answers) -> Answers:
        names, place = list(QUESTIONS), 0
        while place < len(names):
            name = names[place]
            if not QUESTIONS[name].matters(answers):
                answers = _without(answers, name)
                place += 1
                continue
            found = self._ask(name, place, facts, answers)
            if found is not None:
                answers, place = found, place + 1
                continue
            place = max((earlier for earlier in range(place) if QUESTIONS[names[earlier]].matters(answers)), default=0)
        return complete(answers, facts)

    def _ask(self, name: str, place: int, facts: Facts, answers: Answers) -> Answers | None:
        """The answers with this one; None to go back."""
        question, problem = QUESTIONS[name], ""
        default = suggestion(name, facts, answers)
        while True:
            choices = [(choice.value, choice.title.say(self.language)) for choice in question.choices]
            if isinstance(default, bool):
                choices = [(value, title.say(self.language)) for value, title in YES_NO]
            page = Page(
                question.title.say(self.language),
                place=f"{place + 1}/{len(QUESTIONS)}",
                help=question.help.say(self.language),
                choices=choices,
                default=("yes" if default else "no") if isinstance(default, bool) else str(default),
                problem=problem,
                is_secret=question.is_secret,
            )
            typed = self.talk.ask(page)
            if typed == BACK:
                return None
            try:
                return judge(name, typed, facts, answers)
            except NanoError as refused:
                problem = str(refused)

    def _plan(self, facts: Facts, answers: Answers) -> list[Doing | TakeBack] | None:
        """None to go back to the questions."""
        red = [finding for finding in findings_of(self.host, facts, answers) if finding.light == "red"]
        steps = [] if red else make_plan(facts, answers, collect(self.host, facts, answers, self.language))
        if not red and not steps:
            return []
        lines = finding_lines(red, self.language) if red else plan_lines(steps, self.language)[1:]
        choice = self._answer(Page(READY.say(self.language), lines=lines), AGAIN if red else BEGIN, "")
        return steps if choice == "go" else None

    def _answer(self, page: Page, choices: tuple[tuple[str, Text], ...], help: str) -> str:
        said = [(value, title.say(self.language)) for value, title in choices]
        typed = self.talk.ask(Page(page.title, lines=page.lines, help=help, choices=said, default=said[0][0]))
        if typed == "quit":
            raise Quit
        return typed

    def _choose(self, title: str, choices: list[tuple[str, str]], default: str) -> str:
        return self.talk.ask(Page(title, choices=choices, default=default))


def guide(host: Machine, language: Language, *, plain: bool) -> int:
    """Ask, show, do. Answers the exit code."""
    assert language in LANGUAGES
    with talk_to(language, plain=plain) as talk:
        conversation = Guide(host, talk, language)
        try:
            steps, answers = conversation.decide()
        except Quit as problem:
            raise Conflict("nothing was changed", hint="start again when you like") from problem
    if not steps:
        host.say(NO_CHANGE.say(conversation.language))
        return 0
    carry_out(host, steps, answers, conversation.language)
    return 0


def _without(answers: Answers, name: str) -> Answers:
    """An answer of an earlier run or of a way that was left goes, when its question does not matter any more."""
    from msgspec import structs

    return structs.replace(answers, **{name: getattr(Answers(), name)})
