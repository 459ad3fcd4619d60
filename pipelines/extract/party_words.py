"""Words for parties: nouns for bodies, offices, callings and classes, and what may stand before them.

Which party of an article such a word means is decided in `descriptions` and `anaphora`.
"""

from __future__ import annotations

import re

# Heads of phrases that speak for the body they belong to: "officials of the SEC", "Binance executives".
STANDS_FOR_BODY = frozenset(
    """
    official officials spokesperson spokesman spokeswoman spokespeople executive executives
    representative representatives unit subsidiary arm division team lawyers attorneys staff
    members delegation leadership management board office branch department agents affiliate entity entities
    parent operator headquarters developers engineers insiders investigators inspectors delegates
    counterparts owner owners
    """.split()
)
OFFICE_NOUNS = {
    "prime minister": "head_of_government",
    "premier": "head_of_government",
    "pm": "head_of_government",
    "chancellor": "head_of_government",
    "president": "head_of_state",
    "king": "head_of_state",
    "queen": "head_of_state",
    "monarch": "head_of_state",
    "sultan": "head_of_state",
    "emir": "head_of_state",
    "finance minister": "finance_minister",
    "minister of finance": "finance_minister",
    "treasury secretary": "finance_minister",
    "chancellor of the exchequer": "finance_minister",
    "central bank governor": "central_bank_governor",
    "central bank chief": "central_bank_governor",
    "governor": "central_bank_governor",
    "ceo": "ceo",
    "chief executive": "ceo",
    "chief executive officer": "ceo",
    "founder": "founder",
    "co-founder": "founder",
    "cofounder": "founder",
    "chair": "regulator_head",
    "chairman": "regulator_head",
    "chairwoman": "regulator_head",
    "head": "regulator_head",
}
PERSON_NOUNS = frozenset(
    """
    minister president premier chancellor king queen governor secretary senator lawmaker legislator
    congressman congresswoman judge justice magistrate ceo founder co-founder cofounder chair
    chairman chairwoman executive adviser advisor billionaire entrepreneur developer trader official
    politician leader head chief boss attorney lawyer commissioner director ambassador mayor man
    woman businessman defendant fugitive suspect tycoon whistleblower investor analyst economist
    manager officer diplomat engineer broker professor pastor treasurer deputy employee teacher
    """.split()
)
GOVERNMENT_NOUNS = {
    "government": "government",
    "administration": "government",
    "govt": "government",
    "cabinet": "government",
    "authorities": "government",
    "state": "government",
    "country": "government",
    "nation": "government",
    "kingdom": "government",
    "republic": "government",
    "officials": "government",
}
# Bodies that every country has; used where the vocabulary does not know the country's own.
BODY_NOUNS = {
    "police": "law_enforcement",
    "prosecutors": "law_enforcement",
    "parliamentarians": "legislature",
    "mps": "legislature",
    "senators": "legislature",
    "prosecutor": "law_enforcement",
    "prosecution": "law_enforcement",
    "investigators": "law_enforcement",
    "regulator": "regulator",
    "regulators": "regulator",
    "watchdog": "regulator",
    "securities regulator": "regulator",
    "financial regulator": "regulator",
    "market regulator": "regulator",
    "central bank": "central_bank",
    "monetary authority": "central_bank",
    "national bank": "central_bank",
    "reserve bank": "central_bank",
    "financial intelligence unit": "regulator",
    "financial intelligence agency": "regulator",
    "finance ministry": "ministry",
    "ministry of finance": "ministry",
    "justice ministry": "ministry",
    "ministry": "ministry",
    "parliament": "legislature",
    "lawmakers": "legislature",
    "legislators": "legislature",
    "legislature": "legislature",
    "senate": "legislature",
    "lower house": "legislature",
    "upper house": "legislature",
    "national assembly": "legislature",
    "assembly": "legislature",
    "congress": "legislature",
    "court": "court",
    "supreme court": "court",
    "high court": "court",
    "district court": "court",
    "federal court": "court",
    "appeals court": "court",
    "court of appeal": "court",
    "tribunal": "court",
    "judge": "court",
    "jury": "court",
    "judges": "court",
    "tax authority": "regulator",
    "data protection authority": "regulator",
    "securities commission": "regulator",
    "communications ministry": "ministry",
    "customs": "law_enforcement",
    "magistrate": "court",
}
# Other words for what the vocabulary lists once.
SAME_BODY = {
    "national bank": "central bank",
    "reserve bank": "central bank",
    "assembly": "parliament",
    "lawmakers": "parliament",
    "legislators": "parliament",
    "parliamentarians": "parliament",
    "members of parliament": "parliament",
    "mps": "parliament",
    "senators": "senate",
    "financial intelligence agency": "financial intelligence unit",
    "anti money laundering agency": "financial intelligence unit",
    "financial crime agency": "financial intelligence unit",
    "financial crime watchdog": "financial intelligence unit",
    "financial crimes watchdog": "financial intelligence unit",
    "anti money laundering watchdog": "financial intelligence unit",
    "money laundering watchdog": "financial intelligence unit",
    "anti money laundering office": "financial intelligence unit",
    "intelligence unit": "financial intelligence unit",
    "tax service": "tax authority",
    "tax agency": "tax authority",
    "tax office": "tax authority",
    "revenue service": "tax authority",
    "revenue authority": "tax authority",
    "treasury": "finance ministry",
    "finance department": "finance ministry",
    "data protection agency": "data protection authority",
    "data protection regulator": "data protection authority",
    "data protection watchdog": "data protection authority",
    "data protection commissioner": "data protection authority",
    "privacy commissioner": "data protection authority",
    "privacy regulator": "data protection authority",
    "privacy watchdog": "data protection authority",
    "privacy authority": "data protection authority",
}
# Who has a firm for its own: its parent, where that is known.
ABOVE_FIRM = frozenset("owner owners parent operator".split())
# "the company", "the agency": the last one named before.
ANAPHORS: dict[str, frozenset[str]] = {}
FIRMS = frozenset({"exchange", "bank_fi", "company", "issuer_fund", "protocol_project"})
for _noun in """company firm startup start-up platform business group issuer operator provider developer miner broker
    brokerage custodian fintech insurer giant site website marketplace""".split():
    ANAPHORS[_noun] = FIRMS
