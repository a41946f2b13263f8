"""How an entry itself is cited: as an article of this encyclopedia, in the version that was read."""

import datetime
from functools import cache

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from core.bibtex import bibtex
from core.csl import csl
from core.documents import made_of
from core.licences import OWN
from core.models import Entry, Record
from core.reading import reading
from core.references import Reference
from core.site import NAME


def key_of(entry: Record) -> str:
    """“papers-attention-is-all-you-need”: as unique as its address, and as lasting."""
    return entry.get_absolute_url().strip("/").replace("/", "-")


def entry_reference(entry: Record, request: HttpRequest) -> Reference:
    """The entry as it is now; one query. A static copy of the site says it was read when the copy was made."""
    changed = last_change(entry)
    # Of a tag, that is all that tells when it was made.
    issued = getattr(entry, "updated_at", changed)
    url = request.build_absolute_uri(entry.get_absolute_url())
    # A tag has no public history.
    version = f"{changed:%Y-%m-%dT%H:%M:%S.%fZ}" if changed and isinstance(entry, Entry) else ""
    return Reference(
        key=f"{NAME.lower()}-{key_of(entry)}",
        kind="entry-encyclopedia",
        title=entry.name,
        container=NAME,
        publisher=NAME,
        issued=issued.date().isoformat() if issued else "",
        accessed=timezone.now().date(),
        url=url,
        licence=OWN,
        version=version,
        permanent=f"{url}history/?at={version}" if version else "",
    )


def last_change(entry: Record) -> datetime.datetime | None:
    """Since when readers see the entry and its parts as they are; None where the history cannot show that again.

    It cannot as long as it has no record of a row that belongs to them, as of what `loaddata` brought in.
    """
    with reading().cursor() as cursor:
        sql = _last_records(type(entry))
        cursor.execute(sql, [entry.pk] * sql.count("%s"))
        last, unrecorded = zip(*cursor.fetchall(), strict=True)
    if any(unrecorded):
        return None
    # SQLite has no dates, and gives them as text without a zone.
    moments = [datetime.datetime.fromisoformat(str(date)).replace(tzinfo=datetime.UTC) for date in last if date]
    return max(filter(None, (*moments, getattr(entry, "publish_at", None))))


@cache
def _last_records(kind: type[Record]) -> str:
    """For the rows of each kind that an entry is made of: when the last record was written, and how many have none.

    Written out once: the database answers in no time, but to build a query of so many parts takes 20 ms.
    """
    return " UNION ALL ".join(
        f'SELECT MAX(history_date), (SELECT COUNT(*) FROM "{part._meta.db_table}" AS own WHERE own."{column}" = %s '
        f'AND NOT EXISTS (SELECT 1 FROM "{part.history.model._meta.db_table}" AS past WHERE past.id = own.id)) '
        f'FROM "{part.history.model._meta.db_table}" WHERE "{column}" = %s'
        for part, owner in made_of(kind)
        for column in ["id" if owner == "pk" else f"{owner}_id"]
    )


def entry_bib(view) -> HttpResponse:
    """What a page describes, and the page itself, as BibTeX."""
    return HttpResponse(bibtex(view.references), content_type="application/x-bibtex; charset=utf-8")


def entry_csl(view) -> JsonResponse:
    """Likewise, as CSL-JSON."""
    return JsonResponse(csl(view.references), safe=False, content_type=entry_csl.media)


entry_bib.media, entry_csl.media = "application/x-bibtex", "application/vnd.citationstyles.csl+json"
