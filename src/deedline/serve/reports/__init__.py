"""Reports for hand-in: a question becomes a Paper, a Paper becomes DOCX, PDF, HTML or Markdown.

`brief`, `adoption`, `scorecard` and `indicators` make a Paper, which knows no format, of what `operations` computed;
`as_docx`, `as_pdf`, `as_html` and `as_markdown` write it. `make_report` is the door.
"""

from __future__ import annotations

from deedline.serve.reports.making import MEDIA_TYPES, Asked, Made, ReportFormat, ReportKind, make_report

__all__ = ["MEDIA_TYPES", "Asked", "Made", "ReportFormat", "ReportKind", "make_report"]
