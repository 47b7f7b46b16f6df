"""The server: Voilà with production settings, serving our addresses only."""

import logging
import os
import socket
import subprocess
import sys
import tempfile
import webbrowser
from pathlib import Path
from typing import Any

import jinja2
import tornado.ioloop
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.utils import url_path_join
from nbformat.sign import MemorySignatureStore
from traitlets.config import Config
from voila.app import Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from workbook.resources import PACKAGE, link_files
from workbook.serving.handlers import (
    SECURITY_HEADERS,
    HealthHandler,
    HomeHandler,
    NotFoundHandler,
    StaticFilesHandler,
    TopicPageHandler,
    log_incident,
)
from workbook.serving.kernels import PageKernelManager
from workbook.topic import Topic
from workbook.topics.registry import TOPIC_ERRORS, TOPICS, evaluate_defaults

_SERVING_FOLDER = Path(__file__).parent
_KERNEL_ID_PATTERN = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"
_VEGA_BUNDLE_SCRIPT = (
    "import sys, vl_convert; sys.stdout.buffer.write(vl_convert.javascript_bundle().encode())"
)
_LOOPBACK_HOSTS = ("127.0.0.1", "::1", "localhost")


class TrustingSignatureStore(MemorySignatureStore):
    """Signature store that trusts every notebook: those that are served are the topics' own.

    The usual one keeps a database in the user's folder, and each page logs a warning.
    """

    def check_signature(self, _digest: str, _algorithm: str) -> bool:
        """Whether the notebook with this signature is trusted: always."""
        return True


def production_settings() -> Config:
    """Production settings for Voilà. Each prevents a fault that occurs without it."""
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
    config.VoilaConfiguration.default_pool_size = 1  # for each topic; more take minutes to start
    config.VoilaConfiguration.multi_kernel_manager_class = PageKernelManager
    config.VoilaExecutor.timeout = 120
    config.VoilaExporter.filters = {"incident": log_incident, "topic": TOPICS.__getitem__}
    config.NotebookNotary.store_factory = TrustingSignatureStore
    config.MappingKernelManager.cull_idle_timeout = 1800
    config.MappingKernelManager.cull_interval = 60
    config.MappingKernelManager.cull_connected = True
    return config


class WorkbookApp(Voila):  # type: ignore[misc]
    """Voilà with our pages. ``vega`` is the folder that holds the bundled Vega scripts."""

    def __init__(self, vega_folder: Path, **kwargs: Any) -> None:  # noqa: ANN401  traits
        super().__init__(config=production_settings(), config_file_paths=[], **kwargs)
        self._vega_folder = vega_folder

    def setup_template_dirs(self) -> None:
        """Use only our own templates."""
        self.template_paths = [str(_SERVING_FOLDER / "templates")]
        self.static_paths = [str(_SERVING_FOLDER / "static")]

    def init_settings(self) -> dict[str, Any]:
        """Add our security headers and page templates to Voilà's settings."""
        loader = jinja2.FileSystemLoader(self.template_paths)
        self.tornado_settings = {
            "headers": SECURITY_HEADERS,
            "xsrf_cookies": True,
            "workbook_pages": jinja2.Environment(loader=loader, autoescape=True),
            "default_handler_class": NotFoundHandler,
        }
        voila_settings: dict[str, Any] = super().init_settings() | self.tornado_settings
        return voila_settings

    def init_handlers(self) -> list[Any]:
        """Routes of our pages and static files, and of a page's requests to its kernel."""
        page_options = {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        routes: list[tuple[Any, ...]] = [
            (r"/", HomeHandler, {"topic_headlines": current_headlines()}),
            (r"/health", HealthHandler),
            (r"/static/(vega\.js)", StaticFilesHandler, {"path": str(self._vega_folder)}),
            (r"/static/(page\.css)", StaticFilesHandler, {"path": str(PACKAGE)}),
            (r"/static/([\w.-]+)", StaticFilesHandler, {"path": str(_SERVING_FOLDER / "static")}),
            (rf"/api/kernels/{_KERNEL_ID_PATTERN}", KernelHandler),
            (rf"/api/kernels/{_KERNEL_ID_PATTERN}/channels", VoilaKernelWebsocketHandler),
            (r"/voila/api/shutdown/(.*)", VoilaShutdownKernelHandler),
            (r"/(\w+)", TopicPageHandler, page_options),
        ]
        return [(url_path_join(self.server_url, path), *rest) for path, *rest in routes]

    def listen(self) -> None:
        """Serve until stopped; print the address once the port answers."""
        host = f"[{self.ip}]" if ":" in self.ip else self.ip
        url = f"http://{host}:{self.port}{self.base_url}"
        loop = tornado.ioloop.IOLoop.current()
        loop.add_callback(print, f"Policy Workbook: {url}", flush=True)
        if sys.stdout.isatty():  # a person at a terminal, who wants to see it
            loop.add_callback(webbrowser.open, url)
        super().listen()


def current_headlines() -> list[tuple[Topic, str]]:
    """Run each topic on its default scenario, and report on standard error what is left out.

    Returns:
        The topics for the home page, each with its headline.
    """
    outcomes, failures = evaluate_defaults(TOPICS.values())
    sys.stderr.writelines(f"{sentence}\n" for sentence in (*TOPIC_ERRORS, *failures))
    return [(topic, outcome.headline) for topic, outcome in outcomes]


def run_server(host: str, port: int, base_url: str) -> None:
    """Serve the workbook until interrupted.

    Raises ValueError if the port is taken, or if the host is reachable from other machines:
    visitors are not asked to log in.
    """
    if host not in _LOOPBACK_HOSTS:
        msg = (
            f"{host} can be reached from other machines, and visitors are not asked to log in. "
            "Serve on 127.0.0.1 behind a proxy that authenticates them"
        )
        raise ValueError(msg)
    _check_port_available(host, port)
    logging.basicConfig(level=logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="workbook-") as temporary_folder:
        vega_folder, notebooks = Path(temporary_folder, "vega"), Path(temporary_folder, "notebooks")
        vega_folder.mkdir()
        notebooks.mkdir()
        link_files((topic.notebook_path for topic in TOPICS.values()), notebooks)
        command = [sys.executable, "-c", _VEGA_BUNDLE_SCRIPT]
        completed = subprocess.run(command, check=True, stdout=subprocess.PIPE)  # noqa: S603  our own
        (vega_folder / "vega.js").write_bytes(completed.stdout)
        app = WorkbookApp(
            vega_folder,
            ip=host,
            port=port,
            base_url=url_path_join("/", base_url, "/"),
            root_dir=str(notebooks),
        )
        app.initialize([])
        app.start()


def _check_port_available(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if os.name != "nt":  # there it would share the port with whoever has it
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            msg = (
                f"port {port} of {host} cannot be used ({error.strerror}). "
                "Choose another with --port"
            )
            raise ValueError(msg) from None
