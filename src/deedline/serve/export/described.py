"""The one table of columns: name, type, title in English and in Chinese, what it holds. See `columns`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Described:
    """A column. `type` is a plain type, a list of one type, or a tuple of columns (an object)."""

    name: str
    type: Any
    en: str
    zh: str
    note: str = ""


D = Described
SPANS = [[int]]  # pairs of first and end offset

QUANTITY = (
    D("as_printed", str, "Figure as printed", "原文數字"),
    D("comparator", str, "Comparator", "比較符號", "=, ~, >=, >, <= or <."),
    D("value", float, "Value", "數值", "Percentages are ratios (20% is 0.2); money is in dollars."),
    D("unit", str, "Unit", "單位", "ratio, an ISO 4217 code, or the counter as printed."),
    D("basis", str, "Basis", "性質", "baseline, target, actual, change or context."),
    D("per", str, "Per", "每", "What it repeats over: year, month and so on."),
)

ATTAINMENT = (
    D("baseline", float, "Baseline", "基線"),
    D("target", float, "Target", "目標"),
    D("actual", float, "Reported figure", "匯報數字"),
    D("share", float, "Attained share", "達標比例", "1 where the target is reached."),
    D("lower_is_better", bool, "Lower is better", "愈低愈好"),
)

FIGURE = (
    D("promised", str, "Promised as printed", "承諾數字原文"),
    D("reported", str, "Reported as printed", "匯報數字原文"),
    *ATTAINMENT,
)

ASSESSMENT = (
    D("as_of", date, "Assessed at", "評估日期"),
    D("verdict", str, "Computed verdict", "計算結論", "What figures and dates bear out, beside the official status."),
    D("disagrees", bool, "Disagrees with the status", "與官方狀況不符"),
    D("late", bool, "Late", "到期而未見報告說已完成", "Due, and nothing of the report says it is done."),
    D("told", str, "Told as done", "說已完成的文字", "Words of the report, as a machine reads them."),
    D("told_spans", SPANS, "Where these stand", "該文字範圍"),
    D("elapsed", float, "Elapsed part of the time", "已過時間比例"),
    D("reasons", [str], "Reasons", "理由"),
)

READING = (
    D(
        "anchor",
        str,
        "Anchor",
        "錨點",
        "What the file calls its place: a cell (Sheet!B7, B7), or an id.",
    ),
    D(
        "confidence",
        float,
        "OCR confidence",
        "辨識可信度",
        "0 to 1, of its least sure line; empty where it was printed.",
    ),
    D("unsure", bool, "OCR unsure", "辨識存疑", "Less than reading takes for sure; empty where it was printed."),
)

SOURCE = (
    D("line_start", int, "First line", "首行", "From 1, in the document's text."),
    D("line_end", int, "Last line", "末行"),
    D("char_start", int, "First character", "首字位置", "Offset from 0 in the document's text."),
    D("char_end", int, "End of characters", "末字位置", "Offset after the last character."),
    D("page", int, "Page", "頁"),
    D("spans", SPANS, "Spans", "文字範圍", "Where the words stand: first and end offset of each run."),
    *READING,
)

DOCUMENT_KEYS = (
    D("document", str, "Document", "文件", "The name of its file."),
    D("document_id", str, "Document id", "文件編號"),
)

ITEM = (
    D("id", str, "Id", "編號", "Lasting: the same when the document is read again."),
    *DOCUMENT_KEYS,
    D("kind", str, "Kind", "類別", "measure, indicator, recommendation or proposal."),
    D("number", str, "Number", "項號", "As printed."),
    D("part", int, "Part", "分項"),
    D("batch", str, "Batch", "批次", "new or carried."),
    D("text", str, "Words", "原文", "As printed, without the bodies that close them."),
    D("path", [str], "Headings", "章節", "Above it, outermost first."),
    D(
        "bodies",
        [
            (
                D("id", str, "Body id", "機構編號", "Empty where no one body is named."),
                D("name_zh", str, "Body", "負責機構"),
                D("role", str, "Role", "角色", "lead, joint, inherited or mentioned."),
                D("as_printed", str, "Body as printed", "機構原文"),
            )
        ],
        "Bodies",
        "負責機構",
    ),
    D("source", SOURCE, "Source", "出處"),
    D(
        "deadlines",
        [
            (
                D("as_printed", str, "Deadline as printed", "期限原文"),
                D("kind", str, "How it binds", "期限類別", "by, in, from, during or each."),
                D("earliest", date, "Earliest day", "最早日期"),
                D("latest", date, "Latest day", "最遲日期"),
                D("precision", str, "Precision", "精度", "day, month, quarter, half, year and so on; vague."),
            )
        ],
        "Deadlines",
        "期限",
    ),
    D("due", date, "Due", "到期日", "The last day by which it is to be delivered, or to have begun."),
    D("quantities", [QUANTITY], "Figures promised", "承諾數字"),
    D(
        "report",
        (
            D("as_of", date, "Reported at", "匯報日期"),
            D("status", str, "Official status", "官方狀況", "Coded."),
            D("as_printed", str, "Status as printed", "狀況原文"),
            D("narrative", str, "What was reported", "匯報內容"),
            D("figures", [QUANTITY], "Figures reported", "匯報數字"),
        ),
        "Report",
        "進度匯報",
    ),
    D("attainment", ATTAINMENT, "Attainment", "達標程度"),
    D("assessment", ASSESSMENT, "Assessment", "評估"),
    D(
        "names",
        [(D("as_printed", str, "Name as printed", "名稱原文"), D("kind", str, "Kind of name", "名稱類別"))],
        "Names",
        "計劃及法例名稱",
    ),
    D("parent", str, "Part of", "所屬項目", "The id of the item that it is a part of."),
    D("lead_in", str, "Opening words", "引言"),
)

LINK = (
    D("from", str, "From item", "由項目", "The later item, or the proposal."),
    D("to", str, "To item", "至項目", "The earlier item, or the measure."),
    D("relation", str, "Relation", "關係", "same, next, related, answers or partly."),
    D("score", float, "Score", "分數", "The machine's probability."),
    D("origin", str, "Origin", "來源", "machine, assistant or person."),
    D("state", str, "State", "狀態", "suggested, accepted or rejected."),
    D("sure", bool, "Stated without review", "毋須覆核"),
    D("why", [str], "Why", "理由"),
)

VERDICT = (
    D("item", str, "Proposal", "建議", "Its item id."),
    D("against", str, "Against edition", "對照文件", "A document id."),
    D("verdict", str, "Verdict", "結果", "adopted, partly, in_hand or none (nothing found)."),
    D("sure", bool, "Without review", "毋須覆核"),
    D("links", [str], "Measures that show it", "顯示措施", "Item ids."),
    D("already_there", [str], "There before", "早已存在", "Those of them promised before the proposal."),
)

DOCUMENT = (
    D("id", str, "Id", "編號"),
    D("name", str, "File name", "檔名"),
    D("title", str, "Title", "標題"),
    D("publisher", str, "Publisher", "發布者"),
    D("date", date, "Date", "日期", "Its first possible day."),
    D("date_precision", str, "Date known to the", "日期精度", "day, month or year."),
    D("series", str, "Series", "系列"),
    D("edition", str, "Edition", "版次"),
    D("kind", str, "Kind", "類別", "commitments, submission or unknown."),
    D("language", str, "Language", "語言"),
    D("jurisdiction", str, "Jurisdiction", "管轄地"),
    D("guessed", [str], "Guessed fields", "推斷欄位", "Fields that no person has confirmed."),
    D("edited", [str], "Edited fields", "人手更正欄位"),
    D("characters", int, "Characters", "字數"),
    D("media_type", str, "Media type", "媒體類型"),
    D("sha256", str, "SHA-256", "雜湊值", "Of the original bytes."),
    D(
        "items",
        (
            D("measure", int, "Measures", "措施"),
            D("indicator", int, "Indicators", "指標"),
            D("recommendation", int, "Recommendations", "建議項"),
            D("proposal", int, "Proposals", "建議"),
        ),
        "Items",
        "項目數目",
    ),
    D("issues", int, "Open doubts", "待核事項"),
)

ISSUE = (
    D("id", str, "Id", "編號"),
    *DOCUMENT_KEYS,
    D("item", str, "Item", "項目"),
    D("line", int, "Line", "行"),
    D("code", str, "Code", "代碼"),
    D("message", str, "Message", "說明"),
)

LINE = (
    *DOCUMENT_KEYS,
    D("line", int, "Line", "行", "From 1."),
    D("role", str, "What it became", "用途"),
    D("rule", str, "Rule", "規則"),
    D("items", [str], "Items", "項目", "Ids of the items on it."),
)

EVIDENCE = (
    D("item", str, "Item", "項目", "Its id."),
    *DOCUMENT_KEYS,
    D("value", str, "What it proves", "所證", "item, deadline, body, quantity, name, status, report or figure."),
    D("as_printed", str, "Words", "原文"),
    D("start", int, "First character", "首字位置", "Offset from 0 in the document's text; one row a run of words."),
    D("end", int, "End", "末字位置"),
    D("line_start", int, "Item's first line", "項目首行"),
    D("line_end", int, "Item's last line", "項目末行"),
    D("page", int, "Page", "頁"),
    *READING,
)

DECISION = (
    D("kind", str, "Kind", "類別", "correction (of a value), settlement (of a doubt) or judgement (of a link)."),
    D("at", str, "When", "時間", "A moment as ISO 8601 writes it."),
    D("by", str, "Who", "經手人"),
    D("why", str, "Reason", "理由"),
    *DOCUMENT_KEYS,
    D(
        "item",
        str,
        "Item",
        "項目",
        "Its id; of a link, the item that it leads from; empty where a doubt is about none.",
    ),
    D("to", str, "To item", "至項目", "Of a judgement: the item that the link leads to."),
    D("issue", str, "Doubt", "待核事項", "Of a settlement: the id of the doubt."),
    D(
        "what",
        str,
        "What of it",
        "裁定對象",
        "The field corrected, the code of the doubt, or the relation of the link.",
    ),
    D("of", str, "Which", "所指", "Which body, deadline or figure of several; empty where there is one."),
    D("read", str, "What was read", "系統讀取", "In words; empty where nothing was."),
    D(
        "value",
        str,
        "What holds",
        "裁定",
        "The value, or resolved, dismissed, accepted, rejected; empty where withdrawn.",
    ),
)

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

_SHOWN = (
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

DESCRIBED: Mapping[str, tuple[Described, ...]] = {
    "items": ITEM,
    "links": LINK,
    "verdicts": VERDICT,
    "documents": DOCUMENT,
    "issues": ISSUE,
    "lines": LINE,
    "evidence": EVIDENCE,
    "decisions": DECISION,
    "relations": (*LINK, D("source", ENTRY, "From", "由"), D("target", ENTRY, "To", "至")),
    "standings": STANDING,
    "threads": THREAD,
    "indicators": MEASURED,
    "adoption": (
        *VERDICT,
        D("proposal", ENTRY, "Proposal", "建議"),
        D("measures", [_SHOWN], "Measures that show it", "顯示措施"),
    ),
    "pairs": PAIR,
    "discrepancies": DISCREPANCY,
}
