"""Copies the browser code we depend on out of node_modules into static/vendor, with versions and licences.

Run it after `npm ci`: `python deploy/vendor.py`. It also draws one SVG sprite from the icons that we use: our own in
static/icons/*.svg, and those of Lucide named in static/icons/lucide.txt.
"""

import json
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NODE_MODULES = ROOT / "node_modules"
ICONS = ROOT / "static" / "icons"
VENDOR = ROOT / "static" / "vendor"

# package -> (file inside it, name in static/vendor)
SCRIPTS = {
    "@github/markdown-toolbar-element": ("dist/index.js", "markdown-toolbar.js"),
    "@github/file-attachment-element": ("dist/index.js", "file-attachment.js"),
}
ICON_PACKAGE = "lucide-static"

README_HEAD = """\
# Browser code of others

Copied here from npm by `python deploy/vendor.py` (see package.json), never committed. htmx comes with django-htmx.
The licence texts stand in `LICENSES.txt` beside the files.

| file | package | version | licence |
| --- | --- | --- | --- |
"""


def _manifest(package: str) -> dict[str, str]:
    manifest: dict[str, str] = json.loads((NODE_MODULES / package / "package.json").read_text())
    return manifest


def _symbol(name: str, source: Path) -> str:
    """Turn one SVG file into a <symbol>; colours and strokes are the style sheet's."""
    match = re.search(r'<svg[^>]*viewBox="([^"]+)"[^>]*>(.*)</svg>', source.read_text(), flags=re.DOTALL)
    if match is None:
        raise SystemExit(f"{source.name} holds no <svg> element with a viewBox.")
    drawing = re.sub(r"\s+", " ", match.group(2)).replace(" />", "/>").strip()
    return f'<symbol id="{name}" viewBox="{match.group(1)}">{drawing}</symbol>'


def write_sprite() -> int:
    """Write icons.svg and return how many icons it holds."""
    sources = {
        name: NODE_MODULES / ICON_PACKAGE / "icons" / f"{name}.svg"
        for name in (ICONS / "lucide.txt").read_text().split()
    }
    sources |= {path.stem: path for path in ICONS.glob("*.svg")}
    missing = [name for name, path in sources.items() if not path.exists()]
    if missing:
        raise SystemExit(f"{ICON_PACKAGE} has no icon named {', '.join(missing)}. Mend static/icons/lucide.txt.")
    symbols = "\n".join(_symbol(name, sources[name]) for name in sorted(sources))
    (VENDOR / "icons.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n')
    return len(sources)


def write_notices() -> None:
    """Write the table of versions and the licence texts."""
    files = {package: f"`{name}`" for package, (_, name) in SCRIPTS.items()}
    files[ICON_PACKAGE] = "`icons.svg`"
    rows, texts = [], []
    for package, file in files.items():
        manifest = _manifest(package)
        rows.append(f"| {file} | {package} | {manifest['version']} | {manifest['license']} |")
        licence = (NODE_MODULES / package / "LICENSE").read_text().strip()
        texts.append(f"{package} {manifest['version']}\n\n{licence}\n")
    (VENDOR / "README.md").write_text(README_HEAD + "\n".join(rows) + "\n")
    (VENDOR / "LICENSES.txt").write_text(("\n" + "-" * 80 + "\n\n").join(texts))


def main() -> None:
    if not NODE_MODULES.is_dir():
        sys.exit("node_modules is not there. Run `npm ci` first.")
    VENDOR.mkdir(parents=True, exist_ok=True)
    for package, (source, target) in SCRIPTS.items():
        shutil.copyfile(NODE_MODULES / package / source, VENDOR / target)
    count = write_sprite()
    write_notices()
    print(f"static/vendor: {len(SCRIPTS)} scripts, {count} icons")


if __name__ == "__main__":
    main()