ANAPHORS |= {
    "exchange": frozenset({"exchange"}),
    "bank": frozenset({"bank_fi", "central_bank"}),
    "lender": frozenset({"bank_fi", "company"}),
    "fund": frozenset({"issuer_fund"}),
    "protocol": frozenset({"protocol_project", "company"}),
    "project": frozenset({"protocol_project", "company"}),
    "agency": frozenset({"regulator", "state_agency_soe", "law_enforcement", "ministry"}),
    "regulator": frozenset({"regulator", "central_bank"}),
    "watchdog": frozenset({"regulator"}),
    "authority": frozenset({"regulator", "central_bank", "state_agency_soe"}),
    "commission": frozenset({"regulator", "supranational_body"}),
    "body": frozenset({"regulator", "state_agency_soe", "intergovernmental_org", "industry_association"}),
    "ministry": frozenset({"ministry"}),
    "department": frozenset({"ministry", "law_enforcement"}),
    "council": frozenset({"state_agency_soe", "supranational_body"}),
    "committee": frozenset(),
    "board": frozenset(),
    "service": frozenset(),
    "office": frozenset(),
    "bureau": frozenset(),
    "foundation": frozenset(),
    "association": frozenset({"industry_association"}),
    "associations": frozenset({"industry_association"}),
    "court": frozenset({"court"}),
    "tribunal": frozenset({"court"}),
    "central bank": frozenset({"central_bank"}),
    "organisation": frozenset({"intergovernmental_org", "ngo_forum_thinktank", "industry_association"}),
    "organization": frozenset({"intergovernmental_org", "ngo_forum_thinktank", "industry_association"}),
    "minister": frozenset({"minister_official", "head_of_government"}),
    "president": frozenset({"head_of_state"}),
    "prime minister": frozenset({"head_of_government"}),
    "lawmaker": frozenset({"legislator"}),
    "senator": frozenset({"legislator"}),
    "judge": frozenset({"judge", "court"}),
    "governor": frozenset({"minister_official"}),
    "politician": frozenset({"minister_official", "head_of_state", "head_of_government", "legislator", "person"}),
    "fugitive": frozenset({"executive_founder", "person"}),
}
for (
    _noun
) in "entrepreneur billionaire tycoon mogul businessman founder co-founder cofounder ceo boss executive".split():
    ANAPHORS[_noun] = frozenset({"executive_founder", "person"})
for _noun in "congressman congresswoman legislator".split():
    ANAPHORS[_noun] = frozenset({"legislator"})
# Classes of parties, told in the plural; things (websites, machines, accounts) are none.
CLASS_NOUNS = frozenset(
    """
    clients members institutions banks firms companies residents businesses startups start-ups victims
    entities individuals people parties bodies groups associations agencies ministries governments officials
    states nations countries plaintiffs defendants suspects executives twins deputies heads chiefs mps meps
    exchanges platforms students parents agents tribes families couples citizens consumers clerics nurses
    police forces salesmen creditors markets communities provinces cities municipalities families convicts
    applicants participants giants accountants merchants migrants tenants claimants informants consultants
    """.split()
)
_CLASS_ENDING = re.compile(r"(?:ers|ors|ists|ians|ees|men|lords)$")
_NO_CLASS = frozenset(
    "others numbers papers orders servers offers transfers matters computers letters errors sectors fees".split()
)
PERSON_PRONOUNS = frozenset({"he", "she", "him", "her", "who", "himself", "herself"})
BODY_PRONOUNS = frozenset({"it", "itself", "which", "that"})
DEFINITE = re.compile(r"(?:the|this|that|its|their|his|her)\b", re.IGNORECASE)
DETERMINERS = re.compile(
    r"^(?:(?:the|a|an|its|his|her|their|this|that|these|those|any|some|all|several|many|most|both|other|another|each|"
    r"every|(?:more|fewer|less)\sthan|more|certain|various|numerous|new(?!\s(?-i:[A-Z]))|newly|same|local|national(?!\sbank)|federal|top|leading|main|former|current|"
    r"outgoing|incoming|long-serving|then)\s+|(?:country|nation|state|kingdom|city|union|bloc|island)[’']s\s+)+",
    re.IGNORECASE,
)


def is_class_noun(noun: str) -> bool:
    """True for the plural of a noun for parties."""
    return noun in CLASS_NOUNS or (noun not in _NO_CLASS and bool(_CLASS_ENDING.search(noun)))


def is_party_noun(noun: str) -> bool:
    """True for a noun that describes a person, a body or a class of them."""
    return (
        noun in BODY_NOUNS or noun in ANAPHORS or noun in PERSON_NOUNS or noun in STANDS_FOR_BODY or is_class_noun(noun)
    )
