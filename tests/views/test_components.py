"""The components as a browser gets them: every page is parsed as strict HTML5 before a test looks at it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import html5lib
import pytest
from flask import Flask, render_template_string
from flask_babel import Babel
from jinja2 import UndefinedError, meta
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    PasswordField,
    StringField,
    SubmitField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, ValidationError

import diary
from diary.domain.contact import Contact
from diary.forms.fields import ChoiceField, ListField, NumberField, TickField, WholeNumberField
from diary.views.templating import configure_templating

PACKAGE = Path(diary.__file__).parent
TEMPLATES = PACKAGE / "templates"
OPEN_NAMES = {
    "form",
    "diary",
    "navigation",
    "account_url",
    "current_user",
    "is_foggy",
    "sign_out_url",
    "contact",
    "is_sample",
    "rules_version",
    "rules_href",
    "number_set",
}
"""What the layout reads beside its own globals; a page may leave out each of them."""


class DoseForm(Form):
    medicine = StringField("Medicine", [InputRequired("Write the name of the medicine.")])
    at = TimeField("When")


class CheckInForm(Form):
    token = HiddenField()
    temperature = NumberField("Temperature", example="37.2", description="As your thermometer shows it.")
    temperature_unit = ChoiceField("Unit", [("Cel", "°C"), ("[degF]", "°F")], validators=[InputRequired("Choose one.")])
    systolic = WholeNumberField("Top number")
    thinking = TickField("Thinking", [("confused", "Confused"), ("tremor", "Shaky <hands>")])
    unwell = BooleanField("I feel very unwell")
    site = ListField("Where measured", [("", "Not known"), ("oral", "Mouth")], default="")
    zone = StringField("Time zone", render_kw={"data-suggest": "time-zone", "class": "zone"})
    password = PasswordField("Password")
    note = TextAreaField("Note")
    doses = FieldList(FormField(DoseForm), min_entries=2)
    others = FieldList(StringField("Other"), min_entries=1)
    save = SubmitField("Save")

    def validate_others(self, of: FieldList) -> None:
        if of.data == ["too many"]:
            raise ValidationError("Write at most one.")


@pytest.fixture
def app() -> Flask:
    app = Flask("sample", template_folder=str(TEMPLATES), static_folder=str(PACKAGE / "static"))
    app.config["SECRET_KEY"] = "only for tests"
    Babel(app)
    configure_templating(app)
    return app


@pytest.fixture
def draw(app: Flask) -> Callable[..., Any]:
    """Render a template's source and return it as an ElementTree, refusing HTML that a parser would have to mend."""

    def draw(source: str, **context: Any) -> Any:
        with app.test_request_context():
            html = render_template_string(source, **context)
        if not html.lstrip().startswith("<!doctype"):
            html = f"<!doctype html><html lang='en'><head><title>.</title></head><body>{html}</body></html>"
        draw.html = html  # type: ignore[attr-defined]
        return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html.lstrip())

    return draw


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def by_id(page: Any, wanted: str) -> Any:
    (element,) = (each for each in page.iter() if each.get("id") == wanted)
    return element


def of_class(page: Any, name: str) -> list[Any]:
    return [each for each in page.iter() if name in (each.get("class") or "").split()]


ALL_FIELDS = "{% for of in form %}{{ field(of) }}{% endfor %}"


# Fields


