"""Files that mean harm, made here one by one: none is kept in the repository."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

from tests.soak.mutate_pdf import stream, written

MILLION = 1_000_000
ROOM = "w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
DOCBOOK = "<article xmlns='http://docbook.org/ns/docbook'{more}>{body}</article>"


@dataclass(frozen=True)
class Outside:
    """What a file must never reach: a file's address, one on the network, and the word that both would give."""

    file: str
    web: str
    word: str = "OUTSIDE"


@dataclass(frozen=True)
class Shape:
    """A file's name, how it is made, and what reading it tells: a pattern of the error, "" where it is read; one that
    begins with "|" where it may be either, as engines differ."""

    name: str
    make: Callable[[Outside], bytes]
    error: str = ""


def packed(members: dict[str, bytes], kind: int = ZIP_DEFLATED) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", kind) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def word(body: str, **more: bytes) -> bytes:
    text = f"<{ROOM}><w:body>{body}</w:body></w:document>".encode()
    return packed({"word/document.xml": text, **{name.replace("__", "/"): data for name, data in more.items()}})


def run(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def overlapping() -> bytes:
    """One packed member that ten thousand entries of the archive's list all point to."""
    data = packed({"word/document.xml": b"<a>" + b" " * MILLION + b"</a>"})
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry, count = data[start:end], 9_000
    many = b"".join(entry.replace(b"word/document.xml", b"word/d%07d.xml" % n) for n in range(count))
    return (
        data[:start]
        + entry
        + many
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9001, 9001, len(entry + many), start, 0)
    )


def lying_sizes() -> bytes:
    """An archive that claims a hundred bytes for a member of forty million."""
    data = bytearray(packed({"word/document.xml": b"<a>" + bytes(range(32, 127)) * 400_000 + b"</a>"}))
    place = data.index(b"PK\x01\x02")
    data[place + 24 : place + 28] = (100).to_bytes(4, "little")
    return bytes(data)


def a_link() -> bytes:
    """An archive whose document is a link to a file outside."""
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        link = ZipInfo("word/document.xml")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "../../../../../../etc/hostname")
    return held.getvalue()


def out_of_the_folder(outside: Outside) -> bytes:
    """An archive with members and relationships that lead out of it."""
    related = "".join(
        f"<Relationship Id='r{n}' Type='x/header' Target='{target}'/>"
        for n, target in enumerate(
            ("../../../../etc/hostname", "/etc/hostname", outside.file, outside.web, "..\\a", "")
        )
    )
    return packed(
        {
            "word/document.xml": f"<{ROOM}><w:body>{run('推出計劃')}</w:body></w:document>".encode(),
            "word/_rels/document.xml.rels": f"<Relationships>{related}</Relationships>".encode(),
            "../../../../tmp/deedline-outside": b"OUTSIDE",
            "/tmp/deedline-outside": b"OUTSIDE",
            "C:\\deedline-outside": b"OUTSIDE",
        }
    )


def one_header_over_and_over(target: str) -> bytes:
    related = "".join(f"<Relationship Id='r{n}' Type='x/header' Target='{target}'/>" for n in range(20_000))
    header = f"<{ROOM}>{run('眉' * 300)}</w:document>".encode()
    return packed(
        {
            "word/document.xml": f"<{ROOM}><w:body>{run('推出計劃')}</w:body></w:document>".encode(),
            "word/header1.xml": header,
            "word/_rels/document.xml.rels": f"<Relationships>{related}</Relationships>".encode(),
        }
    )


def laughs(form: str) -> str:
    """A declaration of entities, each ten of the one before."""
    levels = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
    return f"<!DOCTYPE {form} [<!ENTITY l0 'ha'>{levels}]>"


def docbook(body: str, before: str = "", more: str = "") -> bytes:
    return (before + DOCBOOK.format(body=body, more=more)).encode()


def external(outside: Outside, form: str, address: str) -> str:
    return f"<!DOCTYPE {form} [<!ENTITY x SYSTEM '{getattr(outside, address)}'>]>"


def parameters(outside: Outside, form: str) -> str:
    return f"<!DOCTYPE {form} SYSTEM '{outside.web}' [<!ENTITY % p SYSTEM '{outside.web}'> %p;]>"


