"""The evaluation as an analyst writes it in an afternoon: pandas, openpyxl and jinja2, for these exports only.

`python -m benchmarks.naive FOLDER OUTPUT` computes the same figures of data/sample as `integratie-eval report`,
and writes them as rapport.md, rapport.html and cijfers.json. It is the yardstick of bench.py, so it does nothing twice
and nothing in a loop that pandas can do. It knows the headings of these exports by heart and checks nothing.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment

from benchmarks.naive_over_time import add_over_time

VAN, TOT, GRENS = pd.Timestamp("2017-06-01"), pd.Timestamp("2019-12-31"), pd.Timestamp("2013-01-01")
COHORTS = ("statushouder", "oudkomer")
SHEETS = {"cliënten": "clienten", "ladder": "metingen"}  # the other sheets are called as we call the table
KEYS = {
    "clienten": ["clientnummer", "uitkeringnummer", "begin"],
    "trajecten": ["clientnummer", "soort", "aanbieder", "begin"],
    "plaatsingen": ["clientnummer", "begin"],
    "metingen": ["clientnummer", "datum"],
    "vestigingen": ["jaar"],
    "bijeenkomsten": ["aanbieder", "datum"],
}
HEADINGS = {
    "clientnummer": "Cliëntnr.|Cliëntnummer",
    "uitkeringnummer": "Dossiernr.|Uitkeringsnummer",
    "geboortedatum": "Geb. datum|Geboortedatum",
    "vestiging": "Vestigingsdatum|Datum vestiging in gemeente",
    "begin": "Ingangsdatum|Begindatum uitkering|Startdatum|Begindatum|Datum plaatsing|Eerste werkdag",
    "eind": "Einddatum|Einddatum uitkering|Werkelijke einddatum|Laatste werkdag",
    "reden": "Reden beëindiging|Reden einde uitkering",
    "inkomsten": "Parttime werk J/N|Inkomsten uit arbeid",
    "trede": "Trede|Trede participatieladder|Positie",
    "datum_trede": "Trede per|Datum trede",
    "zorg": "Zorg & rust|Zorg en rust",
    "gesprek": "Gesproken op|Datum laatste gesprek",
    "taalmaatje": "Taalbuddy|Taalmaatje",
    "soort": "Instrument|Soort traject",
    "aanbieder": "Leverancier|Aanbieder|Organisatie",
    "jobcoach": "Jobcoach J/N|Jobcoach ingezet",
    "datum": "Meetdatum|Datum meting|Datum|Datum bijeenkomst",
    "jaar": "Jaar|Jaar van vestiging",
    "aantal": "Aantal|Aantal statushouders",
}
COLUMNS = {heading: column for column, headings in HEADINGS.items() for heading in headings.split("|")}
DATES = ["geboortedatum", "vestiging", "begin", "eind", "datum_trede", "gesprek", "datum"]
WORK = ("11", "13", "Arbeid in dienstbetrekking/uitkering ziekte", "Zelfstandig beroep of bedrijf")
STUDY = ("01", "Gaan volgen van onderwijs met studiefinanciering")
TEMPLATE = """\
# Evaluatie integratie en participatie statushouders
Tussen {{ van }} en {{ tot }} hadden {{ n["personen"]["totaal"] }} mensen bijstand: \
{{ n["personen"]["statushouder"] }} statushouders en {{ n["personen"]["oudkomer"] }} oudkomers. \
{{ n["uitstroom_werk"]["totaal"] }} van hen vonden werk.
| cijfer | kwartaal | categorie | statushouders | oudkomers | totaal | deel |
|---|---|---|---:|---:|---:|---:|
{% for r in rows %}
| {{ r.indicator }} | {{ r.kwartaal }} | {{ r.categorie }} \
| {{ r.statushouder }} | {{ r.oudkomer }} | {{ r.totaal }} | {{ r.deel }} |
{% endfor %}
"""
PAGE = """\
<!doctype html><html lang="nl"><meta charset="utf-8"><title>Evaluatie</title>
<style>body{font:1rem sans-serif;max-width:60rem;margin:auto}td{padding:.2rem .6rem}</style>
<h1>Evaluatie integratie en participatie statushouders</h1>
<p>Tussen {{ van }} en {{ tot }} hadden {{ n["personen"]["totaal"] }} mensen bijstand.</p>
<table><tr><th>cijfer<th>kwartaal<th>categorie<th>statushouders<th>oudkomers<th>totaal<th>deel
{% for r in rows %}
<tr><td>{{ r.indicator }}<td>{{ r.kwartaal }}<td>{{ r.categorie }}\
<td>{{ r.statushouder }}<td>{{ r.oudkomer }}<td>{{ r.totaal }}\
<td>{{ r.deel }}
{% endfor %}
</table></html>
"""


def read_all(folder: Path) -> dict[str, pd.DataFrame]:
    """The rows of all deliveries per table, oldest delivery first."""
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in KEYS}
    for path in folder.iterdir():
        quarter = re.search(r"(\d{4})-Q(\d)", path.name)
        if quarter is None:
            continue
        if path.suffix == ".csv":
            raw = pd.read_csv(path, sep=";", header=None, dtype=object, encoding="cp1252")
            sheets = {path.stem.split(" ")[1]: raw}
        else:  # openpyxl for xlsx; for ods pandas asks for odfpy
            sheets = pd.read_excel(path, sheet_name=None, header=None, dtype=object)
        peildatum = pd.Period(f"{quarter[1]}Q{quarter[2]}").end_time.normalize()
        for name, cells in sheets.items():
            head = int(cells[0].isin(COLUMNS).to_numpy().argmax())
            frame = cells.iloc[head + 1 :].set_axis(cells.iloc[head].map(COLUMNS), axis=1)
            frame = frame.loc[frame.iloc[:, 0] != "Totaal", frame.columns.notna()].assign(peildatum=peildatum)
            parts[SHEETS.get(name.lower(), name.lower())].append(frame)
    return {name: typed(pd.concat(frames).sort_values("peildatum", kind="stable")) for name, frames in parts.items()}


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    for column in frame.columns.intersection(DATES):
        text = frame[column].astype("str").str[:10]
        iso = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")
        frame[column] = iso.fillna(pd.to_datetime(text, format="%d-%m-%Y", errors="coerce"))
    for column in frame.columns.intersection(["trede", "jaar", "aantal"]):
        frame[column] = pd.to_numeric(frame[column])
    for column in frame.columns.intersection(["inkomsten", "zorg", "taalmaatje", "jobcoach"]):
        frame[column] = frame[column].isin(["J", "Ja"])
    return frame


def merged(tables: dict[str, pd.DataFrame], name: str) -> pd.DataFrame:
    """The newest row of every key; of what lasts, only what touches the period, with `loopt` on the last day."""
    rows = tables[name].drop_duplicates(KEYS[name], keep="last")
    if "eind" in rows:
        gone = rows["eind"].isna() & (rows["peildatum"] < rows["peildatum"].max())
        end = rows["eind"].where(~gone, rows["peildatum"])
        rows = rows.assign(loopt=(rows["begin"] <= TOT) & (end.isna() | (end > TOT)))
        rows = rows[(rows["begin"] <= TOT) & (end.isna() | (end >= VAN))]
    return rows


def classify(tables: dict[str, pd.DataFrame], trajecten: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The periods with bijstand, and one row per person with the facts and the eindstatus."""
    clienten, metingen = tables["clienten"], tables["metingen"]
    periods = merged(tables, "clienten")
    benefit = periods.sort_values(["loopt", "begin"]).drop_duplicates("clientnummer", keep="last")
    newest = clienten.sort_values(["peildatum", "begin"]).drop_duplicates("clientnummer", keep="last")
    facts = ["clientnummer", "geboortedatum", "vestiging", "zorg", "gesprek", "taalmaatje"]
    p = benefit[["clientnummer", "loopt", "reden", "inkomsten"]].merge(newest[facts], on="clientnummer")
    rungs = [metingen[["clientnummer", "datum", "trede"]], newest[["clientnummer", "datum_trede", "trede"]]]
    rung = pd.concat([rungs[0], rungs[1].set_axis(rungs[0].columns, axis=1)]).query("1 <= trede <= 6 and datum <= @TOT")
    rung = rung.sort_values("datum", kind="stable").drop_duplicates("clientnummer", keep="last")
    p["trede"] = p["clientnummer"].map(rung.set_index("clientnummer")["trede"]).astype("Int64").astype("str")
    p["trede"] = p["trede"].where(p["trede"].isin(list("123456")), "onbekend")
    now = trajecten[trajecten["loopt"]]
    kinds = {"vrijwilligerswerk": now, "voorbereiding studie": now, "sollicitatietraining": trajecten}
    for kind, rows in kinds.items():
        p[kind.replace(" ", "_")] = p["clientnummer"].isin(rows.loc[rows["soort"].str.lower() == kind, "clientnummer"])
    p["volwassenen"] = p["geboortedatum"] <= TOT - pd.DateOffset(years=18)
    p["taalmaatje"] &= p["volwassenen"]
    p["cohort"] = (p["vestiging"] >= GRENS).map({True: COHORTS[0], False: COHORTS[1]})
    p["gesproken"] = p["gesprek"].between(VAN, TOT)
    p["met_traject"] = p["clientnummer"].isin(trajecten["clientnummer"])
    p["uitstroom_werk"] = ~p["loopt"] & p["reden"].isin(WORK)
    p["studie"] = ~p["loopt"] & p["reden"].isin(STUDY)
    p["parttime_werk"] = p["loopt"] & p["inkomsten"]
    p["eindstatus"] = "nog geen traject"
    order = {
        "uitgestroomd overig": ~p["loopt"],
        "in traject": p["loopt"] & p["met_traject"],
        "voorbereiding studie": p["voorbereiding_studie"],
        "vrijwilligerswerk": p["vrijwilligerswerk"],
        "zorg en rust": p["zorg"],
        "studie": p["studie"],
        "parttime werk": p["parttime_werk"],
        "betaald werk": p["uitstroom_werk"],
    }
    for status, holds in order.items():  # the last one that holds, counts
        p.loc[holds, "eindstatus"] = status
    return periods, p.rename(columns={"zorg": "zorg_en_rust"})


