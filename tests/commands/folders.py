"""What the tests of commands share: short texts, and `cleaner run` without its page and its progress."""

from cleaner.cli import main

ENGLISH = (
    "The house stood at the end of the lane, and nobody had lived there for years. It’s said that she left in May."
)
RUSSIAN = "Дом стоял в конце переулка, и в нём много лет никто не жил. Говорят, она уехала в мае."
FRENCH = "La maison était au bout du chemin, et personne n’y habitait depuis des années. Où est-elle allée ?"
GARBLED = "It is cafÃ© time.\r\nThe bandโs last show.\r\n".encode()
MENDED = "It is café time.\r\nThe band’s last show.\r\n".encode()


def run(*arguments) -> int:
    return main(["run", *map(str, arguments), "--no-report", "--quiet"])
