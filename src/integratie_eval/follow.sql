-- How people move through the quarters: in and out of bijstand, along the ladder, in and out of jobs.
-- Stands on classify.sql. Every row belongs to one interval of `intervallen`: a quarter, or (kwartaal NULL) the period.
-- intervallen: kwartaal ('2018-Q3' or NULL), vorige (the last day of the interval before it), eind (its own last day).
-- Something runs on a day when it began on or before that day and had not ended on that day.
-- So: stand on `vorige` + begun in (vorige, eind] - ended in (vorige, eind] = stand on `eind`.

-- Periods with bijstand of at least one day. An open end is 9999-12-31. Who vanished from the deliveries ended on the day
-- after he or she was last seen, for an unknown reason.
CREATE TABLE perioden AS
SELECT u.clientnummer, p.cohort, u.uitkeringnummer, u.begin_uitkering AS begin,
       coalesce(CASE WHEN u.verdwenen THEN u.eind_uitkering + 1 ELSE u.eind_uitkering END, DATE '9999-12-31') AS eind,
       coalesce(k.klasse, 'onbekend') AS reden_klasse, coalesce(k.volgorde, 99) AS volgorde
FROM uitkeringsperioden u
JOIN personen p ON p.clientnummer = u.clientnummer
LEFT JOIN klasse_van_reden k ON k.reden = u.reden_einde
WHERE u.eind_uitkering IS NULL OR u.eind_uitkering > u.begin_uitkering OR u.verdwenen;

