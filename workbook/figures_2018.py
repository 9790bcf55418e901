"""Figures and words of the 2018/19 sample index.

Source of the numbered facts: Children and Young People Overview and Scrutiny, 13 March 2019,
performance report: what it says of indicators 2, 6, 9, 11, 28, 33 and 34. The paper has no table
of names, so names are built from its sentences. All else is illustrative, and is marked so.
"""

from __future__ import annotations

from workbook.sample_model import Edition, Fraction, Indicator, quarterly

PAPER = "Committee paper, 13 March 2019"
BIGGER = "Bigger is better"
SMALLER = "Smaller is better"
INFO = "For information"

EARLY = "Early help and assessment"
PROTECTION = "Child protection"
LOOKED_AFTER = "Looked after children"
PLACEMENTS = "Placements and carers"
CARE_LEAVERS = "Care leavers"
EDUCATION = "Education"
YOUNG_PEOPLE = "Young people"

NAME_NOTE = "Name built from the paper's sentence; commentary as printed."
NEET = (
    "Our young people not in education employment and training continues to remain at a low level, "
    "currently 1.5%. However, when we explore those who are NEET 10.2% of the cohort are SEN "
    "support and 31.7% of that cohort are NEET."
)
PLANS = (142, 139, 137, 136, 133, 134, 132, 131, 131, 130)
CHILDREN = (151, 152, 154, 155, 154, 156, 157, 158, 157, 158)

