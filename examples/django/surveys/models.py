from django.db import models


class SurveySummaryField(models.Field):
    """A column of the type survey_summary; its values are seen as text."""

    def db_type(self, connection):
        return "survey_summary"


class Nps(models.Aggregate):
    """SurveyResponse.objects.values("rep").annotate(nps=Nps("score"))"""

    function = "nps"
    output_field = models.DecimalField(max_digits=20, decimal_places=16)


class SurveyResponse(models.Model):
    respondent_id = models.BigAutoField(primary_key=True)
    kind = models.TextField()
    score = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    answered_at = models.DateTimeField()
    rep = models.TextField(null=True)
    channel = models.TextField(null=True)

    class Meta:
        db_table = "survey_responses"


class SurveyDay(models.Model):
    day = models.DateField()
    rep = models.TextField()
    answers = SurveySummaryField()

    class Meta:
        db_table = "survey_days"
        unique_together = [("day", "rep")]
