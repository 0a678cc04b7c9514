from recording import RecordingStore

from threadline.ingest.duties import IDLE_WAIT_S, Duties


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def made(**left):
    store, clock, failures = RecordingStore(), Clock(), []
    store.left = left
    return store, clock, failures, Duties(store, clock, lambda: failures.append(1))


def test_under_load_indexing_comes_twice_a_second_and_folding_once():
    store, clock, _, duties = made()
    for _ in range(30):
        duties.between_commits()
        clock.now += 0.125
    assert store.duties.count("index") == 8
    assert store.duties.count("fold") == 4
    assert "maintain" not in store.duties


def test_a_backlog_is_indexed_more_often():
    store, clock, _, duties = made(index=100)
    for _ in range(30):
        duties.between_commits()
        clock.now += 0.125
    assert store.duties.count("index") >= 15


def test_when_idle_everything_runs_until_nothing_is_left():
    store, _, _, duties = made(maintain=2, index=1)
    assert [duties.when_idle() for _ in range(4)] == [0.0, 0.0, IDLE_WAIT_S, IDLE_WAIT_S]
    assert store.duties[:3] == ["index", "fold", "maintain"]


def test_a_step_is_followed_by_as_long_a_rest():
    store, clock, _, duties = made(maintain=2)
    plain = store.maintain

    def takes_a_while():
        clock.now += 0.0625
        return plain()

    store.maintain = takes_a_while
    assert [duties.when_idle() for _ in range(3)] == [0.0625, 0.0625, IDLE_WAIT_S]


def test_a_duty_that_fails_is_counted_and_tried_again_later():
    store, clock, failures, duties = made()
    store.failing_duty = "fold"
    assert duties.when_idle() == IDLE_WAIT_S
    assert store.duties == ["index", "fold", "maintain"]
    duties.when_idle()
    duties.between_commits()
    assert len(store.duties) == 3
    clock.now += 5
    duties.when_idle()
    assert len(store.duties) == 6
    assert len(failures) == 2
