"""Audit events: what is written down about who did what. Words only, never a reading, a sign, a note or a name."""

from enum import StrEnum


class Event(StrEnum):
    """One kind of thing that somebody did, as ``thing.done``."""

    ACCOUNT_CREATED = "account.created"
    ACCOUNT_SIGNED_IN = "account.signed_in"
    ACCOUNT_SIGNED_OUT = "account.signed_out"
    ACCOUNT_PASSWORD_CHANGED = "account.password_changed"  # noqa: S105 - an event's name, not a password.
    DIARY_BEGUN = "diary.begun"
    PATIENT_CHANGED = "patient.changed"
    CONTACT_CHANGED = "contact.changed"
    CARE_PLAN_CHANGED = "care_plan.changed"
    CHECK_IN_RECORDED = "check_in.recorded"
    CHECK_IN_CORRECTED = "check_in.corrected"
    CHECK_IN_WITHDRAWN = "check_in.withdrawn"
    DOSE_RECORDED = "dose.recorded"
    DOSE_CORRECTED = "dose.corrected"
    DOSE_WITHDRAWN = "dose.withdrawn"
    MEDICINES_CHANGED = "medicines.changed"
    FLAG_RAISED = "flag.raised"
    FLAG_CLOSED = "flag.closed"
