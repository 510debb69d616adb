"""A plug-in for the law's tests: whatever imports Django fails, so the law is shown to stand alone."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec


class _Barred:
    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name == "django" or name.startswith("django."):
            raise ImportError(f"{name}: the law and the command line must not import Django")
        return None


sys.meta_path.insert(0, _Barred())  # type: ignore[arg-type]
