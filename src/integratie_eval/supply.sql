-- What providers offer beside where people stand, and which price a traject has. Stands on classify.sql and follow.sql.
-- From the settings: aanbod_voor_trede (aanbieder, trede) and prijzen (van, naam, kostenpost); van: 'aanbieder' or 'soort'.

-- Every traject at a provider that runs on the peildatum, of a person with bijstand on that day.
-- past: is the offer meant for the rung of the person on that day? Without a rung 'onbekend'; NULL when the provider does
-- not tell for which rungs its offer is.
CREATE VIEW aanbod_deelnames AS
SELECT d.clientnummer, d.cohort, d.aanbieder, p.trede, p.trede_klasse,
       CASE WHEN d.aanbieder NOT IN (SELECT aanbieder FROM aanbod_voor_trede) THEN NULL
            WHEN p.trede IS NULL THEN 'onbekend'
            WHEN v.trede IS NULL THEN 'past niet'
            ELSE 'past' END AS past
FROM deelnames d
JOIN personen p ON p.clientnummer = d.clientnummer AND p.in_bijstand
LEFT JOIN aanbod_voor_trede v ON v.aanbieder = d.aanbieder AND v.trede = p.trede
WHERE d.loopt AND d.aanbieder IS NOT NULL;

-- Every traject in the period that has a price: that of its provider, else that of its kind.
CREATE VIEW kosten_deelnames AS
SELECT d.clientnummer, d.cohort, d.soort, d.aanbieder, coalesce(a.kostenpost, s.kostenpost) AS kostenpost
FROM deelnames d
LEFT JOIN prijzen a ON a.van = 'aanbieder' AND a.naam = d.aanbieder
LEFT JOIN prijzen s ON s.van = 'soort' AND s.naam = d.soort
WHERE coalesce(a.kostenpost, s.kostenpost) IS NOT NULL;
