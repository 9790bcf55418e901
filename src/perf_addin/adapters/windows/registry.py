"""What the registry says of Excel; on other systems it says nothing."""

from __future__ import annotations

import sys
from contextlib import suppress

OPTIONS = r"Software\Microsoft\Office\{version}\Excel\Options"
SECURITY = r"Software\{policies}Microsoft\Office\{version}\Excel\Security"
TRUSTED = rf"{SECURITY}\Trusted Locations"
DISABLED = r"Software\Microsoft\Office\{version}\Excel\Resiliency\DisabledItems"
_POLICIES = "Policies\\"
_CURRENT = r"Excel.Application\CurVer"
_APP_PATH = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"

Value = str | int | bytes


class Registry:
    """The user's part of the registry, and what the machine says of programs."""

    def values(self, key: str) -> dict[str, Value]:
        """The values of a key of the user's, by name; none where there is no such key."""
        found: dict[str, Value] = {}
        if sys.platform == "win32":
            import winreg  # noqa: PLC0415 - Windows only

            user = winreg.HKEY_CURRENT_USER
            with suppress(FileNotFoundError), winreg.OpenKey(user, key) as opened:
                for number in range(winreg.QueryInfoKey(opened)[1]):
                    name, value, _ = winreg.EnumValue(opened, number)
                    if isinstance(value, (str, int, bytes)):
                        found[name] = value
        return found

    def put(self, key: str, name: str, value: str) -> None:
        """Set a text in a key of the user's, which is made where there is none."""
        if sys.platform == "win32":
            import winreg  # noqa: PLC0415 - Windows only

            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
                winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)

    def delete(self, key: str, name: str) -> None:
        """Take a value out of a key of the user's."""
        if sys.platform == "win32":
            import winreg  # noqa: PLC0415 - Windows only

            access = winreg.KEY_SET_VALUE
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, access) as opened:
                winreg.DeleteValue(opened, name)

    def excel(self) -> str | None:
        """The version of Excel that is installed, such as 16.0, or None."""
        if sys.platform == "win32":
            import winreg  # noqa: PLC0415 - Windows only

            with suppress(FileNotFoundError):
                winreg.QueryValue(winreg.HKEY_LOCAL_MACHINE, _APP_PATH)
                current = winreg.QueryValue(winreg.HKEY_CLASSES_ROOT, _CURRENT)
                return f"{current.rpartition('.')[2]}.0"
        return None


def security_keys(version: str) -> tuple[tuple[str, str], ...]:
    """The keys of Excel's security and of its trusted places: a policy's first."""
    return tuple(
        (
            SECURITY.format(policies=policies, version=version),
            TRUSTED.format(policies=policies, version=version),
        )
        for policies in (_POLICIES, "")
    )
