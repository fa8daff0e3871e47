"""The Word file as LibreOffice shows it: every section, every caption, header rows on every page."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from integratie_eval.render import Material
from integratie_eval.render.document import ChartPlace, Heading, Table, document_of, flat, plain
from integratie_eval.render.templates import load_templates
from tests.helpers import clienten, reported, trajecten, write_xlsx

pytest.importorskip("docx", reason="the extra 'word' is not installed")
OFFICE, TO_TEXT = shutil.which("soffice"), shutil.which("pdftotext")
pytestmark = pytest.mark.skipif(
    OFFICE is None or TO_TEXT is None, reason="LibreOffice (soffice) or pdftotext is not installed"
)

from integratie_eval.render.word import word_of  # noqa: E402
from tests.unit.test_word import CHARTS, DAY  # noqa: E402

LONG = "\n\n## Lang {#lang}\n\nTabel 999: Lange tabel\n\n| naam | kolomkop |\n| --- | ---: |\n" + "".join(
    f"| regel {number} | {number} |\n" for number in range(90)
)
PICTURE = '\n\n![Twee mensen.](grafiek-mensen.svg "Grafiek 1: Mensen in beeld")\n'


def shown(docx: Path) -> str:
    """The text of the pages, with a form feed after each."""
    profile = (docx.parent / "profiel").as_uri()
    subprocess.run(
        [str(OFFICE), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", docx.name],
        cwd=docx.parent, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pdf = docx.with_suffix(".pdf")
    done = subprocess.run([str(TO_TEXT), "-layout", str(pdf), "-"], check=True, capture_output=True)
    return done.stdout.decode()


def test_office_shows_every_section_and_caption_and_number(tmp_path: Path) -> None:
    sheets = {"Cliënten": clienten({}, {"trede": 2}), "Trajecten": trajecten({})}
    report = reported(write_xlsx(tmp_path / "2019-Q4.xlsx", sheets), municipality="Duin & Zee")
    blocks = document_of(Material(report).text + LONG + PICTURE, load_templates().parser)
    path = tmp_path / "rapport.docx"
    path.write_bytes(word_of(blocks, CHARTS, author="Duin & Zee", day=DAY))

    pages = shown(path).split("\f")[:-1]
    text = " ".join(" ".join(pages).split())

    headings = [plain(block.runs) for block in flat(blocks) if isinstance(block, Heading)]
    assert [heading for heading in headings if heading not in text] == []
    # LibreOffice counts the captions anew: the last table is as many as there are
    tables = [block for block in flat(blocks) if isinstance(block, Table)]
    assert f"Tabel {len(tables)}: Lange tabel" in text
    charts = [block for block in flat(blocks) if isinstance(block, ChartPlace)]
    assert f"Grafiek {len(charts)}: Mensen in beeld" in text
    assert "[Schrijf hier" in text
    with_rows = [page for page in pages if re.search(r"regel \d+", page)]
    assert len(with_rows) > 1
    assert all("kolomkop" in page for page in with_rows)
    assert [re.findall(r"\d+ / \d+\s*$", page) for page in pages] == [
        [f"{number} / {len(pages)}\n"] for number in range(1, len(pages) + 1)
    ]
