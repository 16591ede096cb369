# SPDX-License-Identifier: Apache-2.0
"""Lets Zeppelin 0.12 start a Spark that is newer than it knows.

    allow-spark.py FOLDER    the folder of its interpreter of Spark

It writes the interpreter's own settings beside its jar, where they come first, with
zeppelin.spark.enableSupportedVersionCheck = false.
"""

import json
import pathlib
import sys
import zipfile

SETTINGS = "interpreter-setting.json"
CHECK = "zeppelin.spark.enableSupportedVersionCheck"

folder = pathlib.Path(sys.argv[1])
beside = folder / SETTINGS
if beside.exists():
    text = beside.read_text()
else:
    (jar,) = folder.glob("spark-interpreter-*.jar")
    with zipfile.ZipFile(jar) as archive:
        text = archive.read(SETTINGS).decode()
settings = json.loads(text)
found = [entry["properties"][CHECK] for entry in settings if CHECK in entry.get("properties", {})]
if not found:
    sys.exit(f"no {CHECK} in the {SETTINGS} of {folder}")
for check in found:
    check["defaultValue"] = False
beside.write_text(json.dumps(settings, indent=2) + "\n")
