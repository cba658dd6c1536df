"""Addresses of the topic dictionary of a series at the desk."""

from typing import cast

from django.contrib import admin

from claims.admin.dictionaries.pages import DictionaryAdmin
from claims.models import DictionaryVersion

app_name = "dictionary"
urlpatterns = cast(DictionaryAdmin, admin.site.get_model_admin(DictionaryVersion)).series_urls()
