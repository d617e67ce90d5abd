"""What stands around every page of a diary: its navigation, its numbers, and the phone's own copy of them."""

from typing import Any, Final

from flask import Flask, current_app, g, request, url_for
from flask.wrappers import Response
from flask_babel import gettext
from flask_security import current_user

from diary.domain.access import Permission, is_granted
from diary.domain.diary import Diary
from diary.rules import load_table
from diary.views import words
from diary.views.access import may_open, this_access
from diary.views.help_now import numbers_of_this_phone, remember_numbers
from diary.views.phone import is_foggy, log_href

WAYS_TO_LOG: Final = ("check_in.new", "check_in_steps.begin", "check_in_steps.go_on", "log.quick")
"""Pages that stand under one word of the navigation."""


def install_frame(app: Flask) -> None:
    """Give every template its frame, and keep the phone's copy of the numbers true."""
    app.context_processor(_frame)
    app.after_request(_remember_numbers)


def _frame() -> dict[str, Any]:
    diary: Diary | None = g.get("diary")
    is_known = not g.get("looks_nobody_up") and current_user.is_authenticated
    frame: dict[str, Any] = {
        "is_foggy": is_foggy(),
        "is_sample": current_app.config["IS_SAMPLE"],
        "rules_version": load_table().version,
        "rules_href": url_for("rules.of_diary", diary_id=diary.id) if diary else url_for("rules.show"),
        "account_url": url_for("account.show") if is_known else None,
        "sign_out_url": url_for("security.logout") if is_known else None,
        "may_open": may_open,
    }
    if diary is not None:
        frame |= {
            "diary": diary,
            "may_record": is_granted(g.access.role, Permission.RECORD_CHECK_IN),
            "contact": diary.contact if diary.contact.is_complete else None,
            "erasing": _erasing(diary),
            "number_set": gettext("UK") if diary.care_plan.profile == "uk" else gettext("standard"),
            "log_href": log_href(diary.id),
            "navigation": _navigation(diary),
        }
    elif g.get("looks_nobody_up"):
        frame["contact"] = numbers_of_this_phone()
    return frame


def _navigation(diary: Diary) -> list[tuple[str, str, bool]]:
    """The tabs that the reader may open: title, address, and whether this is it. *Log* is the way this phone likes."""
    tabs = {
        "home.diary": gettext("Home"),
        "check_in.new": gettext("Log"),
        "charts.show": gettext("Charts"),
        "history.show": gettext("History"),
        "set_up.settings": gettext("Settings"),
    }
    this = "check_in.new" if request.endpoint in WAYS_TO_LOG else request.endpoint
    return [
        (title, log_href(diary.id) if tab == "check_in.new" else url_for(tab, diary_id=diary.id), tab == this)
        for tab, title in tabs.items()
        if may_open(tab)
    ]


def _erasing(diary: Diary) -> dict[str, Any] | None:
    """When the diary will be deleted for good, and whether the reader may stop that; ``None`` when nobody asked."""
    if diary.erase_at is None:
        return None
    may_keep = is_granted(this_access().role, Permission.DELETE_DIARY)
    return {"day": words.day(diary.patient.local(diary.erase_at).date()), "may_keep": may_keep}


def _remember_numbers(response: Response) -> Response:
    diary: Diary | None = g.get("diary")
    if diary is not None and diary.contact.is_complete:
        remember_numbers(response, diary.contact)
    return response
