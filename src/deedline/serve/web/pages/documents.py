"""The documents, and each one's text with what every line became: where every citation leads."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from deedline import operations
from deedline.model.item import ItemKind
from deedline.serve.web.opened import opened
from deedline.serve.web.rendering import page


def documents_page(request: Request) -> Response:
    """The documents in the register."""
    with opened(request) as register:
        documents = register.documents()
    return page(request, "documents.html", documents=documents, kinds=list(ItemKind))


def document_page(request: Request) -> Response:
    """A document's lines that are not empty, numbered, each with what it became."""
    with opened(request) as register, register.snapshot():
        document = register.document(request.path_params["document_id"])
        lines = operations.coverage(register, document.id)
        issues = register.issues(document.id)
    doubts = {issue.issue.line: issue for issue in issues}
    return page(request, "document.html", document=document, lines=lines, doubts=doubts)


routes = [Route("/documents", documents_page), Route("/documents/{document_id}", document_page)]
