"""The schema of the API (OpenAPI 3.1) and its readable form, which needs no network."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView


class SchemaView(SpectacularJSONAPIView):
    """The schema of this API as OpenAPI 3.1."""


class DocsView(SpectacularSwaggerSplitView):
    """The schema for people, by Swagger UI from this server's own static files."""


# Swagger UI writes style sheets into the page and holds its icons as data: addresses; nothing
# else of the policy is loosened, and no other page is.
docs = csp_update({"style-src": [SELF, UNSAFE_INLINE], "img-src": [SELF, "data:"]})(
    DocsView.as_view(url_name="api:schema")
)
