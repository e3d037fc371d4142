"""Names that a user may give, of rules, languages and encodings, and the nearest right one to a wrong one.

Plain tables, so that a command checks what it is told without loading a stage or a model; `tests/test_known.py` holds
them against the rules and the model.
"""

from __future__ import annotations

RULES = (
    "SRC101", "SRC102", "SRC103", "SRC104", "SRC105",
    "ENC101", "ENC201", "ENC301", "ENC401", "ENC402", "ENC901",
    "MOJ101", "MOJ102", "MOJ103", "MOJ104", "MOJ201", "MOJ202", "MOJ203", "MOJ204", "MOJ205", "MOJ301", "MOJ302",
    "TXT101", "TXT102", "TXT103", "TXT104", "TXT105", "TXT106", "TXT201", "TXT202", "TXT203", "TXT204",
    "TXT301", "TXT302", "TXT303", "TXT304", "TXT305", "TXT901", "TXT902", "TXT801", "TXT802", "TXT803", "TXT804",
    "LNG101",
    "DUP101", "DUP201", "DUP301", "DUP401", "DUP402", "DUP501", "DUP502", "DUP503",
)  # fmt: skip
"""Every rule code, in the order of the stages."""
LANGUAGES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "as": "Assamese", "az": "Azerbaijani", "be": "Belarusian",
    "bg": "Bulgarian", "bn": "Bengali", "bo": "Tibetan", "br": "Breton", "bs": "Bosnian", "ca": "Catalan",
    "chr": "Cherokee", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German", "dv": "Divehi", "el": "Greek",
    "en": "English", "eo": "Esperanto", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian",
    "fi": "Finnish", "fo": "Faroese", "fr": "French", "fy": "Frisian", "ga": "Irish", "gd": "Gaelic",
    "gl": "Galician", "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ka": "Georgian",
    "kk": "Kazakh", "km": "Khmer", "kn": "Kannada", "ko": "Korean", "ky": "Kyrgyz", "la": "Latin", "lg": "Ganda",
    "lo": "Lao", "lt": "Lithuanian", "lv": "Latvian", "mhr": "Mari", "mi": "Maori", "mk": "Macedonian",
    "ml": "Malayalam", "mn": "Mongolian", "mnw": "Mon", "mr": "Marathi", "ms": "Malay", "mt": "Maltese",
    "my": "Burmese", "nb": "Norwegian", "ne": "Nepali", "nl": "Dutch", "nn": "Nynorsk", "oc": "Occitan", "or": "Odia",
    "pa": "Punjabi", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sa": "Sanskrit",
    "sd": "Sindhi", "shn": "Shan", "si": "Sinhala", "sk": "Slovak", "skr": "Saraiki", "sl": "Slovenian",
    "sn": "Shona", "so": "Somali", "sq": "Albanian", "sr": "Serbian", "st": "Sotho", "sv": "Swedish", "sw": "Swahili",
    "syr": "Syriac", "ta": "Tamil", "te": "Telugu", "tg": "Tajik", "th": "Thai", "ti": "Tigrinya", "tl": "Tagalog",
    "tn": "Tswana", "tr": "Turkish", "ts": "Tsonga", "tt": "Tatar", "ug": "Uyghur", "uk": "Ukrainian", "ur": "Urdu",
    "uz": "Uzbek", "vi": "Vietnamese", "xh": "Xhosa", "yi": "Yiddish", "yo": "Yoruba", "zh": "Chinese", "zu": "Zulu",
}  # fmt: skip
"""Codes that language identification can give (ISO 639-1, else 639-3), and what the languages are called."""
ALIASES = {
    "no": "nb", "iw": "he", "in": "id", "cmn": "zh", "jp": "ja", "cz": "cs", "gr": "el", "ua": "uk", "kr": "ko", "dk": "da",
}  # fmt: skip
"""Codes of older standards, of countries and of macrolanguages, and the code used here."""


def is_rule(code: str) -> bool:
    """Whether `code` is a rule's code or the beginning of one, such as `MOJ` or `MOJ1`."""
    return bool(code) and any(one.startswith(code) for one in RULES)


def near_rule(code: str) -> str:
    """What was meant by the unknown `code`: `did you mean MOJ101?`, or all beginnings there are."""
    from difflib import get_close_matches

    code = code.upper()
    groups = list(dict.fromkeys(one[:3] for one in RULES))
    of_group = [one for one in RULES if one[:3] == code[:3]]
    if of_group and any(char.isdigit() for char in code):
        near = get_close_matches(code, of_group, n=1, cutoff=0)
    else:
        near = get_close_matches(code[:3], groups, n=1, cutoff=0.5)
    return f"did you mean {near[0]}?" if near else f"codes begin with {', '.join(groups)}; `cleaner explain` lists them"


def near_language(name: str) -> str:
    """What was meant by the unknown language `name`, an English name or another code: `did you mean 'en' (English)?`."""
    from difflib import get_close_matches

    asked = name.casefold().strip()
    short = asked.replace("_", "-").split("-")[0]
    names = {said.casefold(): code for code, said in LANGUAGES.items()}
    code = short if short in LANGUAGES else ALIASES.get(short) or names.get(asked)
    if code is None and len(asked) > 3:
        code = next((names[one] for one in get_close_matches(asked, names, n=1, cutoff=0.7)), None)
    if code is None and len(asked) == 3:
        code = next((names[one] for one in sorted(names) if one.startswith(asked)), None)
    if code is None:
        return "known are " + ", ".join(LANGUAGES)
    return f"did you mean {code!r} ({LANGUAGES[code]})?"


def wrong_language(code: str) -> str:
    """Why `code` can't be a language code, and what may be meant; "" where it has the form of one, known here or not.

    The form is that of BCP 47: two or three small letters (ISO 639), perhaps a script or a region after them.
    """
    first, *rest = code.split("-")
    if first.isascii() and first.isalpha() and first.islower() and len(first) in (2, 3) and all(map(str.isalnum, rest)):
        return ""
    return f"which is no code of a language; {near_language(code)}"


NOT_OF_FILES = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined"})
"""Text codecs of Python that are not encodings of files."""


def wrong_encoding(name: str) -> str:
    """Why `name` is no encoding that a file can be in, and what may be meant; "" where it is one."""
    import codecs

    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return f"which Python does not know; {_near_encoding(name)}"
    if not getattr(codec, "_is_text_encoding", True) or codec.name in NOT_OF_FILES:
        return "which no file is in; names are like 'cp1252' or 'koi8-r'"
    return ""


def _near_encoding(name: str) -> str:
    from difflib import get_close_matches
    from encodings.aliases import aliases

    asked = name.lower().replace("-", "_").replace(" ", "_")
    near = get_close_matches(asked, sorted({*aliases, *aliases.values()}), n=1, cutoff=0.7)
    return f"did you mean {near[0]!r}?" if near else "names are like 'cp1252' or 'koi8-r'"
