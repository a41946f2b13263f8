from editorial.urls import edited_entry_urls
from glossary import views

urlpatterns = edited_entry_urls("glossary", views.TermList, views.TermDetail)
