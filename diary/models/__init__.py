"""The cellar: tables, and no behaviour beyond their constraints. Only services open this door."""

from diary.models.account import AccountRow, MembershipRow
from diary.models.audit import AuditRow
from diary.models.base import Base
from diary.models.check_in import CheckInRow, DoseEndRow, DoseRow
from diary.models.diary import CarePlanRow, ContactRow, DiaryRow
from diary.models.flag import ClosureRow, FindingRow, FlagRow
from diary.models.medicine import MedicineRow

__all__ = [
    "AccountRow",
    "AuditRow",
    "Base",
    "CarePlanRow",
    "CheckInRow",
    "ClosureRow",
    "ContactRow",
    "DiaryRow",
    "DoseEndRow",
    "DoseRow",
    "FindingRow",
    "FlagRow",
    "MedicineRow",
    "MembershipRow",
]
