"""Grammar over spaCy's parse: who is subject or object of a predicate, through passives, relatives and control.

Pure functions from tokens to tokens; no vocabulary and no event knowledge. Labels are those of the English models of
spaCy (ClearNLP style: nsubj, nsubjpass, dobj, dative, agent, prep/pobj, relcl, acl, xcomp, ccomp, advcl, conj).
"""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
OBJECTS = {"dobj", "obj"}


def with_conjuncts(token: Token) -> list[Token]:
    """A noun and what is coordinated with it, in text order ("A, B and C")."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN", "PRON", "ADJ", "X", "NUM"}:
            found.extend(with_conjuncts(child))
    return found


def is_passive(verb: Token) -> bool:
    """True when the verb's grammatical subject, or the noun it modifies, undergoes the act."""
    if any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children):
        return True
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and verb.head.pos_ == "VERB":
        own = any(child.dep_ in SUBJECTS | {"aux"} for child in verb.children)
        return not own and is_passive(verb.head)
    # A bare participle in a headline or after "with": no auxiliary, no object, but a by-phrase.
    return verb.tag_ == "VBN" and any(child.dep_ == "agent" for child in verb.children)


def subjects(verb: Token) -> list[Token]:
    """The nouns in subject position of a verb, its own or inherited; for a passive these undergo the act."""
    own = [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}]
    if own:
        nouns: list[Token] = []
        for child in own:
            if child.lower_ in {"who", "which", "that"} and verb.dep_ == "relcl":
                nouns.append(verb.head)
            else:
                nouns.extend(with_conjuncts(child))
        return nouns
    head = verb.head
    if verb.dep_ in {"relcl", "acl"} and head.pos_ in {"NOUN", "PROPN", "PRON"}:
        if verb.dep_ == "acl" and verb.tag_ == "VB":  # "a plan to ban": whoever planned
            return _owner(head)
        return with_conjuncts(head) if verb.dep_ == "relcl" else [head]
    if verb.dep_ == "conj" and head.pos_ in {"VERB", "AUX"}:
        return subjects(head)
    if verb.dep_ in {"xcomp", "advcl", "pcomp", "ccomp"}:
        governor = head
        if verb.dep_ == "pcomp":
            governor = head.head
        if governor.pos_ in {"VERB", "AUX", "ADJ"} and governor is not verb:
            if verb.dep_ == "xcomp":
                objects = [child for child in governor.children if child.dep_ in OBJECTS | {"dative"}]
                if objects and verb.tag_ == "VB":  # object control: "ordered Binance to halt"
                    return [noun for child in objects for noun in with_conjuncts(child)]
            if verb.dep_ == "ccomp" and verb.tag_ not in {"VBG", "VB"}:
                return []
            if is_passive(governor) and verb.dep_ != "xcomp":
                agents = [p for a in governor.children if a.dep_ == "agent" for p in a.children]
                return agents or subjects(governor)
            return subjects(governor)
        if governor.pos_ in {"NOUN", "PROPN"}:
            return _owner(governor)
    return []


def _owner(noun: Token) -> list[Token]:
    """Whose a noun is: its possessor, or the subject of the verb it is the object of."""
    owners = [child for child in noun.children if child.dep_ == "poss"]
    if owners:
        return owners
    if noun.dep_ in OBJECTS | {"attr", "pobj"} and noun.head.pos_ in {"VERB", "AUX", "ADP"}:
        verb = noun.head if noun.head.pos_ != "ADP" else noun.head.head
        if verb.pos_ in {"VERB", "AUX"}:
            return subjects(verb)
    return []


def objects(verb: Token) -> list[Token]:
    """The nouns that undergo an active verb's act; for a passive use `subjects`."""
    nouns = [noun for child in verb.children if child.dep_ in OBJECTS for noun in with_conjuncts(child)]
    if not nouns and verb.dep_ == "relcl" and any(child.dep_ in {"nsubj"} for child in verb.children):
        marks = {child.lower_ for child in verb.children if child.dep_ in OBJECTS}
        if not any(child.dep_ == "nsubj" and child.lower_ in {"who", "which", "that"} for child in verb.children):
            if not marks or marks & {"which", "that", "whom"}:
                return [verb.head]
    if not nouns and verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not is_passive(verb):
        follows = [child for child in verb.children if child.dep_ in {"prep", "ccomp", "xcomp"}]
        if not follows:
            return []
    return [verb.head if noun.lower_ in {"which", "that", "whom"} and verb.dep_ == "relcl" else noun for noun in nouns]


def datives(verb: Token) -> list[Token]:
    """Indirect objects: "granted OKX a licence"."""
    return [
        noun
        for child in verb.children
        if child.dep_ in {"dative", "iobj"} and child.pos_ != "ADP"
        for noun in with_conjuncts(child)
    ]


def agents(verb: Token) -> list[Token]:
    """The nouns after "by" of a passive."""
    return [
        noun
        for child in verb.children
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by")
        for grandchild in child.children
        if grandchild.dep_ == "pobj"
        for noun in with_conjuncts(grandchild)
    ]


def prepositional(token: Token, preposition: str) -> list[Token]:
    """The nouns after a preposition that hangs on a verb or noun."""
    found: list[Token] = []
    for child in token.children:
        if child.dep_ in {"prep", "dative", "agent", "prt"} and child.lower_ == preposition:
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    found.extend(with_conjuncts(grandchild))
                elif grandchild.dep_ == "prep":  # "out of", "from inside"
                    found.extend(
                        noun for inner in grandchild.children if inner.dep_ == "pobj" for noun in with_conjuncts(inner)
                    )
    return found


def possessors(noun: Token) -> list[Token]:
    """Whose an event noun is: "Binance's licence"."""
    return [owner for child in noun.children if child.dep_ == "poss" for owner in with_conjuncts(child)]


def phrase(token: Token) -> Span:
    """The noun phrase of a head: left modifiers, head, and of/from/for complements; no appositions or clauses."""
    doc: Doc = token.doc
    start = token.i
    for child in token.lefts:
        if child.dep_ in {
            "det",
            "compound",
            "amod",
            "poss",
            "nummod",
            "nmod",
            "quantmod",
            "predet",
            "advmod",
            "neg",
            "punct",
            "npadvmod",
        }:
            start = min(start, child.left_edge.i)
    end = token.i + 1
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in {"of", "for", "from", "at"} and child.i == end:
            end = child.right_edge.i + 1
            for inner in child.subtree:
                if inner.dep_ in {"relcl", "appos", "acl", "conj", "cc"} or inner.tag_ == ",":
                    end = min(end, inner.left_edge.i)
            break
        if child.dep_ in {"nummod", "case", "nmod", "compound"} and child.i == end:
            end = child.i + 1
    while end > token.i + 1 and doc[end - 1].tag_ in {",", "CC", ":", "-LRB-"}:
        end -= 1
    return doc[start:end]


def governing_chain(token: Token) -> list[Token]:
    """The heads above a token up to the root, nearest first."""
    return list(token.ancestors)


def complements_of(noun: Token, preposition: str = "of") -> list[Token]:
    """Nouns inside "a batch of licences": the complement says what kind of thing the head is."""
    return prepositional(noun, preposition)
