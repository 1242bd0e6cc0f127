"""./build.py openapi: write build/openapi/core.json and frontend.json from the declarations, without a running service."""

from __future__ import annotations

import json
import tomllib

import environment
from progress import BUILD, ROOT, main

FOLDER = BUILD / "openapi"


def documents() -> dict[str, str]:
    """File name -> text of every API document, as the declarations say now."""
    from appliance.core.api import ENDPOINTS as CORE
    from appliance.frontend.api import ENDPOINTS as FRONTEND
    from appliance.http.openapi import document

    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    declared = {
        "core.json": document(CORE, "Nano Core API", version),
        "frontend.json": document(FRONTEND, "Nano FrontEnd API", version),
    }
    return {name: json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n" for name, content in declared.items()}


def write() -> list[str]:
    """Write the documents; a file that would not change keeps its time, so that nothing is built again."""
    environment.ensure()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in documents().items():
        file = FOLDER / name
        if not file.is_file() or file.read_text() != text:
            file.write_text(text)
    return [f"build/openapi/{name}" for name in sorted(documents())]


def verb() -> int:
    for name in write():
        print(name)
    return 0


if __name__ == "__main__":
    main(verb)
