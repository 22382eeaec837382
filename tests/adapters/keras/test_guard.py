import random
from threading import Event, Thread

import numpy as np

from nbdebug.adapters.keras.guard import guard


def drawn():
    return random.random(), float(np.random.random())


def test_what_a_model_draws_is_not_missing_afterwards():
    before = random.getstate(), np.random.get_state()[1].tolist()
    with guard():
        drawn()
    assert (random.getstate(), np.random.get_state()[1].tolist()) == before


def test_what_the_users_cell_draws_meanwhile_is_not_drawn_twice():
    inside, leave = Event(), Event()

    def look():
        with guard():
            inside.set()
            leave.wait(10)

    looking = Thread(target=look)
    looking.start()
    assert inside.wait(10)
    first = drawn()
    leave.set()
    looking.join()
    assert drawn() != first
