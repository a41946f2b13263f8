from editorial.urls import edited_entry_urls
from research import views

urlpatterns = [
    *edited_entry_urls("organizations", views.OrganizationList, views.OrganizationDetail),
    *edited_entry_urls("papers", views.PaperList, views.PaperDetail),
]
