import threading

import scipy.linalg  # noqa: F401  the libraries looked at below must be loaded
from threadpoolctl import ThreadpoolController

from quayscan.pipeline.one_thread import one_thread


def threads_now() -> list[int]:
    return [one["num_threads"] for one in ThreadpoolController().select(user_api="blas").info()]


def test_one_thread_inside_and_as_many_as_before_outside() -> None:
    with ThreadpoolController().limit(limits=2, user_api="blas"):
        before = threads_now()
        with one_thread():
            assert set(threads_now()) <= {1}
        assert threads_now() == before


def test_the_last_one_out_takes_the_limit_back() -> None:
    inside, leave = threading.Event(), threading.Event()

    def stay() -> None:
        with one_thread():
            inside.set()
            leave.wait(30)

    with ThreadpoolController().limit(limits=2, user_api="blas"):
        before = threads_now()
        other = threading.Thread(target=stay)
        other.start()
        assert inside.wait(30)
        with one_thread():
            leave.set()
            other.join()
            assert set(threads_now()) <= {1}
        assert threads_now() == before
