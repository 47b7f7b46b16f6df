"""What the server logs of its answers."""

from http import HTTPStatus

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.log import log_request


def log_answer(handler: JupyterHandler) -> None:
    """Log an answer without its token. A server that is full or not yet ready is no error.

    Args:
        handler: The handler that has answered.
    """
    if handler.get_status() == HTTPStatus.SERVICE_UNAVAILABLE:
        handler.log.info("Busy: %s %s", handler.request.method, handler.request.path)
    else:
        log_request(handler, record_prometheus_metrics=False)  # type: ignore[no-untyped-call]
