"""Production settings for Voilà."""

import logging

from nbformat.sign import MemorySignatureStore
from traitlets.config import Config

from workbook.kernels.interpreter_kernel import InterpreterKernelSpecManager
from workbook.kernels.prompt_client import PromptKernelClient
from workbook.resources import NOTEBOOK_MODULES
from workbook.serving.css_text import to_css_string
from workbook.serving.gateway import GatewayPageKernelManager
from workbook.serving.kernels import PageKernelManager
from workbook.serving.limits import ServerLimits
from workbook.serving.page_sections import list_page_sections, read_section
from workbook.serving.widget_states import states_element
from workbook.topics.registry import TOPICS

PAGE_MODULES = (*NOTEBOOK_MODULES, "workbook.serving.preparation:prepare_topics")
"""What is loaded before a page's kernel is forked: modules, and the topics' default scenarios."""

SERVER_MODULES = ("workbook.serving.app", "workbook.serving.preparation:prepare_server")
"""What the server itself needs, loaded before the fork too."""

_REFILL_SECONDS = 0.7
"""Time after an arrival until the next page is made: until the arrival's own page is live."""

PAGE_FILTERS = {"topics": lambda _: list(TOPICS.values())}
"""Filters of every page's template: Voilà's templates are given filters and no values."""


class TrustingSignatureStore(MemorySignatureStore):
    """Signature store that trusts every notebook: those that are served are the topics' own.

    The usual one keeps a database in the user's folder, and each page logs a warning.
    """

    def check_signature(self, _digest: str, _algorithm: str) -> bool:
        """Whether the notebook with this signature is trusted: always."""
        return True


def production_settings(limits: ServerLimits, *, uses_gateway: bool = False) -> Config:
    """Production settings for Voilà. Each prevents a fault that occurs without it.

    Args:
        limits: What a visit may use.
        uses_gateway: Whether a kernel gateway runs the kernels.

    Returns:
        The settings.
    """
    config = Config()
    config.Voila.port_retries = 0  # never another port than the one that was asked for
    config.Voila.open_browser = False
    config.Voila.log_level = logging.WARNING
    config.VoilaConfiguration.template = "workbook"
    config.VoilaConfiguration.allow_template_override = "NO"  # ?template= hangs and leaks a kernel
    config.VoilaConfiguration.allow_theme_override = "NO"  # ?theme= is reflected as a script
    config.VoilaConfiguration.strip_sources = True
    config.VoilaConfiguration.show_tracebacks = False
    config.VoilaConfiguration.attempt_fix_notebook = False  # else another kernel is run silently
    config.VoilaConfiguration.http_keep_alive_timeout = 10
    config.VoilaConfiguration.preheat_kernel = True
    config.VoilaConfiguration.default_pool_size = 0  # ReadyPages chooses the notebooks
    if uses_gateway:
        config.VoilaConfiguration.multi_kernel_manager_class = GatewayPageKernelManager
    else:
        config.VoilaConfiguration.multi_kernel_manager_class = PageKernelManager
        config.AsyncKernelManager.client_factory = PromptKernelClient
    config.VoilaConfiguration.kernel_spec_manager_class = InterpreterKernelSpecManager
    config.InterpreterKernelSpecManager.modules = list(PAGE_MODULES)
    config.VoilaKernelManager.fill_delay = _REFILL_SECONDS
    config.PageKernelManager.browser_seconds = limits.browser_seconds
    config.PageKernelManager.reconnect_seconds = limits.reconnect_seconds
    config.PageKernelManager.visit_memory = limits.visit_memory
    config.VoilaExecutor.timeout = 120
    config.VoilaExporter.filters = {
        **PAGE_FILTERS,
        "css_string": to_css_string,
        "topic": TOPICS.__getitem__,
        "section": read_section,
        "sections": list_page_sections,
        "states_element": states_element,
    }
    config.NotebookNotary.store_factory = TrustingSignatureStore
    config.MappingKernelManager.cull_idle_timeout = 1800
    config.MappingKernelManager.cull_interval = 60
    config.MappingKernelManager.cull_connected = True
    return config