def pdf(
    words: bytes = b"BT /F 12 Tf 72 700 Td (Launch the plan.) Tj ET",
    *,
    kids: bytes = b"3 0 R",
    count: int = 1,
    catalog: bytes = b"",
    page: bytes = b"",
    entries: bytes = b"",
    extra: dict[int, bytes] | None = None,
) -> bytes:
    """A page of Helvetica, with what is to be wrong about it."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R "
        b"/Resources << /Font << /F 4 0 R >> /XObject << /X 6 0 R >> >> %s >>" % page,
        4: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 7 0 R >>",
        5: stream(words, entries),
    }
    return written(objects | (extra or {}))


def lying_font(shift: int) -> bytes:
    """A font whose own table says that its letters are other characters."""
    pairs = b"".join(b"<%02x> <%04x>\n" % (code, code + shift) for code in range(32, 127))
    table = (
        b"/CIDInit /ProcSet findresource begin begincmap /CMapType 2 def\n1 begincodespacerange <00> <ff> "
        b"endcodespacerange\n95 beginbfchar\n" + pairs + b"endbfchar endcmap end"
    )
    return pdf(b"BT /F 12 Tf 72 700 Td (Launch the plan of the town by 2032.) Tj ET", extra={7: stream(table)})


def actions(outside: Outside) -> bytes:
    """All that may start something as a file is opened: scripts, programs, addresses, files inside."""
    web = outside.web.encode()
    catalog = (
        b"/OpenAction << /S /JavaScript /JS (app.launchURL\\('%s'\\)) >> /AA << /WC << /S /Launch /F (/bin/true) >> >> "
        b"/Names << /EmbeddedFiles << /Names [(a) << /F (a) /EF << /F 6 0 R >> >>] >> >>" % web
    )
    page = (
        b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 612 792] /A << /S /URI /URI (%s) >> >>] "
        b"/AA << /O << /S /GoToR /F (%s) >> >>" % (web, web)
    )
    return pdf(catalog=catalog, page=page, extra={6: stream(b"OUTSIDE")})


def bomb_of_streams(filters: int, size: int) -> bytes:
    """A page's words packed over and over, `size` bytes of spaces in the innermost."""
    words = b"BT /F 12 Tf 72 700 Td (Launch the plan.) Tj ET " + b" " * size
    for _ in range(filters):
        words = zlib.compress(words, 9)
    return pdf(words, entries=b"/Filter [%s]" % (b"/FlateDecode " * filters))


def bomb_of_objects() -> bytes:
    """An object stream that claims a thousand million objects in two hundred million bytes."""
    held = zlib.compress(b"9 0 " * 50 * MILLION, 9)
    body = stream(held, b"/Type /ObjStm /N 1000000000 /First 199999999 /Filter /FlateDecode")
    return pdf(extra={8: body, 9: b"null"}, catalog=b"/Extends 8 0 R")


def locked(data: bytes) -> bytes:
    """Encrypted as no reader knows how."""
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Odd /V 9 >> /ID [<00> <00>]")


