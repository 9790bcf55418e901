"""Figures and words of the 2021/22 sample index.

Source of the numbered facts: Children and Young People Overview and Scrutiny Panel, 29 September
2021, performance report: names, ratings and commentary of indicators 2, 8, 16, 18, 19, 20 and 22.
Whatever that paper does not print is illustrative, and is marked so in the workbook.
"""

from __future__ import annotations

from workbook.sample_model import Edition, Fraction, Indicator, paragraphs, quarterly

PAPER = "Committee paper, 29 September 2021"
U = "u"

EARLY = "Early help and contacts"
ASSESSMENTS = "Assessments"
PROTECTION = "Child protection"
LOOKED_AFTER = "Looked after children"
PLACEMENTS = "Placements and carers"
EDUCATION = "Education"

NAME_NOTE = "Name and commentary as printed in the paper."
UNRELIABLE_NOTE = f"{NAME_NOTE} u = unreliable (Department for Education symbol)."
MATCHING = paragraphs(
    "Our automated calculations have not matched manual calculations undertaken by the service.",
    "We are in the process of reviewing existing reports and formula to ensure accuracy.",
)
PLANS = (141, 146, 150, 153, 149)
CHILDREN = (136, 138, 141, 143, 140)

INDICATORS = (
    Indicator(
        1,
        "Number of contacts to children's social care",
        EARLY,
        "count",
        "Info",
        benchmarks=(598, 571, None, None),
        actuals=(612, 655, 702, 688, 541),
        notes="Merton benchmarks are monthly averages.",
    ),
    Indicator(
        2,
        "% of Single Assessments authorised within 45 days",
        ASSESSMENTS,
        "ratio",
        "High",
        target=0.95,
        benchmarks=(0.91, 0.93, 0.82, 0.81),
        fraction=Fraction(
            "Single assessments authorised within 45 days",
            "Single assessments authorised",
            (118, 121, 126, 128, 121),
            (127, 133, 143, 150, 145),
        ),
        rating="R",
        commentary=paragraphs(
            "The rate of assessments completed within 45 days has declined at a time when "
            "contacts and referrals to social care have increased.",
            "The rate remains higher than national and regional averages.",
        ),
        notes="Name, rating and commentary as printed; target, benchmarks and figures "
        "illustrative.",
        source=PAPER,
    ),
    Indicator(
        3,
        "% of Education, Health and Care Plans issued within 20 weeks",
        ASSESSMENTS,
        "ratio",
        "High",
        target=0.65,
        benchmarks=(0.55, 0.62, 0.58, 0.61),
        fraction=Fraction(
            "Plans issued within 20 weeks",
            "Plans issued",
            (18, 21, 24, 20, 22),
            (27, 30, 33, 28, 31),
        ),
    ),
    Indicator(
        4,
        "% of referrals within 12 months of a previous referral",
        ASSESSMENTS,
        "ratio",
        "Low",
        target=0.18,
        acceptable=(0.10, 0.20),
        benchmarks=(0.17, 0.16, 0.22, 0.18),
        fraction=Fraction(
            "Repeat referrals",
            "Referrals",
            (19, 22, 24, 18, 14),
            (128, 141, 150, 133, 104),
            whole_year=True,
        ),
    ),
    Indicator(
        5,
        "Number of children subject of a child protection plan",
        PROTECTION,
        "count",
        "Info",
        acceptable=(120, 180),
        benchmarks=(133, 139, None, None),
        actuals=PLANS,
        notes="Snapshot at month end.",
    ),
    Indicator(
        6,
        "Rate of children subject of a child protection plan per 10,000",
        PROTECTION,
        "average",
        "Info",
        acceptable=(25, 40),
        benchmarks=(28.2, 29.4, 41.4, 36.2),
        rate_of=5,
    ),
    Indicator(
        7,
        "% of child protection plans lasting two years or more",
        PROTECTION,
        "percent",
        "Low",
        target=4.0,
        benchmarks=(1.9, 2.4, 3.8, 3.4),
        actuals=(2.1, 2.1, 2.0, 2.6, 2.7),
        notes="Typed as percentages, not as ratios.",
    ),
    Indicator(
        8,
        "% of quorate attendance at child protection conferences",
        PROTECTION,
        "ratio",
        "High",
        target=0.95,
        benchmarks=(0.96, None, None, None),
        actuals=(U,) * 5,
        highlight="Not reportable",
        highlight_commentary=paragraphs(
            "Data reporting is currently unreliable. The way in which Mosaic is currently "
            "configured does not allow an easy analysis of quoracy.",
            "The QA and Practice Development Team review quoracy as part of their service.",
        ),
        notes=UNRELIABLE_NOTE,
        source=PAPER,
    ),
    Indicator(
        9,
        "% of child protection reviews completed on time",
        PROTECTION,
        "ratio",
        "High",
        target=0.95,
        benchmarks=(0.95, 0.96, 0.93, 0.95),
        fraction=Fraction(
            "Reviews completed on time",
            "Reviews due",
            (38, 41, 44, 36, 31),
            (39, 42, 45, 37, 32),
            guard="IFERROR",
        ),
    ),
    Indicator(
        10,
        "% of children with a plan visited within 10 working days",
        PROTECTION,
        "ratio",
        "High",
        target=0.85,
        benchmarks=(0.81, 0.84, None, None),
        fraction=Fraction(
            "Children visited in time",
            "Children with a plan",
            (121, 127, 128, 131, 129),
            PLANS,
            whole_year=True,
        ),
    ),
    Indicator(
        11,
        "% of child protection plans that are a second or subsequent plan",
        PROTECTION,
        "ratio",
        "Low",
        target=0.20,
        acceptable=(0.12, 0.20),
        benchmarks=(0.17, 0.19, 0.22, 0.18),
        fraction=Fraction(
            "Second or subsequent plans",
            "Plans started",
            (38, 39, 39, 41, 40),
            (214, 217, 221, 223, 222),
            guard="IFERROR",
        ),
        notes="Rolling 12 months.",
    ),
    Indicator(
        12,
        "Number of looked after children",
        LOOKED_AFTER,
        "count",
        "Info",
        acceptable=(120, 170),
        benchmarks=(154, 145, None, None),
        actuals=CHILDREN,
        notes="Snapshot at month end.",
    ),
    Indicator(
        13,
        "Rate of looked after children per 10,000",
        LOOKED_AFTER,
        "average",
        "Info",
        acceptable=(25, 40),
        benchmarks=(32.6, 30.7, 67.0, 47.0),
        rate_of=12,
    ),
    Indicator(
        14,
        "Number of unaccompanied asylum-seeking children looked after",
        LOOKED_AFTER,
        "count",
        "Info",
        benchmarks=(28, 23, None, None),
        actuals=(24, 25, 27, 26, 26),
    ),
    Indicator(
        15,
        "Average number of children for each looked after children social worker",
        LOOKED_AFTER,
        "average",
        "Low",
        target=14.0,
        benchmarks=(13.1, 12.8, 16.3, 15.1),
        fraction=Fraction(
            "Looked after children",
            "Social workers, full-time equivalent",
            CHILDREN,
            (11, 11, 11.5, 12, 12),
            whole_year=True,
        ),
    ),
    Indicator(
        16,
        "Average number of weeks taken to complete Care proceedings against a national target of "
        "26 weeks.",
        LOOKED_AFTER,
        "count",
        "Low",
        target=26,
        benchmarks=(36, 41, 44, 45),
        actuals=quarterly(43),
        frequency="Quarterly",
        rating="R",
        commentary=paragraphs(
            "We always strive to meet the nationally set target of 26 weeks. Due to small number "
            "of children in proceedings in Merton, delays with one family can skew our figures.",
            "Nationally, the duration of care proceedings has increased. This is a result of "
            "court closures during the pandemic. As lock-down eases, we should see this having "
            "an impact.",
            "Whilst above the nationally set target of 26 weeks, Merton's performance in Q1 "
            "(2021/22) is slightly better than the national average (44 weeks).",
        ),
        notes="Name, rating, commentary, target and England average as printed; the figure and "
        "the other benchmarks illustrative.",
        source=PAPER,
    ),
    Indicator(
        17,
        "% of looked after children with an up-to-date health assessment",
        LOOKED_AFTER,
        "ratio",
        "High",
        target=0.90,
        benchmarks=(0.91, 0.92, 0.91, 0.92),
        actuals=quarterly(0.93),
        frequency="Quarterly",
    ),
    Indicator(
        18,
        "Looked after children participating in their reviews (excludes children 0-4)",
        LOOKED_AFTER,
        "ratio",
        "Info",
        benchmarks=(0.90, 0.91, None, None),
        fraction=Fraction(
            "Children taking part in their review",
            "Children reviewed, aged 5 and over",
            (46, 47, 49, 48, 33),
            (50, 51, 53, 52, 45),
            guard="IFERROR",
        ),
        highlight="Of note",
        highlight_commentary="We have seen a reduction in this indicator in August. This follows "
        "seasonal patterns as a number of children are away during August. We would expect this "
        "indicator to rise again in September and beyond, and will keep this under review.",
        notes=f"{NAME_NOTE} Not a target indicator. Figures illustrative.",
        source=PAPER,
    ),
    Indicator(
        19,
        "Stability of placements of Looked After Children \N{EN DASH} number of placements "
        "(3 or more in the year)",
        PLACEMENTS,
        "ratio",
        "Low",
        target=0.12,
        benchmarks=(0.11, 0.10, 0.10, 0.11),
        actuals=(U,) * 5,
        highlight="Not reportable",
        highlight_commentary=MATCHING,
        notes=UNRELIABLE_NOTE,
        source=PAPER,
    ),
    Indicator(
        20,
        "Placement Stability \N{EN DASH} Looked After Children (aged 16+):length of placement "
        "(in care 2.5years, placement 2 years)",
        PLACEMENTS,
        "ratio",
        "High",
        target=0.68,
        benchmarks=(0.66, 0.69, 0.68, 0.69),
        actuals=(U,) * 5,
        highlight="Not reportable",
        highlight_commentary=MATCHING,
        notes=UNRELIABLE_NOTE,
        source=PAPER,
    ),
    Indicator(
        21,
        "% of looked after children placed more than 20 miles from home",
        PLACEMENTS,
        "ratio",
        "Low",
        target=0.18,
        benchmarks=(0.17, 0.17, 0.16, 0.20),
        actuals=quarterly(0.16),
        frequency="Quarterly",
    ),
    Indicator(
        22,
        "Number of in-house foster carers recruited",
        PLACEMENTS,
        "count",
        "High",
        target=5,
        benchmarks=(3, 4, None, None),
        actuals=quarterly(1),
        frequency="Quarterly",
        rating="R",
        highlight="Of note",
        commentary="See commentary below.",
        highlight_commentary="Whilst we have appointed 1 new foster carer in Q1, this masks the "
        "wider success of our foster recruitment work. We received a total of 27 new "
        "applications. We have made 6 initial visits and 11 assessments are ongoing. We expect "
        "to see an increase in the number of approvals shortly.",
        notes="Name, rating, commentary and the figure for Q1 as printed; target for each quarter "
        "and benchmarks illustrative.",
        source=PAPER,
    ),
    Indicator(
        23,
        "% of looked after children with a completed personal education plan",
        EDUCATION,
        "ratio",
        "High",
        target=0.95,
        benchmarks=(0.93, 0.95, None, None),
        actuals=quarterly(0.96),
        frequency="Quarterly",
    ),
    Indicator(
        24,
        "% of young people aged 16 to 17 not in education, employment or training, or not known",
        EDUCATION,
        "ratio1",
        "Low",
        target=0.035,
        benchmarks=(0.026, 0.024, 0.055, 0.034),
        actuals=(0.019, 0.020, 0.021, 0.022, 0.026),
    ),
)

