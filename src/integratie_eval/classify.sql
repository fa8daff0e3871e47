-- Who belongs to which group, on which rung, with which result. One row of `instellingen` gives the period:
-- van, tot (both days included), peildatum (the day of the end state), cohort_grens, inburgering_is_ondersteuning.
-- Dates: something runs on a day when it began on or before that day and had not ended on that day.

-- Periods with bijstand that touch the evaluation period.
-- `verdwenen`: gone from later deliveries without an end date; the period ended, for an unknown reason, when last seen.
-- `laatste` is the period that tells how a person stands now: the one that runs, else the last one.
CREATE TABLE uitkeringsperioden AS
SELECT p.*, lag(clientnummer) OVER (ORDER BY clientnummer, loopt DESC, begin_uitkering DESC, uitkeringnummer)
            IS DISTINCT FROM clientnummer AS laatste
FROM (
    SELECT c.clientnummer, c.uitkeringnummer, c.rol, c.begin_uitkering,
           c.nationaliteit, c.geslacht, c.leerroute, c.taalniveau, c.geboortedatum, c.datum_vestiging, c.datum_vergunning,
           c.datum_gesprek, c.taalmaatje, c.zorg_en_rust, c.inkomsten_arbeid, c.inburgering_status, c.datum_inburgeringsplicht,
           c.datum_brede_intake, c.datum_pip, c.datum_pvt, c.datum_map, c.ontheffing_arbeidsplicht, c.financieel_ontzorgen,
           c.verdwenen AND c.peildatum < i.peildatum AS verdwenen,
           CASE WHEN c.verdwenen AND c.peildatum < i.peildatum THEN c.peildatum ELSE c.eind_uitkering END AS eind_uitkering,
           CASE WHEN c.eind_uitkering IS NOT NULL THEN c.reden_einde END AS reden_einde,
           (c.eind_uitkering IS NULL OR c.eind_uitkering > i.peildatum)
               AND NOT (c.verdwenen AND c.peildatum < i.peildatum) AS loopt
    FROM clienten c CROSS JOIN instellingen i
    WHERE c.begin_uitkering <= i.peildatum
      AND CASE WHEN c.verdwenen THEN c.peildatum + 1 >= i.van
               ELSE c.eind_uitkering IS NULL OR c.eind_uitkering >= i.van END
      -- a number that was corrected: the same bijstand goes on under another one
      AND NOT (c.verdwenen AND (c.clientnummer, c.begin_uitkering) IN (
          SELECT (n.clientnummer, n.begin_uitkering) FROM clienten n WHERE NOT n.verdwenen))
) AS p;

-- Trajecten and jobs that touch the evaluation period; `loopt`: on the peildatum.
CREATE TABLE lopende_trajecten AS
SELECT t.clientnummer, t.soort, t.aanbieder, t.begin, t.eind, t.reden_einde,
       (t.eind IS NULL OR t.eind > i.peildatum) AND NOT (t.verdwenen AND t.peildatum < i.peildatum) AS loopt,
       coalesce(a.trede, s.trede, 0) AS trede
FROM trajecten t CROSS JOIN instellingen i
LEFT JOIN trede_bij_soort s ON s.soort = t.soort
LEFT JOIN trede_bij_aanbieder a ON a.aanbieder = t.aanbieder
WHERE t.begin <= i.peildatum
  AND CASE WHEN t.verdwenen THEN t.peildatum >= i.van ELSE t.eind IS NULL OR t.eind >= i.van END;

-- `tot`: the first day without the job; `eind` is the last day at work. A job without an end that is in no later delivery
-- ended on the day after it was last seen, or, of someone who was out of bijstand since, when the bijstand began again.
CREATE TABLE banen AS
SELECT p.clientnummer, p.begin, p.eind, p.uren_per_week, p.contract, p.jobcoach, p.reden_einde,
       (p.eind IS NULL OR p.eind > i.peildatum) AND NOT (p.verdwenen AND p.peildatum < i.peildatum) AS loopt,
       CASE WHEN p.verdwenen AND p.peildatum < i.peildatum THEN coalesce(t.begin, p.peildatum + 1) ELSE p.eind + 1 END AS tot
FROM plaatsingen p CROSS JOIN instellingen i
LEFT JOIN (
    SELECT p.clientnummer, p.begin AS baan, min(c.begin_uitkering) AS begin
    FROM plaatsingen p JOIN clienten c ON c.clientnummer = p.clientnummer AND c.begin_uitkering > p.peildatum
    WHERE p.verdwenen
    GROUP BY p.clientnummer, p.begin
) AS t ON t.clientnummer = p.clientnummer AND t.baan = p.begin
WHERE p.begin <= i.peildatum
  AND CASE WHEN p.verdwenen THEN p.peildatum >= i.van ELSE p.eind IS NULL OR p.eind >= i.van END;