-- Bijstand of a person, and of a bijstandspartij, without interruption: periods that touch each other are one. A partij
-- has bijstand as long as one of its members has; it belongs to a group when all its members do.
CREATE TABLE bijstand AS
SELECT clientnummer, cohort, eiland, min(begin) AS begin, max(eind) AS eind, min(laatste_klasse) AS reden_klasse
FROM (
    SELECT *, first_value(reden_klasse) OVER (PARTITION BY clientnummer, eiland ORDER BY eind DESC, volgorde) AS laatste_klasse
    FROM (
        SELECT *, sum(nieuw) OVER (PARTITION BY clientnummer ORDER BY begin, eind, uitkeringnummer
                                   ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS eiland
        FROM (
            SELECT *, CASE WHEN begin <= max(eind) OVER (PARTITION BY clientnummer ORDER BY begin, eind, uitkeringnummer
                                                         ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                           THEN 0 ELSE 1 END AS nieuw
            FROM perioden
        ) AS genummerd
    ) AS eilanden
) AS met_klasse
GROUP BY clientnummer, cohort, eiland;

CREATE TABLE bijstand_partijen AS
SELECT e.uitkeringnummer, min(g.cohort) AS cohort, min(e.begin) AS begin, max(e.eind) AS eind
FROM (
    SELECT *, sum(nieuw) OVER (PARTITION BY uitkeringnummer ORDER BY begin, eind, clientnummer
                               ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS eiland
    FROM (
        SELECT *, CASE WHEN begin <= max(eind) OVER (PARTITION BY uitkeringnummer ORDER BY begin, eind, clientnummer
                                                     ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                       THEN 0 ELSE 1 END AS nieuw
        FROM perioden
    ) AS genummerd
) AS e
JOIN (SELECT uitkeringnummer, CASE WHEN min(cohort) = max(cohort) THEN min(cohort) END AS cohort
      FROM perioden GROUP BY uitkeringnummer) AS g ON g.uitkeringnummer = e.uitkeringnummer
GROUP BY e.uitkeringnummer, e.eiland;

DROP TABLE perioden;

CREATE VIEW verloop AS
SELECT i.kwartaal, b.clientnummer, b.cohort, b.begin <= i.vorige AS begin_stand, b.begin > i.vorige AS instroom,
       b.eind <= i.eind AS uitstroom, b.eind > i.eind AS eind_stand,
       CASE WHEN b.eind <= i.eind THEN b.reden_klasse END AS reden_klasse
FROM bijstand b JOIN intervallen i ON b.begin <= i.eind AND b.eind > i.vorige;

CREATE VIEW verloop_partijen AS
SELECT i.kwartaal, b.uitkeringnummer, b.cohort, b.begin <= i.vorige AS begin_stand, b.begin > i.vorige AS instroom,
       b.eind <= i.eind AS uitstroom, b.eind > i.eind AS eind_stand
FROM bijstand_partijen b JOIN intervallen i ON b.begin <= i.eind AND b.eind > i.vorige;

-- Everyone with bijstand on the last day of the interval, with the rung of that day.
-- Growth: who had a growth potential a year earlier, and whether the rung of now is at least that.
CREATE VIEW ladder AS
SELECT s.kwartaal, s.clientnummer, s.cohort, t.trede,
       coalesce(CAST(t.trede AS VARCHAR), 'onbekend') AS trede_klasse,
       CASE WHEN t.trede <= 2 THEN 'laag' WHEN t.trede <= 4 THEN 'midden' WHEN t.trede <= 6 THEN 'hoog' ELSE 'onbekend' END
           AS trede_groep,
       CASE WHEN t.datum > s.half_jaar_terug THEN 'tot 6 maanden' WHEN t.datum > s.jaar_terug THEN '6 tot 12 maanden'
            WHEN t.datum <= s.jaar_terug THEN '12 maanden of ouder' ELSE 'onbekend' END AS ouderdom_meting,
       t.trede IS NOT NULL AND g.groeipotentieel IS NOT NULL AS groei_te_zien,
       coalesce(t.trede >= g.groeipotentieel, FALSE) AS groei_bereikt
FROM (
    SELECT i.kwartaal, i.eind AS dag, CAST(i.eind - INTERVAL 6 MONTH AS DATE) AS half_jaar_terug,
           CAST(i.eind - INTERVAL 12 MONTH AS DATE) AS jaar_terug, b.clientnummer, b.cohort
    FROM bijstand b JOIN intervallen i ON b.begin <= i.eind AND b.eind > i.eind
) AS s
LEFT JOIN treden t ON t.clientnummer = s.clientnummer AND t.vanaf <= s.dag AND t.tot > s.dag
LEFT JOIN treden g ON g.clientnummer = s.clientnummer AND g.vanaf <= s.jaar_terug AND g.tot > s.jaar_terug;

-- Everyone with bijstand in the interval: the rung on the day before it began, and on its last day.
CREATE VIEW ladder_beweging AS
SELECT s.kwartaal, s.clientnummer, s.cohort, v.trede AS van_trede, n.trede AS naar_trede,
       coalesce(CAST(v.trede AS VARCHAR), 'onbekend') || ' → ' || coalesce(CAST(n.trede AS VARCHAR), 'onbekend') AS overgang,
       CASE WHEN n.trede > v.trede THEN 'gestegen' WHEN n.trede = v.trede THEN 'gelijk' WHEN n.trede < v.trede THEN 'gedaald' END
           AS beweging,
       v.trede IS NOT NULL AND n.trede IS NOT NULL AS beide_gemeten
FROM (
    SELECT DISTINCT i.kwartaal, i.vorige, i.eind, b.clientnummer, b.cohort
    FROM bijstand b JOIN intervallen i ON b.begin <= i.eind AND b.eind > i.vorige
) AS s
LEFT JOIN treden v ON v.clientnummer = s.clientnummer AND v.vanaf <= s.vorige AND v.tot > s.vorige
LEFT JOIN treden n ON n.clientnummer = s.clientnummer AND n.vanaf <= s.eind AND n.tot > s.eind;

-- Jobs of these people that touch the period. An open end is 9999-12-31.
CREATE TABLE werkperioden AS
SELECT b.clientnummer, p.cohort, b.begin, coalesce(b.tot, DATE '9999-12-31') AS eind, b.jobcoach IS TRUE AS jobcoach
FROM banen b JOIN personen p ON p.clientnummer = b.clientnummer;

-- Every end of bijstand because of work, and how it was 6, 12 and 18 months later, as far as that day has come.
-- gestart: one month after the end there is work and no bijstand (where CBS begins to count a lasting exit).
CREATE TABLE uitstroom_naar_werk AS
SELECT u.*, CAST(u.dag + INTERVAL 1 MONTH AS DATE) AS startdag,
       CAST(CASE u.maanden WHEN '6' THEN u.dag + INTERVAL 6 MONTH WHEN '12' THEN u.dag + INTERVAL 12 MONTH
                           ELSE u.dag + INTERVAL 18 MONTH END AS DATE) AS toetsdag
FROM (
    SELECT b.clientnummer, b.cohort, b.eind AS dag, m.maanden
    FROM bijstand b CROSS JOIN (VALUES ('6'), ('12'), ('18')) AS m(maanden)
    WHERE b.reden_klasse = 'betaald werk'
) AS u;

CREATE TABLE na_werk AS
SELECT i.kwartaal, u.clientnummer, u.cohort, u.maanden, werk.op_startdag AND NOT bijstand.op_startdag AS gestart,
       werk.op_startdag AND NOT bijstand.op_startdag AND werk.op_toetsdag AND NOT bijstand.op_toetsdag AS duurzaam,
       bijstand.terug
FROM uitstroom_naar_werk u
CROSS JOIN instellingen g
JOIN intervallen i ON u.dag > i.vorige AND u.dag <= i.eind
JOIN (
    SELECT u.clientnummer, u.dag, u.maanden, coalesce(bool_or(w.begin <= u.startdag AND w.eind > u.startdag), FALSE) AS op_startdag,
           coalesce(bool_or(w.begin <= u.toetsdag AND w.eind > u.toetsdag), FALSE) AS op_toetsdag
    FROM uitstroom_naar_werk u LEFT JOIN werkperioden w ON w.clientnummer = u.clientnummer
    GROUP BY u.clientnummer, u.dag, u.maanden
) AS werk ON werk.clientnummer = u.clientnummer AND werk.dag = u.dag AND werk.maanden = u.maanden
JOIN (
    SELECT u.clientnummer, u.dag, u.maanden, bool_or(b.begin <= u.startdag AND b.eind > u.startdag) AS op_startdag,
           bool_or(b.begin <= u.toetsdag AND b.eind > u.toetsdag) AS op_toetsdag,
           bool_or(b.begin > u.dag AND b.begin <= u.toetsdag) AS terug
    FROM uitstroom_naar_werk u JOIN bijstand b ON b.clientnummer = u.clientnummer
    GROUP BY u.clientnummer, u.dag, u.maanden
) AS bijstand ON bijstand.clientnummer = u.clientnummer AND bijstand.dag = u.dag AND bijstand.maanden = u.maanden
WHERE u.toetsdag <= g.peildatum;

-- Jobs that began in the interval. te_volgen: the first six months have passed. uitgevallen: ended within them.
CREATE VIEW begonnen_banen AS
SELECT i.kwartaal, w.clientnummer, w.cohort, w.jobcoach,
       CASE WHEN w.begin >= g.jobcoaching_vanaf THEN 'sinds de start van jobcoaching' ELSE 'voor de start van jobcoaching' END AS fase,
       CAST(w.begin + INTERVAL 6 MONTH AS DATE) <= g.peildatum AS te_volgen,
       CAST(w.begin + INTERVAL 6 MONTH AS DATE) <= g.peildatum AND w.eind < CAST(w.begin + INTERVAL 6 MONTH AS DATE) AS uitgevallen
FROM werkperioden w CROSS JOIN start_jobcoaching g JOIN intervallen i ON w.begin > i.vorige AND w.begin <= i.eind;

-- From settlement to the first work, in completed months. A person is followed from the first day with bijstand in the
-- period (`intrede`) until work, or until the last day on which he or she was seen. Who had work before is left out, as far
-- as the deliveries tell.
CREATE TABLE tijd_tot_werk AS
SELECT clientnummer, cohort, CAST(extract(YEAR FROM vestiging) AS VARCHAR) AS vestigingsjaar,
       {{maanden:vestiging,eerste_dag}} AS intrede, {{maanden:vestiging,laatste_dag}} AS maanden, werk
FROM (
    SELECT p.clientnummer, p.cohort, p.datum_vestiging AS vestiging, b.eerste_dag, w.dag IS NOT NULL AS werk,
           coalesce(w.dag, CASE WHEN b.laatste_dag < g.peildatum THEN b.laatste_dag ELSE g.peildatum END) AS laatste_dag
    FROM personen p CROSS JOIN instellingen g
    JOIN (SELECT b.clientnummer, CASE WHEN min(b.begin) < g.van THEN g.van ELSE min(b.begin) END AS eerste_dag,
                 max(b.eind) AS laatste_dag
          FROM bijstand b CROSS JOIN instellingen g GROUP BY b.clientnummer, g.van) AS b ON b.clientnummer = p.clientnummer
    LEFT JOIN (SELECT b.clientnummer, min(b.dag) AS dag
               FROM (SELECT clientnummer, begin AS dag FROM plaatsingen
                     UNION ALL SELECT clientnummer, eind FROM bijstand WHERE reden_klasse = 'betaald werk'
                     UNION ALL SELECT c.clientnummer, c.eind_uitkering
                               FROM clienten c CROSS JOIN instellingen g
                               JOIN klasse_van_reden k ON k.reden = c.reden_einde AND k.klasse = 'betaald werk'
                               WHERE c.eind_uitkering < g.van) AS b
               JOIN personen p ON p.clientnummer = b.clientnummer AND p.datum_vestiging <= b.dag
               CROSS JOIN instellingen g WHERE b.dag <= g.peildatum GROUP BY b.clientnummer) AS w
        ON w.clientnummer = p.clientnummer
    WHERE p.datum_vestiging <= b.eerste_dag AND (w.dag IS NULL OR w.dag > b.eerste_dag)
      AND (b.laatste_dag IS NULL OR b.laatste_dag >= b.eerste_dag)  -- who vanished before the first day was never followed
) AS gevolgd;

-- Everyone with bijstand on the last day of the interval: for how many completed months without interruption.
CREATE VIEW verblijfsduur AS
SELECT kwartaal, clientnummer, cohort, maanden,
       CASE WHEN maanden < 12 THEN 'korter dan 1 jaar' WHEN maanden < 24 THEN '1 tot 2 jaar'
            WHEN maanden < 60 THEN '2 tot 5 jaar' ELSE '5 jaar of langer' END AS duur_klasse
FROM (
    SELECT kwartaal, clientnummer, cohort, {{maanden:begin,dag}} AS maanden
    FROM (SELECT i.kwartaal, b.clientnummer, b.cohort, b.begin, i.eind AS dag
          FROM bijstand b JOIN intervallen i ON b.begin <= i.eind AND b.eind > i.eind) AS lopend
) AS geduurd;
