"""Asking a service that speaks the chat-completions protocol: budget, pace, retries, and when to give up."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from deedline.link.assistant.answer import plain_line
from deedline.link.assistant.faults import AnswerError, StoppedError
from deedline.link.assistant.question import Question
from deedline.link.assistant.settings import PREFIX, Settings
from deedline.link.assistant.wire import LateError, Response, TooLargeError, UnreachableError, post

_TRIES = 4
_LATE_TRIES = 2  # a model that is too slow for the limit stays so
_MOST_TOLD = 200  # characters of what a service says of an error
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
_LONGEST_WAIT = 60.0  # seconds; a service that asks for more is left alone
_IN_A_ROW = 3  # questions without an answer after which a service is given up
_PLAIN_STATUSES = frozenset({400, 404, 415, 422, 501})  # how services refuse a `response_format`


@dataclass(frozen=True, slots=True)
class Written:
    """What a service wrote, and how many tokens it says that took (None where it does not)."""

    text: str
    tokens: int | None
    whole: bool


@dataclass(slots=True)
class Service:
    """A configured service and what was asked of it in one run. `sleep` and `clock` are the passing of time."""

    settings: Settings
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    calls: int = 0
    tokens: int = 0
    _plain: bool = field(default=False, init=False)
    _failed_in_a_row: int = field(default=0, init=False)
    _last: float | None = field(default=None, init=False)

    def ask(self, question: Question) -> Written:
        """What the service writes to a question; AnswerError or StoppedError where nothing comes of it."""
        try:
            written = self._written(question)
        except AnswerError as error:
            self._failed_in_a_row += 1
            if self._failed_in_a_row >= _IN_A_ROW:
                raise StoppedError(
                    f"{self._failed_in_a_row} questions in a row got no answer, the last as {error}"
                ) from error
            raise
        self._failed_in_a_row = 0
        return written

    def _written(self, question: Question) -> Written:
        last, late, plain = "", 0, self._plain
        for attempt in range(_TRIES):
            self._demand_budget(question)
            self._keep_pace()
            try:
                response = self._send(question, plain)
            except UnreachableError as error:
                late += isinstance(error, LateError)
                if late == _LATE_TRIES:
                    raise AnswerError(f"{error} ({late} tries); {PREFIX}SECONDS allows more") from error
                last = str(error)
                self._pause(2.0**attempt, attempt)
                continue
            except TooLargeError as error:
                self.tokens += question.characters
                raise AnswerError(str(error)) from error
            if response.status == 200:
                self._plain = plain  # the form was to blame only where it goes without
                return self._taken(response, question)
            last = f"it answers with status {response.status}"
            if response.status in _BUSY:
                self._pause(max(2.0**attempt, _asked_to_wait(response)), attempt)
            elif response.status in _PLAIN_STATUSES and not plain:
                plain = True  # an older service: ask for JSON in words alone
            else:
                raise _refused(response, self.settings)
        raise AnswerError(f"{last} ({_TRIES} tries)")

    def _send(self, question: Question, plain: bool) -> Response:
        body = dict(question.body)
        if not plain:
            form = {"name": "reading", "strict": True, "schema": question.schema}
            body["response_format"] = {"type": "json_schema", "json_schema": form}
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
        if self.settings.key:
            headers["Authorization"] = f"Bearer {self.settings.key}"
        self.calls += 1
        return post(self.settings.url, json.dumps(body).encode(), headers, self.settings.seconds)

    def _taken(self, response: Response, question: Question) -> Written:
        try:
            written = _completion(response.data)
        except AnswerError:
            self.tokens += question.characters
            raise
        # A service that counts no tokens is taken to use one a character, which no tokeniser exceeds by much.
        self.tokens += question.characters + len(written.text) if written.tokens is None else written.tokens
        return written

    def _demand_budget(self, question: Question) -> None:
        limits = self.settings
        if self.calls >= limits.calls:
            raise StoppedError(f"the budget of {limits.calls:,} calls is spent; {PREFIX}CALLS sets it", spent=True)
        if self.tokens + question.characters + limits.answer_tokens > limits.tokens:
            message = f"the budget of {limits.tokens:,} tokens would be exceeded; {PREFIX}TOKENS sets it"
            raise StoppedError(message, spent=True)

    def _keep_pace(self) -> None:
        if self.settings.per_minute and self._last is not None:
            left = self._last + 60.0 / self.settings.per_minute - self.clock()
            if left > 0:
                self.sleep(left)
        self._last = self.clock()

    def _pause(self, seconds: float, attempt: int) -> None:
        if seconds > _LONGEST_WAIT:
            raise StoppedError(f"the service asks to wait {seconds:.0f} s; run the command again after that")
        if attempt + 1 < _TRIES:
            self.sleep(seconds)


def _asked_to_wait(response: Response) -> float:
    """Seconds of Retry-After; a date, or anything else, counts as nothing."""
    told = response.headers.get("retry-after", "").strip()
    return float(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0.0


def _refused(response: Response, settings: Settings) -> Exception:
    status = response.status
    if status in (401, 403):
        return StoppedError(f"the service refuses the key (status {status}); correct {PREFIX}KEY")
    if status == 404:
        return StoppedError(
            f"the service knows no {settings.url}, or no model {settings.model!r}; correct {PREFIX}URL or {PREFIX}MODEL"
        )
    if 300 <= status < 400:
        return StoppedError(
            f"the service sends elsewhere (status {status}), which is not followed; correct {PREFIX}URL"
        )
    told = _words_of(response.data)
    if settings.key:
        told = told.replace(settings.key, "…")
    return AnswerError(f"it answers with status {status}" + (f": {told}" if told else ""))


def _words_of(data: bytes) -> str:
    """What a service says of an error, on one line: a small context, for one, is only told here."""
    try:
        body: Any = json.loads(data)
        error = body.get("error") or body.get("detail") or body.get("message")
        said = error.get("message") if isinstance(error, dict) else error
    except (ValueError, RecursionError, AttributeError):
        return ""
    return plain_line(said)[:_MOST_TOLD] if isinstance(said, str) else ""


def _completion(data: bytes) -> Written:
    """The first choice of a chat completion."""
    try:
        body: Any = json.loads(data)
        choice = body["choices"][0]
        cut = choice.get("finish_reason") == "length"
        text = choice["message"]["content"]
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
        raise AnswerError("its answer is no chat completion") from error
    if text is None and cut:
        text = ""  # a model that thinks apart from its answer, and did not come to its end
    if not isinstance(text, str):
        raise AnswerError("its answer holds no text")
    usage = body.get("usage")
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    counted = total if isinstance(total, int) and not isinstance(total, bool) and 0 < total < 10_000_000 else None
    return Written(text, counted, not cut)