-- The rung on the participatieladder of every person through time: the newest of what was measured and of what the list of
-- clients says. A list counts from its peildatum until the next list that names the person, so that a rung which a newer
-- list corrects or leaves empty is gone from then on. Measurements on the other scale with the same digits
-- (re-integratiepositie) do not count. A rung without a date is older than any other.
-- Windows over everybody in order: one per person (PARTITION BY) costs four times as much of few people, and the same of many.
CREATE TABLE treden AS
WITH geleverd AS (
    SELECT c.clientnummer, c.peildatum,
           arg_max({'trede': CASE WHEN c.trede BETWEEN 1 AND 6 THEN c.trede END, 'datum': c.datum_trede, 'groeipotentieel': c.groeipotentieel},
                   ROW(coalesce(c.datum_trede, DATE '0001-01-01'), c._nr, c._rij)) AS stand
    FROM clienten_geleverd c
    JOIN leveringen l ON l.nr = c._nr AND l.kolommen LIKE '% trede %'
    WHERE c._terzijde IS NULL
    GROUP BY c.clientnummer, c.peildatum
), lijst AS (
    SELECT clientnummer, stand.trede AS trede, stand.datum AS datum, stand.groeipotentieel AS groeipotentieel,
           CASE WHEN stand.datum > peildatum OR (vorige IS NULL AND stand.datum < peildatum) THEN stand.datum ELSE peildatum END AS vanaf,
           CASE WHEN lead(clientnummer) OVER w = clientnummer THEN lead(peildatum) OVER w ELSE DATE '9999-12-31' END AS tot
    FROM (
        SELECT *, CASE WHEN lag(clientnummer) OVER w = clientnummer THEN lag(stand) OVER w END AS vorige
        FROM geleverd
        WINDOW w AS (ORDER BY clientnummer, peildatum)
    ) AS vergeleken
    WHERE vorige IS NULL OR stand IS DISTINCT FROM vorige
    WINDOW w AS (ORDER BY clientnummer, peildatum)
), gemeten AS (
    SELECT clientnummer, trede, datum, groeipotentieel, datum AS vanaf,
           CASE WHEN lead(clientnummer) OVER w = clientnummer THEN lead(datum) OVER w ELSE DATE '9999-12-31' END AS tot
    FROM (
        SELECT clientnummer, datum, min(trede) AS trede, arg_min_null(groeipotentieel, ROW(trede, -_nr, -_rij)) AS groeipotentieel
        FROM metingen
        WHERE trede BETWEEN 1 AND 6 AND coalesce(schaal, 'ladder') = 'ladder'
        GROUP BY clientnummer, datum
    ) AS metingen_op_de_ladder
    WINDOW w AS (ORDER BY clientnummer, datum)
), stukken AS (
    SELECT clientnummer, vanaf,
           CASE WHEN lead(clientnummer) OVER w = clientnummer THEN lead(vanaf) OVER w ELSE DATE '9999-12-31' END AS tot
    FROM (SELECT clientnummer, vanaf FROM lijst UNION SELECT clientnummer, vanaf FROM gemeten) AS grenzen
    WINDOW w AS (ORDER BY clientnummer, vanaf)
)
SELECT clientnummer, vanaf, tot, trede, datum, groeipotentieel
FROM (
    SELECT s.clientnummer, s.vanaf, s.tot,
           CASE WHEN m.datum >= l.datum OR l.datum IS NULL AND m.datum IS NOT NULL OR l.trede IS NULL THEN m.trede ELSE l.trede END AS trede,
           CASE WHEN m.datum >= l.datum OR l.datum IS NULL AND m.datum IS NOT NULL OR l.trede IS NULL THEN m.datum ELSE l.datum END AS datum,
           CASE WHEN m.datum >= l.datum OR l.datum IS NULL AND m.datum IS NOT NULL OR l.trede IS NULL
                THEN m.groeipotentieel ELSE l.groeipotentieel END AS groeipotentieel
    FROM stukken s
    LEFT JOIN lijst l ON l.clientnummer = s.clientnummer AND l.vanaf <= s.vanaf AND l.tot > s.vanaf
    LEFT JOIN gemeten m ON m.clientnummer = s.clientnummer AND m.vanaf <= s.vanaf AND m.tot > s.vanaf
) AS nieuwste
WHERE trede IS NOT NULL;

