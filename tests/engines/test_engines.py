"""Each engine gives the same results in the same order."""

import pytest

from cleaner.engines import ProcessEngine, SerialEngine, start


def square(number: int) -> int:
    return number * number


@pytest.mark.parametrize("engine", [SerialEngine(), ProcessEngine(1), ProcessEngine(2)], ids=["serial", "one", "two"])
@pytest.mark.parametrize("count", [0, 1, 100])
def test_map_keeps_order(engine, count):
    assert list(engine.map(square, range(count))) == [number * number for number in range(count)]


def test_an_error_reaches_the_caller():
    with pytest.raises(ZeroDivisionError):
        list(ProcessEngine(2).map(divided, [1, 0]))


def divided(number: int) -> float:
    return 1 / number


def test_a_pool_serves_several_maps():
    engine = ProcessEngine(2)
    assert list(engine.map(square, [1, 2])) == [1, 4]
    assert list(engine.map(square, [3])) == [9]
    engine.close()


def test_engines_by_name():
    assert isinstance(start("serial", 1), SerialEngine)
    engine = start("process", 2)
    assert (type(engine), engine.workers) == (ProcessEngine, 2)
    engine.close()
    with pytest.raises(ValueError, match="serial, process, ray"):
        start("threads", 2)
