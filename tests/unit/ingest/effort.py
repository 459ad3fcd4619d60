"""How the work of a reader grows with its text."""

import time
from collections.abc import Callable


def is_linear(work: Callable[[str], object], unit: str, length: int) -> bool:
    """Whether four times the text takes at most ten times the work, a hundredth of a second allowed: squared growth
    takes sixteen times."""

    def seconds(size: int) -> float:
        text, spent = unit * (size // len(unit)), []
        for _ in range(3):
            started = time.process_time()
            work(text)
            spent.append(time.process_time() - started)
        return min(spent)

    return seconds(length) < 10 * seconds(length // 4) + 0.01
