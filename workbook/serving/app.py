"""The server: Voilà with production settings, serving our addresses only."""

import asyncio
import logging
import os
import subprocess
import sys
import tempfile
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jinja2
import tornado.ioloop
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.utils import url_path_join
from voila.app import Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler

from workbook.exports.drawing import finish_drawing, start_drawing
from workbook.kernels.calculation_slots import make_slots
from workbook.kernels.forking import start_loading
from workbook.resources import link_files
from workbook.serving.access import Access, choose_access
from workbook.serving.access_handlers import (
    RefusalHandler,
    RefusedRequests,
    TokenLinkHandler,
    TokenLinks,
)
from workbook.serving.accessibility import AccessibilityHandler
from workbook.serving.addresses import (
    check_port_available,
    home_url,
    hosts_to_listen,
    loopback_host,
)
from workbook.serving.api_calls import ApiCalls
from workbook.serving.api_handlers import api_routes
from workbook.serving.archive_handler import archive_routes
from workbook.serving.chromium import find_chromium
from workbook.serving.default_charts import DefaultCharts
from workbook.serving.export_handler import MEDIA_TYPES, ExportHandler
from workbook.serving.exporter import Exporter, Templates
from workbook.serving.first_paint import FirstPaint
from workbook.serving.gateway import GatewayPageConnection, use_gateway
from workbook.serving.handlers import AssetHandler, ChartHandler, HomeHandler, NotFoundHandler
from workbook.serving.home_cards import TopicCard, add_pictures, key_chart_specs
from workbook.serving.kernels import filter_environment
from workbook.serving.limits import ServerLimits, count_processors
from workbook.serving.monitoring import HealthHandler, MetricsHandler
from workbook.serving.page_assets import PageAssets, write_assets
from workbook.serving.page_record import PageRecord
from workbook.serving.page_socket import PING_SETTINGS, PageConnection, PageSocketHandler
from workbook.serving.pdf import PdfPrinter
from workbook.serving.pdf_handler import DOCUMENTS, PdfHandler
from workbook.serving.preparation import current_cards
from workbook.serving.process_secrets import protect_process
from workbook.serving.ready_pages import ReadyPages
from workbook.serving.request_log import log_answer
from workbook.serving.security_policy import SECURITY_HEADERS, view_headers
from workbook.serving.settings import PAGE_FILTERS, PAGE_MODULES, production_settings
from workbook.serving.topic_page import PageServices, TopicPageHandler
from workbook.serving.turn_queue import TurnQueue
from workbook.serving.view_handler import ViewHandler, ViewLinks, ViewMaker
from workbook.topics.registry import TOPICS

_SERVING_FOLDER = Path(__file__).parent
_KERNEL_ID_PATTERN = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"

_JUPYTER_FOLDERS = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
"""Variables that name the folders in which Jupyter reads and writes files of the user."""


