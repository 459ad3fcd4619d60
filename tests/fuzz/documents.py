"""Generated documents: news that never happened, in every format, cut, bent and broken. The same number, the same one.

A document is a page of sentences from small word lists, wrapped as its format wants it, with hostile stretches between
them, and then, half of the time, damaged byte by byte. Only files are made here; what must hold of them is in the
tests.
"""

from __future__ import annotations

import gzip
import json
import random

from container_files import docx, mail, pdf, warc_record

TEXTS = (".txt", ".md", ".html", ".jsonl")
CONTAINERS = (".eml", ".pdf", ".docx", ".jsonl.gz", ".warc", ".warc.gz")

_WHO = """the finance ministry|The Ruritanian Securities Commission|the central bank|Bright Chain Labs|
President Ada Brook|the High Court of Lakeland|Binance|the SEC|Pakistan's finance minister|he|the agency|Brussels|
the European Union|Tether|Kraken and Coinbase|the exchange's founder, Otto Reyes,|lawmakers|the Bank of Russia|
El Salvador|“the regulator”|O’Neill"""
_DID = """fined|approved|granted a licence to|warned|signed a memorandum with|did not approve|may ban|
plans to regulate|sued|was sued by|appointed|launched|seized tokens of|will meet|rejected a report on|agreed to pay|
has suspended|met with|is said to have raised|froze the accounts of|passed a law on|accuses|was hacked by|
repealed the ban on"""
_WHAT = """two exchanges|a bill on digital assets|10 million dollars|€2.5bn|4,300 BTC|the operator of a mixer|
5% of all reserves|its chief executive|a sandbox for stablecoins|12–15 MW of mining|¥1 trillion|
customers in Hong Kong|a fund|$0|-3 million euros|up to 1e9 pesos|a licence|nobody|MiCA|AT&T <b>shares</b>|
99.99 per cent|USD 1,2,3|half a billion pounds"""
_WHEN = """on May 4, 2023|last week|on Tuesday|in the third quarter|by the end of 2030|on 31 February 2024|
yesterday|in 1899|since 2019|on 2024-13-45|two days later|next month|on the 29th of February 2023|in the year 99999|
from January to March 2022|tomorrow|in Q5 2024|on 04/05/06|this summer|no later than 12 noon|"""
_FURNITURE = """Read more: another story|Photo by Ada Brook|Share this|© 2023 Newsdesk|Advertisement|
# Heading|## Q & A|- point|1. step|> quoted|***|---|BTC $67,000 +1.2%|By Otto Reyes|Published: March 9, 2022|
Updated 2024-01-02T25:61:00Z|Tags: law, banks|Related articles|[link](http://lake.example/a_(b)|```|~~~|| a | b ||
Comments|[^1]: note|Copyright|Source: Newsdesk|LONDON (Newsdesk) -"""
_ODD = (
    *"\u202e \u200b \u00ad \ufeff \x1b[31m \x07 \ufffd 🚀🌕 👩‍👩‍👧‍👦 e\u0301\u0301\u0301".split(" "),
    *"المالية האוצר 财政部 “‘“‘ (((( .... ?!?!".split(" "),
    *"&amp;#38; &#xD800; &#99999999; < </p> <p <!-- --> ]]> <script> {{x}} %s%n ';-- \\u0000 \\ud83d Ã©â€™".split(" "),
    *("\u00a0", "\u2028", "\x0c", "\r", "\t", "\x85", "a" * 400, "$1" * 90, "May " * 60, "' " * 80, "A. " * 90),
    *("-" * 200, "[" * 90, "*" * 99, "_a" * 90, "1,000," * 60),
)
_LISTS = tuple(words.replace("\n", "").split("|") for words in (_WHO, _DID, _WHAT, _WHEN))
_BITS = _FURNITURE.replace("\n", "").split("|")


def document(number: int, most_sentences: int = 12) -> tuple[str, bytes]:
    """The name and the bytes of the document of this number; one in five is a container."""
    rng = random.Random(number)
    suffix = rng.choice(CONTAINERS if number % 5 == 0 else TEXTS)
    lines = [_line(rng) for _ in range(rng.randint(0, most_sentences))]
    content = _packed(rng, suffix, lines) if suffix in CONTAINERS else _encoded(rng, suffix, lines)
    for _ in range(rng.choice([0, 0, 0, 1, 3, 20])):
        content = _damage(rng, content)
    return f"{number}{suffix}", content


