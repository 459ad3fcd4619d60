"""The words by which a line of a news page is known to be no part of an article. Data only; how it is used:
`noise`.

Phrases are whole lines, lower-cased, without signs at their ends; patterns are matched from the start of a line, case
not counting. Each repetition in a pattern is bounded: lines are short, but there may be a million of them.
"""

from __future__ import annotations

import re
from typing import Literal

# furniture: drop the line. byline: names follow. related: other articles may follow. end: nothing of the article
# follows. label: drop the label, what follows is the article's own. section: a head may follow.
NoiseKind = Literal["furniture", "byline", "related", "inline_related", "end", "label", "section"]


def _phrases(text: str) -> frozenset[str]:
    """One phrase between bars or line ends."""
    return frozenset(phrase.strip() for phrase in re.split(r"[|\n]", text) if phrase.strip())


FURNITURE = _phrases(
    """
    top | home | menu | search | news | article | articles | back | back to top | back to home | go back
    skip to content | skip to main content | skip to navigation | share | share this
    share this article | share this post | share this story | share article | share on facebook
    share on twitter | share on x | share on linkedin | share on whatsapp | share on telegram
    share on reddit | share via email | facebook | twitter | x | linkedin | telegram | whatsapp | reddit
    instagram | youtube | tiktok | discord | pinterest | email | rss | copy | copied | copy link
    copy url | link copied | link copied to clipboard | print | print this page | save | bookmark
    listen | listen to this article | listen to article | play | pause | like | tweet | pin it | follow
    follow us | following | follow us on google news | google news icon | google news | add us on google
    add as a preferred source on google | make us preferred on google | subscribe | subscribe now
    sign up | sign up now | sign in | log in | login | register | logout | create account | my account
    get started | learn more | find out more | see more | show more | load more | view all | view more
    see all | more | read more | read full article | read full story | continue reading | click here
    next | previous | next article | previous article | next post | previous post | advertisement
    advertisements | ad | ads | sponsored | sponsored content | promoted | promoted content
    partner content | story continues below advertisement | article continues below
    story continues below | scroll to continue | loading | loading more | please wait | close | accept
    accept all | accept cookies | accept all cookies | reject all | manage cookies | cookie settings
    cookie policy | privacy policy | terms of service | terms of use | terms and conditions
    terms & conditions | contact | contact us | about | about us | advertise | advertise with us
    careers | sitemap | disclaimer policy | newsletter | newsletters | our newsletter
    join our newsletter | subscribe to our newsletter | sign up for our newsletter | enter your email
    enter your email address | your email | your email address | email address | no spam
    unsubscribe anytime | get the latest crypto insights and updates | join us on telegram
    join our telegram | join our telegram channel | follow us on twitter | follow us on x
    follow us on telegram | follow us on facebook | follow us on linkedin | follow us on instagram
    download app | download the app | get the app | app store | google play | image | photo | gallery
    video | watch | watch now | live | breaking | breaking news | exclusive | summarize | translate
    english | dark mode | light mode | font size | text size | table of contents | contents
    in this article | on this page | toggle navigation | toggle menu | open menu | close menu
    all rights reserved | comment | 0 comments | no comments | post comment | post a comment
    add a comment | add comment | view comments | was this article helpful | was this helpful
    did you find this article helpful | yes | no | page not found | expand | collapse | show less
    fact checked | verified | author | editor | edited | written | short url | hot topic | explorer
    logo | source link | please describe the error | no comments yet | did you know | related tags
    view in browser | view this email in your browser | unsubscribe | manage preferences | forward to a friend
    printable version | print version | e-mail this to a friend | send to a friend | text only | main content
    newer | older | older posts | newer posts | next page | previous page | newer › | like this | reply | report
    read original article | view original | trade now | buy now | start trading
    """
)
# What a page calls its sections when the name stands alone in a line.
SECTIONS = _phrases(
    """
    policy & regulation | policy and regulation | policy | regulation | regulations | markets | market
    business | technology | tech | finance | opinion | opinions | analysis | world | politics | crypto
    crypto news | cryptocurrency | cryptocurrencies | bitcoin | bitcoin news | ethereum | ethereum news
    altcoins | altcoin news | blockchain | blockchain news | defi | nft | nfts | web3 | mining
    security | legal | law | government | economy | stocks | press release | press releases
    sponsored post | guest post | latest | featured | editors picks | editor's picks | exchanges
    exchange | stablecoins | stablecoin | regulation news | news & analysis | features | interview
    interviews | learn | education | guides | guide | research | events | videos | podcasts | podcast
    insights | prices | asia | africa | europe | americas | middle east | market news
    """
)
RELATED = _phrases(
    """
    more to read | read next | up next | related | related articles | related article | related news
    related posts | related post | related stories | related story | related topics | related content
    related reading | related coverage | related links | related documents | useful links
   | recommended | recommended reading | recommended articles
    recommended for you | recommended stories | you may also like | you might also like
    you may also be interested in | you might be interested in | also read | read also | see also
    similar articles | similar news | more news | more stories | more articles | more like this
    more for you | more on this topic | more on this story | latest articles | latest news
    latest posts | latest stories | recent posts | recent articles | recent news | recent stories
    popular | popular posts | popular news | popular articles | popular stories | most popular
    most read | top stories | top news | trending | trending now | trending news | trending stories
    trending topics | trending articles | other news | other stories | what to read next | keep reading
    dont miss | don't miss | must read | hot topics | hot news | in other news
    """
)
END = _phrases(
    """
    comments | leave a comment | leave a reply | write a comment | join the discussion
    join the conversation | about the author | about author | about the authors | author bio
    disclaimer | disclaimers | tags in this story
    """
)
LABELS = _phrases(
    """
    quick take | quick takes | key takeaways | key takeaway | key points | key highlights | highlights
    takeaways | in brief | tl;dr | tldr | tl dr | summary | at a glance | the gist | what to know
    bullet points | ai summary | quick read | show quick read | summarise
    key points generated by ai, verified by newsroom
    show quick read key points generated by ai, verified by newsroom
    summary is ai generated, newsroom reviewed | summary is ai generated
    """
)
LINE_PATTERNS: tuple[tuple[NoiseKind, str], ...] = (
    # Addresses and pictures.
    (
        "furniture",
        r"(?:https?://|www\.)\S+$|(?-i:[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|io|news|info|co|uk|in|ng))$",
    ),
    ("furniture", r"\S+\.(?:jpe?g|png|webp|gif|svg|avif)(?:\?\S*)?$"),
    (
        "furniture",
        r"\[?(?:image|img|photo|video|embed|embedded content|tweet|iframe)(?: ?\d{1,3})?\]?:?$",
    ),
    ("furniture", r"!\[[^\]]{0,200}\]"),
    (
        "furniture",
        r"(?:featured |cover |header |main |feature |hero )?(?:image|photo|picture|photograph"
        r"|illustration|graphic|chart|screenshot)s?(?: credits?| source| courtesy)?(?: by\b| from\b"
        r"| via\b| of\b| on\b| ?[:|]|:).{0,120}$",
    ),
    (
        "furniture",
        r"(?:photo|image|credits?|source|photographer|illustration|cover)s? ?(?:credits?|source)? ?[:"
        r"|/].{0,110}$",
    ),
    (
        "furniture",
        r"\(?(?:photo|image|source|credit)s?(?: by| credit)?: [^.]{1,80}\)?$|\(?(?:photo|image"
        r"|picture)s? (?:by|credit) [^.]{1,80}\)?$",
    ),
    (
        "furniture",
        r".{0,60}(?:/getty images|/shutterstock|/afp|/reuters|/ap photo|via getty images|getty images"
        r"|shutterstock|ap photo/.{0,40}|/bloomberg via getty images)\)?\.?$",
    ),
    ("furniture", r"reuters/[A-Z][\w. ]{2,40}(?:/.{0,40})?$"),
    # What plug-ins leave behind.
    ("furniture", r"\[/?[a-z]{1,14}[_-]?\d{0,3}\]$"),
    ("furniture", r"the post .{3,250} (?:first )?appeared (?:first )?on .{2,60}$"),
    (
        "furniture",
        r"(?:this|the) (?:post|article|story|piece) (?:was|is|has been) (?:originally "
        r"|first )?(?:published|posted|written|syndicated).{0,160}$",
    ),
    (
        "furniture",
        r"(?:read|view|see) (?:the )?original (?:article|post|story|source)?.{0,60}$"
        r"|originally (?:published|posted) .{0,100}$",
    ),
    ("furniture", r"generated (?:image|by|with|using)\b.{0,60}$|subscribe ?[-–—:].{0,120}$"),
    (
        "label",
        r"(?:show )?(?:quick read|key points|key takeaways|summary|highlights"
        r"|in brief)\b.{0,20}(?:generated|written|produced) (?:by|with) ai\b.{0,60}$",
    ),
    # Names and bylines.
    (
        "byline",
        r"(?:by|written by|author|authors|words by|reported by|reporting by|edited by|reviewed by"
        r"|posted by|published by|fact[- ]checked by|story by|contributors?)$",
    ),
    # Buttons, invitations, counters.
    (
        "furniture",
        r"(?:share|tweet|post|send|email|print|pin|save)(?: (?:this|it|article|story|post|on|via|to"
        r"|with|page|link|your|the)){1,3}(?: \w+){0,3}$"
        r"|share ?: .{1,80}$"
        r"|(?:view|read|open) (?:this )?(?:e-?mail |message |letter )?in (?:your |a )?browser\b.{0,90}$"
        r"|(?:having )?(?:trouble|problems?) (?:reading|viewing|seeing) this\b.{0,60}$",
    ),
    (
        "furniture",
        r"(?:follow|like|join|find|add|connect with|subscribe to|watch) (?:us|our|the \w+ newsletter"
        r"|me)\b.{0,100}$",
    ),
    (
        "furniture",
        r"(?:subscribe|sign up|register|log ?in|sign in)\b(?: \w+){0,2} (?:to|for|now|today|here|with"
        r"|our|free|and)\b.{0,110}$",
    ),
    (
        "furniture",
        r"(?:get|receive|stay) (?:the |our |up|all |your |crypto |daily |more "
        r"|in ).{0,60}(?:newsletter|inbox|updates?|alerts?|daily|email|up to date|informed|ahead of"
        r"|insights).{0,60}$",
    ),
    ("furniture", r"(?:enter|type|provide) your e-?mail.{0,60}$"),
    (
        "furniture",
        r"(?:don[’']?t miss|never miss) (?:a|an|out|any|the) .{0,80}(?:update|beat|story|news"
        r"|newsletter|post)s?\b.{0,40}$",
    ),
    ("furniture", r"(?:download|get|install) (?:the |our )?.{0,30}\bapp\b.{0,40}$"),
    (
        "furniture",
        r"(?:trade|buy|start trading|join) .{0,40}\b(?:now|today|here) ?(?:on|at|with"
        r"|and get)?.{0,40}(?:bonus|→|>>)$",
    ),
    ("furniture", r"(?:click|tap) (?:here|to|on|the)\b.{0,80}$"),
    (
        "furniture",
        r"(?:about |est\.? |estimated )?\d{1,3} ?[-–]? ?(?:\d{1,2} )?min(?:ute)?s?\.?(?: (?:read"
        r"|reading time|to read|of reading|watch))?$",
    ),
    (
        "furniture",
        r"(?:estimated )?(?:reading|read) ?time:? ?.{0,30}$|time to read:? .{0,20}$"
        r"|less than a minute(?: read)?$",
    ),
    (
        "furniture",
        r"[\d.,]{1,9}[km]? (?:views?|shares?|comments?|likes?|reads?|votes?|followers|subscribers|retweets?|reposts?"
        r"|quotes?|bookmarks|reactions?|claps|replies|points?)\b.{0,80}$",
    ),
    ("furniture", r"(?:views?|shares?|comments?|likes?|reads?)[: ]{1,3}[\d.,]{1,9}[km]?$"),
    (
        "furniture",
        r"(?:tags?|topics?|categor(?:y|ies)|filed under|tagged|keywords?|posted in|labels?|sections?"
        r"|hashtags?) ?[:|].{0,300}$",
    ),
    ("furniture", r"(?:tagged|filed) (?:in|under|with|as)\b.{0,200}$"),
    (
        "furniture",
        r"(?:source|sources|via|original source|originally published (?:on|at|by|in)|credit"
        r"|reference)s? ?: .{0,160}$",
    ),
    ("furniture", r"(?:advertisement|ad|sponsored|promoted)\b ?(?:[-–|:] .{0,60}|by .{0,40})?$"),
    ("furniture", r"loading\b.{0,30}$"),
    ("furniture", r"(?:home|news|start)(?: ?[>»›/|→] ?[^>»›/|→]{1,120}){1,6}$"),
    ("furniture", r"(?:home|main) (?:page )?(?:news|crypto|articles?|blog|latest)(?: .{0,80})?$"),
    ("furniture", r"(?:page )?\d{1,4} ?(?:of|/) ?\d{1,4}$"),
    (
        "furniture",
        r"(?:©|\(c\)|copyright\b(?:[: ]{0,2}(?:©|\(c\)|by )|[^.]{0,40}\b(?:19|20)\d\d)).{0,300}$"
        r"|.{0,120}\ball rights reserved\b.{0,120}$|.{0,60}© ?(?:19|20)\d\d.{0,120}$",
    ),
    (
        "furniture",
        r"this (?:web)?site uses cookies\b.{0,350}$|(?:we"
        r"|our (?:web)?site) (?:and our partners )?(?:use|uses|value|care about) (?:cookies"
        r"|your privacy|your data)\b.{0,350}$",
    ),
    (
        "furniture",
        r"by (?:continuing|using|clicking|subscribing|signing up|submitting|browsing)\b.{0,60}(?:you"
        r"|agree|accept|consent).{0,280}$",
    ),
    (
        "furniture",
        r"(?:please )?(?:enable|turn on) (?:javascript|cookies)\b.{0,160}$|(?:javascript"
        r"|your browser) .{0,60}(?:disabled|not supported|required).{0,120}$",
    ),
    (
        "furniture",
        r"(?:have|got) (?:a )?(?:tip|something to say|feedback|questions?"
        r"|thoughts)\b.{0,160}\?.{0,120}$|send (?:us )?(?:your )?(?:tips|feedback)\b.{0,120}$",
    ),
    (
        "furniture",
        r"what (?:do you|are your) (?:think|thoughts)\b.{0,120}$|(?:tell|let) us (?:know )?(?:what"
        r"|in the comments|your thoughts)\b.{0,120}$",
    ),
    (
        "furniture",
        r"(?:leave|drop|write|post|share) (?:a|your|us) (?:comment|reply|thoughts?|opinion"
        r"|views?)\b.{0,120}$",
    ),
    (
        "furniture",
        r"(?:be the first to|you must be logged in to|please log in to|sign in to) (?:comment|post"
        r"|reply|leave).{0,60}$",
    ),
    (
        "furniture",
        r"your email address will not be published\b.{0,100}$|required fields are marked.{0,20}$",
    ),
    ("furniture", r"save my name, email.{0,120}$"),
    (
        "furniture",
        r"rate this (?:post|article|story)\b.{0,60}$|(?:was|is) this (?:article|content|page"
        r"|post) (?:helpful|useful).{0,40}$",
    ),
    (
        "furniture",
        r"(?:this )?(?:article|story|summary|content|text|translation)(?: (?:is|was"
        r"|has been))? (?:ai[- ]generated|generated|translated|produced)(?: by| with| using| from"
        r"| automatically|,|$).{0,160}$|summary is ai[- ]generated.{0,80}$"
        r"|ai[- ]generated summary.{0,60}$",
    ),
    (
        "furniture",
        r"(?:follow|find) .{1,40} on (?:x|twitter|linkedin|telegram|facebook|instagram"
        r"|google news)\b.{0,40}$",
    ),
    ("furniture", r"(?:posted|filed|published) (?:by|in) [^\d]{1,60}$"),
    (
        "furniture",
        r"(?:(?:last|next|prev(?:ious)?) (?:article|post|story)|next up|previously|previous|prev"
        r"|next) ?[:»›→-].{0,200}$",
    ),
    # Other articles.
    (
        "inline_related",
        r"(?:also read|read also|read more|see also|see more|related|related(?: article| story| news"
        r"| reading| post)s?|recommended|more on this|must read|further reading|read next|read"
        r"|don[’']?t miss|more for you|more from .{2,40}|trending|you may also like|check out"
        r"|continue reading|watch|learn more|suggested reading|in case you missed it|icymi) ?(?:[:"
        r"|»›→➡]|[-–—](?= )).{0,220}$",
    ),
    (
        "inline_related",
        r"(?:also read|read also|see also|read more (?:about|on|at)|read the full (?:story|article"
        r"|report)|click here to read|for more (?:news|information|details|stories)) .{0,200}$",
    ),
    (
        "related",
        r"(?:more|latest|recent|other|top|popular|trending|similar|related) (?:(?:crypto|bitcoin"
        r"|market|news|policy|regulation) ){0,2}(?:news|articles?|stories|posts|headlines|coverage"
        r"|from .{2,40}|by .{2,40}|in .{2,40})$",
    ),
    (
        "related",
        r"(?:more|read more|other articles|articles|posts|latest) (?:by|from) (?:the author"
        r"|this author|.{2,40})$",
    ),
    (
        "end",
        r"(?:\d{1,5} )?comments?(?: \(\d{1,5}\))?$|\d{1,5} (?:replies|responses|thoughts on .{2,200})$",
    ),
    (
        "end",
        r"about (?:the |our )?(?:authors?|writers?|reporters?|journalists?|editors?)\b.{0,20}$",
    ),
)
DISCLAIMERS = (
    "not financial advice", "not investment advice", "not constitute financial",
    "not constitute investment", "not constitute legal", "for informational purposes only",
    "for information purposes only", "for educational purposes only", "do your own research",
    "does not constitute an offer", "not be construed as", "not intended as investment",
    "not intended to be financial", "should not be considered financial",
    "should not be considered investment", "consult a qualified", "consult with a qualified",
    "do not necessarily reflect", "not responsible or liable", "shall not be held liable",
    "at your own risk", "editorial policy", "strives to provide accurate",
    "cryptocurrency is a high-risk asset class",
)  # fmt: skip
# Invitations and notices address the reader; a sentence that opens with one of these is not reporting.
COMMAND_STARTS = (
    "Follow", "Subscribe", "Sign up", "Join", "Get ", "Stay", "Don", "Click", "Download", "Share", "Enter",
    "We use", "We value", "This site", "This website", "By continuing", "By using", "By subscribing",
    "By clicking", "By signing", "Copyright", "©", "Please", "Have ", "Got ", "What do", "Tell us",
    "Let us", "Leave", "Send", "Read ", "Also read", "Also Read", "See also", "For more", "Related",
    "Photo", "Image", "Featured image", "Source:", "Tags", "Follow us", "Your email", "Save my",
    "Disclaimer", "This article was", "This story was", "Our site", "We and our",
)  # fmt: skip
