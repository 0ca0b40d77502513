"""What went wrong while rendering → the template at fault, its line, and what to say of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from traceback import walk_tb

from jinja2 import Template, TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError

from loa import site_messages
from loa.errors import LoaError, TemplateFaultError, Words, problem


@contextmanager
def blaming(output: str) -> Iterator[None]:
    """Whatever a template does wrong in here, while ``output`` is made, is raised as a ``TemplateFaultError``."""
    try:
        yield
    except (LoaError, MemoryError):
        raise
    except Exception as error:
        if not isinstance(error, TemplateError) and isinstance(error, OSError):
            raise
        file, line = _place(error)
        if not file:
            raise
        raise TemplateFaultError(problem(file, _words(error, output), line=line)) from error


def _place(error: Exception) -> tuple[str, int]:
    """The file and line of the innermost template that ``error`` came through; empty where it came through none."""
    if isinstance(error, TemplateSyntaxError):
        # Of a comment that is not closed Jinja gives the file as the name.
        return error.filename or error.name or "", error.lineno
    file, line = "", 0
    for frame, number in walk_tb(error.__traceback__):
        if "__jinja_exception__" in frame.f_globals:  # a frame that Jinja has put in the place of a template's
            file, line = frame.f_code.co_filename, number
        elif isinstance(template := frame.f_globals.get("__jinja_template__"), Template):
            file, line = template.filename or "", template.get_corresponding_lineno(number)
    return file, line


def _words(error: Exception, output: str) -> Words:
    if isinstance(error, TemplateSyntaxError):
        return site_messages.template_syntax(error.message or "")
    if isinstance(error, TemplateNotFound):
        return site_messages.template_missing(str(error.name), "")
    if isinstance(error, UndefinedError):
        return site_messages.template_undefined(error.message or "", output)
    return site_messages.template_fails(f"{type(error).__name__}: {error}", output)
