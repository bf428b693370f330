"""Sentences on which VADER's rules meet: made of the reference's own words, always the same ones."""

import ast
import random

NEUTRAL = ("the a an it was is are this that these our your invoice delivery call agent ticket about with after "
           "before of to for at in on and or because when they we you I he she support product price").split()
# Words that rules ask for by name, and what stands next to them.
RULES = ("no not never so this without doubt least at very but kind of sort just enough or nor neither the shit "
         "bomb bad ass bus stop yeah right kiss death to die for beating heart none hardly isn't can't won't "
         "badass cannot cant dont 'nt n't oughtn't").split()
PHRASES = ["never so", "never this", "without doubt", "without a doubt", "kind of", "sort of", "just enough",
           "at least", "very least", "the least", "least of all", "no or", "no nor", "but", "BUT", "But", "not only",
           "never so much", "never been so", "never been this", "no good nor", "no problem or", "kind", "of kind"]
EMOTICONS = ":) :( :D :-D ;) :P :-P <3 </3 :'( :/ >:( xD XD :| (: ): =) :* 8) O.o o_O d: ^_^ -_-".split()
PUNCTUATION = ["", "", "", "", ".", ",", "!", "!!", "!!!", "!!!!!", "?", "??", "???", "????", "?!", "...", ";", ":", "-"]
FOREIGN = ["café", "naïve", "ÉTÉ", "straße", "GROSSE", "ẞ", "\u01c5on't", "İ", "ı", "\u212aind", "\u212aISS", "\u212aill",
           "λόγος", "ΑΒΓ", "кот", "日本語", "mén't", "MÉN'T", "é!", "éé", "ééé", "!é!", "ﬁne", "№", "ⓐ", "Ⓐ", "ª", "x\u0301"]
BLANKS = [" "] * 40 + ["  ", "\t", "\n", "\r\n", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x1f", "\x85", "\xa0", "\u1680",
                       "\u2003", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000", " \t "]
# Not blanks, though they look so or show nothing.
INVISIBLE = ["\u200b", "\u200d", "\ufeff", "\u180e", "\ufe0f", "\x01", "\x7f"]


def of_demo(module):
    """All sentences that the module's own demo scores, with whatever else it prints."""
    tree = ast.parse(open(module.__file__, encoding="utf-8").read())
    demo = [node for node in tree.body if isinstance(node, ast.If)][-1]
    return sorted({node.value for node in ast.walk(demo)
                   if isinstance(node, ast.Constant) and isinstance(node.value, str)})


class Writer:
    def __init__(self, module, seed):
        self.choice = random.Random(seed)
        analyzer = module.SentimentIntensityAnalyzer()
        self.lexicon = sorted(analyzer.lexicon)
        self.plain = [word for word in self.lexicon if word.isalpha()]
        self.boosters = sorted(module.BOOSTER_DICT)
        self.negations = sorted(set(module.NEGATE))
        self.idioms = sorted(module.SPECIAL_CASES) + sorted(module.SENTIMENT_LADEN_IDIOMS)
        self.emoji = sorted(emoji for emoji in analyzer.emojis)

    def word(self):
        pick = self.choice.choice
        sources = [(30, NEUTRAL), (24, self.plain), (4, self.lexicon), (10, self.boosters), (8, self.negations),
                   (10, RULES), (5, PHRASES), (4, self.idioms), (3, EMOTICONS), (3, self.emoji), (2, FOREIGN)]
        return pick(self.choice.choices([s for _, s in sources], [w for w, _ in sources])[0])

    def shaped(self, word, capitals):
        chance = self.choice.random()
        if chance < capitals:
            word = word.upper()
        elif chance < capitals + 0.1:
            word = word.capitalize()
        if self.choice.random() < 0.04:
            word = self.choice.choice(["(%s)", "\"%s\"", "'%s'", "#%s", "*%s*", "...%s", "“%s”", "@%s:", "_%s_"]) % word
        if self.choice.random() < 0.15:
            word += self.choice.choice(PUNCTUATION)
        if self.choice.random() < 0.02:
            word += self.choice.choice(self.emoji + INVISIBLE)
        return word

    def sentence(self):
        """From a word to a few dozen; plain or with blanks of all kinds."""
        count = self.choice.choice([1, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 10, 12, 15, 20, 40])
        capitals = self.choice.choice([0, 0, 0.1, 0.3, 0.9, 1])
        odd = self.choice.random() < 0.3
        parts = []
        for _ in range(count):
            parts.append(self.shaped(self.word(), capitals))
            parts.append(self.choice.choice(BLANKS) if odd else " ")
        if not odd:
            parts.pop()
        return "".join(parts) + self.choice.choice(PUNCTUATION)

    def characters(self):
        """Any characters, with those that matter among them."""
        known = "notNOT'!?.:)(D \t\n\xa0\x1cbut goodBAD" + "".join(emoji for emoji in self.emoji if len(emoji) == 1)
        count = self.choice.randrange(1, 60)
        return "".join(self.choice.choice(known) if self.choice.random() < 0.7 else self.character() for _ in range(count))

    def character(self):
        most = self.choice.choice([0x7F, 0x24F, 0x2FFF, 0xD7FF, 0x1FAFF])
        while True:
            character = chr(self.choice.randint(1, most))
            if not "\ud800" <= character <= "\udfff":
                return character

    def each_rule(self):
        """Every modifier and idiom with a positive and a negative word, at each distance and in capitals."""
        phrases = self.boosters + self.negations + self.idioms + PHRASES + RULES
        for phrase in phrases:
            for target in ("good", "bad"):
                for text in (f"{phrase} {target}", f"it is {phrase} {target}", f"{phrase} a {target} day",
                             f"{phrase} it was {target}", f"{phrase} this is {target}", f"{target} {phrase} {target}",
                             f"the {target} old {phrase}", f"{phrase.upper()} {target}", f"so {phrase} {target.upper()}!"):
                    yield text

    def each_word(self):
        """Every entry of both lexicons alone and within a sentence."""
        for word in self.lexicon + self.emoji:
            yield word
            yield f"It is {word} for us, but not {word}."
            yield f"ok{word}{word.upper()} no {word} very"
