"""Rows of an answer → a file or a stream: one module per kind of format. The rows may be of persons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path

from integratie_eval.answer import Answer
from integratie_eval.export.text import csv_dutch, csv_international, json_rows, markdown_rows
from integratie_eval.private import private_file

TEXT_FORMATS: Mapping[str, Callable[[Answer], Iterator[str]]] = {
    "csv": csv_dutch,
    "csv-internationaal": csv_international,
    "json": json_rows,
    "md": markdown_rows,
}
FILE_FORMATS = {"xlsx": "workbook", "parquet": "parquet"}
"""The modules that write a file as a whole: each is imported when it is asked for."""


def write_answer(answer: Answer, form: str, file: Path) -> None:
    """Write the rows to a private file, in one of these formats."""
    with private_file(file) as draft:
        if form in FILE_FORMATS:
            import_module(f"{__name__}.{FILE_FORMATS[form]}").write(answer, draft)
        else:
            with draft.open("w", encoding="utf-8", newline="") as stream:
                stream.writelines(TEXT_FORMATS[form](answer))