READ_ME = (
    (
        "What this is",
        (
            "A sample of a children's services performance index, in the shape that a scrutiny "
            "panel receives. It is for trying perf-addin on, and is not a publication of any "
            "council."
        ),
    ),
    (
        "What is printed",
        (
            "Rows whose Source is the committee paper carry the names, ratings and commentary of "
            "the performance report to the Children and Young People Overview and Scrutiny "
            "Panel of 29 September 2021, word for word. The Notes column says which figures it "
            "prints: the target of 26 weeks and the England average of 44 weeks for indicator "
            "16, and 1 foster carer in the first quarter for indicator 22."
        ),
    ),
    (
        "What is illustrative",
        (
            "Every other figure, target, acceptable range and benchmark, the rows marked "
            "Illustrative and the whole Data sheet are made up to look right. Do not quote them."
        ),
    ),
    (
        "Data caveat",
        (
            "From the paper: Current system configuration and data recording issues in our "
            "social care reporting system Mosaic have an impact on our ability to report "
            "performance against some of the indicators effectively. This does not mean that the "
            "department is unable to monitor performance."
        ),
    ),
    (
        "How it works",
        (
            "Percentages and averages are formulas on the Data sheet, so a corrected numerator "
            "changes the index. The lists for Frequency and Polarity come from a hidden sheet. "
            "Letters in the RAG column are those that the paper prints; the other cells wait for "
            "a rating."
        ),
    ),
)

EDITION = Edition(
    file_name="performance_index_2021-22.xlsx",
    sheet="Performance Index",
    title="Children and Young People Overview and Scrutiny Panel: Performance Index 2021/22",
    period="Up to 30th June 2021 for quarterly indicators, and up to August 2021 for monthly "
    "indicators",
    caveat="Sample workbook: what the committee paper of 29 September 2021 prints is carried word "
    "for word (see Source and Notes). All other figures are illustrative.",
    paper=PAPER,
    child_population=47200,
    months_reported=5,
    first_year=2021,
    indicators=INDICATORS,
    read_me=READ_ME,
)
