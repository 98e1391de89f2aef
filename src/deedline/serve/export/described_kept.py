"""The columns of what the register keeps: documents, items, links, verdicts, doubts, lines, evidence, decisions."""

from __future__ import annotations

from datetime import date

from deedline.serve.export.described_parts import ASSESSMENT, ATTAINMENT, DOCUMENT_KEYS, QUANTITY, READING, SOURCE, D

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
