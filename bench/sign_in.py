"""What it costs the processor to know who asks and what they may do, as a part of a check-in. Target: 15 % or less."""

import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from flask import request
from flask_security import current_user
from sqlalchemy import select

from bench.check_in import PASSWORD, ROUNDS, _answers, _post, _token
from diary.app import create_app
from diary.cli.demo import EMAIL, fill
from diary.extensions import db
from diary.models import MembershipRow
from diary.services import care_team
from diary.settings import Settings


def main() -> None:
    """Print the cost of session and permission, of a whole check-in, and the one as a part of the other."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.from_env({"DIARY_INSTANCE": str(Path(folder))})
        fill(settings, PASSWORD, datetime.now(UTC), days=0)
        app = create_app(settings)
        with app.app_context():
            diary_id = db.session.scalars(select(MembershipRow.diary_id)).one()
        client = app.test_client()
        token = _token(client, "/sign-in")
        _post(client, "/sign-in", {"email": EMAIL, "password": PASSWORD, "csrf_token": token})
        page = f"/diaries/{diary_id}/check-ins/new"
        rest = {"csrf_token": _token(client, page), "by": "patient", "temperature_unit": "Cel"}
        cookie = client.get_cookie("session")
        assert cookie
        costs: tuple[list[float], list[float]] = [], []
        for turn in range(ROUNDS):
            with app.test_request_context(page, headers={"Cookie": f"session={cookie.value}"}):
                start = time.process_time()
                app.session_interface.open_session(app, request)
                assert current_user.is_authenticated
                assert care_team.find_access(db.session, current_user.id, diary_id)
                costs[0].append(time.process_time() - start)
            start = time.process_time()
            _post(client, page, _answers(turn) | rest | {"token": str(uuid4())})
            costs[1].append(time.process_time() - start)
    asking, whole = (statistics.median(cost[10:]) * 1000 for cost in costs)
    print(f"session and permission {asking:.2f} ms, check-in {whole:.2f} ms")
    print(f"session and permission as a part of a check-in: {asking / whole:.1%} (target: 15 % or less)")


if __name__ == "__main__":
    main()
