"""Money, crypto assets, power and shares in news prose: value, unit, qualifier and the words they stand in.

Found by their form alone. Which event an amount belongs to and what it is for (`amount_role`) is decided where the
event is read. Nothing is converted: a stated conversion in brackets is a second amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

SYMBOLS = {
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "S$": "SGD", "HK$": "HKD", "NT$": "TWD",
    "NZ$": "NZD", "R$": "BRL", "MX$": "MXN", "J$": "JMD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY",
    "₹": "INR", "₩": "KRW", "₦": "NGN", "₱": "PHP", "₽": "RUB", "₺": "TRY", "฿": "THB", "₫": "VND", "₴": "UAH",
    "₪": "ILS", "₸": "KZT", "₡": "CRC", "₵": "GHS", "GH₵": "GHS", "Rs.": "INR", "Rs": "INR", "RM": "MYR", "Rp": "IDR",
    "KSh": "KES", "Ksh": "KES", "Tk": "BDT", "Dh": "AED", "Dhs": "AED", "RMB": "CNY", "CN¥": "CNY", "SFr": "CHF",
    "R": "ZAR", "Shs": "KES", "Sh": "KES", "K": "", "P": "", "Php": "PHP", "PhP": "PHP", "GH¢": "GHS", "৳": "BDT",
    "Nu": "BTN",
}  # fmt: skip
CODES = (
    "USD EUR GBP JPY CNY INR KRW NGN PHP RUB TRY THB VND UAH ILS KZT AED SAR QAR KWD BHD OMR EGP ZAR KES GHS UGX TZS "
    "RWF MAD BRL ARS MXN CLP COP PEN CHF SEK NOK DKK PLN CZK HUF RON BGN AUD NZD CAD SGD HKD TWD MYR IDR PKR BDT LKR "
    "NPR KGS UZS GEL AMD AZN BYN VES XAF XOF ZWL JMD ZMW MWK BWP NAD ETB BOB UYU PYG GTQ DOP RSD ISK MUR JOD IQD "
    "TND DZD AOA MZN KHR MNT MMK LAK"
).split()
WORDS = {
    "dollar": "USD", "dollars": "USD", "greenback": "USD", "euro": "EUR", "euros": "EUR", "pound": "GBP",
    "pounds": "GBP", "sterling": "GBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "rupee": "INR",
    "rupees": "INR", "won": "KRW", "naira": "NGN", "ruble": "RUB", "rubles": "RUB", "rouble": "RUB",
    "roubles": "RUB", "lira": "TRY", "liras": "TRY", "baht": "THB", "dong": "VND", "hryvnia": "UAH",
    "hryvnias": "UAH", "shekel": "ILS", "shekels": "ILS", "tenge": "KZT", "dirham": "AED", "dirhams": "AED",
    "riyal": "SAR", "riyals": "SAR", "rand": "ZAR", "shillings": "", "shilling": "", "cedi": "GHS",
    "cedis": "GHS", "real": "BRL", "reais": "BRL", "reals": "BRL", "peso": "", "pesos": "", "franc": "CHF",
    "francs": "CHF", "krona": "SEK", "kronor": "SEK", "krone": "NOK", "kroner": "NOK", "zloty": "PLN", "zlotys": "PLN",
    "ringgit": "MYR", "rupiah": "IDR", "taka": "BDT", "som": "KGS", "soms": "KGS", "lari": "GEL", "bolivars": "VES",
    "forint": "HUF", "colones": "CRC", "dinar": "", "dinars": "", "kwacha": "", "pula": "BWP", "birr": "ETB",
    "quetzal": "GTQ", "quetzales": "GTQ", "guarani": "PYG", "guaranies": "PYG", "boliviano": "BOB",
    "bolivianos": "BOB", "leu": "RON", "lei": "RON", "leva": "BGN", "manat": "AZN", "manats": "AZN", "kyat": "MMK",
    "riel": "KHR", "riels": "KHR", "tugrik": "MNT", "tugriks": "MNT", "dram": "AMD", "drams": "AMD",
    "meticais": "MZN", "kwanza": "AOA", "kwanzas": "AOA", "koruna": "CZK", "crowns": "", "rials": "",
    "soum": "UZS", "soums": "UZS", "kip": "LAK", "lek": "ALL", "afghanis": "AFN", "ngultrum": "BTN", "dalasi": "GMD",
    "leones": "SLE", "ariary": "MGA", "kina": "PGK", "soles": "PEN", "lempiras": "HNL", "cordobas": "NIO",
}  # fmt: skip
# Words that several countries call their currency by: the country that a text is about says which is meant. Where it
# is none of these, the word means what it means in `WORDS`, and nothing where that is empty.
SHARED = {
    "P": {"BW": "BWP", "PH": "PHP"},
    "peso": {"AR": "ARS", "CL": "CLP", "CO": "COP", "CU": "CUP", "DO": "DOP", "MX": "MXN", "PH": "PHP", "UY": "UYU"},
    "pound": {"EG": "EGP", "GB": "GBP", "LB": "LBP", "SD": "SDG", "SS": "SSP", "SY": "SYP"},
    "rupee": {"IN": "INR", "LK": "LKR", "MU": "MUR", "NP": "NPR", "PK": "PKR", "SC": "SCR"},
    "shilling": {"KE": "KES", "SO": "SOS", "TZ": "TZS", "UG": "UGX"},
    "franc": {
        "BF": "XOF", "BI": "BIF", "BJ": "XOF", "CD": "CDF", "CF": "XAF", "CG": "XAF", "CH": "CHF", "CI": "XOF",
        "CM": "XAF", "DJ": "DJF", "GA": "XAF", "GN": "GNF", "GQ": "XAF", "ML": "XOF", "NE": "XOF", "RW": "RWF",
        "SN": "XOF", "TD": "XAF", "TG": "XOF",
    },
    "dinar": {
        "BH": "BHD", "DZ": "DZD", "IQ": "IQD", "JO": "JOD", "KW": "KWD", "LY": "LYD", "MK": "MKD", "RS": "RSD",
        "TN": "TND",
    },
    "dirham": {"AE": "AED", "MA": "MAD"},
    "riyal": {"OM": "OMR", "QA": "QAR", "SA": "SAR", "YE": "YER"},
    "rial": {"IR": "IRR", "OM": "OMR", "YE": "YER"},
    "kwacha": {"MW": "MWK", "ZM": "ZMW"},
    "krona": {"IS": "ISK", "SE": "SEK"},
    "krone": {"DK": "DKK", "NO": "NOK"},
    "crown": {"CZ": "CZK", "DK": "DKK", "IS": "ISK", "NO": "NOK", "SE": "SEK"},
    "lei": {"MD": "MDL", "RO": "RON"},
    "manat": {"AZ": "AZN", "TM": "TMT"},
    "som": {"KG": "KGS", "UZ": "UZS"},
}  # fmt: skip
_SHARED_SYMBOLS = {"Sh": "shilling", "Shs": "shilling", "K": "kwacha", "P": "P"}
# Adjectives that turn a shared currency word into another currency: "Hong Kong dollars", "Pakistani rupees".
QUALIFIED = {
    ("us", "dollars"): "USD", ("u.s.", "dollars"): "USD", ("australian", "dollars"): "AUD",
    ("canadian", "dollars"): "CAD", ("singapore", "dollars"): "SGD", ("kong", "dollars"): "HKD",
    ("taiwan", "dollars"): "TWD", ("zealand", "dollars"): "NZD", ("pakistani", "rupees"): "PKR",
    ("pakistan", "rupees"): "PKR", ("lankan", "rupees"): "LKR", ("nepali", "rupees"): "NPR",
    ("philippine", "pesos"): "PHP", ("argentine", "pesos"): "ARS", ("chilean", "pesos"): "CLP",
    ("colombian", "pesos"): "COP", ("mexican", "pesos"): "MXN", ("egyptian", "pounds"): "EGP",
    ("swiss", "francs"): "CHF", ("cfa", "francs"): "XOF", ("saudi", "riyals"): "SAR", ("qatari", "riyals"): "QAR",
    ("moroccan", "dirhams"): "MAD", ("swedish", "kronor"): "SEK", ("danish", "kroner"): "DKK",
    ("ugandan", "shillings"): "UGX", ("tanzanian", "shillings"): "TZS", ("kenyan", "shillings"): "KES",
    ("rwandan", "francs"): "RWF", ("uganda", "shillings"): "UGX",
}  # fmt: skip
ASSETS = {
    "bitcoin": "BTC", "bitcoins": "BTC", "btc": "BTC", "ether": "ETH", "ethereum": "ETH", "eth": "ETH", "xrp": "XRP",
    "sol": "SOL", "usdt": "USDT", "tether": "USDT", "usdc": "USDC", "doge": "DOGE", "dogecoin": "DOGE", "bnb": "BNB",
    "ltc": "LTC", "litecoin": "LTC", "litecoins": "LTC", "ada": "ADA", "trx": "TRX", "monero": "XMR", "xmr": "XMR",
    "bch": "BCH", "luna": "LUNA", "satoshis": "SAT", "sats": "SAT", "xlm": "XLM", "avax": "AVAX", "ton": "TON",
}  # fmt: skip
SCALES = {
    "thousand": 1e3, "k": 1e3, "million": 1e6, "millions": 1e6, "mn": 1e6, "mln": 1e6, "m": 1e6, "mm": 1e6,
    "billion": 1e9, "billions": 1e9, "bn": 1e9, "bln": 1e9, "b": 1e9, "trillion": 1e12, "trillions": 1e12, "tn": 1e12,
    "trn": 1e12, "tln": 1e12, "trln": 1e12, "t": 1e12, "bi": 1e9, "mi": 1e6, "lakh": 1e5, "lakhs": 1e5, "crore": 1e7,
    "crores": 1e7, "cr": 1e7, "lakh crore": 1e12,
}  # fmt: skip
UNITS = {
    "mw": "MW", "megawatt": "MW", "megawatts": "MW", "gw": "GW", "gigawatt": "GW", "gigawatts": "GW", "kwh": "kWh",
    "mwh": "MWh", "%": "percent", "percent": "percent", "per cent": "percent", "pct": "percent",
}  # fmt: skip
NUMBER_WORDS = {
    "half a": 0.5, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50,
}  # fmt: skip

_NUMBER = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = "|".join(sorted((name.replace(" ", r"\s") for name in SCALES), key=len, reverse=True))
_SYMBOL = "|".join(sorted((re.escape(symbol) for symbol in SYMBOLS), key=len, reverse=True))
_CODE = "|".join(CODES)
_TO = r"\s?(?:[-–—]|to|AND_IN_BETWEEN)\s?"


def _words(names: dict[str, str]) -> str:
    return "|".join(sorted((re.escape(name) for name in names), key=len, reverse=True))


# symbol number [to number] scale; number scale unit-word; code number scale; number scale code
_MONEY_BEFORE = (
    rf"(?<![\w$])(?P<symbol>{_SYMBOL}|(?:{_CODE})\s?|(?:{_CODE})[$€£¥₹])\s?(?P<low>{_NUMBER})"
    rf"(?:(?P<midscale>\s?-?(?i:{_SCALE})\b)?{_TO}(?:{_SYMBOL})?\s?(?P<high>{_NUMBER}))?"
    rf"(?:[\s-]?(?P<scale>(?i:{_SCALE}))(?![\w]))?(?![\d])"
)
_AMOUNT_AFTER = (
    rf"(?<![\w$€£¥₹.,])(?P<low>{_NUMBER}|(?i:half\sa|\b(?:a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|fifty)(?=\s(?:thousand|million|billion|trillion|lakh|crore))))"
    rf"(?:(?P<midscale>\s?%|[\s-]?(?i:{_SCALE})\b)?{_TO}(?P<high>{_NUMBER}))?"
    rf"(?:[\s-]?(?P<scale>(?i:{_SCALE}))(?![\w]))?"
    rf"[\s-]?(?P<adjective>(?:(?:US|U\.S\.|Australian|Canadian|Singapore|Hong\sKong|New\sTaiwan|New\sZealand|Pakistani?|Sri\sLankan|Nepali|Indian|Philippine|Argentine|Chilean|Colombian|Mexican|Egyptian|Swiss|CFA|Saudi|Qatari|Moroccan|Swedish|Danish|Norwegian|Ugandan?|Tanzanian|Kenyan|Rwandan|South\sAfrican|UAE|Japanese|Chinese|(?:South\s)?Korean|Kyrgyz|Turkish|Russian|Nigerian|British)\s)?)"
    rf"(?P<unit>(?:{_CODE})\b|(?i:{_words(WORDS)})\b|(?i:{_words(ASSETS)})\b(?!\s(?:ETF|futures|holders|miners?|mining|address|wallets?))|(?i:{_words(UNITS)})(?!\w))"
)
# "and" joins the ends of a range only after "between"; elsewhere it joins two amounts.
_PATTERNS = {
    between: tuple(
        re.compile(pattern.replace("AND_IN_BETWEEN", "and" if between else "to"))
        for pattern in (_MONEY_BEFORE, _AMOUNT_AFTER)
    )
    for between in (True, False)
}
_QUALIFIERS = (
    ("up_to", r"up\sto|as\s(?:much|many)\sas|(?:no|not)\smore\sthan|a\smaximum\sof|at\smost|maximum"),
    ("at_least", r"at\sleast|no\s(?:less|fewer)\sthan|a\sminimum\sof|not\sless\sthan|minimum"),
    (
        "over",
        r"over|more\sthan|above|in\sexcess\sof|exceeding|upwards?\sof|north\sof|greater\sthan|surpassing|topping|well\sover",
    ),
    (
        "approx",
        r"about|around|approximately|roughly|some|nearly|almost|close\sto|an\sestimated|estimated|circa|just\s(?:over|under)|under|less\sthan|below|c\.",
    ),
)
_QUALIFIER = tuple(
    (
        name,
        re.compile(
            rf"(?:\b(?:{pattern}))\s(?:a\stotal\sof\s|the\sequivalent\sof\s|an?\s(?:estimated|additional|combined)\s)?$",
            re.IGNORECASE,
        ),
    )
    for name, pattern in _QUALIFIERS
)


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount in a text, `text[start:end]`; `value_max` only for a range. Shares are in percent, money in units."""

    start: int
    end: int
    text: str
    value: float
    value_max: float | None
    unit: str
    qualifier: str
    kind: str  # fiat, crypto, power, percent
    shared: str | None = None  # the currency's word where it may be another country's too, see `SHARED`


