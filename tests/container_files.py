"""Makes the container files that tests read: small PDF, Word, mail and crawl files of our own words."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Sequence
from email.message import EmailMessage

TITLE = "Ministry fines Example Exchange"
SENTENCE = "The Ministry of Finance fined Example Exchange 5 million dollars on 2 May 2024."
BODY = (
    f"{SENTENCE} It said that the firm had served customers without a licence, and that other firms were told to"
    " apply for theirs before the summer. The exchange – “surprised” – has paid."
)
PAGE = (
    "<html><head><title>Ministry fines – Example</title>"
    '<meta property="article:published_time" content="2024-05-03T10:00:00Z"></head>'
    f"<body><article><h1>{TITLE}</h1><p>{BODY}</p></article></body></html>"
)

# A line of a page: points of the letters, step down from the line above, the words.
PdfLine = tuple[int, int, str]
PDF_LINES: list[PdfLine] = [
    (18, 20, TITLE),
    (11, 30, "3 May 2024"),
    (11, 30, f"{SENTENCE} It said that the firm"),
    (11, 14, "had served customers without a licence, and that other firms were told to apply for theirs be-"),
    (11, 14, "fore the summer. The exchange – “surprised” – has paid."),
]


def pdf(*pages: Sequence[PdfLine], content: bytes | None = None) -> bytes:
    """A PDF of these pages; `content` is a zipped content stream in place of the lines of every page."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{4 + 2 * i} 0 R' for i in range(len(pages)))}]"
        f" /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        height, drawn = 760, ["BT"]
        for size, step, words in lines:
            height -= step
            escaped = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            drawn.append(f"/F1 {size} Tf 1 0 0 1 72 {height} Tm ({escaped}) Tj")
        stream = content or zlib.compress("\n".join([*drawn, "ET"]).encode("cp1252"))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >>"
            + f" /Contents {5 + 2 * number} 0 R >>".encode()
        )
        head = f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode()
        objects.append(head + stream + b"\nendstream")
    out, offsets = b"%PDF-1.4\n", []
    for number, content_of in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + content_of + b"\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def locked_pdf(user_password: str) -> bytes:
    """The usual PDF, encrypted; an empty password only forbids to change it."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(PDF_LINES))))
    writer.encrypt(user_password, owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def docx(extra: dict[str, bytes] | None = None) -> bytes:
    """A Word file with a heading and two paragraphs, and with further members."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    package = "http://schemas.openxmlformats.org/package/2006"
    styled = [('<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>', TITLE), ("", "3 May 2024"), ("", BODY)]
    paragraphs = "".join(f"<w:p>{style}<w:r><w:t>{words}</w:t></w:r></w:p>" for style, words in styled)
    members = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{types}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{paragraphs}</w:body></w:document>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def mail(plain: str | None = BODY, page: str | None = None, subject: str = TITLE, attach: int = 0) -> EmailMessage:
    """A mail, sent late in the evening of 3 May 2024 where the sender is."""
    message = EmailMessage()
    message["From"] = "press@example.org"
    message["Subject"] = subject
    message["Date"] = "Fri, 03 May 2024 23:30:00 -0500"
    if plain is not None:
        message.set_content(plain)
    if page is not None and plain is None:
        message.set_content(page, subtype="html")
    elif page is not None:
        message.add_alternative(page, subtype="html")
    for number in range(attach):
        message.add_attachment(b"PK", maintype="application", subtype="zip", filename=f"{number}.zip")
    return message


def warc_record(body: bytes, media_type: str = "text/html; charset=utf-8", status: int = 200, name: str = "1") -> bytes:
    """One answer of a web server as a crawler keeps it; crawled a year after the page was published."""
    answer = f"HTTP/1.1 {status} X\r\nContent-Type: {media_type}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{name}\r\n"
        f"WARC-Date: 2025-06-07T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{name}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def entity_bomb(encoding: str = "utf-8") -> bytes:
    """A little XML that would become gigabytes."""
    rungs = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY e0 "words">{rungs}]><x>&e9;</x>'
    return xml.encode(encoding)


JSON_LINE = f'{{"title": "{TITLE}", "date": "2024-05-03", "text": "{BODY}"}}\n'.encode()

# A good file of each format; each tells the same article of 3 May 2024.
GOOD_FILES: dict[str, bytes] = {
    "a.pdf": pdf(PDF_LINES),
    "a.docx": docx(),
    "a.eml": bytes(mail()),
    "page.eml": bytes(mail(plain=None, page=PAGE)),
    "a.jsonl.gz": gzip.compress(JSON_LINE),
    "a.warc": warc_record(PAGE.encode()),
    "a.warc.gz": gzip.compress(warc_record(PAGE.encode())),
}

# A bad file of each kind and the one reason it is set aside for.
BAD_FILES: dict[str, tuple[bytes, str]] = {
    "page-of-html.pdf": (PAGE.encode(), "damaged_file"),
    "broken.pdf": (pdf(PDF_LINES)[:200] + b"\n%%EOF", "damaged_file"),
    "half.pdf": (pdf(PDF_LINES)[:700], "truncated_file"),
    "locked.pdf": (locked_pdf("secret"), "encrypted_file"),
    "scan.pdf": (pdf([]), "no_text"),
    "text.docx": (TITLE.encode(), "damaged_file"),
    "half.docx": (docx()[:-100], "damaged_file"),
    "locked.docx": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "encrypted_file"),
    "bomb.docx": (docx({"word/media/a.bin": b"0" * 8_000_000}), "expands_too_far"),
    "entities.docx": (docx({"word/styles.xml": entity_bomb()}), "unsafe_xml"),
    "wide-entities.docx": (docx({"word/styles.xml": entity_bomb("utf-16")}), "unsafe_xml"),
    "no-header.eml": (BODY.encode(), "damaged_file"),
    "only-a-file.eml": (bytes(mail(plain=" ", attach=1)), "no_text"),
    "locked.eml": (b"Subject: x\nContent-Type: multipart/encrypted; boundary=b\n\n--b\n\nx\n--b--\n", "encrypted_file"),
    "text.jsonl.gz": (JSON_LINE, "damaged_file"),
    "flipped.jsonl.gz": (gzip.compress(JSON_LINE)[:-8] + b"\0" * 8, "damaged_file"),
    "bomb.jsonl.gz": (gzip.compress(b" " * 8_000_000), "expands_too_far"),
    "twice.jsonl.gz": (gzip.compress(gzip.compress(JSON_LINE)), "binary_content"),
    "text.warc": (SENTENCE.encode(), "damaged_file"),
    "bomb.warc.gz": (gzip.compress(b"\0" * 8_000_000), "expands_too_far"),
    "no-page.warc": (warc_record(b"x", status=404), "no_text"),
}
