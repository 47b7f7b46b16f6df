"""Methods whose signature lists the parameters, so that an editor completes and explains them."""

import functools
import inspect
from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

Method = TypeVar("Method", bound=Callable[..., Any])

_TYPES: Final = {"integer": int, "number": float, "string": str}


class _Unchanged:
    """Default of a parameter in a signature: it keeps the value it has."""

    def __repr__(self) -> str:
        return "unchanged"


_UNCHANGED: Final = _Unchanged()


class ParameterMethod:
    """Method that names the parameters of its object's scenario in its signature.

    Args:
        method: Method that takes values by parameter name.
        scenario_class_of: Gives the class of scenarios of an object.
    """

    def __init__(self, method: Callable[..., Any], scenario_class_of: Callable[[Any], Any]) -> None:
        self._method, self._scenario_class_of = method, scenario_class_of
        functools.update_wrapper(cast("Any", self), method)

    def __get__(self, instance: object, owner: object = None) -> Callable[..., Any]:
        method = self._method
        if instance is None:
            return method

        @functools.wraps(method)
        def bound_method(*positional: Any, **values: Any) -> Any:  # noqa: ANN401  the method's own
            return method(instance, *positional, **values)

        scenario_class = self._scenario_class_of(instance)
        bound_method.__signature__ = _parameter_signature(method, scenario_class)  # type: ignore[attr-defined]
        return bound_method


def names_parameters(scenario_class_of: Callable[[Any], Any]) -> Callable[[Method], Method]:
    """Decorate a method that takes values by parameter name.

    Args:
        scenario_class_of: Gives the class of scenarios of the method's object.

    Returns:
        The decorator.
    """

    def decorate(method: Method) -> Method:
        return cast("Method", ParameterMethod(method, scenario_class_of))

    return decorate


@functools.cache
def _parameter_signature(
    method: Callable[..., Any],
    scenario_class: Any,  # noqa: ANN401  a Scenario, which imports this module
) -> inspect.Signature:
    """Signature of a bound method, with every parameter in place of its ``**values``."""
    signature = inspect.signature(method)
    _, *arguments = signature.parameters.values()
    named = [
        inspect.Parameter(
            parameter.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=_UNCHANGED,
            annotation=_TYPES[parameter.kind],
        )
        for parameter in scenario_class.parameters().values()
    ]
    others = [entry for entry in arguments if entry.kind is not inspect.Parameter.VAR_KEYWORD]
    return signature.replace(parameters=[*others, *named])
