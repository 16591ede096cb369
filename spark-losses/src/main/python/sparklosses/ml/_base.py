# SPDX-License-Identifier: Apache-2.0
"""What the stages and evaluators share: their class of Java, its Params, and how they are read."""

from __future__ import annotations

from typing import Any, TypeVar

from pyspark.ml.evaluation import JavaEvaluator
from pyspark.ml.param import Param
from pyspark.ml.util import JavaMLReadable, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaModel, JavaParams
from pyspark.sql.utils import is_remote

JAVA_PACKAGE = "org.sparklosses.ml"

M = TypeVar("M", bound="Model")
S = TypeVar("S", bound="Stage")


class Stage(JavaParams, JavaMLReadable[Any], JavaMLWritable):
    """A stage whose class of Java has the same name, in the package of Java."""

    _input_kwargs: dict[str, Any]

    def _start(self, name: str) -> None:
        java_class = f"{JAVA_PACKAGE}.{name}"
        try:
            self._java_obj = self._new_java_obj(java_class, self.uid)
        except TypeError as e:
            # What py4j says of a class that it does not know: a package cannot be called.
            raise RuntimeError(
                f"there is no {java_class} in this Spark session: start it by "
                "sparklosses.configure(SparkSession.builder).getOrCreate(), or add the jar where "
                "the session is configured"
            ) from e

    def _set_defaults(self) -> None:
        """Sets the defaults of Java."""

    @classmethod
    def read(cls) -> Any:
        """A reader of what ``write`` wrote, here or in Java."""
        # Readers of PySpark take the name of the class of Java from the module of that of Python.
        named = type(cls.__name__, (cls,), {"__module__": JAVA_PACKAGE})
        return super(Stage, named).read()  # type: ignore[misc]

    def _set(self: S, **kwargs: Any) -> S:
        # None is what is not given. Java would take it for a column, or for a value.
        given = {name: value for name, value in kwargs.items() if value is not None}
        super()._set(**given)
        return self


class Evaluator(Stage, JavaEvaluator):
    """An evaluator of Java."""


class Estimator(Stage, JavaEstimator[M]):
    """An estimator of Java."""

    def _copyValues(self, to: Any, extra: dict[Param[Any], Any] | None = None) -> Any:
        copied = super()._copyValues(to, extra)
        if isinstance(copied, Model):
            copied._keep_fit()
        return copied


class Model(Stage, JavaModel):
    """A model of Java. What was fitted are Params too."""

    def __init__(self, java_model: Any = None) -> None:
        super().__init__(java_model)
        self._set_defaults()
        if java_model is None and not is_remote():
            self._start(type(self).__name__)

    def _set(self: M, **kwargs: Any) -> M:
        if not is_remote():
            return super()._set(**kwargs)
        # Of a model that was loaded over Spark Connect the server has what was fitted, and what it
        # is sent in a call cannot be an empty list. So these are kept as what is not sent.
        fitted = {name: value for name, value in kwargs.items() if self._is_fitted(name)}
        self._setDefault(**fitted)
        return super()._set(**{k: v for k, v in kwargs.items() if k not in fitted})

    def _is_fitted(self, name: str) -> bool:
        return not hasattr(self, "set" + name[0].upper() + name[1:])

    def _keep_fit(self) -> None:
        """Takes the Params of the fit, of which some are called as those of the estimator are."""
        if is_remote():
            for param in [p for p in self._paramMap if self._is_fitted(p.name)]:
                del self._paramMap[param]
                self._defaultParamMap.pop(param, None)
        else:
            self._transfer_params_from_java()

    def _fact(self, name: str) -> Any:
        param = self.getParam(name)
        if not self.isDefined(param):
            self._check_classic(name)
            raise ValueError(f"{name} is not set: the model was not fitted")
        return self.getOrDefault(param)

    def _check_classic(self, name: str) -> None:
        if is_remote():
            raise RuntimeError(
                f"{name} stays on the server of Spark Connect: save the model and load it, "
                "for a model that is loaded has its numbers"
            )
