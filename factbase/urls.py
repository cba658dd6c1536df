"""Every address of factbase."""

from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

admin.site.site_header = _("factbase desk")
admin.site.site_title = _("factbase desk")
admin.site.index_title = _("The desk")
admin.site.site_url = "/"

urlpatterns = [
    path("api/v1/", include("factbase.api.router")),
    path("admin/claims/series/", include("claims.admin.dictionaries.urls")),
    path("admin/", include("claims.admin.urls")),
    path("admin/", admin.site.urls),
    path("", include("claims.urls")),
]

handler400 = "factbase.errors.bad_request"
