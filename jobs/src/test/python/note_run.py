# SPDX-License-Identifier: Apache-2.0
"""Runs the paragraphs of a note in Python, and writes the note and its copy for Jupyter.

    note_run.py NOTE OUTPUT.zpln OUTPUT.ipynb

As Zeppelin's %spark.pyspark without IPython, it binds spark, sc and z, and prints the value of a
paragraph's last expression. What is printed after %html is displayed as such.
"""

import ast
import contextlib
import io
import json
import sys
from typing import Any

from pyspark.sql import SparkSession

SPARK = "spark.pyspark"
HTML = "%html "

# What a notebook of Jupyter needs before the first cell: Zeppelin has made it already.
JUPYTER_START = """\
import sparklosses
from pyspark.sql import SparkSession

spark = sparklosses.configure(SparkSession.builder).getOrCreate()"""


class Paragraph:
    """What a paragraph gave, in the order in which it came."""

    def __init__(self) -> None:
        self.messages: list[dict[str, str]] = []
        self.outputs: list[dict[str, Any]] = []

    def text(self, text: str) -> None:
        if text.startswith(HTML):
            self.html(text[len(HTML) :])
        elif text.strip():
            self.messages.append({"type": "TEXT", "data": text})
            self.outputs.append({"name": "stdout", "output_type": "stream", "text": lines(text)})

    def html(self, page: str) -> None:
        self.messages.append({"type": "HTML", "data": page})
        self.display({"text/html": lines(page), "text/plain": ["<page>"]})

    def display(self, data: dict[str, Any]) -> None:
        self.outputs.append({"data": data, "metadata": {}, "output_type": "display_data"})

    def table(self, frame: Any) -> None:
        rows = [[cell_text(cell) for cell in row] for row in [frame.columns, *frame.collect()]]
        self.messages.append(
            {"type": "TABLE", "data": "".join("\t".join(row) + "\n" for row in rows)}
        )
        shown = frame.toPandas()
        self.display({"text/html": lines(shown._repr_html_()), "text/plain": lines(repr(shown))})


class Zeppelin:
    """What notes call z, as far as they use it."""

    def __init__(self) -> None:
        self.paragraph = Paragraph()

    def show(self, frame: Any) -> None:
        self.paragraph.table(frame)

    def noteTextbox(self, name: str, default: str = "") -> str:
        del name
        return default


def cell_text(cell: object) -> str:
    """What stands between tabs: Zeppelin makes spaces of what would end a cell."""
    return str(cell).replace("\t", " ").replace("\r\n", " ").replace("\n", " ")


def lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def run(code: str, names: dict[str, Any], z: Zeppelin) -> Paragraph:
    """Runs a paragraph. What it prints goes before its tables only where it was printed before."""
    z.paragraph = paragraph = Paragraph()
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    for statement in tree.body:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(ast.Module([statement], []), "<paragraph>", "exec"), names)  # noqa: S102
        paragraph.text(printed.getvalue())
    if last is not None:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            value = eval(compile(ast.Expression(last.value), "<paragraph>", "eval"), names)
        paragraph.text(printed.getvalue())
        if value is not None:
            paragraph.text(repr(value) + "\n")
    return paragraph


def script(text: str) -> tuple[str, str]:
    """The interpreter and what it is to run."""
    head, _, body = text.lstrip().partition("\n")
    return head.strip().lstrip("%"), body.strip("\n")


# How a note shows a page in Zeppelin, whatever Python it runs, and how in Jupyter.
SHOW = """\
def show(result):
    print("%html " + result._repr_html_())"""
JUPYTER_SHOW = "show = display"


def for_jupyter(code: str) -> str:
    """The code without Zeppelin's own: displays are Jupyter's, a form is its default."""
    made = code.replace(f"\n{SHOW}\n\n", f"{JUPYTER_SHOW}\n").replace(
        'z.noteTextbox("checkout", ".")', '".."  # the folder of the checkout'
    )
    return "\n".join(
        line.replace("z.show(", "display(")[:-1] + ".toPandas())"
        if line.startswith("z.show(") and line.endswith(")")
        else line
        for line in made.split("\n")
    )


def markdown(cell: str, text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": cell, "metadata": {}, "source": lines(text)}


def code(cell: str, source: str, outputs: list[dict[str, Any]], count: int) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": count,
        "id": cell,
        "metadata": {},
        "outputs": outputs,
        "source": lines(source),
    }


def main(path: str, note_path: str, jupyter_path: str) -> None:
    with open(path, encoding="utf-8") as file:
        note = json.load(file)
    spark = SparkSession.builder.appName(note["name"]).getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    z = Zeppelin()
    names: dict[str, Any] = {"spark": spark, "sc": spark.sparkContext, "z": z}
    cells = [code("start", JUPYTER_START, [], 1)]
    for number, paragraph in enumerate(note["paragraphs"]):
        interpreter, body = script(paragraph["text"])
        if interpreter == "md":
            cells.append(markdown(f"text-{number}", body))
        elif interpreter == SPARK:
            print(f"paragraph {number} of {note['name']}", file=sys.stderr)
            done = run(body, names, z)
            paragraph["results"] = {"code": "SUCCESS", "msg": done.messages}
            paragraph["status"] = "FINISHED"
            count = 1 + sum(cell["cell_type"] == "code" for cell in cells)
            cells.append(code(f"code-{number}", for_jupyter(body), done.outputs, count))
        else:
            sys.exit(f"no interpreter %{interpreter} beside %{SPARK}")
    spark.stop()
    with open(note_path, "w", encoding="utf-8") as file:
        json.dump(note, file, ensure_ascii=False)
    notebook = {
        "cells": cells,
        "metadata": {
            "kernelspec": {
                "display_name": "Python 3",
                "language": "python",
                "name": "python3",
            },
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    with open(jupyter_path, "w", encoding="utf-8") as file:
        json.dump(notebook, file, ensure_ascii=False, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
