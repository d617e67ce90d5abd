"""Handwriting: a sample of the same sentence each time, beside the usual one; people say whether it looks different."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from uuid import uuid4

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from diary.domain.access import Permission
from diary.domain.diary import Diary
from diary.domain.picture import SIGN, PictureKind
from diary.extensions import db
from diary.forms.picture import LooksDifferentForm, PictureForm
from diary.services import picture as pictures
from diary.views import neuro_words, unsaved
from diary.views.access import requires, this_access, this_diary
from diary.views.history import moment_in

blueprint = Blueprint("handwriting", __name__, url_prefix="/diaries/<diary_id>/handwriting")


def _sent(diary: Diary | None, now: datetime) -> Iterable[unsaved.Typed]:
    """The answer that matters most of those that were sent, whatever became of the picture."""
    form = LooksDifferentForm(diary=diary, now=now)
    form.validate()
    return _typed(form)


@blueprint.get("/")
@requires(Permission.SEE_DIARY)
def show(diary_id: str) -> ResponseReturnValue:
    """Show every sample beside the usual one, the newest first."""
    page, has_more = pictures.load_page(db.session, diary_id, moment_in(request.args.get("before", "")))
    usual = {kind: pictures.usual(db.session, diary_id, kind) for kind in PictureKind}
    return render_template("handwriting/show.html", **neuro_words.pictures(page, has_more, usual, this_diary()))


@blueprint.route("/new/<any(sentence, clock):kind>", methods=["GET", "POST"])
@requires(Permission.RECORD_CHECK_IN, checks_csrf=True, takes_file="picture", signed_out=unsaved.signed_out(_sent))
def new(diary_id: str, kind: str) -> ResponseReturnValue:
    """Keep a sample, drawn or photographed, with what people say about it."""
    diary, access, now = this_diary(), this_access(), datetime.now(UTC)
    form, of = PictureForm(diary=diary, now=now, data={"token": str(uuid4())}), PictureKind(kind)
    sentence = pictures.sentence(db.session, diary_id) or neuro_words.standard_sentence()
    if not form.validate_on_submit():
        usual = pictures.usual(db.session, diary_id, of)
        return _ask("handwriting/new.html", form, kind=of, sentence=sentence, usual=usual)
    if form.picture.data is None:
        return _answered(form, None)
    written = sentence if of is PictureKind.SENTENCE else None
    pictures.record(db.session, form.to_new_picture(of, written), access, now)
    return _answered(form, form.picture_id)


@blueprint.route("/<picture_id>", methods=["GET", "POST"])
@requires(Permission.RECORD_CHECK_IN, checks_csrf=True, signed_out=unsaved.signed_out(_sent))
def compare(diary_id: str, picture_id: str) -> ResponseReturnValue:
    """Show a sample beside the usual one, and ask both people whether it looks different."""
    picture = pictures.load(db.session, diary_id, picture_id)
    form = LooksDifferentForm(diary=this_diary(), now=datetime.now(UTC), data={"token": str(uuid4())})
    if not form.validate_on_submit():
        usual = pictures.usual(db.session, diary_id, picture.kind)
        return _ask("handwriting/compare.html", form, picture=picture, kind=picture.kind, usual=usual)
    return _answered(form, picture_id)


@blueprint.get("/<picture_id>/picture.jpg")
@requires(Permission.SEE_DIARY)
def image(diary_id: str, picture_id: str) -> ResponseReturnValue:
    """The picture itself."""
    jpeg = pictures.load_jpeg(db.session, diary_id, picture_id)
    return Response(jpeg, mimetype="image/jpeg", headers={"Content-Disposition": "inline"})


@blueprint.post("/<picture_id>/withdraw")
@requires(Permission.RECORD_CHECK_IN)
def withdraw(diary_id: str, picture_id: str) -> ResponseReturnValue:
    """Withdraw a sample: it stays in the list, struck through, and is not shown again. What was said stays."""
    pictures.withdraw(db.session, picture_id, this_access(), datetime.now(UTC))
    db.session.commit()
    flash(gettext("Withdrawn. It is not shown any more."), "saved")
    return redirect(url_for("handwriting.show", diary_id=diary_id))


def _typed(form: LooksDifferentForm) -> Sequence[unsaved.Typed]:
    worst = sorted(form.to_check_ins(), key=lambda answer: SIGN not in answer.signs)[:1]
    return [(answer, answer, ()) for answer in worst]


def _ask(template: str, form: LooksDifferentForm, *, kind: PictureKind, **context: object) -> ResponseReturnValue:
    """Show the form; one that came back shows the advice for what was answered, whatever is wrong with the picture."""
    seen = unsaved.advice_for(_typed(form) if form.is_submitted() else ())
    words = neuro_words.handwriting(kind, this_diary())
    page = render_template(template, form=form, **seen, kind=kind.value, **words, **context)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def _answered(form: LooksDifferentForm, picture_id: str | None) -> ResponseReturnValue:
    """Record the answers and show what they led to; without any, ask for them beside the picture."""
    diary, answers = this_diary(), form.to_check_ins()
    if not answers:
        db.session.commit()
        return redirect(url_for("handwriting.compare", diary_id=diary.id, picture_id=picture_id))
    shown = pictures.answer(db.session, diary, picture_id, answers, this_access(), form.now)
    db.session.commit()
    return redirect(url_for("check_in.outcome", diary_id=diary.id, check_in_id=shown))
