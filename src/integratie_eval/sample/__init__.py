"""Synthetic exports of an invented municipality: for the tutorial, the tests and the benchmarks."""

from __future__ import annotations

from pathlib import Path

STATIC = Path(__file__).parent / "static"
SETTINGS = "integratie.toml"


def write_sample(folder: Path, *, clients: int = 293, quarters: int = 11, seed: int = 2019) -> list[Path]:
    """Write the exports, the settings and the texts of the sample into `folder`; return the files."""
    from integratie_eval.sample.deliveries import deliver
    from integratie_eval.sample.files import write_delivery
    from integratie_eval.sample.population import generate
    from integratie_eval.sample.styles import style_of

    town = generate(clients, quarters, seed)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for quarter in town.quarters:
        written += write_delivery(folder, deliver(town, quarter), style_of(quarter, clients))
    return written + _copy_static(folder, {"@VAN@": town.van.isoformat(), "@TOT@": town.tot.isoformat()})


def _copy_static(folder: Path, values: dict[str, str]) -> list[Path]:
    """Copy the files that are not generated; the settings get the dates of the evaluation period."""
    written = []
    for source in sorted(path for path in STATIC.rglob("*") if path.is_file()):
        target = folder / source.relative_to(STATIC)
        target.parent.mkdir(parents=True, exist_ok=True)
        content = source.read_bytes()
        if source.name == SETTINGS:
            for placeholder, value in values.items():
                content = content.replace(placeholder.encode(), value.encode())
        target.write_bytes(content)
        written.append(target)
    return written