def measure(tables: dict[str, pd.DataFrame]) -> list[dict[str, Any]]:
    """All figures: a row per indicator and category, with the count per cohort and in total."""
    trajecten = merged(tables, "trajecten")
    periods, p = classify(tables, trajecten)
    rows: list[dict[str, Any]] = []

    def add(
        indicator: str, total: Any, category: str | None = None, per: Any = None, base: int | None = None,
        quarter: str | None = None,
    ) -> None:  # fmt: skip
        counts = {cohort: None if per is None else int(per.get(cohort, 0)) for cohort in COHORTS}
        share = f"{int(100 * total / base + 0.5)}%" if base else ""
        rows.append(
            {
                "indicator": indicator,
                "kwartaal": quarter,
                "categorie": category,
                **counts,
                "totaal": int(total),
                "deel": share,
            }
        )

    def split(indicator: str, people: pd.DataFrame, column: str) -> None:
        for category, per in pd.crosstab(people[column], people["cohort"]).iterrows():
            add(indicator, per.sum(), str(category), per, len(p))

    add("personen", len(p), per=p["cohort"].value_counts())
    parties = periods[["uitkeringnummer", "clientnummer"]].drop_duplicates().merge(p[["clientnummer", "cohort"]])
    parties = parties.groupby("uitkeringnummer").agg({"clientnummer": "count", "cohort": "nunique"})
    add("partijen", len(parties))
    add("partijen_samenstelling", (parties["clientnummer"] == 1).sum(), "alleenstaande")
    add("partijen_samenstelling", (parties["clientnummer"] == 2).sum(), "paar")
    add("partijen_gemengd", (parties["cohort"] > 1).sum())
    yes_or_no = ["gesproken", "uitstroom_werk", "parttime_werk", "studie", "vrijwilligerswerk", "voorbereiding_studie",
                 "zorg_en_rust", "sollicitatietraining", "met_traject", "volwassenen", "taalmaatje"]  # fmt: skip
    sums = p.groupby("cohort")[yes_or_no].sum()
    for name in yes_or_no:
        add(name, sums[name].sum(), per=sums[name], base=len(p))
    adults = p[p["cohort"].eq("statushouder") & p["volwassenen"]]
    add("taalmaatje_statushouders", adults["taalmaatje"].sum(), base=len(adults))
    split("eindstatus", p, "eindstatus")
    split("trede", p, "trede")
    persons = trajecten.drop_duplicates(["clientnummer", "aanbieder"]).merge(p[["clientnummer", "cohort"]])
    split("deelnemers_aanbieder", persons, "aanbieder")
    meetings = merged(tables, "bijeenkomsten")
    for provider, count in meetings.loc[meetings["datum"].between(VAN, TOT), "aanbieder"].value_counts().items():
        add("bijeenkomsten", count, str(provider))
    jobs = merged(tables, "plaatsingen")
    add("jobcoaching_inzetten", (jobs["jobcoach"] & jobs["clientnummer"].isin(p["clientnummer"])).sum())
    for year, count in merged(tables, "vestigingen").set_index("jaar")["aantal"].items():
        add("vestigingen", count, str(year))

    def of_quarter(indicator: str, total: Any, quarter: str | None, per: Any, category: str | None = None) -> None:
        add(indicator, total, category, per, quarter=quarter)

    of_period = jobs[jobs["clientnummer"].isin(p["clientnummer"])]
    add_over_time(tables, {"periods": periods, "persons": p, "jobs": of_period}, WORK, of_quarter)
    return rows


def main(folder: Path, output: Path) -> None:
    rows = measure(read_all(folder))
    environment = Environment(autoescape=True, trim_blocks=True, finalize=lambda value: "" if value is None else value)
    by_name = {row["indicator"]: row for row in rows}
    known = {"rows": rows, "n": by_name, "van": f"{VAN:%d-%m-%Y}", "tot": f"{TOT:%d-%m-%Y}"}
    output.mkdir(parents=True, exist_ok=True)
    for name, template in (("rapport.md", TEMPLATE), ("rapport.html", PAGE)):
        (output / name).write_text(environment.from_string(template).render(known), encoding="utf-8")
    (output / "cijfers.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
