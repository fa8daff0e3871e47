"""A page in real Chromium, without a driver: a page around it tells what it looks like."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--allow-file-access-from-files",
    "--virtual-time-budget=3000",
]  # fmt: skip
# a window cannot be as narrow as a telephone, a frame can
AROUND = """<!doctype html><meta charset="utf-8"><body>
<iframe id="frame" src="{page}" style="width:{width}px;height:900px;border:0"></iframe>
<script>window.onload = async () => {{
  const frame = document.getElementById("frame").contentWindow, page = frame.document, width = {width};
  document.body.dataset.result = JSON.stringify(await (async () => {{ {script} }})());
}}</script></body>"""


def ask(page: Path, width: int, script: str) -> Any:
    """Open a page in a frame of a width and run a script that knows `frame`, `page` and `width`; gives what it returns.

    The report itself allows no script, so this one runs in the page around it.
    """
    around = page.with_name(f"rond-{page.stem}-{width}.html")
    around.write_text(AROUND.format(page=page.name, width=width, script=script), encoding="utf-8")
    profile = f"--user-data-dir={page.parent / 'profiel'}"
    command = [str(CHROMIUM), *FLAGS, profile, "--window-size=1400,1000", "--dump-dom", around.as_uri()]
    shown = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8", timeout=300).stdout
    result = re.search(r'data-result="([^"]*)"', shown)
    assert result, "the page was not measured"
    return json.loads(html.unescape(result[1]))