CREATE TABLE feiten_trajecten AS
SELECT clientnummer,
       bool_or(loopt AND soort = 'vrijwilligerswerk') AS vrijwilligerswerk,
       bool_or(loopt AND soort = 'voorbereiding studie') AS voorbereiding_studie,
       bool_or(loopt AND soort = 'jobcoaching') AS jobcoaching,
       bool_or(loopt AND soort IN ('inburgering', 'taal')) AS cursus,
       bool_or(soort = 'sollicitatietraining') AS sollicitatietraining,
       max(CASE WHEN loopt THEN trede END) AS trede
FROM lopende_trajecten
GROUP BY clientnummer;

CREATE TABLE feiten_banen AS
SELECT clientnummer,
       bool_or(loopt) AS heeft_werk,
       bool_or(loopt AND jobcoach) AS jobcoach,
       bool_or(loopt AND contract = 'bbl') AS bbl
FROM banen
GROUP BY clientnummer;

-- Left for work in the period and in bijstand again on the peildatum.
CREATE TABLE teruggekomen AS
SELECT DISTINCT u.clientnummer
FROM uitkeringsperioden u CROSS JOIN instellingen i
WHERE NOT u.laatste AND u.reden_einde IN ('11', '13') AND u.eind_uitkering BETWEEN i.van AND i.tot;

-- An export holds the last conversation only: one in the period may stand in an older export alone.
CREATE VIEW gesprekken AS
SELECT DISTINCT c.clientnummer
FROM clienten_geleverd c CROSS JOIN instellingen i
WHERE c._terzijde IS NULL AND c.datum_gesprek BETWEEN i.van AND i.tot;

-- One row per person with bijstand at some time in the period.
CREATE TABLE personen AS
WITH feiten AS (
    SELECT u.clientnummer, u.uitkeringnummer, u.rol, u.nationaliteit, u.geslacht, u.leerroute, u.taalniveau,
           CASE WHEN coalesce(u.datum_vestiging, u.datum_vergunning) >= i.cohort_grens THEN 'statushouder'
                WHEN coalesce(u.datum_vestiging, u.datum_vergunning) < i.cohort_grens THEN 'oudkomer'
                ELSE 'onbekend' END AS cohort,
           u.datum_vestiging,
           extract(YEAR FROM i.peildatum) - extract(YEAR FROM u.geboortedatum)
               - CASE WHEN extract(MONTH FROM i.peildatum) * 100 + extract(DAY FROM i.peildatum)
                         < extract(MONTH FROM u.geboortedatum) * 100 + extract(DAY FROM u.geboortedatum)
                      THEN 1 ELSE 0 END AS leeftijd,
           u.begin_uitkering, u.eind_uitkering, u.verdwenen, u.reden_einde, u.loopt AS in_bijstand,
           coalesce(u.datum_gesprek BETWEEN i.van AND i.tot
                    OR (u.datum_gesprek > i.tot AND g.clientnummer IS NOT NULL), FALSE) AS gesproken,
           u.taalmaatje IS TRUE AS taalmaatje,
           u.zorg_en_rust IS TRUE AS zorg_en_rust,
           NOT u.loopt AND coalesce(u.reden_einde, '') IN ('11', '13') AS uitgestroomd_werk,
           NOT u.loopt AND coalesce(u.reden_einde, '') = '01' AS uitgestroomd_studie,
           NOT u.loopt AS uitgestroomd,
           u.loopt AND coalesce(u.inkomsten_arbeid, '') = 'ja' AS parttime_werk,
           coalesce(t.vrijwilligerswerk, FALSE) AS vrijwilligerswerk,
           coalesce(t.voorbereiding_studie, FALSE) AS voorbereiding_studie,
           coalesce(t.sollicitatietraining, FALSE) AS sollicitatietraining,
           t.clientnummer IS NOT NULL AS met_traject,
           u.loopt AND t.clientnummer IS NOT NULL AS in_traject,
           l.trede, l.datum AS datum_trede, l.groeipotentieel,
           -- The rung that follows from the facts (domain.md 1.3). Unknown stays unknown: never rung 1 by default.
           CASE WHEN coalesce(b.heeft_werk, FALSE) OR (u.loopt AND u.inkomsten_arbeid = 'ja') THEN
                     CASE WHEN u.loopt OR coalesce(b.jobcoach, FALSE) OR coalesce(t.jobcoaching, FALSE)
                               OR coalesce(b.bbl, FALSE) OR (i.inburgering_is_ondersteuning AND coalesce(t.cursus, FALSE))
                          THEN 5 ELSE 6 END
                WHEN t.trede BETWEEN 1 AND 6 THEN t.trede
                WHEN u.taalmaatje THEN 2 END AS trede_afgeleid
    FROM uitkeringsperioden u
    CROSS JOIN instellingen i
    LEFT JOIN feiten_trajecten t ON t.clientnummer = u.clientnummer
    LEFT JOIN feiten_banen b ON b.clientnummer = u.clientnummer
    LEFT JOIN treden l ON l.clientnummer = u.clientnummer AND l.vanaf <= i.peildatum AND l.tot > i.peildatum
    LEFT JOIN gesprekken g ON g.clientnummer = u.clientnummer
    WHERE u.laatste
)
SELECT f.*, leeftijd >= 18 AS volwassen,
       coalesce(CAST(f.trede AS VARCHAR), 'onbekend') AS trede_klasse,
       coalesce(CAST(f.trede_afgeleid AS VARCHAR), 'onbekend') AS trede_afgeleid_klasse,
       r.clientnummer IS NOT NULL AS teruggekomen,
       CASE {{eindstatus}} END AS eindstatus
