"""The addresses of the product, and beside them plain views of the same rows under /stock/."""

from django.urls import include, path

from factbase.urls import handler400 as handler400
from factbase.urls import urlpatterns as product
from tests.benchmarks import stock

urlpatterns = [path("stock/", include(stock.router.urls)), *product]
