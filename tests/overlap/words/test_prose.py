"""What is prose, and what is a list, data or code."""

import json

import pytest

from cleaner.overlap.words.prose import is_prose

PEOPLE = [("Mara", "Kowalczyk", "Ghent"), ("Henrik", "Okonkwo", "Porto"), ("Yusuf", "Lindgren", "Brno")]


@pytest.mark.parametrize(
    "text",
    [
        "In 1975 Joan, then sixteen, meets Kim Fowley outside a club; she tells him that she wants an all-girl band.",
        "石猴学会七十二变，自称齐天大圣，大闹天宫，被如来压在五行山下。五百年后，唐僧揭下符咒，收孙悟空为徒。",
        "फरहान और राजू अपने पुराने दोस्त रैंचो को खोजने निकलते हैं।",
        "Qu'est-ce qu'il a dit ? Il n'a rien dit à l'oncle d'Anne.",
        "1\n00:01:02,345 --> 00:01:04,567\nWhere did you go last night?\n\n2\n00:01:05,000 --> 00:01:06,500\nNowhere at all.",
        "See https://example.org/wiki/Joan_Jett/The_Runaways?action=history and tell me what you think of it.",
        "[Joan](/wiki/Joan_Jett) founded [the Runaways](/wiki/The_Runaways) with [Lita Ford](https://example.org/Lita_Ford).",
        "བོད་ཀྱི་སྐད་ཡིག་ནི་བོད་མི་རིགས་ཀྱི་སྐད་ཡིག་ཡིན།",
        "ሰው፡ሁሉ፡እኩል፡ነው።",
        "word",
        "",
    ],
)
def test_prose(text):
    assert is_prose(text)


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([{"first": first, "last": last, "city": city} for first, last, city in PEOPLE], indent=2),
        "\n".join(",".join(row) for row in PEOPLE),
        "\n".join("\t".join(row) for row in PEOPLE),
        "\n".join(f"- name: {first}\n  last: {last}\n  city: {city}" for first, last, city in PEOPLE),
        "\n".join(f"| {first} {last} | {city} | 2011 |" for first, last, city in PEOPLE),
        "\n".join(f"INSERT INTO people (first, last) VALUES ('{first}', '{last}');" for first, last, _ in PEOPLE),
        "\n".join(f"{first} {last}: Anna {city}" for first, last, city in PEOPLE),
        "\n".join(f"{first} {last} as Anna {city}" for first, last, city in PEOPLE),
        "buffer.alloc(10); buf.fill('a'); console.log(buf.toString('utf8'));",
    ],
)
def test_lists_data_and_code(text):
    assert not is_prose(text)


@pytest.mark.parametrize(("text", "told"), [("[" * 20_000, True), ("[a|" * 7_000, False), ("[a](b" * 4_000, False)])
def test_links_without_end_take_no_time(text, told):
    """Patterns that look for the end of each would take hours. Without a word nothing speaks against prose."""
    assert is_prose(text) is told