FROM feiten f LEFT JOIN teruggekomen r ON r.clientnummer = f.clientnummer;

-- One row per uitkering (bijstandspartij) of those persons.
CREATE VIEW partijen AS
SELECT uitkeringnummer, count(DISTINCT clientnummer) AS personen,
       CASE count(DISTINCT clientnummer) WHEN 1 THEN 'alleenstaande' WHEN 2 THEN 'paar' ELSE 'meer dan twee personen' END
           AS samenstelling,
       count(DISTINCT cohort) > 1 AS gemengd
FROM (SELECT DISTINCT u.uitkeringnummer, u.clientnummer, p.cohort
      FROM uitkeringsperioden u JOIN personen p ON p.clientnummer = u.clientnummer) AS leden
GROUP BY uitkeringnummer;

-- One row per traject of those persons; one row per job.
CREATE VIEW deelnames AS
SELECT t.*, p.cohort FROM lopende_trajecten t JOIN personen p ON p.clientnummer = t.clientnummer;

CREATE VIEW werk AS
SELECT b.clientnummer, b.begin, b.eind, b.uren_per_week, b.contract, b.jobcoach, b.reden_einde, b.loopt, p.cohort
FROM banen b JOIN personen p ON p.clientnummer = b.clientnummer;

CREATE VIEW bijeenkomsten_in_periode AS
SELECT b.aanbieder, b.datum, b.aantal_deelnemers FROM bijeenkomsten b CROSS JOIN instellingen i
WHERE b.datum BETWEEN i.van AND i.tot;

CREATE VIEW vestiging_per_jaar AS
SELECT CAST(jaar AS VARCHAR) AS jaar, aantal FROM vestigingen;

-- One row per person per peildatum of a delivery on which he or she had bijstand.
CREATE VIEW standen AS
SELECT d.peildatum, CAST(d.peildatum AS VARCHAR) AS peildag, u.clientnummer, u.uitkeringnummer, p.cohort
FROM uitkeringsperioden u
JOIN (SELECT DISTINCT peildatum FROM clienten_geleverd WHERE _terzijde IS NULL) AS d
  ON u.begin_uitkering <= d.peildatum AND (u.eind_uitkering IS NULL OR u.eind_uitkering > d.peildatum
                                           OR (u.verdwenen AND u.eind_uitkering = d.peildatum))
JOIN personen p ON p.clientnummer = u.clientnummer
CROSS JOIN instellingen i
WHERE d.peildatum BETWEEN i.van AND i.tot;

