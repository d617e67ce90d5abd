"""Audit events: what is written down about who did what. Words only, never a reading, a sign, a note or a name."""

from enum import StrEnum


class Event(StrEnum):
    """One kind of thing that somebody did, as ``thing.done``."""

    ACCOUNT_CREATED = "account.created"
    ACCOUNT_SIGNED_IN = "account.signed_in"
    ACCOUNT_SIGNED_OUT = "account.signed_out"
    ACCOUNT_PASSWORD_CHANGED = "account.password_changed"  # noqa: S105 - an event's name, not a password.
    ACCOUNT_DETAILS_CHANGED = "account.details_changed"
    ACCOUNT_PASSKEY_ADDED = "account.passkey_added"
    ACCOUNT_PASSKEY_REMOVED = "account.passkey_removed"
    ACCOUNT_CODES_ON = "account.codes_on"
    ACCOUNT_CODES_OFF = "account.codes_off"
    ACCOUNT_RECOVERY_CODES_MADE = "account.recovery_codes_made"
    ACCOUNT_RECOVERY_CODE_USED = "account.recovery_code_used"
    ACCOUNT_DEVICE_ENDED = "account.device_ended"
    DIARY_BEGUN = "diary.begun"
    PATIENT_CHANGED = "patient.changed"
    CONTACT_CHANGED = "contact.changed"
    CARE_PLAN_CHANGED = "care_plan.changed"
    CHECK_IN_RECORDED = "check_in.recorded"
    CHECK_IN_CORRECTED = "check_in.corrected"
    CHECK_IN_WITHDRAWN = "check_in.withdrawn"
    DOSE_RECORDED = "dose.recorded"
    FLAG_RAISED = "flag.raised"
    FLAG_CLOSED = "flag.closed"
