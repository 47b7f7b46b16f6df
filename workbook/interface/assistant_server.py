"""The server of an assistant's tools over standard input and output."""

# ruff: noqa: PLC0415  the package mcp is an extra, which few need

import asyncio
import json
import logging
import sys
import traceback
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from workbook.interface.assistant_tools import INSTRUCTIONS, AssistantTool, find_tool, make_tools
from workbook.interface.calls import WorkbookCalls
from workbook.interface.errors import RequestError, describe_error
from workbook.scenario import ScenarioError

if TYPE_CHECKING:
    from mcp.server import Server
    from mcp.types import CallToolRequestParams, CallToolResult, ListToolsResult

_FAILURE: Final = "The workbook failed: its standard error says why."


def check_installed() -> None:
    """Check that the package ``mcp`` is installed. Raises ValueError if it is not."""
    try:
        import mcp.server  # noqa: F401  only whether there is one
    except ImportError:
        raise ValueError(
            "An assistant needs the package mcp, which is not installed: install"
            " policy-workbook[mcp]"
        ) from None


def serve_assistant(workbook: WorkbookCalls) -> None:
    """Serve the tools on standard input and output until the input ends.

    Whatever else is printed goes to standard error.

    Args:
        workbook: What the tools answer from.
    """
    logging.getLogger("mcp").setLevel(logging.WARNING)
    asyncio.run(_serve(build_server(workbook)))


def build_server(workbook: WorkbookCalls) -> "Server[Any]":
    """Build the server.

    Args:
        workbook: What the tools answer from.

    Returns:
        The server, which knows nothing of how it is reached.
    """
    from mcp.server import Server
    from mcp.types import ListToolsResult

    tools, lock = make_tools(workbook), asyncio.Lock()

    async def list_tools(*_: object) -> "ListToolsResult":
        return ListToolsResult(tools=[_describe_tool(tool) for tool in tools.values()])

    async def call_tool(_: object, request: "CallToolRequestParams") -> "CallToolResult":
        async with lock:  # one calculation at a time
            name, arguments = request.name, request.arguments or {}
            return await asyncio.to_thread(partial(_answer_call, workbook, tools, name, arguments))

    return Server(
        "policy-workbook",
        version=version("policy-workbook"),
        title="Policy Workbook",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


async def _serve(server: "Server[Any]") -> None:
    from mcp.server.stdio import stdio_server

    async with stdio_server() as (reader, writer):
        await server.run(reader, writer, server.create_initialization_options())


def _answer_call(
    workbook: WorkbookCalls,
    tools: dict[str, AssistantTool],
    name: str,
    arguments: dict[str, Any],
) -> "CallToolResult":
    from mcp.types import CallToolResult, TextContent

    try:
        answer = find_tool(name, tools).run(workbook, arguments)
    except (RequestError, ScenarioError) as error:
        message = describe_error(error)["message"]
    except Exception:  # noqa: BLE001  a model may fail in any way, and the server goes on
        sys.stderr.write(traceback.format_exc())
        message = _FAILURE
    else:
        text = json.dumps(answer, ensure_ascii=False, allow_nan=False)
        content = [TextContent(type="text", text=text)]
        return CallToolResult(content=content, structured_content=answer)
    return CallToolResult(content=[TextContent(type="text", text=message)], is_error=True)


def _describe_tool(tool: AssistantTool) -> Any:  # noqa: ANN401  of an extra
    from mcp.types import Tool, ToolAnnotations

    return Tool(
        name=tool.name,
        description=tool.description,
        input_schema=tool.input_schema,
        output_schema=tool.answer,
        annotations=ToolAnnotations(
            read_only_hint=True, idempotent_hint=True, open_world_hint=False
        ),
    )
