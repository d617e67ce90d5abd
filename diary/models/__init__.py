"""The cellar: tables, and no behaviour beyond their constraints. Only services open this door."""

from diary.models.account import AccountRow, MembershipRow, PasskeyRow, RecoveryCodeRow
from diary.models.audit import AuditRow
from diary.models.base import Base
from diary.models.check_in import CheckInRow, DoseEndRow, DoseRow
from diary.models.device import DeviceRow, SignInFailureRow
from diary.models.diary import CarePlanRow, ContactRow, DiaryRow
from diary.models.flag import ClosureRow, FindingRow, FlagRow
from diary.models.invitation import InvitationRow
from diary.models.medicine import MedicineRow
from diary.models.neuro_check import NeuroPlanRow, UsualResultRow
from diary.models.picture import PictureAnswerRow, PictureRow

__all__ = [
    "AccountRow",
    "AuditRow",
    "Base",
    "CarePlanRow",
    "CheckInRow",
    "ClosureRow",
    "ContactRow",
    "DeviceRow",
    "DiaryRow",
    "DoseEndRow",
    "DoseRow",
    "FindingRow",
    "FlagRow",
    "InvitationRow",
    "MedicineRow",
    "MembershipRow",
    "NeuroPlanRow",
    "PasskeyRow",
    "PictureAnswerRow",
    "PictureRow",
    "RecoveryCodeRow",
    "SignInFailureRow",
    "UsualResultRow",
]
