import warnings

from sqlalchemy import Column, MetaData, String, Table, cast, create_engine, func, select
from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.types import UserDefinedType


class SurveySummary(UserDefinedType):
    """So that reflection knows the type, and parameters have it."""
    cache_ok = True

    def get_col_spec(self, **options):
        return "survey_summary"


ischema_names["survey_summary"] = SurveySummary

warnings.simplefilter("error")
engine = create_engine("postgresql+psycopg://")
answers = Table("answers", MetaData(), autoload_with=engine)
daily = Table("daily", MetaData(), Column("rep", String), Column("scores", SurveySummary), prefixes=["TEMPORARY"])
with engine.begin() as connection:
    nps, time = connection.execute(
        select(func.nps(answers.c.score), func.median_duration(answers.c.asked_at, answers.c.answered_at))
        .where(answers.c.rep == "Ana")).one()
    churn = connection.scalar(select(func.churn_rate(1000, 64)))
    summary = connection.scalar(select(func.survey_agg(answers.c.score)).where(answers.c.rep == "Ana"))
    daily.create(connection)
    connection.execute(daily.insert().values(rep="Ana", scores=cast(summary, SurveySummary)))
    again = connection.scalar(select(func.nps(func.rollup(daily.c.scores))))
print(nps, churn, time.seconds, again)
