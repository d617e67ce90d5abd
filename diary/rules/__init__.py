"""What it means: judges a patient's record by the rule table. Pure; the browser reads the same table.

>>> table = load_table()
>>> judge(table, record, at).findings
"""

from diary.rules.judging import assess, assess_file, judge, judge_overdue, judge_since, measured, moments, timeline_of
from diary.rules.table import RuleTable, load_table
from diary.rules.timeline import Timeline
from diary.rules.values import Assessment, Comparison, Finding, Judgement, Reason

__all__ = [
    "Assessment",
    "Comparison",
    "Finding",
    "Judgement",
    "Reason",
    "RuleTable",
    "Timeline",
    "assess",
    "assess_file",
    "judge",
    "judge_overdue",
    "judge_since",
    "load_table",
    "measured",
    "moments",
    "timeline_of",
]
