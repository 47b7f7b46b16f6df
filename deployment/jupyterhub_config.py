"""The part of a hub's configuration that adds the Policy Workbook as a service.

Add it to ``jupyterhub_config.py``. Change the paths and the address to yours. Everyone whom the hub
signs in may open the pages; take the role away from "user" and give it to a group for fewer.
The pages' kernels run as the service's user, who must not be the hub's.
"""

import sys

c = get_config()  # noqa: F821  # type: ignore[name-defined]  JupyterHub's

c.JupyterHub.services = [
    {
        "name": "workbook",
        "display": True,
        "user": "workbook",
        "url": "http://127.0.0.1:8866",
        "oauth_no_confirm": True,
        "command": [
            sys.executable,
            "/opt/policy-workbook/deployment/hub_sign_in.py",
            "--public-url=https://hub.example.gov.uk/services/workbook/",
            "--",
            *("/opt/policy-workbook/.venv/bin/workbook", "serve"),
        ],
    }
]
c.JupyterHub.load_roles = [
    {"name": "user", "scopes": ["self", "access:services!service=workbook"]},
]
