"""The page of a queue in the admin: one item at a time, a button for each decision, what comes next."""

from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core.admin import row_number
from editorial import mail, workflow
from editorial.models import Dismissal
from editorial.upkeep import Impossible, Item, Upkeep, carry_out, dismiss, judged, queues

PER_PAGE = 25
# Dismissals that a page names, to be undone.
NAMED = 10


@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest, name: str) -> HttpResponse:
    """The item that `item` names, or the first that is open from there on; its decision, where a button was pressed."""
    found = next((queue for queue in queues() if queue.name == name), None)
    if found is None:
        raise Http404
    if not request.user.has_perm(found.permission):
        raise PermissionDenied
    return _decided(request, found) if request.method == "POST" else _shown(request, found)


def _shown(request: HttpRequest, queue: Upkeep) -> HttpResponse:
    keys = queue.left(judged(queue.name)[queue.name])
    pages = Paginator(keys, PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    wanted = request.GET.get("item", "")
    if wanted in keys:
        page = pages.get_page(keys.index(wanted) // PER_PAGE + 1)
    else:
        wanted = page.object_list[0] if page.object_list else ""
    # What was decided since the queue was last counted is passed over.
    place = keys.index(wanted) if wanted else 0
    item, place = next(
        ((item, place) for place in range(place, len(keys)) if (item := queue.load(keys[place]))), (None, len(keys))
    )
    dismissals = Dismissal.objects.filter(queue=queue.name).select_related("user")[:NAMED]
    context = {
        **admin.site.each_context(request),
        "title": queue.title,
        "queue": queue,
        "queues": [other for other in queues() if request.user.has_perm(other.permission)],
        "item": item,
        "place": place + 1,
        "count": len(keys),
        "next": keys[place + 1] if place + 1 < len(keys) else "",
        "before": keys[place - 1] if place else "",
        "may_write": item and workflow.may_write(request.user, item.entry),
        "proposes": item and workflow.proposes(request.user, item.entry),
        "dismissals": [(one, _may_undo(request, one)) for one in dismissals],
        "page_obj": page,
    }
    if item:
        opts = item.entry._meta
        context["form"] = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[item.entry.pk])
    return TemplateResponse(request, "admin/editorial/upkeep/queue.html", context)


def _decided(request: HttpRequest, queue: Upkeep) -> HttpResponse:
    """Carry out the button that was pressed, and go on."""
    if "undo" in request.POST:
        return _undone(request, queue)
    key, pressed = request.POST.get("key", ""), request.POST.get("do", "")
    told = partial(messages.add_message, request)
    with transaction.atomic():
        item = queue.load(key)
        # Again, once nobody else can write in the entry.
        if item and type(item.entry)._base_manager.select_for_update().filter(pk=item.entry.pk).first():
            item = queue.load(key)
        if item and not workflow.may_write(request.user, item.entry):
            raise PermissionDenied
        decided = item is None or judged(queue.name)[queue.name].get(item.key) == item.digest
        if decided or item.digest != request.POST.get("state"):
            told(messages.WARNING, "This is decided already, or has changed meanwhile: nothing was done.")
        elif pressed == "dismiss" and queue.dismissal:
            dismiss(queue, item, request.user, request.POST.get("why", "").replace("\0", "").strip())
            told(messages.SUCCESS, f"{item.title}: left as it is. It can be undone below.")
        elif queue.action and pressed == queue.action.name and item.ready:
            _carried_out(request, queue, item)
        else:
            told(messages.ERROR, "No such decision can be taken here: nothing was done.")
    return _on(queue, request.POST.get("next", ""))


def _carried_out(request: HttpRequest, queue: Upkeep, item: Item) -> None:
    """Do it, or propose it; what was proposed rests until that is decided."""
    proposing = workflow.proposes(request.user, item.entry)
    try:
        proposal = carry_out(queue.action, item, request.user)
    except Impossible as error:
        messages.error(request, f"{item.title}: nothing was done. {error}")
        return
    if not proposing:
        for other in filter(None, map(queue.load, queue.action.settles(item))):
            dismiss(queue, other, request.user, f"Decided with “{item.title}”")
        messages.success(request, f"{item.title}: done.")
        return
    if proposal:
        dismiss(queue, item, request.user, "Proposed", proposal)
        address = reverse("admin:editorial_proposal_change", args=[proposal.pk])
        what = f"“{item.entry}” – a change proposed by {request.user}"
        transaction.on_commit(lambda: mail.tell(request, mail.WAITS, mail.reviewers(), what, address, proposal.reason))
    messages.success(request, f"{item.title}: waits for a reviewer.")


def _undone(request: HttpRequest, queue: Upkeep) -> HttpResponse:
    dismissal = Dismissal.objects.filter(queue=queue.name, pk=row_number(request.POST["undo"])).first()
    if dismissal is None:
        messages.warning(request, "This is undone already.")
        return _on(queue, "")
    if not _may_undo(request, dismissal):
        raise PermissionDenied
    dismissal.delete()
    messages.success(request, f"{dismissal.title}: open again.")
    return _on(queue, dismissal.subject)


def _may_undo(request: HttpRequest, dismissal: Dismissal) -> bool:
    """Whoever dismissed it, or may edit what others wrote. What was proposed is decided where proposals are."""
    own = dismissal.user_id == request.user.pk
    return dismissal.proposal_id is None and (own or request.user.has_perm("editorial.edit_others"))


def _on(queue: Upkeep, key: str) -> HttpResponse:
    query = QueryDict(mutable=True)
    if key:
        query["item"] = key
    return HttpResponseRedirect(f"{reverse('upkeep', args=[queue.name])}{f'?{query.urlencode()}' if key else ''}")
