"""The uncertain inputs of an appraisal: which they are, and what readers call them."""

import numpy as np

from workbook.methods.arrays import FloatArray
from workbook.scenario import Parameter
from workbook.topics.savings.inputs import FORECAST_LEVEL, AppraisalInputs
from workbook.topics.savings.parameters import Savings

_FORECAST_LABEL = "Forecast of take-up"


def uncertain_parameters(inputs: AppraisalInputs) -> list[Parameter]:
    """Parameters with a range that the appraisal uses, in their order."""
    return [
        parameter
        for parameter in Savings.parameters().values()
        if parameter.range and parameter.name not in inputs.service.unused_parameters
    ]


def unsourced_parameters(scenario: Savings, inputs: AppraisalInputs) -> list[Parameter]:
    """Those of them whose value has no published source."""
    return [
        parameter
        for parameter in uncertain_parameters(inputs)
        if scenario.is_unsourced(parameter.name)
    ]


def simulated_inputs(sampled: AppraisalInputs) -> dict[str, FloatArray]:
    """Simulations of each uncertain input.

    Args:
        sampled: Simulations of the uncertain inputs.

    Returns:
        Simulations by name, shape (draws,), of every parameter that varies, and of the forecast's
        level where take-up follows a forecast.
    """
    names = [parameter.name for parameter in uncertain_parameters(sampled)]
    draws = {
        name: np.asarray(sampled.values[name], np.float64)
        for name in (*names, FORECAST_LEVEL)
        if name in sampled.values
    }
    return {name: values for name, values in draws.items() if values.ndim and np.ptp(values) > 0}


def input_label(name: str) -> str:
    """Label of an uncertain input."""
    return _FORECAST_LABEL if name == FORECAST_LEVEL else Savings.parameters()[name].label