INDICATORS = (
    Indicator(
        1,
        "Number of early help assessments undertaken",
        EARLY,
        "count",
        INFO,
        benchmarks=(25, None, None),
        actuals=(22, 25, 24, 27, 19, 26, 29, 31, 24, 28),
    ),
    Indicator(
        2,
        "Single assessment in 45 days",
        EARLY,
        "ratio",
        BIGGER,
        target=0.93,
        benchmarks=(0.80, 0.83, 0.82),
        fraction=Fraction(
            "Single assessments completed in 45 days",
            "Single assessments completed",
            (78, 82, 87, 90, 86, 95, 100, 104, 98, 110),
            (104, 107, 111, 112, 105, 114, 118, 121, 113, 125),
        ),
        commentary="Performance is continually improving and we are now reporting 88% in time.",
        notes=f"{NAME_NOTE} 88% for January as printed; other figures, target and benchmarks "
        "illustrative.",
        source=PAPER,
    ),
    Indicator(
        3,
        "% of Education, Health and Care Plans issued within 20 weeks",
        EARLY,
        "ratio",
        BIGGER,
        target=0.55,
        benchmarks=(0.47, 0.60, 0.58),
        fraction=Fraction(
            "Plans issued within 20 weeks",
            "Plans issued",
            (11, 12, 13, 12, 10, 13, 15, 16, 13, 16),
            (23, 24, 26, 23, 19, 24, 27, 28, 23, 28),
            whole_year=True,
        ),
    ),
    Indicator(
        4,
        "Number of children subject to a child protection plan",
        PROTECTION,
        "count",
        INFO,
        acceptable=(120, 180),
        benchmarks=(145, None, None),
        actuals=PLANS,
        notes="Snapshot at month end.",
    ),
    Indicator(
        5,
        "Children subject to a child protection plan per 10,000",
        PROTECTION,
        "average",
        INFO,
        acceptable=(25, 40),
        benchmarks=(30.9, 45.3, 38.8),
        rate_of=4,
    ),
    Indicator(
        6,
        "Number of family groups subject to child protection plans",
        PROTECTION,
        "count",
        INFO,
        actuals=("x",) * 10,
        highlight="Not reportable",
        highlight_commentary="The development of group work is now scheduled for April 2019 with "
        "completion by September 2019. Until the system has been configured reporting will not be "
        "available",
        notes="Name and commentary as printed. x = not available (Department for Education "
        "symbol).",
        source=PAPER,
    ),
    Indicator(
        7,
        "% of initial child protection conferences held within 15 working days",
        PROTECTION,
        "ratio",
        BIGGER,
        target=0.80,
        benchmarks=(0.79, 0.77, 0.76),
        fraction=Fraction(
            "Conferences held within 15 working days",
            "Conferences held",
            (15, 17, 16, 18, 14, 17, 19, 18, 15, 18),
            (19, 21, 20, 22, 18, 21, 23, 22, 19, 22),
            guard="IFERROR",
        ),
    ),
    Indicator(
        8,
        "% of children with a plan visited within 10 working days",
        PROTECTION,
        "ratio",
        BIGGER,
        target=0.85,
        benchmarks=(0.83, None, None),
        fraction=Fraction(
            "Children visited in time",
            "Children with a plan",
            (118, 117, 116, 117, 113, 115, 114, 113, 113, 113),
            PLANS,
            guard="IFERROR",
            whole_year=True,
        ),
    ),
    Indicator(
        9,
        "Child protection reviews completed on time",
        PROTECTION,
        "ratio",
        BIGGER,
        target=0.95,
        benchmarks=(0.96, 0.92, 0.94),
        fraction=Fraction(
            "Reviews completed on time",
            "Reviews due",
            (46, 45, 47, 44, 41, 42, 43, 45, 45, 49),
            (47, 46, 48, 45, 42, 47, 49, 50, 46, 50),
        ),
        highlight="Performing well",
        highlight_commentary="After a dip in performance over September to November we are "
        "reporting 98% of child protection reviews completed on time",
        notes=f"{NAME_NOTE} 98% for January and a dip from September to November as printed; other "
        "figures, target and benchmarks illustrative.",
        source=PAPER,
    ),
    Indicator(
        10,
        "% of child protection plans lasting two years or more",
        PROTECTION,
        "percent",
        SMALLER,
        target=4.0,
        benchmarks=(2.8, 3.4, 3.6),
        actuals=(2.8, 2.9, 2.9, 2.9, 3.0, 3.0, 3.0, 2.3, 2.3, 2.3),
        notes="Typed as percentages, not as ratios.",
    ),
    Indicator(
        11,
        "Percentage of children that became subject to a child protection plan for the second or "
        "subsequent time",
        PROTECTION,
        "ratio",
        SMALLER,
        target=0.18,
        acceptable=(0.12, 0.20),
        benchmarks=(0.16, 0.19, 0.15),
        fraction=Fraction(
            "Children with a second or subsequent plan",
            "Children who became subject to a plan",
            (19, 20, 20, 21, 22, 22, 23, 24, 25, 26),
            (124, 126, 125, 127, 128, 127, 128, 129, 130, 130),
        ),
        commentary="The percentage of children that became subject to a child protection plan for "
        "the second or subsequent time is now above the national average and significantly above "
        "the London average and at the top of the Merton acceptable range of variation. The Head "
        "of QA has undertaken a swift review and has concluded that 26 children are subject to a "
        "repeat child protection plan. The key category of need is Domestic Abuse. Given that the "
        "factors to be considered are multiagency the Head of QA will be undertaking a more "
        "detailed review of the casework undertaken.",
        notes=f"{NAME_NOTE} 26 children as printed; the percentages, acceptable range, target and "
        "benchmarks are illustrative and agree with the sentence. Rolling 12 months.",
        source=PAPER,
    ),
    Indicator(
        12,
        "Number of looked after children",
        LOOKED_AFTER,
        "count",
        INFO,
        acceptable=(140, 180),
        benchmarks=(152, None, None),
        actuals=CHILDREN,
        notes="Snapshot at month end.",
    ),
    Indicator(
        13,
        "Looked after children per 10,000",
        LOOKED_AFTER,
        "average",
        INFO,
        acceptable=(28, 40),
        benchmarks=(32.4, 64.0, 49.0),
        rate_of=12,
    ),
    Indicator(
        14,
        "Number of unaccompanied asylum-seeking children looked after",
        LOOKED_AFTER,
        "count",
        INFO,
        benchmarks=(22, None, None),
        actuals=(22, 23, 24, 26, 26, 28, 29, 31, 30, 31),
    ),
    Indicator(
        15,
        "Average number of children for each looked after children social worker",
        LOOKED_AFTER,
        "average",
        SMALLER,
        target=14.0,
        benchmarks=(13.6, 17.4, 16.0),
        fraction=Fraction(
            "Looked after children",
            "Social workers, full-time equivalent",
            CHILDREN,
            (11, 11, 11.5, 11.5, 11.5, 12, 12, 12, 12, 12.5),
        ),
    ),
    Indicator(
        16,
        "Average number of weeks taken to complete care proceedings",
        LOOKED_AFTER,
        "count",
        SMALLER,
        target=26,
        benchmarks=(27, 30, 31),
        actuals=quarterly(27, 26, 25),
        notes="Quarterly.",
    ),
    Indicator(
        17,
        "% of looked after children with an up-to-date health assessment",
        LOOKED_AFTER,
        "ratio",
        BIGGER,
        target=0.90,
        benchmarks=(0.91, 0.88, 0.90),
        actuals=quarterly(0.90, 0.91, 0.92),
        notes="Quarterly.",
    ),
    Indicator(
        18,
        "% of looked after children taking part in their reviews",
        LOOKED_AFTER,
        "ratio",
        BIGGER,
        target="85% or above",
        benchmarks=(0.88, None, None),
        fraction=Fraction(
            "Children taking part in their review",
            "Children reviewed, aged 5 and over",
            (45, 46, 44, 43, 34, 46, 47, 49, 44, 48),
            (50, 51, 49, 48, 44, 51, 52, 54, 49, 53),
            guard="IFERROR",
        ),
        notes="The target is text, as typed in many indexes.",
    ),
    Indicator(
        19,
        "% of looked after children with three or more placements in the year",
        LOOKED_AFTER,
        "ratio",
        SMALLER,
        target=0.12,
        acceptable=(0.06, 0.12),
        benchmarks=(0.11, 0.10, 0.11),
        actuals=quarterly(0.07, 0.08, 0.09),
        notes="Quarterly, rolling 12 months.",
    ),
    Indicator(
        20,
        "% of looked after children in a long-term placement for two years",
        LOOKED_AFTER,
        "ratio",
        BIGGER,
        target=0.68,
        benchmarks=(0.67, 0.70, 0.69),
        actuals=quarterly(0.69, 0.70, 0.71),
        notes="Quarterly.",
    ),
    Indicator(
        21,
        "% of foster placements with independent agencies",
        PLACEMENTS,
        "ratio",
        SMALLER,
        target=0.42,
        acceptable=(0.30, 0.45),
        benchmarks=(0.43, 0.37, 0.44),
        actuals=(0.43, 0.43, 0.42, 0.42, 0.42, 0.41, 0.41, 0.40, 0.40, 0.39),
    ),
    Indicator(
        22,
        "Number of in-house foster carers recruited, year to date",
        PLACEMENTS,
        "count",
        BIGGER,
        target=10,
        benchmarks=(9, None, None),
        actuals=quarterly(3, 7, 11),
        notes="Quarterly, cumulative; target for the year so far.",
    ),
    Indicator(
        23,
        "% of looked after children placed more than 20 miles from home",
        PLACEMENTS,
        "ratio",
        SMALLER,
        target=0.18,
        benchmarks=(0.18, 0.15, 0.21),
        actuals=quarterly(0.18, 0.17, 0.16),
        notes="Quarterly.",
    ),
    Indicator(
        24,
        "Number of adoptions and special guardianship orders, year to date",
        PLACEMENTS,
        "count",
        INFO,
        benchmarks=(14, None, None),
        actuals=quarterly(6, 8, 12),
        notes="Quarterly, cumulative.",
    ),
    Indicator(
        25,
        "% of care leavers in education, employment or training",
        CARE_LEAVERS,
        "ratio",
        BIGGER,
        target=0.55,
        benchmarks=(0.52, 0.51, 0.53),
        actuals=(0.52, 0.53, 0.53, 0.54, 0.54, 0.56, 0.57, 0.57, 0.58, 0.58),
    ),
    Indicator(
        26,
        "% of care leavers in suitable accommodation",
        CARE_LEAVERS,
        "ratio",
        BIGGER,
        target=0.90,
        benchmarks=(0.89, 0.84, 0.83),
        actuals=(0.89, 0.90, 0.90, 0.91, 0.91, 0.92, 0.92, 0.93, 0.93, 0.93),
    ),
    Indicator(
        27,
        "% of schools judged good or outstanding",
        EDUCATION,
        "ratio",
        BIGGER,
        target=0.91,
        benchmarks=(0.91, 0.86, 0.92),
        actuals=quarterly(0.91, 0.92, 0.93),
        notes="Quarterly.",
    ),
    Indicator(
        28,
        "Secondary Exclusions and Primary Exclusions (number of Primary Exclusions)",
        EDUCATION,
        "count",
        INFO,
        benchmarks=(0, None, None),
        actuals=(0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
        highlight="Correction",
        highlight_commentary="Secondary Exclusions have been reported incorrectly at the last "
        "meeting, but are now correct. We now have 1 Primary Exclusion.",
        notes=f"{NAME_NOTE} 1 Primary Exclusion as printed; the paper does not print the "
        "secondary figure. Earlier months illustrative.",
        source=PAPER,
    ),
    Indicator(
        29,
        "% of secondary pupils persistently absent",
        EDUCATION,
        "ratio1",
        SMALLER,
        target=0.12,
        benchmarks=(0.112, 0.139, 0.122),
        actuals=quarterly(0.115, 0.113, 0.111),
        notes="Quarterly.",
    ),
    Indicator(
        30,
        "% of primary pupils persistently absent",
        EDUCATION,
        "ratio1",
        SMALLER,
        target=0.09,
        benchmarks=(0.082, 0.087, 0.086),
        actuals=quarterly(0.084, 0.083, 0.081),
        notes="Quarterly.",
    ),
    Indicator(
        31,
        "Number of young people taking part in youth provision",
        YOUNG_PEOPLE,
        "count",
        INFO,
        benchmarks=(1130, None, None),
        actuals=(1085, 1120, 1164, 1242, 1310, 1098, 1137, 1141, 1016, 1122),
    ),
    Indicator(
        32,
        "First-time entrants to the youth justice system, year to date",
        YOUNG_PEOPLE,
        "count",
        SMALLER,
        target=45,
        benchmarks=(41, None, None),
        actuals=quarterly(9, 19, 28),
        notes="Quarterly, cumulative.",
    ),
    Indicator(
        33,
        "Young people not in education employment and training",
        YOUNG_PEOPLE,
        "ratio1",
        SMALLER,
        target=0.03,
        benchmarks=(0.016, 0.027, 0.018),
        actuals=(0.017, 0.017, 0.018, 0.018, 0.018, 0.016, 0.016, 0.015, 0.015, 0.015),
        highlight="Performing well",
        highlight_commentary=NEET,
        notes="Name built from the paper's sentence, which covers numbers 33 and 34 together; 1.5% "
        "as printed; other figures illustrative.",
        source=PAPER,
    ),
    Indicator(
        34,
        "Young people not in education employment and training, or not known",
        YOUNG_PEOPLE,
        "ratio1",
        SMALLER,
        target=0.05,
        benchmarks=(0.041, 0.060, 0.050),
        actuals=(0.043, 0.042, 0.042, 0.042, 0.042, 0.040, 0.039, 0.038, 0.037, 0.036),
        highlight="Performing well",
        highlight_commentary=NEET,
        notes="The paper comments on numbers 33 and 34 together and does not print this one's name "
        "or figure: both are illustrative.",
        source=PAPER,
    ),
)

READ_ME = (
    (
        "What this is",
        (
            "A sample of a children's services performance index kept as an Excel table. It is "
            "for trying perf-addin on, and is not a publication of any council."
        ),
    ),
    (
        "What is printed",
        (
            "Rows whose Source is the committee paper carry what the performance report to the "
            "Children and Young People Overview and Scrutiny of 13 March 2019 says of numbers 2, "
            "6, 9, 11, 28, 33 and 34. It gives no table of names: names are built from its "
            "sentences, and the Notes column says which figures it prints."
        ),
    ),
    (
        "What is illustrative",
        (
            "Every other figure, target, acceptable range and comparator, the rows marked "
            "Illustrative and the whole Data sheet are made up to look right. Do not quote them."
        ),
    ),
    (
        "From the paper",
        (
            "Work continues with re-establishing performance reporting following implementation "
            "of Mosaic. The performance report attached demonstrates further progress made in "
            "this regard. As such we have refreshed the figures accordingly."
        ),
    ),
    (
        "How it works",
        (
            "The month headings are dates. The rows below them are a table without a header row "
            "of its own, so that the headings can stay dates. Percentages and averages are "
            "formulas on the Data sheet. The lists for the columns Good is and Highlight come "
            "from a hidden sheet."
        ),
    ),
)

EDITION = Edition(
    file_name="performance_index_2018-19.xlsx",
    sheet="Measures 2018-19",
    title="Children, Schools and Families: performance measures 2018/19",
    period="Performance information to the end of January 2019, along with quarterly measures "
    "where available",
    caveat="Sample workbook: what the committee paper of 13 March 2019 prints is carried word for "
    "word (see Source and Notes). All other figures are illustrative.",
    paper=PAPER,
    child_population=46900,
    months_reported=10,
    first_year=2018,
    indicators=INDICATORS,
    read_me=READ_ME,
)
