"""Sphinx's configuration of the documentation site."""

from importlib.metadata import version as installed_version
from typing import Any

import numpy.typing as npt
from sphinx.application import Sphinx
from sphinx.util.typing import stringify_annotation

from workbook.methods import arrays
from workbook.topics.registry import TOPICS

project = "Policy Workbook"
version = release = installed_version("policy-workbook")
language = "en-GB"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_heading_anchors = 3
suppress_warnings: list[str] = []
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
napoleon_numpy_docstring = False
python_use_unqualified_type_names = True
html_theme = "pydata_sphinx_theme"
html_title = project
html_static_path = ["static"]
html_css_files = ["site.css"]
html_show_sourcelink = False
html_copy_source = False
_WIDE_PAGES = [f"reference/{name}" for name in (*TOPICS, "tables")]
html_theme_options = {
    "navbar_align": "left",
    "footer_start": ["copyright"],
    "footer_end": [],
    "secondary_sidebar_items": {"**": ["page-toc"], **{page: [] for page in _WIDE_PAGES}},
}
copyright = "the contributors; MIT licence, figures under the Open Government Licence v3.0"  # noqa: A001
html_show_sphinx = False

_TYPE_ALIASES = {
    "ArrayLike": npt.ArrayLike,
    "FloatArray": arrays.FloatArray,
    "BoolArray": arrays.BoolArray,
    "IntArray": arrays.IntArray,
}


def _name_type_aliases(*event: Any) -> tuple[str | None, str | None]:  # noqa: ANN401  Sphinx's protocol
    """Write the name of an array type in place of its long definition."""
    *_, signature, returns = event
    for name, alias in _TYPE_ALIASES.items():
        definition = stringify_annotation(alias, "smart")
        signature = signature and signature.replace(definition, name)
        returns = returns and returns.replace(definition, name)
    return signature, returns


def setup(app: Sphinx) -> None:
    """Connect to Sphinx's events."""
    app.connect("autodoc-process-signature", _name_type_aliases)
