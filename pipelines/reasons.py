"""Every reason for which something is quarantined or noted: what it means and what to do about it.

`docs/quarantine.md` shows this list; a test holds the two, and the codes that the stages use, together.
"""

from __future__ import annotations

from typing import NamedTuple


class Reason(NamedTuple):
    """What a reason code means and what an operator does about it. Both are one sentence."""

    meaning: str
    remedy: str


_SEEN_ONLY = "Nothing needs doing; the text was used as said."
REASONS: dict[str, Reason] = {
    # The file, as it lies in the folder.
    "unreadable_file": Reason("The file or folder cannot be opened.", "Give read permission, or repair the disk."),
    "undecodable_name": Reason("The file name is not valid text.", "Rename the file."),
    "outside_seeds": Reason("A link leads out of the seeds folder.", "Copy the file into the folder."),
    "dangling_link": Reason("A link leads nowhere.", "Remove it or restore its target."),
    "unsupported_format": Reason("The suffix is none that is read.", "Convert the file, or give it its true suffix."),
    "empty_file": Reason("The file holds nothing but white space.", "Download it again or remove it."),
    "file_too_large": Reason("The file is larger than the limit of its format.", "Split it."),
    "duplicate_content": Reason(
        "Another file has the same bytes and stands for both.", "Remove one of the two if that is not intended."
    ),
    "still_written": Reason("The file changed while the run looked at it.", "Wait: the next run reads it."),
    "changed_while_reading": Reason("The file changed while it was read.", "Wait: the next run reads it."),
    # The bytes, on their way to text.
    "binary_content": Reason("The bytes are not text.", "Convert the file to text, or give it its true suffix."),
    "unknown_encoding": Reason("No encoding explains the bytes.", "Save the file as UTF-8."),
    "mixed_encoding_repaired": Reason("Parts of the file were in two encodings; both were read.", _SEEN_ONLY),
    "replacement_characters": Reason(
        "Some characters were lost before the file came here.", "Get the file anew if names in it matter."
    ),
    "mojibake_repaired": Reason("Wrongly decoded characters were put right.", _SEEN_ONLY),
    "damaged_file": Reason("The file does not follow its own format.", "Open and save it again, or get it anew."),
    "truncated_file": Reason("The file ends before its end.", "Copy it again."),
    "encrypted_file": Reason("The file has a password or is encrypted.", "Save it without."),
    "unsafe_xml": Reason("The document declares entities, which it never needs to.", "Save it again in its program."),
    "expands_too_far": Reason("The file unpacks to more than is allowed.", "Split it, if it is honest."),
    "too_many_parts": Reason("More pages, members or records than are allowed.", "Split the file."),
    "took_too_long": Reason("The file was not read within its seconds.", "Split it or leave it out."),
    "reader_died": Reason("Reading the file took too much memory or crashed.", "Save it again or leave it out."),
    "no_text": Reason("The file holds no text, only pictures.", "Run text recognition on it first."),
    "parts_not_read": Reason("Attachments or other parts of the file are not read.", "Save them beside it if wanted."),
    # The text, on its way to articles.
    "reader_failed": Reason("The reading code met something it does not expect.", "Report the file; it is our fault."),
    "broken_json_line": Reason("A line is no JSON object.", "Repair the line."),
    "missing_text": Reason("A record has no text under any of the known keys.", "Name the key `text`."),
    "no_article": Reason("The file has text, but none of it is an article.", "Check that it is not only navigation."),
    "not_english": Reason("An article is in another language and is not extracted.", "Translate it, or leave it."),
    # The article, on its way to events.
    "extractor_failed": Reason("The extractor met something it does not expect.", "Report the text; it is our fault."),
    "text_too_long": Reason(
        "Part of an article is beyond what is read of one text.", "Check the page for glued text, or split it."
    ),
    "no_event": Reason(
        "An article has words that tell an act, but no event could be made of them.",
        "Read the words that are quoted; add the sentence to the golden corpus if it does tell an event.",
    ),
    "unparsed_date": Reason(
        "Words date an event, but which day they mean cannot be settled.",
        "Give the article its publication date if it has none; else leave the event undated.",
    ),
    "unknown_acronym": Reason(
        "An acronym plays a part in an event and nothing says what it stands for.",
        "Add it to pipelines/vocabulary/institutions.yml or organisations.yml.",
    ),
}


def table() -> str:
    """The list as a Markdown table, in the order in which a file passes the stages."""
    rows = (f"| `{code}` | {reason.meaning} | {reason.remedy} |" for code, reason in REASONS.items())
    return "\n".join(("| reason_code | what it means | what to do |", "|---|---|---|", *rows))
