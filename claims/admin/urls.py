"""Addresses of the desk that belong to no table: the first page, and the search over everything."""

from django.contrib import admin
from django.urls import path

from claims.admin.home import home
from claims.admin.search import desk_search

app_name = "desk"
urlpatterns = [
    path("", admin.site.admin_view(home), name="home"),
    path("search/", admin.site.admin_view(desk_search), name="search"),
]