-- One row per person: work, trajecten and arrangements on the peildatum. Work is a job in the deliveries.
-- Dual: a language or inburgering course, and beside it work or another traject that is aimed at work.
CREATE VIEW meedoen AS
SELECT p.clientnummer, p.cohort, p.in_bijstand, p.volwassen,
       b.clientnummer IS NOT NULL AS werkend,
       CASE WHEN b.uren >= 32 THEN '32 uur of meer' WHEN b.uren >= 12 THEN '12 tot 32 uur' WHEN b.uren >= 0 THEN 'minder dan 12 uur'
            ELSE 'onbekend' END AS uren_klasse,
       t.clientnummer IS NOT NULL AS traject_loopt,
       coalesce(t.taal, FALSE) AS taaltraject,
       coalesce(t.taal, FALSE) AND (coalesce(t.naar_werk, FALSE) OR b.clientnummer IS NOT NULL) AS duaal_traject,
       coalesce(t.studie, FALSE) OR p.uitgestroomd_studie AS onderwijs,
       coalesce(u.ontheffing_arbeidsplicht, '') = 'ja' AS ontheffing_arbeidsplicht,
       u.financieel_ontzorgen IS TRUE AS financieel_ontzorgen,
       CASE WHEN p.datum_vestiging + INTERVAL 60 MONTH <= i.peildatum THEN '5 jaar of langer'
            WHEN p.datum_vestiging + INTERVAL 48 MONTH <= i.peildatum THEN '4 tot 5 jaar'
            WHEN p.datum_vestiging + INTERVAL 36 MONTH <= i.peildatum THEN '3 tot 4 jaar'
            WHEN p.datum_vestiging + INTERVAL 24 MONTH <= i.peildatum THEN '2 tot 3 jaar'
            WHEN p.datum_vestiging + INTERVAL 12 MONTH <= i.peildatum THEN '1 tot 2 jaar'
            WHEN p.datum_vestiging <= i.peildatum THEN 'korter dan 1 jaar'
            ELSE 'onbekend' END AS verblijf_klasse
FROM personen p
CROSS JOIN instellingen i
JOIN uitkeringsperioden u ON u.clientnummer = p.clientnummer AND u.laatste
LEFT JOIN (SELECT clientnummer, CASE WHEN count(*) = count(uren_per_week) THEN sum(uren_per_week) END AS uren
           FROM banen WHERE loopt GROUP BY clientnummer) AS b ON b.clientnummer = p.clientnummer
LEFT JOIN (SELECT clientnummer, bool_or(soort IN ('inburgering', 'taal')) AS taal, bool_or(soort = 'studie') AS studie,
                  bool_or(soort IN ('sollicitatietraining', 'leerwerktraject', 'werkervaringsplaats', 'jobcoaching')) AS naar_werk
           FROM lopende_trajecten WHERE loopt GROUP BY clientnummer) AS t ON t.clientnummer = p.clientnummer;

-- One row per person: how far the inburgering was on the peildatum. A day after the peildatum has not come yet.
CREATE VIEW inburgering AS
SELECT clientnummer, cohort, leerroute, taalniveau_klasse, inburgering_status,
       plicht IS NOT NULL AS plichtig,
       plicht IS NOT NULL AND intake IS NOT NULL AS intake_gestart,
       CASE WHEN intake < plicht THEN 0 ELSE intake - plicht END AS dagen_tot_intake,
       CASE WHEN intake <= plicht + 35 THEN 'binnen 5 weken' WHEN intake <= plicht + 70 THEN '5 tot 10 weken'
            WHEN intake > plicht + 70 THEN 'na meer dan 10 weken' END AS termijn_intake,
       coalesce(plicht + 70 <= peildatum, FALSE) AS pip_verwacht,
       coalesce(plicht + 70 <= peildatum AND pip <= plicht + 70, FALSE) AS pip_op_tijd,
       plicht IS NOT NULL AND pvt IS NOT NULL AS pvt_getekend,
       plicht IS NOT NULL AND eindgesprek IS NOT NULL AS map_afgerond
FROM (
    SELECT p.clientnummer, p.cohort, p.leerroute, i.peildatum, u.inburgering_status,
           CASE WHEN upper(substr(trim(p.taalniveau), 1, 2)) IN ('A1', 'A2', 'B1', 'B2', 'C1', 'C2')
                THEN upper(substr(trim(p.taalniveau), 1, 2))
                WHEN p.taalniveau IS NOT NULL THEN 'ander niveau' END AS taalniveau_klasse,
           CASE WHEN u.datum_inburgeringsplicht <= i.peildatum THEN u.datum_inburgeringsplicht END AS plicht,
           CASE WHEN u.datum_brede_intake <= i.peildatum THEN u.datum_brede_intake END AS intake,
           CASE WHEN u.datum_pip <= i.peildatum THEN u.datum_pip END AS pip,
           CASE WHEN u.datum_pvt <= i.peildatum THEN u.datum_pvt END AS pvt,
           CASE WHEN u.datum_map <= i.peildatum THEN u.datum_map END AS eindgesprek
    FROM personen p
    CROSS JOIN instellingen i
    JOIN uitkeringsperioden u ON u.clientnummer = p.clientnummer AND u.laatste
) AS gedateerd;

-- One row per year of which both the settled people and the target (settings) are known.
CREATE VIEW taakstelling_per_jaar AS
SELECT CAST(v.jaar AS VARCHAR) AS jaar, v.aantal, t.taakstelling
FROM vestigingen v JOIN taakstelling t ON t.jaar = v.jaar;
