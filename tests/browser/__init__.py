"""Real Chromium against the real server and the real JupyterLab."""
