"""Words of the filled base: sentences in which few words are common and most are rare."""

from random import Random

# In six statements of ten, in one of a hundred, and in one of a thousand.
COMMON_WORD, UNCOMMON_WORD, RARE_WORD = "reserves", "lighthouse", "zirconium"
# Words that stand in no text of a source, and one that stands in every one.
ABSENT_TERMS = ("quartz", "zephyr", "obsidian", "marzipan")
PRESENT_TERM = "pipeline"
SMALL_WORDS = ("the", "of", "and", "to", "in", "a", "that", "for", "with", "by", "from", "said")
CONSONANTS = "bcdfghklmnprstvxj"


class Prose:
    """Sentences of a vocabulary of 6,000 words, drawn by chance."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.vocabulary = [
            "".join(
                chance.choice(CONSONANTS) + chance.choice("aeiou")
                for _ in range(chance.randint(2, 4))
            )
            for _ in range(6_000)
        ]

    def words(self, count: int) -> list[str]:
        """So many words; half of them small ones."""
        chance = self.chance
        return [
            chance.choice(SMALL_WORDS)
            if chance.random() < 0.5
            else self.vocabulary[int(len(self.vocabulary) * chance.random() ** 3)]
            for _ in range(count)
        ]

    def sentence(self, least: int, most: int, *besides: str) -> str:
        """One sentence of a number of words between these bounds, both included, and of others."""
        words = self.words(self.chance.randint(least, most))
        for word in besides:
            words.insert(self.chance.randrange(len(words) + 1), word)
        return f"{' '.join(words).capitalize()}."

    def statement(self, number: int) -> str:
        """The words of a claim; the number tells it from every other."""
        chance = self.chance
        besides = [COMMON_WORD] if chance.random() < 0.6 else []
        if chance.random() < 0.01:
            besides.append(UNCOMMON_WORD)
        if number % 1_000 == 7:
            besides.append(RARE_WORD)
        return self.sentence(8, 18, *besides, f"n{number}")