def _encoded(rng: random.Random, suffix: str, lines: list[str]) -> bytes:
    text = {".html": _html, ".jsonl": _jsonl}.get(suffix, _plain)(rng, lines)
    return text.encode(rng.choice(["utf-8"] * 12 + ["utf-16", "cp1252", "utf-8-sig", "utf-7"]), "backslashreplace")


def _packed(rng: random.Random, suffix: str, lines: list[str]) -> bytes:
    western = [line.encode("cp1252", "replace").decode("cp1252") for line in lines]
    match suffix:
        case ".eml":
            subject = "".join(filter(str.isprintable, lines[0][:60])) if lines else ""
            page = rng.choice([None, _html(rng, lines)])
            return mail(
                rng.choice([None, _plain(rng, lines)]) if page else _plain(rng, lines), page, subject
            ).as_bytes()
        case ".pdf":
            return pdf(
                *([(rng.choice([8, 11, 11, 18]), 14, line) for line in western] for _ in range(rng.randint(1, 3)))
            )
        case ".docx":
            return docx()
        case ".jsonl.gz":
            return gzip.compress(_jsonl(rng, lines).encode(), mtime=0)
    records = b"".join(warc_record(_html(rng, lines).encode(), name=str(name)) for name in range(rng.randint(1, 3)))
    return gzip.compress(records, mtime=0) if suffix.endswith(".gz") else records


def _line(rng: random.Random) -> str:
    if rng.random() < 0.25:
        return rng.choice(_BITS)
    sentence = " ".join(rng.choice(words) for words in _LISTS).strip()
    sentence = sentence[0].upper() + sentence[1:] + rng.choice([".", ".", ".", "", "?", ";", " ,", ".”", ": "])
    if rng.random() < 0.2:
        place = rng.randrange(len(sentence))
        sentence = sentence[:place] + rng.choice(_ODD) + sentence[place:]
    return sentence


def _plain(rng: random.Random, lines: list[str]) -> str:
    return "".join(line + rng.choice(["\n\n", "\n\n", "\n", " ", "\r\n\r\n", ""]) for line in lines)


def _html(rng: random.Random, lines: list[str]) -> str:
    tags = ["p", "p", "p", "div", "li", "h1", "h2", "td", "blockquote", "article", "figure", "title", "script", "b"]
    page = "".join(f"<{tag}>{line}" + rng.choice([f"</{tag}>", ""]) for line in lines for tag in [rng.choice(tags)])
    head = '<html><head><meta property="article:published_time" content="2023-04-20T12:00:00Z"></head>'
    return rng.choice([head, "", "<!doctype html>"]) + page


def _jsonl(rng: random.Random, lines: list[str]) -> str:
    records = []
    for line in lines:
        body: object = rng.choice(
            [line, f"{line}\n\n{rng.choice(lines)}", f"<p>{line}</p>", None, 7, [line], {"a": line}]
        )
        record = {"title": rng.choice([line[:40], "", None]), rng.choice(["text", "body", "words"]): body}
        if rng.random() < 0.7:
            record["date"] = rng.choice(["2024-02-03", "May 4, 2023", 1700000000, -1e300, "never", None])
        records.append(json.dumps(record, ensure_ascii=rng.random() < 0.5))
    return rng.choice(["\n", "\n", "\r\n", " "]).join(records)


def _damage(rng: random.Random, content: bytes) -> bytes:
    """One bit turned, a stretch cut out or told again, a byte put in, or the end missing."""
    at, to = sorted(rng.randrange(len(content) + 1) for _ in range(2))
    match rng.randrange(5):
        case 0 if content:
            at = min(at, len(content) - 1)
            return content[:at] + bytes([content[at] ^ 1 << rng.randrange(8)]) + content[at + 1 :]
        case 1:
            return content[:at] + content[min(to, at + 40) :]
        case 2:
            return content[:to] + content[at:to][:200] + content[to:]
        case 3:
            return content[:at] + rng.randbytes(rng.choice([1, 1, 2, 8])) + content[at:]
    return content[:to] if rng.random() < 0.1 else content
