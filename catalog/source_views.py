"""The page of a source, with what rests on it."""

from django.http import Http404

from catalog.resting import resting_on
from research import views

# So far a reader may turn the pages.
LAST_PAGE = 10_000


class SourceDetail(views.SourceDetail):
    def get_context_data(self, **kwargs):
        resting = resting_on(self.object, self._page(), as_of=self.as_of)
        if resting.empty and resting.number > 1:
            raise Http404("No more rests on this source.")
        return super().get_context_data(resting=resting, **kwargs)

    def _page(self) -> int:
        """The number of the page that was asked for; 404 where there is no such page."""
        try:
            number = int(self.request.GET.get("page", "1"))
        except ValueError:
            number = 0
        if not 1 <= number <= LAST_PAGE:
            raise Http404("There is no such page.")
        return number
