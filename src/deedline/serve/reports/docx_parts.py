"""What a DOCX needs that python-docx has no door to: fonts for ideographs, language, fields, heads that repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.table import Table as Made
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph as Written

LATIN, IDEOGRAPHS = "Arial", "Microsoft JhengHei"
TABLE_TEXT = "TableText"  # the id of the style that `set_styles` adds
_SIZES = {"Normal": 10, "Title": 20, "Subtitle": 11, "Heading 1": 14, "Heading 2": 11.5, "Caption": 9, "Table Text": 8}


def set_styles(document: Document) -> None:
    """One pair of fonts, black on white, sizes that suit a report, and a style for the text of tables."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    document.styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
    for name in (*_SIZES, "Intense Quote"):
        style: ParagraphStyle = document.styles[name]
        _set_fonts(style)
        style.font.color.rgb = RGBColor(0, 0, 0)
        if name in _SIZES:
            style.font.size = Pt(_SIZES[name])
    tight = document.styles["Table Text"].paragraph_format
    tight.space_after = tight.space_before = Pt(0)
    for name in ("Intense Quote", "Subtitle"):
        document.styles[name].font.bold = document.styles[name].font.italic = False


def _set_fonts(style: ParagraphStyle) -> None:
    """Named fonts for each kind of letter, instead of the template's theme."""
    from docx.oxml.ns import qn

    style.font.name = LATIN
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    fonts.set(qn("w:eastAsia"), IDEOGRAPHS)


def set_language(document: Document, tag: str) -> None:
    """The language of the text: of Latin letters and of ideographs, as the template's defaults hold it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if defaults is None:
        return
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        defaults.append(language)
    language.set(qn("w:val"), tag if tag.startswith("en-") else "en-HK")
    language.set(qn("w:eastAsia"), "zh-HK")


def add_field(written: Written, code: str, shown: str = "1") -> None:
    """A field that the reader's program fills, with what is shown until it does."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = shown
    run.append(text)
    field.append(run)
    written._p.append(field)


def repeat_head(made: Made) -> None:
    """Let the first row stand at the head of every page, and no row break over two."""
    from docx.oxml import OxmlElement

    for number, row in enumerate(made.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))


def shade(cell: _Cell) -> None:
    """The grey ground of a head."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    ground = OxmlElement("w:shd")
    ground.set(qn("w:val"), "clear")
    ground.set(qn("w:color"), "auto")
    ground.set(qn("w:fill"), "E4E4E4")
    cell._tc.get_or_add_tcPr().append(ground)
