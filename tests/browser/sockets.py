"""Scripts that make a page's socket to its kernel slow, or break it, or wait for its requests."""

SOCKETS = """
    window.sockets = []; window.broken = 0;
    const Real = WebSocket;
    window.WebSocket = class extends Real {
        constructor(url) {
            super(sockets.length < broken ? new URL("/nothing", url) : url);
            sockets.push(this);
        }
        set onmessage(handle) {
            super.onmessage = (event) => setTimeout(() => handle(event), DELAY);
        }
    };
"""
"""Script that makes sockets breakable and delays messages by DELAY milliseconds."""

DELAY_ANSWERS = """
    const Real = WebSocket;
    window.held = null;
    window.WebSocket = class extends Real {
        set onmessage(handle) {
            super.onmessage = (event) => held ? held.push(() => handle(event)) : handle(event);
        }
    };
"""
"""Script that holds the kernel's messages back while ``held`` is a list."""

RELEASE_ANSWERS = "() => { const late = held; held = null; for (const handle of late) handle(); }"

KEEP_REQUESTS = """
    const request = window.fetch;
    window.requests = [];
    window.fetch = (...parts) => {
        const answer = request(...parts);
        requests.push(answer);
        return answer;
    };
"""
"""Script that keeps the promise of every request of the page."""

AWAIT_REQUESTS = "() => Promise.allSettled(requests)"
