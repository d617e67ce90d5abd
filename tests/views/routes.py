"""Every route of the diary with what each person gets.

Nobody; Charlie, a stranger with a diary of their own; Vera, a viewer; Bob, a caregiver; Claire, a clinician; Alice, the
owner. Somebody who was removed gets what a stranger gets.
"""

from typing import NamedTuple


class Route(NamedTuple):
    """The status that a GET or a POST of one endpoint answers to each person; a POST is sent with a token alone."""

    endpoint: str
    method: str
    nobody: int
    stranger: int
    viewer: int
    caregiver: int
    clinician: int
    owner: int


EVERY_ROUTE = (
    Route("static", "GET", 200, 200, 200, 200, 200, 200),
    Route("home.first", "GET", 302, 302, 302, 302, 302, 302),
    Route("rules.show", "GET", 200, 200, 200, 200, 200, 200),
    Route("rules.of_diary", "GET", 302, 404, 200, 200, 200, 200),
    Route("help_now.show", "GET", 200, 200, 200, 200, 200, 200),
    Route("help_now.forget", "POST", 302, 302, 302, 302, 302, 302),
    Route("account.set_up", "GET", 404, 404, 404, 404, 404, 404),
    Route("account.set_up", "POST", 404, 404, 404, 404, 404, 404),
    Route("security.login", "GET", 200, 302, 302, 302, 302, 302),
    Route("security.login", "POST", 200, 302, 302, 302, 302, 302),
    Route("security.logout", "POST", 302, 302, 302, 302, 302, 302),
    Route("security.change_password", "GET", 302, 200, 200, 200, 200, 200),
    Route("security.change_password", "POST", 401, 200, 200, 200, 200, 200),
    Route("security.verify", "GET", 302, 200, 200, 200, 200, 200),
    Route("security.verify", "POST", 401, 200, 200, 200, 200, 200),
    Route("account.show", "GET", 302, 200, 200, 200, 200, 200),
    Route("account.details", "GET", 302, 200, 200, 200, 200, 200),
    Route("account.details", "POST", 401, 302, 302, 302, 302, 302),
    Route("account.answer_offer", "POST", 401, 302, 302, 302, 302, 302),
    Route("device.end", "POST", 401, 404, 404, 404, 404, 302),
    Route("device.end_others", "POST", 401, 302, 302, 302, 302, 302),
    Route("passkey.new", "GET", 302, 200, 200, 200, 200, 200),
    Route("passkey.new", "POST", 401, 200, 200, 200, 200, 200),
    Route("passkey.remove", "POST", 401, 404, 404, 404, 404, 302),
    Route("code.switch_on", "GET", 302, 200, 200, 200, 200, 200),
    Route("code.switch_on", "POST", 401, 200, 200, 200, 200, 200),
    Route("code.switch_off", "POST", 401, 302, 302, 302, 302, 302),
    Route("code.renew", "POST", 401, 302, 302, 302, 302, 302),
    Route("reset.ask", "GET", 200, 200, 200, 200, 200, 200),
    Route("reset.ask", "POST", 200, 200, 200, 200, 200, 200),
    Route("reset.choose", "GET", 404, 404, 404, 404, 404, 404),
    Route("reset.choose", "POST", 404, 404, 404, 404, 404, 404),
    Route("set_up.begin", "GET", 302, 302, 302, 302, 302, 302),
    Route("set_up.begin", "POST", 401, 302, 302, 302, 302, 302),
    Route("home.diary", "GET", 302, 404, 200, 200, 200, 200),
    Route("check_in.new", "GET", 302, 404, 404, 200, 404, 200),
    Route("check_in.new", "POST", 401, 404, 404, 422, 404, 422),
    Route("check_in.outcome", "GET", 302, 404, 200, 200, 200, 200),
    Route("check_in.correct", "GET", 302, 404, 404, 200, 404, 200),
    Route("check_in.correct", "POST", 401, 404, 404, 422, 404, 422),
    Route("check_in.withdraw", "GET", 302, 404, 404, 200, 404, 200),
    Route("check_in.withdraw", "POST", 401, 404, 404, 302, 404, 302),
    Route("dose.new", "GET", 302, 404, 404, 200, 404, 200),
    Route("dose.new", "POST", 401, 404, 404, 200, 404, 200),
    Route("dose.outcome", "GET", 302, 404, 200, 200, 200, 200),
    Route("flag.close", "GET", 302, 404, 404, 200, 200, 200),
    Route("flag.close", "POST", 401, 404, 404, 200, 200, 200),
    Route("history.show", "GET", 302, 404, 200, 200, 200, 200),
    Route("charts.show", "GET", 302, 404, 200, 200, 200, 200),
    Route("charts.trends", "GET", 302, 404, 200, 200, 200, 200),
    Route("set_up.settings", "GET", 302, 404, 404, 404, 404, 200),
    Route("set_up.patient", "GET", 302, 404, 404, 404, 404, 200),
    Route("set_up.patient", "POST", 401, 404, 404, 404, 404, 200),
    Route("set_up.numbers", "GET", 302, 404, 404, 404, 404, 200),
    Route("set_up.numbers", "POST", 401, 404, 404, 404, 404, 302),
    Route("set_up.treatment", "GET", 302, 404, 404, 404, 200, 200),
    Route("set_up.treatment", "POST", 401, 404, 404, 404, 302, 302),
)