def sheet(cells: str, shared: bytes = b"<sst/>") -> bytes:
    """A workbook of one sheet, its cells as they stand in its XML."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet_data = f"<worksheet xmlns='{main}'><sheetData>{cells}</sheetData></worksheet>"
    return packed(
        {
            "xl/workbook.xml": f"<workbook xmlns='{main}' xmlns:r='{office}'><sheets>"
            "<sheet name='a' sheetId='1' r:id='r1'/></sheets></workbook>".encode(),
            "xl/_rels/workbook.xml.rels": f"<Relationships><Relationship Id='r1' Type='{office}/worksheet' "
            f"Target='worksheets/sheet1.xml'/><Relationship Id='r2' Type='{office}/sharedStrings' "
            "Target='sharedStrings.xml'/></Relationships>".encode(),
            "xl/worksheets/sheet1.xml": sheet_data.encode(),
            "xl/sharedStrings.xml": shared,
        }
    )


def inline(place: str, words: str) -> str:
    return f"<c r='{place}' t='inlineStr'><is><t>{words}</t></is></c>"


def _span(name: str, value: str) -> str:
    return f"<w:tc><w:tcPr><w:{name} w:val='{value}'/></w:tcPr>{run('甲')}</w:tc>"


_MEASURE = "在2032年內推出計劃。(房屋署)\n"
_PAGE = "<html><body><p>推出計劃</p>{}</body></html>"
SHAPES: dict[str, Shape] = {
    # packed files
    "a bomb of one member": Shape(
        "a.docx",
        lambda _: packed({"word/document.xml": b" " * 200 * MILLION}),
        "unpacks to more than 500 times its size",
    ),
    "a member within a tenth of the ratio": Shape(
        "a.docx", lambda _: packed({"word/document.xml": bytes(range(32, 127)) * 400_000}), "unpacks to more than"
    ),
    "a bomb inside a packed file inside": Shape(
        "a.docx", lambda _: word(run("推出計劃"), word__b=packed({"c": packed({"d": b" " * 50 * MILLION})}))
    ),
    "members that overlap": Shape("a.docx", lambda _: overlapping(), "(cannot be unpacked|holds no text|Overlapped)"),
    "ten thousand and one members": Shape(
        "a.docx",
        lambda _: packed({"word/document.xml": b"", **{str(n): b"" for n in range(10_001)}}),
        "more than 10,000",
    ),
    "sizes that lie": Shape("a.docx", lambda _: lying_sizes(), "(cannot be unpacked|unpacks to more than)"),
    "packed in an unusual way": Shape(
        "a.docx", lambda _: packed({"word/document.xml": b"<a/>"}, ZIP_BZIP2), "packed in an unusual way"
    ),
    "a member that is a link": Shape("a.docx", lambda _: a_link(), "not well-formed"),
    "paths out of the folder": Shape("a.docx", out_of_the_folder),
    "relationships in a circle": Shape(
        "a.docx", lambda _: one_header_over_and_over("document.xml"), "|unpacks to more"
    ),
    "one header twenty thousand times": Shape("a.docx", lambda _: one_header_over_and_over("header1.xml"), "|unpacks"),
    "cut in half": Shape("a.docx", lambda _: word(run("計劃") * 100)[:-60], "damaged"),
    # Word
    "a million runs": Shape(
        "a.docx", lambda _: word("<w:p>" + "<w:r><w:t>甲</w:t></w:r>" * MILLION + "</w:p>"), "(unpacks|elements)"
    ),
    "two hundred thousand runs": Shape(
        "a.docx", lambda _: word("<w:p>" + "<w:r><w:t>甲</w:t></w:r>" * 200_000 + "</w:p>")
    ),
    "a row that claims a hundred thousand columns a cell": Shape(
        "a.docx",
        lambda _: word("<w:tbl><w:tr>" + _span("gridSpan", "99999") * 55_000 + "</w:tr></w:tbl>"),
        "characters",
    ),
    "tables in tables": Shape(
        "a.docx", lambda _: word("<w:tbl><w:tr><w:tc>" * 50 + run("甲") + "</w:tc></w:tr></w:tbl>" * 50), "deep"
    ),
    "paragraphs in paragraphs": Shape(
        "a.docx", lambda _: word("<w:p>" * 100_000 + "</w:p>" * 100_000), "(deep|depth|well-formed)"
    ),
    "entities in Word": Shape(
        "a.docx",
        lambda _: packed({"word/document.xml": f"{laughs('a')}<{ROOM}>{run('&l9;')}</w:document>".encode()}),
        "(entities|amplification|well-formed)",
    ),
    "a file outside, from Word": Shape(
        "a.docx",
        lambda out: packed({"word/document.xml": f"{external(out, 'a', 'file')}<a>&x;</a>".encode()}),
        "declares entities",
    ),
    # XML
    "a thousand million laughs": Shape(
        "a.xml", lambda _: docbook("<para>&l9;</para>", laughs("article")), "(entities|ampl)"
    ),
    "one entity very often": Shape(
        "a.dbk",
        lambda _: docbook("<para>" + "&x;" * 50_000 + "</para>", f"<!DOCTYPE article [<!ENTITY x '{'a' * 50_000}'>]>"),
        "(entities|ampl)",
    ),
    "a file outside": Shape(
        "a.xml", lambda out: docbook("<para>&x;計劃</para>", external(out, "article", "file")), "declares entities"
    ),
    "an address outside": Shape(
        "a.xml", lambda out: docbook("<para>&x;計劃</para>", external(out, "article", "web")), "declares entities"
    ),
    "parameters from outside": Shape(
        "a.xml", lambda out: docbook("<para>計劃</para>", parameters(out, "article")), "declares entities"
    ),
    "a declaration outside": Shape(
        "a.xml", lambda out: docbook("<para>推出計劃</para>", f"<!DOCTYPE article SYSTEM '{out.web}'>")
    ),
    "parts to be included": Shape(
        "a.xml",
        lambda out: docbook(
            f"<para>計劃</para><xi:include href='{out.file}' parse='text'/><xi:include href='{out.web}'/>",
            more=" xmlns:xi='http://www.w3.org/2001/XInclude'",
        ),
    ),
    "a style sheet to be run": Shape(
        "a.xml",
        lambda out: docbook(
            "<para>推出計劃</para>", f"<?xml version='1.0'?><?xml-stylesheet type='text/xsl' href='{out.web}'?>"
        ),
    ),
    "elements a hundred thousand deep": Shape(
        "a.xml", lambda _: docbook("<section>" * 100_000 + "</section>" * 100_000), "(deep|depth)"
    ),
    "a million attributes": Shape(
        "a.xml",
        lambda _: docbook("<para " + " ".join(f"a{n}=''" for n in range(MILLION)) + ">計劃</para>"),
        "|limit exceeded|well-formed",
    ),
    "a name of ten million letters": Shape(
        "a.xml", lambda _: docbook(f"<{'a' * 10 * MILLION}/>"), "limit exceeded|well-formed|huge"
    ),
    "XML in UTF-7": Shape(
        "a.xml", lambda _: docbook("<para>+AGE-</para>", "<?xml version='1.0' encoding='UTF-7'?>"), "|well-formed"
    ),
    "XML in UTF-16": Shape(
        "a.xml",
        lambda _: docbook("<para>推出計劃</para>", "<?xml version='1.0' encoding='utf-16'?>").decode().encode("utf-16"),
    ),
    # web pages
    "a page a hundred thousand deep": Shape(
        "a.html", lambda _: _PAGE.format("<div>" * 100_000).encode(), "(deep|depth)"
    ),
    "a page on one line of fifty million": Shape(
        "a.html", lambda _: _PAGE.format("<p>計劃</p>" * 4 * MILLION).encode(), "marked-up text is read up to"
    ),
    "a page on one line of thirty million": Shape(
        "a.html", lambda _: _PAGE.format("a" * 30 * MILLION).encode(), "|(characters|huge|well-formed|bytes)"
    ),
    "a million elements": Shape("a.html", lambda _: _PAGE.format("<p>a" * 1_100_000).encode(), "1,000,000 elements"),
    "cells that reach everywhere": Shape(
        "a.html",
        lambda _: _PAGE.format("<table>" + "<tr><td rowspan=999 colspan=999>甲" * 20_000 + "</table>").encode(),
        "|characters|bytes of text|MiB of memory",
    ),
    "a page that asks for the world": Shape(
        "a.html",
        lambda out: _PAGE.format(
            f"<script src='{out.web}'></script><img src='{out.web}'><link rel=stylesheet href='{out.web}'>"
            f"<iframe src='{out.file}'></iframe><object data='{out.web}'></object><base href='{out.web}'>"
            f"<meta http-equiv=refresh content='0;url={out.web}'>"
        ).encode(),
    ),
    "a page that declares a file": Shape(
        "a.html", lambda out: (external(out, "html", "file") + _PAGE.format("<p>&x;</p>")).encode()
    ),
    "a page with NUL bytes": Shape("a.html", lambda _: _PAGE.format("<p>甲\0乙</p><\0p>").encode(), "|NUL"),
    "a page with tags that no name can hold": Shape(
        "a.html", lambda _: _PAGE.format("<nav>甲<li\x1a<a>乙</a></li\x1a></nav><p\x01>丙</p>").encode()
    ),
    "a page in two encodings": Shape(
        "a.html", lambda _: "<meta charset=big5><p>計劃</p>".encode() + "<p>房屋</p>".encode("big5"), "|encoding|UTF-8"
    ),
    # texts
    "text with NUL bytes": Shape("a.txt", lambda _: b"a\0b", "NUL"),
    "text in two encodings": Shape(
        "a.txt", lambda _: (_MEASURE * 9).encode() + (_MEASURE * 9).encode("big5"), "|UTF-8"
    ),
    "two marks of byte order": Shape("a.txt", lambda _: b"\xef\xbb\xbf\xef\xbb\xbf" + _MEASURE.encode()),
    "a mark of byte order and half a character": Shape("a.txt", lambda _: b"\xff\xfeabc", "broken at byte"),
    "a mark that lies": Shape("a.txt", lambda _: b"\xff\xfe\x00\x00" + _MEASURE.encode(), "broken at byte"),
    "a name that leads elsewhere": Shape("../../../etc/a.txt", lambda _: _MEASURE.encode()),
    "a name with all that names cannot hold": Shape("a\n\0\udcff\\..\\b.html", lambda _: _PAGE.format("").encode()),
    # PDF
    "a million pages": Shape("a.pdf", lambda _: pdf(kids=b"3 0 R " * MILLION, count=MILLION), "1,000,000 pages"),
    "a claim of a million pages": Shape("a.pdf", lambda _: pdf(count=MILLION), "1,000,000 pages"),
    "pages in a circle": Shape("a.pdf", lambda _: pdf(kids=b"2 0 R 3 0 R 2 0 R", count=3), "|page"),
    "pages that are their own parents": Shape(
        "a.pdf",
        lambda _: pdf(kids=b"6 0 R", extra={6: b"<< /Type /Pages /Parent 6 0 R /Kids [2 0 R] /Count 1 >>"}),
        "|page",
    ),
    "a drawing that draws itself": Shape(
        "a.pdf",
        lambda _: pdf(
            b"BT /F 12 Tf 72 700 Td (Launch the plan.) Tj ET /X Do",
            extra={
                6: stream(
                    b"/X Do",
                    b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
                )
            },
        ),
        "|parser ended",
    ),
    "a stream of two hundred million spaces": Shape(
        "a.pdf", lambda _: bomb_of_streams(1, 200 * MILLION), "|parser|memory"
    ),
    "a stream packed ten times": Shape("a.pdf", lambda _: bomb_of_streams(10, 50 * MILLION), "|no text|parser|memory"),
    "an object stream that claims a thousand million": Shape("a.pdf", lambda _: bomb_of_objects(), "|parser|memory"),
    "an array a hundred thousand deep": Shape(
        "a.pdf", lambda _: pdf(catalog=b"/A " + b"[" * 100_000), "|damaged|parser"
    ),
    "letters of private use": Shape("a.pdf", lambda _: lying_font(0xE000), "fonts do not say"),
    "letters of half a pair": Shape("a.pdf", lambda _: lying_font(0xD800), "fonts do not say|no text"),
    "letters that are others": Shape("a.pdf", lambda _: lying_font(1)),
    "scripts, programs and addresses": Shape("a.pdf", actions),
    "a PDF cut in half": Shape("a.pdf", lambda _: pdf()[:200], "damaged|pages"),
    "a PDF locked oddly": Shape("a.pdf", lambda _: locked(pdf()), "locked|damaged"),
    # sheets
    "a workbook of two hundred million spaces": Shape(
        "a.xlsx", lambda _: sheet(" " * 200 * MILLION), "500 times its size"
    ),
    "cells at the ends of the sheet": Shape(
        "a.xlsx",
        lambda _: sheet(
            f"<row r='1'>{inline('A1', '措施')}</row><row r='1048576'>{inline('XFD1048576', '推出計劃')}</row>"
        ),
        "|columns|cells|rows",
    ),
    "cells beyond the sheet": Shape(
        "a.xlsx",
        lambda _: sheet(f"<row r='99999999999'>{inline('ZZZZZZZ99999999999', '推出')}</row>"),
        "|column|row|cell",
    ),
    "entities in a workbook": Shape(
        "a.xlsx",
        lambda out: sheet(
            "<row r='1'><c r='A1' t='s'><v>0</v></c></row>", f"{external(out, 'sst', 'file')}<sst>&x;</sst>".encode()
        ),
        "entities|no sheet of it holds",
    ),
    "a million columns": Shape("a.csv", lambda _: b"a," * MILLION, "|columns|cells"),
    "a quotation without an end": Shape("a.csv", lambda _: b'a,b\n"' + b"c,d\n" * MILLION, "|quot|characters|cell"),
}