class WorkbookApp(Voila):  # type: ignore[misc]
    """Voilà with our pages.

    Args:
        assets: The scripts and styles that the pages load.
        topic_cards: The cards of the home page.
        access: Who may open the pages.
        limits: What a visit may use, and how many may wait.
        contact: How visitors reach the team that runs the server.
        gateway_url: Address of the kernel gateway that runs the kernels; None for this machine.
        templates: Templates of the documents that visitors download, by kind.
        archive: Folder of an archive of snapshots to show; None for none.
        **kwargs: Voilà's own options.
    """

    def __init__(  # noqa: PLR0913  each is a part of the server
        self,
        assets: PageAssets,
        topic_cards: Sequence[TopicCard],
        access: Access,
        limits: ServerLimits,
        contact: str | None = None,
        *,
        gateway_url: str | None = None,
        templates: Templates | None = None,
        archive: Path | None = None,
        **kwargs: Any,  # noqa: ANN401  traits
    ) -> None:
        settings = production_settings(limits, uses_gateway=gateway_url is not None)
        super().__init__(config=settings, config_file_paths=[], **kwargs)
        self._connection_class = PageConnection if gateway_url is None else GatewayPageConnection
        self._assets, self._topic_cards, self._access = assets, topic_cards, access
        self._contact, self._archive = contact, archive
        chromium = find_chromium()
        self._printer = PdfPrinter(chromium) if chromium else None
        self._exporter = Exporter(templates or {})
        self._api_calls = ApiCalls(archive, PAGE_MODULES)
        self._page_record = PageRecord(TOPICS)
        self._ready_pages = ReadyPages(self._page_record, limits.ready_pages)
        self._first_paint = FirstPaint(key_chart_specs(topic_cards))
        concurrent_turns = count_processors()
        self._page_services = PageServices(
            self._page_record,
            self._ready_pages,
            self._first_paint,
            TurnQueue(concurrent_turns, limits.most_waiting),
            asyncio.Semaphore(concurrent_turns),
        )
        filters = self.config.VoilaExporter.filters
        filters["offers_pdf"] = lambda _: chromium is not None
        filters["asset"] = assets.addresses.__getitem__
        filters["incident"] = _log_incidents(self._page_record)

    def setup_template_dirs(self) -> None:
        """Use only our own templates."""
        self.template_paths = [str(_SERVING_FOLDER / "templates")]
        self.static_paths = [str(_SERVING_FOLDER / "static")]

    def init_settings(self) -> dict[str, Any]:
        """Add our security headers and page templates to Voilà's settings."""
        cookie_options = self._access.cookie_options(self.base_url)
        self.config.IdentityProvider.cookie_options = cookie_options
        loader = jinja2.FileSystemLoader(self.template_paths)
        pages = jinja2.Environment(loader=loader, autoescape=True)
        pages.filters.update(PAGE_FILTERS, asset=self._assets.addresses.__getitem__)
        self.tornado_settings = {
            "headers": SECURITY_HEADERS,
            "xsrf_cookies": True,
            "xsrf_cookie_kwargs": cookie_options,
            "allow_origin": self._access.public_origin,
            **PING_SETTINGS,
            "log_function": log_answer,
            "workbook_pages": pages,
            "kernel_websocket_connection_class": self._connection_class,
            "workbook_view_headers": view_headers(self._access.embed_origins),
            "default_handler_class": NotFoundHandler,
        }
        voila_settings: dict[str, Any] = super().init_settings() | self.tornado_settings
        return voila_settings

    def init_handlers(self) -> list[Any]:
        """Routes of our pages and static files, and of a page's requests to its kernel."""
        record_option = {"page_record": self._page_record}
        page_options = {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
            "services": self._page_services,
        }
        access, archive = self._access, self._archive
        export_options = {"exporter": self._exporter, "access": access}
        routes: list[tuple[Any, ...]] = [
            (r"/health", HealthHandler, record_option),  # open to whatever watches the server
            (ViewLinks(access, self.base_url), ViewHandler, {"maker": ViewMaker()}),
            (RefusedRequests(access), RefusalHandler),
            (TokenLinks(access), TokenLinkHandler, {"access": access}),
            (r"/", HomeHandler, {"topic_cards": self._topic_cards, "has_archive": bool(archive)}),
            *archive_routes(archive),
            (r"/accessibility", AccessibilityHandler, {"contact": self._contact}),
            (r"/metrics", MetricsHandler, record_option),
            (r"/static/([\w.-]+)", AssetHandler, {"assets": self._assets}),
            (rf"/api/kernels/{_KERNEL_ID_PATTERN}", KernelHandler),
            (rf"/api/kernels/{_KERNEL_ID_PATTERN}/channels", PageSocketHandler),
            (r"/voila/api/shutdown/(.*)", VoilaShutdownKernelHandler),
            *api_routes(access, self._api_calls),
            (r"/(\w+)/charts/(\w+)\.svg", ChartHandler, {"charts": DefaultCharts()}),
            (rf"/(\w+)/({'|'.join(DOCUMENTS)})\.pdf", PdfHandler, self._pdf_options()),
            (rf"/(\w+)/outcome\.({'|'.join(MEDIA_TYPES)})", ExportHandler, export_options),
            (r"/(\w+)", TopicPageHandler, page_options),
        ]
        return [
            (url_path_join(self.server_url, rule) if isinstance(rule, str) else rule, *rest)
            for rule, *rest in routes
        ]

    def _pdf_options(self) -> dict[str, Any]:
        own_url = home_url(loopback_host(self.ip), self.port, self.base_url)
        return {"printer": self._printer, "server_url": own_url, "access": self._access}

    def listen(self) -> None:
        """Serve until stopped; print the address once the port answers."""
        for host in hosts_to_listen(self.ip)[1:]:  # Voilà listens on the first
            self.app.listen(self.port, host)
        home = self._access.public_url or home_url(self.ip, self.port, self.base_url)
        url = self._access.add_token(home)
        loop = tornado.ioloop.IOLoop.current()
        loop.add_callback(self._ready_pages.start, self.kernel_manager)
        loop.add_callback(self._first_paint.draw_default_stills)
        loop.add_callback(print, f"Policy Workbook: {url}", flush=True)
        if embed_token := self._access.embed_token:
            line = f"Token for views in frames (add to the address): token={embed_token}"
            loop.add_callback(print, line, flush=True)
        if sys.stdout.isatty():  # a person at a terminal, who wants to see it
            loop.add_callback(webbrowser.open, url)
        try:
            super().listen()
        finally:
            loop.run_sync(self._first_paint.close)
            loop.run_sync(self._exporter.close)
            self._api_calls.close()


