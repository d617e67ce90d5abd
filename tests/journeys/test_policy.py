"""The content policy in a real browser: what a script that got in could not do."""

import pytest

TRIES = {
    "markup from text": "() => { document.body.innerHTML = '<b>x</b>'; }",
    "code from text": "() => { setTimeout('window.ran = 1'); }",
    "a script from text": "() => { document.createElement('script').src = '/static/js/diary.js'; }",
    "a handler from text": "() => { document.body.setAttribute('onclick', 'window.ran = 1'); }",
    "a policy of its own": "() => { trustedTypes.createPolicy('another', {}); }",
    "a worker from text": "() => { new Worker('/static/js/diary.js'); }",
}


@pytest.fixture
def page(chromium, house):
    """A page whose console may complain: that is what it is asked to do."""
    context = chromium.new_context(base_url=house.url)
    page = context.new_page()
    page.goto("/help-now")
    yield page
    context.close()


def test_no_script_makes_code_of_text(page):
    for name, code in TRIES.items():
        outcome = page.evaluate(f"(() => {{ try {{ ({code})(); return 'done'; }} catch (e) {{ return e.name; }} }})()")
        assert outcome == "TypeError", name


def test_the_one_policy_trusts_our_worker_alone(page):
    kind = "async () => { const m = await import('/static/js/trusted.js'); return m.workerAddress.constructor.name; }"
    assert page.evaluate(kind) == "TrustedScriptURL"
