# SPDX-License-Identifier: Apache-2.0
"""The jar of spark-losses, and sessions that have it."""

from __future__ import annotations

import glob
import os
from typing import Any, TypeVar

Builder = TypeVar("Builder")

_JAR = "spark-losses.jar"
_REMOTE = "spark.remote"
_EXTENSIONS = "org.sparklosses.sql.SparkLossesExtensions"


def jar() -> str:
    """The path of the jar: the one in this package's wheel, or the one it was imported from.

    Raises
    ------
    FileNotFoundError
        where the package is neither in a wheel nor in a jar
    """
    package = os.path.dirname(os.path.abspath(__file__))
    archive = os.path.dirname(package)
    inside = os.path.join(package, "jars", _JAR)
    for path in (archive, inside):
        if os.path.isfile(path):
            return path
    raise FileNotFoundError(
        f"there is no {inside}: this sparklosses was not installed from its wheel; build the wheel "
        "by .ci/wheel, or give Spark the jar by --packages or --jars"
    )


def configure(builder: Builder) -> Builder:
    """Adds the jar to the session that a ``SparkSession.builder`` is about to start.

    Jars that the builder has already are kept. With a session that runs, and has the jar, there is
    nothing to add.

    Parameters
    ----------
    builder : SparkSession.Builder
        before ``getOrCreate``

    Returns
    -------
    SparkSession.Builder
        the same builder

    Raises
    ------
    RuntimeError
        of a session of Spark Connect, which takes its jars on the server; of one that runs without
        the jar, for Spark takes jars when it starts; of a Spark of Scala 2.12

    Examples
    --------
    >>> spark = sparklosses.configure(SparkSession.builder).getOrCreate()  # doctest: +SKIP
    """
    options: dict[str, Any] = getattr(builder, "_options", {})
    _check_not_remote(str(options.get(_REMOTE) or os.environ.get("SPARK_REMOTE") or ""))
    if _is_running_with_jar():
        return builder
    _check_scala()
    added = {"spark.jars": jar()}
    if _is_before_spark_4():
        # There Python's sessions do not look for the extensions of jars by themselves.
        added["spark.sql.extensions"] = _EXTENSIONS
    for key, value in added.items():
        values = [part for part in str(options.get(key) or "").split(",") if part]
        if value not in values:
            values.append(value)
        builder.config(key, ",".join(values))  # type: ignore[attr-defined]
    return builder


def _check_not_remote(remote: str) -> None:
    # "local" starts a server of its own, which takes the jars of the builder.
    if remote and not remote.startswith("local"):
        raise RuntimeError(
            f"{remote} is a server of Spark Connect, which takes its jars when it starts: start "
            f"it with --jars {_JAR}; its sessions have the functions then. Leave configure out"
        )


def _is_running_with_jar() -> bool:
    from pyspark import SparkContext

    context = SparkContext._active_spark_context
    if context is None:
        return False
    from py4j.java_gateway import JavaClass

    if isinstance(context._jvm.org.sparklosses.sql.SparkLosses, JavaClass):  # type: ignore[union-attr]
        return True
    raise RuntimeError(
        "a Spark session is running that was started without spark-losses, and Spark takes jars "
        "when it starts: call spark.stop() first, or add the jar where the session is configured, "
        "as a library of the cluster or by --jars"
    )


def _is_before_spark_4() -> bool:
    import pyspark

    return int(pyspark.__version__.split(".")[0]) < 4


def _check_scala() -> None:
    from pyspark.find_spark_home import _find_spark_home

    # Typed in some versions of PySpark only.
    find: Any = _find_spark_home
    home = str(find())
    if glob.glob(os.path.join(home, "jars", "scala-library-2.12.*")):
        raise RuntimeError(
            f"the Spark of {home} is built for Scala 2.12, spark-losses for 2.13: take PySpark 4, "
            "or a Spark 3.5 for Scala 2.13, and set SPARK_HOME to its folder"
        )
