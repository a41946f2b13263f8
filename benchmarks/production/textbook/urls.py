from django.urls import path

from benchmarks.production.textbook import views

urlpatterns = [
    path("models/", views.ModelList.as_view(), name="model_list"),
    path("models/<slug>/", views.ModelDetail.as_view(), name="model_detail"),
    path("models.json", views.models_json, name="models_json"),
]