def _log_incidents(page_record: PageRecord) -> Callable[[str, str], str]:
    """A function, since copying the configuration would copy the record with its method."""

    def log_incident(kernel: str, topic: str) -> str:
        return page_record.log_incident(kernel, topic)

    return log_incident


def run_server(  # noqa: PLR0913  each is an option of the command
    host: str,
    port: int,
    base_url: str,
    access: Access | None = None,
    *,
    contact: str | None = None,
    gateway_url: str | None = None,
    limits: ServerLimits = ServerLimits(),  # noqa: B008  frozen
    templates: Templates | None = None,
    archive: Path | None = None,
    drawing_process: subprocess.Popen[str] | None = None,
) -> None:
    """Serve the workbook until interrupted. It needs no home folder, and leaves nothing in one.

    Args:
        host: Where to listen.
        port: The port.
        base_url: Path prefix of all pages.
        access: Who may open the pages; by default whoever may without further options.
        contact: How visitors reach the team that runs the server.
        gateway_url: Address of the kernel gateway that runs the kernels; None for this machine.
        limits: What a visit may use, and how many may wait.
        templates: Templates of the documents that visitors download, by kind.
        archive: Folder of an archive of snapshots to show; None for none.
        drawing_process: The process that draws for the home page, if it runs already.

    Raises:
        ValueError: The host or the gateway is no address, or the port is taken.
    """
    access = access or choose_access(host, base_url)
    check_port_available(host, port)
    if gateway_url is not None:
        use_gateway(gateway_url)
    protect_process()
    logging.basicConfig(level=logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="workbook-") as temporary_folder:
        os.environ |= {name: str(Path(temporary_folder, name)) for name in _JUPYTER_FOLDERS}
        environment = filter_environment(dict(os.environ))
        if gateway_url is None:
            start_loading(PAGE_MODULES, environment)
        asset_folder, notebooks = (Path(temporary_folder, name) for name in ("assets", "notebooks"))
        asset_folder.mkdir()
        notebooks.mkdir()
        link_files((topic.notebook_path for topic in TOPICS.values()), notebooks)
        with drawing_process or start_drawing(environment) as drawing:
            cards = current_cards()
            specs = [card.trend for card in cards if card.trend is not None]
            drawings = finish_drawing(drawing, specs)
        app = WorkbookApp(
            write_assets(asset_folder, drawings.vega_bundle),
            add_pictures(cards, drawings.pictures),
            access,
            limits,
            contact,
            gateway_url=gateway_url,
            templates=templates,
            archive=archive,
            ip=host,
            port=port,
            base_url=url_path_join("/", base_url, "/"),
            root_dir=str(notebooks),
        )
        slots = Path(temporary_folder, "slots")
        make_slots(slots, max(1, count_processors() // 2))
        app.config.PageKernelManager.slots_folder = str(slots)
        app.initialize([])
        app.start()