def test_every_kind_of_field_is_sound_html_with_unique_ids(draw):
    page = draw(ALL_FIELDS, form=CheckInForm())
    ids = [each.get("id") for each in page.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    labels = {each.get("for") for each in page.iter("label")}
    drawn = {each.get("id") for each in page.iter() if each.tag in ("input", "select", "textarea")}
    assert drawn - {"token", "save"} <= labels


def test_a_number_is_typed_as_text_with_the_right_keyboard(draw):
    page = draw(ALL_FIELDS, form=CheckInForm())
    assert by_id(page, "temperature").get("type") == "text"
    assert by_id(page, "temperature").get("inputmode") == "decimal"
    assert by_id(page, "systolic").get("inputmode") == "numeric"


def test_a_unit_is_drawn_beside_the_field_and_read_with_its_label(draw):
    page = draw("{{ field(form.systolic, suffix='mmHg', width=4) }}", form=CheckInForm())
    assert words(of_class(page, "nhsuk-input-wrapper__suffix")[0]) == "mmHg"
    assert words(next(page.iter("label"))) == "Top number mmHg"
    assert "nhsuk-input--width-4" in by_id(page, "systolic").get("class")


def test_hint_and_error_are_tied_to_their_field(draw):
    form = CheckInForm(MultiDict({"temperature": "38,4,1"}))
    form.validate()
    page = draw("{{ field(form.temperature) }}", form=form)
    assert by_id(page, "temperature").get("aria-describedby") == "temperature-hint temperature-error"
    assert words(by_id(page, "temperature-hint")) == "As your thermometer shows it."
    assert words(by_id(page, "temperature-error")).startswith("Error: Type the number")
    assert by_id(page, "temperature").get("value") == "38,4,1"


def test_the_first_answer_bears_the_id_that_an_error_links_to(draw):
    page = draw("{{ field(form.temperature_unit) }}", form=CheckInForm(temperature_unit="[degF]"))
    assert by_id(page, "temperature_unit").get("value") == "Cel"
    assert by_id(page, "temperature_unit").get("checked") is None
    assert by_id(page, "temperature_unit-2").get("checked") is not None


def test_none_of_these_stands_apart_from_the_signs(draw):
    page = draw("{{ field(form.thinking) }}", form=CheckInForm())
    boxes = list(page.iter("input"))
    assert [each.get("value") for each in boxes] == ["confused", "tremor", "none"]
    assert [each.get("data-behaviour") for each in boxes] == [None, None, "exclusive"]
    assert words(of_class(page, "nhsuk-checkboxes__divider")[0]) == "or"


def test_ticks_are_kept_and_do_not_stay_for_the_next_person(draw):
    ticked = draw("{{ field(form.thinking) }}", form=CheckInForm(MultiDict({"thinking": "confused"})))
    assert by_id(ticked, "thinking").get("checked") is not None
    blank = draw("{{ field(form.thinking) }}", form=CheckInForm())
    assert by_id(blank, "thinking").get("checked") is None


def test_what_a_person_typed_is_never_markup(draw):
    typed = MultiDict({"note": "</textarea><script>", "zone": '"><script>'})
    page = draw(ALL_FIELDS, form=CheckInForm(typed))
    assert list(page.iter("script")) == []
    assert by_id(page, "note").text.strip() == "</textarea><script>"
    assert by_id(page, "zone").get("value") == '"><script>'
    assert by_id(page, "zone").get("data-suggest") == "time-zone"


def test_a_hint_may_be_markup_only_when_it_says_so(draw):
    page = draw("{{ field(form.zone, hint=hint) }}", form=CheckInForm(), hint="<b>1</b>")
    assert list(page.iter("b")) == []
    page = draw("{{ field(form.zone, hint=hint) }}", form=CheckInForm(), hint=Markup("<b>1</b>"))
    assert len(list(page.iter("b"))) == 1


def test_a_submit_field_is_a_button_and_a_password_is_not_sent_back(draw):
    page = draw(ALL_FIELDS, form=CheckInForm(MultiDict({"password": "secret words"})))
    assert words(next(page.iter("button"))) == "Save"
    assert "secret words" not in draw.html


# Errors


def test_the_summary_links_to_every_field_also_inside_lists(draw):
    form = CheckInForm(MultiDict({"temperature": "?", "doses-0-medicine": "", "others-0": "too many"}))
    assert not form.validate()
    page = draw("{{ error_summary(form) }}" + ALL_FIELDS, form=form)
    links = [each.get("href").removeprefix("#") for each in of_class(page, "nhsuk-error-summary__list")[0].iter("a")]
    assert {"temperature", "temperature_unit", "doses-0-medicine", "doses-1-medicine", "others-0"} <= set(links)
    for link in links:
        assert by_id(page, link).tag in ("input", "select", "textarea")


def test_the_summary_takes_the_focus_without_a_script(draw):
    form = CheckInForm(MultiDict({"temperature": "?"}))
    form.validate()
    (summary,) = of_class(draw("{{ error_summary(form) }}", form=form), "nhsuk-error-summary")
    assert summary.get("tabindex") == "-1"
    assert summary.get("autofocus") is not None


def test_without_errors_there_is_no_summary_and_no_prefix(draw):
    page = draw("[{{ error_summary(form) }}{{ error_prefix(form) }}]", form=CheckInForm())
    assert words(page.find("body")) == "[]"


# Advice

ADVICE = (
    "{% from 'components/advice.html' import advice, advice_cards, no_warning, not_checked, what_to_say, urgency_tag %}"
)
TEAM = ("Your care team", "+44 20 7946 0123", "tel:+442079460123")
AMBULANCE = ("Emergency number", "999", "tel:999")


def card(urgency: str, **changes: Any) -> SimpleNamespace:
    return SimpleNamespace(
        **{
            "urgency": urgency,
            "points": [point("You have a fever.")],
            "do": ["Shout for a nurse.", "Do not drive."],
            "rechecks": [],
            "numbers": [AMBULANCE, TEAM] if urgency == "emergency" else [TEAM, AMBULANCE],
            "because": ["Temperature 38.4 °C at 02:40"],
            **changes,
        }
    )


def point(says: str) -> SimpleNamespace:
    return SimpleNamespace(says=says, rule="T1", source="ASTCT 2019", version="1.0")


@pytest.mark.parametrize(
    ("urgency", "says", "is_announced"),
    [
        ("emergency", "Emergency – call now", True),
        ("call", "Ring your team now", True),
        ("today", "Tell your team today", False),
        ("watch", "Measure again", False),
    ],
)
def test_an_urgency_is_said_in_words_and_drawn_as_a_shape(draw, urgency, says, is_announced):
    page = draw(ADVICE + "{{ advice(card) }}{{ urgency_tag(card.urgency) }}", card=card(urgency))
    for place in (*of_class(page, "advice__urgency"), *of_class(page, "urgency-tag")):
        assert words(place) == says
        assert len(of_class(place, f"icon--{urgency}")) == 1
    assert (of_class(page, "advice__alert")[0].get("role") == "alert") is is_announced


def test_telephone_buttons_stand_in_the_order_of_calling_after_the_first_thing_to_do(draw):
    page = draw(ADVICE + "{{ advice(card) }}", card=card("emergency"))
    numbers = of_class(page, "advice__numbers")[0]
    assert [each.get("href") for each in numbers.iter("a")] == ["tel:999", "tel:+442079460123"]
    text = words(page.find("body"))
    assert text.index("Shout for a nurse.") < text.index("999") < text.index("Do not drive.")


def test_the_source_lies_behind_a_question(draw):
    page = draw(ADVICE + "{{ advice(card) }}", card=card("call"))
    (why,) = page.iter("details")
    assert words(why.find("summary")) == "Why does it say this?"
    assert "ASTCT 2019" in words(why)
    assert "T1" in words(why)


def test_a_card_without_a_part_is_an_error_and_with_an_empty_part_is_not(draw):
    bare = card("watch", points=[], do=[], numbers=[], because=[])
    page = draw(ADVICE + "{{ advice(card) }}", card=bare)
    assert words(page.find("body")) == (
        "Measure again Why does it say this? This app does not diagnose. It does not know if you have CRS or ICANS."
    )
    del bare.numbers
    with pytest.raises(UndefinedError):
        draw(ADVICE + "{{ advice(card) }}", card=bare)


def test_the_time_to_measure_again_stands_in_the_head_of_the_card(draw):
    page = draw(ADVICE + "{{ advice(card) }}", card=card("watch", rechecks=["Measure again at 09:15."]))
    assert "Measure again at 09:15." in words(of_class(page, "advice__alert")[0])


def test_of_many_reasons_two_stand_above_the_numbers_and_the_rest_below(draw):
    says = [f"Reason {number}." for number in range(1, 9)]
    many = card("emergency", points=[point(each) for each in says], because=says)
    page = draw(ADVICE + "{{ advice(card) }}", card=many)
    assert [words(each) for each in of_class(page, "advice__says")] == says[:2]
    assert [words(each) for each in of_class(page, "advice__also")[0].iter("li")] == says[2:]
    (why,) = page.iter("details")
    assert [words(each) for each in of_class(page, "advice__because")[0].iter("li")] == says
    assert len(of_class(why, "advice__because")) == 1


def test_below_the_most_urgent_card_the_milder_ones_are_small_and_say_nothing_again(draw):
    cards = [
        card("emergency", do=["Shout for a nurse.", "Do not drive."]),
        card("call", do=["Shout for a nurse.", "Do not drive.", "Lie down."], numbers=[]),
        card("watch", do=["Lie down.", "Rest."], numbers=[], rechecks=["Measure again at 09:15."]),
    ]
    page = draw(ADVICE + "{{ advice_cards(cards) }}", cards=cards)
    whole, *small = page.iter("section")
    assert [len(of_class(page, name)) for name in ("advice", "advice--small", "advice__numbers")] == [3, 2, 1]
    assert "Shout for a nurse." in words(whole)
    assert [words(each) for each in of_class(page, "advice__do")] == ["Do not drive.", "Lie down.", "Rest."]
    assert "Measure again at 09:15." in words(small[1])
    assert words(draw(ADVICE + "[{{ advice_cards([]) }}]").find("body")) == "[]"


def test_what_is_still_open_from_before_is_small_below_its_own_title(draw):
    source = ADVICE + "{{ advice_cards(now, then=before, then_title='Still open from before') }}"
    page = draw(source, now=[card("call")], before=[card("call", numbers=[])])
    assert [len(of_class(page, name)) for name in ("advice", "advice--small")] == [2, 1]
    text = words(page.find("body"))
    assert text.index("999") < text.index("Still open from before") < text.rindex("You have a fever.")
    assert "Still open" not in words(draw(source, now=[card("call")], before=[]).find("body"))


@pytest.mark.parametrize(
    ("one", "other", "is_more"),
    [
        (["call"], ["watch"], True),
        (["emergency"], ["call"], True),
        (["call"], ["call"], False),
        (["today"], ["call"], False),
        (["watch"], [], True),
        ([], ["watch"], False),
        ([], [], False),
    ],
)
def test_what_is_more_urgent_is_known(draw, one, other, is_more):
    source = "{% from 'components/advice.html' import is_more_urgent %}[{{ is_more_urgent(one, other) | trim }}]"
    page = draw(source, one=[card(each) for each in one], other=[card(each) for each in other])
    assert words(page.find("body")) == ("[yes]" if is_more else "[]")


def test_nothing_found_is_never_all_clear(draw):
    page = draw(ADVICE + "{{ no_warning() }}")
    assert words(page.find("body")) == "No warning sign found in what you typed. If you are worried, ring your team."


def test_what_was_not_checked_and_what_to_say_are_lists(draw):
    source = "{{ not_checked(['Brain', 'Oxygen']) }}{{ what_to_say([('Day', 3)]) }}"
    page = draw(ADVICE + source)
    assert [words(each) for each in page.iter("li")] == ["Brain", "Oxygen", "Day: 3"]
    assert len(list(page.iter("ol"))) == 1
    assert words(draw(ADVICE + "[{{ not_checked([]) }}{{ what_to_say([]) }}]").find("body")) == "[]"


# Layout

PAGE = "{% extends 'layout.html' %}{% block title %}Log{% endblock %}{% block main %}<h1>Log</h1>{% endblock %}"


def test_a_page_needs_no_context_at_all(draw):
    page = draw(PAGE)
    assert words(next(page.iter("title"))) == "Log – Symptom diary"
    assert of_class(page, "call-bar") == of_class(page, "sample-banner") == list(page.iter("nav")) == []


def test_a_page_of_a_diary_has_its_frame(draw):
    contact = Contact(team_name="Ward 7", team_number="+44 20 7946 0123", emergency_number="999")
    page = draw(
        PAGE,
        diary=SimpleNamespace(patient_name="Alice <Adams>"),
        navigation=[("Home", "/", False), ("Log", "/log", True)],
        contact=contact,
        is_sample=True,
        sign_out_url="/sign-out",
        rules_version="1.0",
        rules_href="/rules",
        number_set="standard",
    )
    assert words(of_class(page, "masthead__patient")[0]) == "Alice <Adams>"
    assert [words(each) for each in page.iter("a") if each.get("aria-current")] == ["Log"]
    assert [each.get("href") for each in of_class(page, "call-button")] == ["tel:+442079460123", "tel:999"]
    assert [words(each) for each in page.iter("a") if each.get("href") == "/rules"] == ["Rules version 1.0"]
    assert words(of_class(page, "sample-banner")[0]) == "Sample diary. This is an invented person."
    assert [(each.get("method"), each.get("action")) for each in page.iter("form")] == [("post", "/sign-out")]


def test_every_page_says_what_must_be_said(draw):
    text = words(draw(PAGE).find("body"))
    for sentence in (
        "This app does not diagnose. It does not know if you have CRS or ICANS.",
        "Nobody is watching your entries.",
        "Ring your team if worried, whatever the app shows.",
        "Do not wait for the app.",
    ):
        assert sentence in text


def test_a_title_begins_with_error_when_the_form_came_back(draw):
    form = CheckInForm(MultiDict({"temperature": "?"}))
    form.validate()
    assert words(next(draw(PAGE, form=form).iter("title"))) == "Error: Log – Symptom diary"


def test_a_page_keeps_to_the_content_policy(draw):
    page = draw(PAGE, contact=Contact(team_number="123", emergency_number="112"))
    parts = draw(ADVICE + ALL_FIELDS + "{{ advice(card) }}", form=CheckInForm(), card=card("call"))
    for each in (*page.iter(), *parts.iter()):
        if not isinstance(each.tag, str):
            continue
        assert each.get("style") is None
        assert each.tag != "style"
        assert not [name for name in each.attrib if name.startswith("on")]
        assert each.tag != "script" or (each.get("type") == "module" and not words(each))
        for name in ("src", "href"):
            assert not (each.get(name) or "").startswith(("http", "//", "data:"))


# Typing errors in templates


def test_a_typing_error_raises_instead_of_leaving_a_hole(draw):
    now = datetime.now(UTC)
    for source in (
        "{{ nwo }}",
        "{{ now.yaer }}",
        "{% if now.yaer %}{% endif %}",
        "{% for a in now.yaer.b %}{% endfor %}",
    ):
        with pytest.raises(UndefinedError):
            draw(source, now=now)


def test_what_may_be_missing_can_be_asked_for(draw):
    source = "[{{ nwo | default('-') }}{% if nwo is defined %}{{ nwo }}{% endif %}{{ {}.hint.text }}]"
    assert words(draw(source).find("body")) == "[-]"


@pytest.mark.parametrize("name", sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html")))
def test_a_template_can_be_read(app, name):
    source, _, _ = app.jinja_env.loader.get_source(app.jinja_env, name)
    names = meta.find_undeclared_variables(app.jinja_env.parse(source))
    if name == "layout.html" or name.startswith("components/"):
        assert names - app.jinja_env.globals.keys() <= OPEN_NAMES | {"csrf_token", "request"}
