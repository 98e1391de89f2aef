"""The columns of what is computed of the register at a day, and of two editions side by side."""

from __future__ import annotations

from datetime import date

from deedline.serve.export.described_parts import ASSESSMENT, ATTAINMENT, DOCUMENT_KEYS, FIGURE, READING, SPANS, D

# An item in brief, with where it stands: what the rows of lists are about.
ENTRY = (
    D("id", str, "Id", "編號"),
    *DOCUMENT_KEYS,
    D("kind", str, "Kind", "類別"),
    D("number", str, "Number", "項號"),
    D("part", int, "Part", "分項"),
    D("text", str, "Words", "原文"),
    D("line_start", int, "First line", "首行"),
    D("line_end", int, "Last line", "末行"),
    D("page", int, "Page", "頁"),
    D("spans", SPANS, "Spans", "文字範圍"),
    *READING,
    D("bodies", [(D("id", str, "Body id", "機構編號"), D("name_zh", str, "Body", "負責機構"))], "Bodies", "負責機構"),
    D("due", date, "Due", "到期日"),
    D("status", str, "Official status", "官方狀況"),
)

STAGE = (
    D("due", date, "Due", "到期日"),
    D("as_printed", str, "Time as printed", "時限原文"),
    D("promised", str, "What is promised for it", "該日承諾"),
    D("standing", str, "Standing", "進展"),
    D("begins", bool, "Begins", "只屬開始", "Whether it is only to begin by then."),
    D("told", str, "Told as done", "說已完成的文字", "Words of a report, as a machine reads them."),
    D("told_spans", SPANS, "Where these stand", "該文字範圍", "In the item's document; none where another reports it."),
    D("reason", str, "Reason", "理由"),
)

STANDING = (
    D("item", ENTRY, "Item", "項目"),
    D("standing", str, "Standing", "進展", "At the day asked for."),
    D("due", date, "Due", "到期日"),
    D("days", int, "Days left", "尚餘日數", "Below zero since it was due."),
    D("promised", str, "What is promised for the day", "該日承諾"),
    D("reasons", [str], "Reasons", "理由"),
    D("stages", [STAGE], "Every day promised", "每個承諾日子"),
    D("thread", str, "Thread", "沿革編號"),
    D("restated", bool, "Restated later", "其後重述", "A later edition speaks for it now."),
)

THREAD = (
    D("step", int, "Step", "次序", "From 1, oldest first."),
    *STANDING,
    D("slipped", int, "Days moved in all", "累計延後日數"),
    D("moved", int, "Days moved", "延後日數", "Against the step it follows."),
    D("follows", [str], "Follows", "承接", "Item ids."),
)

MEASURED = (
    D("item", ENTRY, "Item", "項目"),
    D("promised_on", date, "Promised by", "承諾日期", "The latest day on which it can have been set."),
    D("reported", str, "Status as printed", "狀況原文"),
    D("narrative", str, "What was reported", "匯報內容"),
    D("attainment", ATTAINMENT, "Attainment", "達標程度"),
    D("figures", [FIGURE], "Every figure promised", "每項承諾數字"),
    D("assessment", ASSESSMENT, "Assessment", "評估"),
)

SHOWN = (
    D("id", str, "Measure id", "措施編號"),
    D("document", str, "Measure's document", "措施文件"),
    D("text", str, "Measure's words", "措施原文"),
    D("line_start", int, "Measure's first line", "措施首行"),
    D("line_end", int, "Measure's last line", "措施末行"),
    D("page", int, "Measure's page", "措施頁"),
    *READING,
)

_PRINTED = (
    D("item", str, "Item", "項目", "Its id."),
    D("document", str, "Document id", "文件編號"),
    D("words", str, "Words", "原文", "None where it says nothing of it."),
    D("line_start", int, "First line", "首行"),
    D("line_end", int, "Last line", "末行"),
    D("spans", SPANS, "Spans", "文字範圍"),
)

PAIR = (
    D("one", [str], "In one edition", "其一", "Ids of items; two where the other edition prints them as one."),
    D("other", [str], "In the other", "其二"),
    D("score", float, "Fit", "吻合度", "0 to 1."),
    D("sure", bool, "Sure", "確定", "False where another item fits nearly as well, or little speaks for it."),
    D("discrepancies", int, "Discrepancies", "差異數目"),
)

DISCREPANCY = (
    D("code", str, "Differs in", "差異", "date, figure, body, status, missing, number, kind or order."),
    D("what", str, "How", "說明"),
    D("sure", bool, "Sure", "確定", "False where the reading of one edition may be at fault."),
    D("one", _PRINTED, "One edition", "其一", "None where it has no such item."),
    D("other", _PRINTED, "The other", "其二", "None where it has no such item."),
)
