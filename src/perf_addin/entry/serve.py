"""The command `serve`: the web add-in on an address of this machine."""

from __future__ import annotations

import json
import os
import sys
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from perf_addin.adapters.web.files import excel_files
from perf_addin.adapters.web.limits import LimitedBody
from perf_addin.adapters.web.manifest import MANIFEST_ID
from perf_addin.adapters.web.same_origin import SameOrigin
from perf_addin.domain.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from perf_addin.adapters.web.limits import App

LICENCE = "XLWINGS_LICENSE_KEY"
_MEGABYTE = 1 << 20
# Who may show the task pane in a frame: Excel on the web.
_OFFICE = (
    "https://*.office.com https://*.office365.com https://*.officeapps.live.com "
    "https://*.sharepoint.com https://*.microsoft.com https://*.live.com"
)
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    f"form-action 'self'; "
    f"frame-ancestors 'self' {_OFFICE}"
)


def run(options: argparse.Namespace) -> int:
    """Serve the add-in until it is stopped.

    Raises:
        UsageError: what was asked for is unsafe, or something that it takes is missing.
    """
    check(options)
    os.environ.update(environment(options))
    if options.write_manifest:
        return _write_manifest(options)
    import uvicorn  # noqa: PLC0415 - after the check that it is there

    where = address(options)
    print(f"Task pane  {where}/taskpane.html")
    print(f"Manifest   {where}/manifest.xml  (add it in Excel: Add-ins, Upload My Add-in)")
    print("Stop with Ctrl+C.", flush=True)
    uvicorn.run(
        application(options),
        host=options.host,
        port=options.port,
        ssl_certfile=options.cert,
        ssl_keyfile=options.key,
        log_level="warning",
        server_header=False,
    )
    return 0


def _write_manifest(options: argparse.Namespace) -> int:
    """Write the manifest for the address that was stated, and serve nothing."""
    from perf_addin.adapters.files.programs import EXCEL  # noqa: PLC0415
    from perf_addin.adapters.files.saving import put_in_place  # noqa: PLC0415
    from perf_addin.adapters.web.asking import page  # noqa: PLC0415

    manifest = page(application(options), f"{address(options)}/manifest.xml")
    target = Path(options.write_manifest)
    print(put_in_place(lambda: iter((manifest,)), target, backup=True, program=EXCEL).path)
    return 0


def check(options: argparse.Namespace) -> None:
    """Refuse what is unsafe or cannot work.

    Raises:
        UsageError: it is; the message says what to do instead.
    """
    if find_spec("xlwings_server") is None:
        raise UsageError("serve needs the extra 'web'. Install it: pip install 'perf-addin[web]'.")
    if not os.environ.get(LICENCE):
        raise UsageError(
            f"xlwings needs a licence key for the web, in the environment variable {LICENCE}. "
            "docs/web-add-in.md says who may use the free one, and where to ask for another."
        )
    if (options.cert is None) is not (options.key is None):
        raise UsageError("--cert and --key go together: state both, or neither.")
    for path in filter(None, (options.cert, options.key, options.token_file)):
        if not Path(path).is_file():
            raise UsageError(f"found no file {path}.")
    if options.auth and ":" not in options.auth:
        raise UsageError(f"--auth: found {options.auth!r}, expected MODULE:FUNCTION.")
    if is_loopback(options.host):
        return
    if not (options.auth or options.token_file):
        raise UsageError(
            f"--host {options.host} can be reached from other machines, so it needs --token-file "
            "or --auth. Without, only this machine is served (--host 127.0.0.1)."
        )
    if options.cert is None and not options.behind_proxy:
        raise UsageError(
            f"--host {options.host} can be reached from other machines, so it needs --cert and "
            "--key, or --behind-proxy where a proxy encrypts."
        )


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine alone."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def address(options: argparse.Namespace) -> str:
    """The address as it is typed into a browser."""
    if options.public_host:
        return f"https://{options.public_host}"
    host = f"[{options.host}]" if ":" in options.host else options.host
    return f"{'https' if options.cert else 'http'}://{host}:{options.port}"


def environment(options: argparse.Namespace) -> dict[str, str]:
    """What xlwings-server and our routes read from the environment."""
    signs_in = bool(options.auth or options.token_file)
    off = ("SOCKETIO", "BOOTSTRAP", "HTMX", "ALPINEJS_CSP", "EXAMPLES", "HOTRELOAD", "WASM")
    found = {
        **{f"XLWINGS_ENABLE_{name}": "false" for name in off},
        "XLWINGS_PROJECT_DIR": str(excel_files("web") / "project"),
        "XLWINGS_PROJECT_NAME": "Performance",
        "XLWINGS_ENVIRONMENT": "prod",
        "XLWINGS_FUNCTIONS_NAMESPACE": "",
        "XLWINGS_MANIFEST_ID_PROD": MANIFEST_ID,
        "XLWINGS_AUTH_PROVIDERS": json.dumps(["custom"] if signs_in else []),
        "XLWINGS_CUSTOM_HEADERS": json.dumps({"Content-Security-Policy": POLICY}),
        "XLWINGS_LOG_LEVEL": "WARNING",
    }
    if options.public_host:
        found["XLWINGS_HOSTNAME"] = options.public_host
    if options.auth:
        found["PERF_ADDIN_AUTH"] = options.auth
    if options.token_file:
        found["PERF_ADDIN_TOKEN_FILE"] = str(Path(options.token_file).resolve())
    return found


def application(options: argparse.Namespace) -> App:
    """The application: xlwings-server with our routes, behind our limits.

    Only names that are its own are answered, so that no other site can be made to stand for it.
    """
    from starlette.middleware.trustedhost import TrustedHostMiddleware  # noqa: PLC0415

    sys.path.insert(0, os.environ["XLWINGS_PROJECT_DIR"])
    from xlwings_server.main import main_app  # noqa: PLC0415 - reads the environment

    own = {"localhost", "127.0.0.1", "[::1]", options.host, options.public_host or options.host}
    hosts = ["*"] if options.behind_proxy and not options.public_host else sorted(own)
    guarded = TrustedHostMiddleware(main_app, allowed_hosts=hosts, www_redirect=False)
    same = SameOrigin(guarded, address(options))
    return LimitedBody(same, options.max_mb * _MEGABYTE)
