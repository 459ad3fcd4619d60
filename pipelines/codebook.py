"""The closed lists of the warehouse contract, in one place for schemas, extraction and tests.

Definitions in words are in `docs/codebook.md`; event types, which carry mappings to other standards, are data in
`vocabulary/event_types.yml`. A value is added here together with a line in CHANGELOG.md, never removed in silence.
"""

from __future__ import annotations

EVENT_TYPES = (
    "meeting",
    "agreement_signed",
    "partnership",
    "personnel_change",
    "institution_created",
    "legislation",
    "regulation",
    "restriction",
    "warning",
    "licensing",
    "license_withdrawn",
    "enforcement",
    "litigation",
    "court_ruling",
    "legal_relief",
    "launch",
    "market_access",
    "funding",
    "state_allocation",
    "security_incident",
    "statement",
    "criticism",
)

STATUSES = ("occurred", "ongoing", "announced", "proposed", "rumored", "hypothetical", "negated", "cancelled")

ROLES = ("initiator", "recipient", "participant", "beneficiary", "affected", "appointee", "speaker", "host")
# Roles of those who act, and of those to whom it is done.
ACTING_ROLES = frozenset({"initiator", "speaker", "participant", "host"})
DONE_TO_ROLES = frozenset({"recipient", "affected", "beneficiary"})

RELATIONS = ("regulating", "affected", "venue", "home", "compared")

DATE_PRECISIONS = ("day", "week", "month", "quarter", "year", "unresolved")

AMOUNT_QUALIFIERS = ("exact", "approx", "up_to", "over", "at_least", "range")

AMOUNT_ROLES = (
    "fine",
    "settlement",
    "raise",
    "valuation",
    "loss",
    "allocation",
    "reserve",
    "cap",
    "fee",
    "tax_rate",
    "debt",
    "grant",
    "seizure",
    "headcount",
    "market_size",
    "term",
    "other",
)

# Actor types and what they are called in FollowTheMoney (schema) and PLOVER (sector).
ACTOR_TYPES: dict[str, tuple[str, str]] = {
    "person": ("Person", "CVL"),
    "head_of_state": ("Person", "GOV"),
    "head_of_government": ("Person", "GOV"),
    "minister_official": ("Person", "GOV"),
    "legislator": ("Person", "LEG"),
    "judge": ("Person", "JUD"),
    "executive_founder": ("Person", "BUS"),
    "analyst_media_person": ("Person", "JRN"),
    "government": ("PublicBody", "GOV"),
    "ministry": ("PublicBody", "GOV"),
    "central_bank": ("PublicBody", "GOV"),
    "regulator": ("PublicBody", "GOV"),
    "state_agency_soe": ("PublicBody", "GOV"),
    "court": ("PublicBody", "JUD"),
    "legislature": ("PublicBody", "LEG"),
    "law_enforcement": ("PublicBody", "COP"),
    "intergovernmental_org": ("Organization", "IGO"),
    "supranational_body": ("PublicBody", "GOV"),
    "exchange": ("Company", "BUS"),
    "bank_fi": ("Company", "BUS"),
    "company": ("Company", "BUS"),
    "issuer_fund": ("Company", "BUS"),
    "protocol_project": ("Organization", "BUS"),
    "industry_association": ("Organization", "BUS"),
    "ngo_forum_thinktank": ("Organization", "SOC"),
    "university": ("Organization", "EDU"),
    "media_outlet": ("Organization", "JRN"),
    "political_party": ("Organization", "PTY"),
    "criminal_group": ("Organization", "CRM"),
    "group_class": ("LegalEntity", "UNK"),
}

PERSON_TYPES = frozenset(name for name, (schema, _) in ACTOR_TYPES.items() if schema == "Person")

# Rules of `pipelines.extract` by which words stand for somebody in one sentence only: "it", "the regulator".
DESCRIPTIVE_RULES = frozenset(
    """pronoun named_before named_after named_together_before office_holder known_by_its_rank body_by_description
    body_of_each_place body_of_its_people government_by_description party_by_description""".split()
)

PUBLIC_AUTHORITY_TYPES = frozenset(
    {
        "head_of_state",
        "head_of_government",
        "minister_official",
        "legislator",
        "judge",
        "government",
        "ministry",
        "central_bank",
        "regulator",
        "state_agency_soe",
        "court",
        "legislature",
        "law_enforcement",
        "supranational_body",
    }
)

JURISDICTION_TYPES = ("country", "dependency", "subdivision", "bloc", "special_zone", "global")

TOPICS = (
    "cbdc",
    "stablecoin",
    "tokenization",
    "rwa",
    "defi",
    "mining",
    "exchange_licensing",
    "custody",
    "payments",
    "remittance",
    "legal_tender",
    "taxation",
    "aml_cft",
    "travel_rule",
    "consumer_protection",
    "securities_classification",
    "etf",
    "strategic_reserve",
    "sanctions",
    "fraud",
    "nft",
    "dao",
    "staking",
    "privacy_coin",
    "market_abuse",
    "sandbox",
    "cross_border",
    "ai_agents",
    "blockchain_gov",
    "energy",
    "digital_bank",
    "education_talent",
)
