from __future__ import annotations

import io
import logging

from rich.console import Console

from service.bulk.progress import Meter, Pace, shown


def test_the_pace_is_this_run_s_alone() -> None:
    pace = Pace(size=1000, begun=500, position=600, articles=20, seconds=10.0)
    assert pace.articles_per_second == 2.0
    assert pace.seconds_left == 40.0
    assert str(pace) == "2.0 articles/s, 0:00:40 left"


def test_nothing_is_known_at_first() -> None:
    assert str(Pace(size=10, begun=0, position=0, articles=0, seconds=0.0)) == "0.0 articles/s, ? left"


def test_a_terminal_sees_a_bar() -> None:
    output = io.StringIO()
    with Meter(Console(file=output, force_terminal=True, width=100), size=10, articles_before=3) as meter:
        meter.advance(5)
        meter.advance(10)
    assert "100%" in output.getvalue()
    assert "5 articles" in output.getvalue()


def test_what_is_logged_is_shown_meanwhile() -> None:
    log, output = logging.getLogger("tests.shown"), io.StringIO()
    level = log.level
    with shown(log, Console(file=output)):
        log.info("1,000 articles [written]")
        log.debug("nothing for people")
    log.info("afterwards")
    assert output.getvalue() == "1,000 articles [written]\n"
    assert log.level == level


def test_a_log_is_left_in_peace() -> None:
    output = io.StringIO()
    with Meter(Console(file=output), size=10, articles_before=0) as meter:
        meter.advance(10)
    assert output.getvalue().strip() == ""
