# SPDX-License-Identifier: Apache-2.0
"""What the page on Spark Connect shows is run, in its order."""

from __future__ import annotations

import os
import re
import unittest
from pathlib import Path
from typing import Any

from sparklosses_reports.session import REMOTE, session, table

BLOCK = re.compile(r"^```(python|sql)\n(.*?)^```", re.MULTILINE | re.DOTALL)


class Page(unittest.TestCase):
    def test_its_code_runs(self) -> None:
        table("rows").createOrReplaceTempView("predictions")
        page = Path(os.environ["SPARK_LOSSES_PAGE"]).read_text(encoding="utf-8")
        blocks = BLOCK.findall(page)
        self.assertGreater(len(blocks), 4)
        names: dict[str, Any] = {"spark": session()}
        os.chdir(os.environ["SPARK_LOSSES_EXPECTED"])
        for language, block in blocks:
            with self.subTest(block):
                code = block.replace("sc://connect.example.com:15002", REMOTE)
                if language == "sql":
                    self.assertTrue(session().sql(code.rstrip().rstrip(";")).collect())
                else:
                    exec(compile(code, "connect.md", "exec"), names)


if __name__ == "__main__":
    unittest.main()
