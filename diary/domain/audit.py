"""Audit events: what is written down about who did what. Words only, never a reading, a sign, a note or a name."""

from enum import StrEnum


class Event(StrEnum):
    """One kind of thing that somebody did, as ``thing.done``."""

    ACCOUNT_CREATED = "account.created"
    ACCOUNT_SIGNED_IN = "account.signed_in"
    ACCOUNT_SIGNED_OUT = "account.signed_out"
    ACCOUNT_PASSWORD_CHANGED = "account.password_changed"  # noqa: S105 - an event's name, not a password.
    ACCOUNT_ERASED = "account.erased"
    DIARY_BEGUN = "diary.begun"
    DIARY_SEEN = "diary.seen"
    DIARY_EXPORTED = "diary.exported"
    DIARY_ERASURE_ASKED = "diary.erasure_asked"
    DIARY_KEPT = "diary.kept"
    DIARY_ERASED = "diary.erased"
    INVITATION_MADE = "invitation.made"
    INVITATION_REVOKED = "invitation.revoked"
    INVITATION_ACCEPTED = "invitation.accepted"
    MEMBER_ROLE_CHANGED = "member.role_changed"
    MEMBER_REMOVED = "member.removed"
    MEMBER_LEFT = "member.left"
    PATIENT_CHANGED = "patient.changed"
    CONTACT_CHANGED = "contact.changed"
    CARE_PLAN_CHANGED = "care_plan.changed"
    CHECK_IN_RECORDED = "check_in.recorded"
    CHECK_IN_CORRECTED = "check_in.corrected"
    CHECK_IN_WITHDRAWN = "check_in.withdrawn"
    DOSE_RECORDED = "dose.recorded"
    FLAG_RAISED = "flag.raised"
    FLAG_CLOSED = "flag.closed"
    NEURO_PLAN_CHANGED = "neuro_plan.changed"
    USUAL_RESULT_CHOSEN = "usual_result.chosen"
    PICTURE_RECORDED = "picture.recorded"
    PICTURE_WITHDRAWN = "picture.withdrawn"