def _value(number: str, scale: str | None) -> float:
    value = NUMBER_WORDS.get(number.lower()) if not number[0].isdigit() else float(number.replace(",", ""))
    factor = SCALES[re.sub(r"\s+", " ", scale.lower().strip("- "))] if scale else 1.0
    return round((value or 0.0) * factor, 8)


def _qualifier(text: str, start: int) -> str:
    before = text[max(0, start - 40) : start]
    for name, pattern in _QUALIFIER:
        if pattern.search(before):
            return name
    return "exact"


_SINGULAR = {"kronor": "krona", "kroner": "krone"}


def in_currency_of(amount: Amount, countries: Iterable[str]) -> Amount | None:
    """An amount with the currency that its word means in the first of the countries that has one by that name; None
    where the word alone says nothing."""
    if amount.shared is not None:
        known = SHARED[amount.shared]
        unit = next((known[country] for country in countries if country in known), amount.unit)
        amount = replace(amount, unit=unit)
    return amount if amount.unit else None


def find_amounts(text: str) -> list[Amount]:
    """All amounts of a text in order, none overlapping another. Linear in the length of the text."""
    found: list[Amount] = []
    money_before, amount_after = _PATTERNS["between" in text.lower()]
    for match in money_before.finditer(text):
        symbol = match["symbol"].strip()
        unit = SYMBOLS.get(symbol, symbol[:3] if symbol[:3] in CODES else None)
        if unit is None:
            continue
        if symbol in {"R", "K", "P", "Nu"} and not match["scale"] and "," not in match["low"]:
            continue  # "R3" is a firm, "K2" a mountain
        if symbol == "RM" and "RMB" in text[match.start() : match.start() + 3]:
            unit = "CNY"
        found.append(replace(_amount(text, match, unit, "fiat"), shared=_SHARED_SYMBOLS.get(symbol)))
    for match in amount_after.finditer(text):
        word = match["unit"]
        lower = re.sub(r"\s+", " ", word.lower())
        adjective = (match["adjective"] or "").strip().lower().split(" ")[-1]
        if word in CODES:
            unit, kind = word, "fiat"
        elif lower in UNITS:
            unit = UNITS[lower]
            kind = "percent" if unit == "percent" else "power"
        elif lower in ASSETS:
            unit, kind = ASSETS[lower], "crypto"
            if lower in {"sol", "ada", "ton", "luna"} and not word.isupper():
                continue
        else:
            if lower == "won" and not match["scale"] and "," not in match["low"]:
                continue  # "the party that won 34 won": only counted money reads as a currency
            plural = lower if lower.endswith("s") else lower + "s"
            own = QUALIFIED.get((adjective, plural))
            singular = _SINGULAR.get(lower, lower.removesuffix("s"))
            shared = singular if own is None and not adjective and singular in SHARED else None
            found.append(replace(_amount(text, match, own or WORDS[lower], "fiat"), shared=shared))
            continue
        found.append(_amount(text, match, unit, kind))
    found.sort(key=lambda amount: (amount.start, -amount.end))
    kept: list[Amount] = []
    for amount in found:
        if not kept or amount.start >= kept[-1].end:
            kept.append(amount)
    return kept


def _amount(text: str, match: re.Match[str], unit: str, kind: str) -> Amount:
    scale, middle = match["scale"], (match["midscale"] or "").strip(" -%") or None
    low = _value(match["low"], middle or scale)
    high = _value(match["high"], scale or middle) if match["high"] else None
    if high is not None and high <= low:
        high = None
    qualifier = "range" if high is not None else _qualifier(text, match.start())
    return Amount(match.start(), match.end(), match[0], low, high, unit, qualifier, kind)
