"""The options of `perf-addin serve`."""

from __future__ import annotations

from perf_addin.domain.declaring import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add_serve(command: argparse.ArgumentParser) -> None:
    """Say where the server listens, and who may use it."""
    command.set_defaults(runs="perf_addin.entry.serve")
    command.add_argument(
        "--host", default="127.0.0.1", help="address to listen on; by default this machine only"
    )
    command.add_argument("--port", type=int, default=8000, help="port; default 8000")
    command.add_argument("--cert", metavar="FILE", help="certificate for https, with its chain")
    command.add_argument("--key", metavar="FILE", help="private key of the certificate")
    command.add_argument(
        "--token-file", metavar="FILE", help="file with the access key that everybody types in"
    )
    command.add_argument(
        "--auth", metavar="MODULE:FUNCTION", help="function that gives a name for a token, or None"
    )
    command.add_argument(
        "--public-host", metavar="NAME", help="name under which Excel reaches this server by https"
    )
    command.add_argument(
        "--behind-proxy", action="store_true", help="a proxy in front encrypts; plain http is fine"
    )
    command.add_argument(
        "--write-manifest",
        metavar="FILE",
        help="write the manifest for this address, for the administrator to upload, and end",
    )
    command.add_argument(
        "--max-mb", type=int, default=50, help="largest workbook that is taken, in MB; default 50"
    )
