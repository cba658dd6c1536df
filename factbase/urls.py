"""Every address of factbase."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("factbase.api.router")),
    path("admin/", admin.site.urls),
]
