"""How many requests an address may send: counted in windows, at the same cost for each."""

from typing import Any

from rest_framework.throttling import AnonRateThrottle, SimpleRateThrottle


class WindowThrottle(SimpleRateThrottle):
    """Counts requests in windows that begin with the first request after the window before.

    The cache has one count and one time for each address. REST framework's own throttles keep the
    time of every request, which costs the more the more somebody asks. The price is that twice the
    rate fits into the moments around the end of a window.
    """

    num_requests: int | None
    duration: int | None
    ends_at: float = 0.0

    def allow_request(self, request: Any, view: Any) -> bool:
        """Whether the request is one of those allowed; if so, it is counted."""
        limit, length = self.num_requests, self.duration
        key = self.get_cache_key(request, view)
        if key is None or limit is None or length is None:
            return True
        now = self.timer()
        self.ends_at, count = self.cache.get(key) or (now, 0)
        if self.ends_at <= now:
            self.ends_at, count = now + length, 0
        if count >= limit:
            return False
        self.cache.set(key, (self.ends_at, count + 1), self.ends_at - now)
        return True

    def wait(self) -> float:
        """The seconds until the window ends."""
        return max(0.0, self.ends_at - self.timer())


class AnonymousThrottle(AnonRateThrottle, WindowThrottle):
    """Limits the requests of an address whose sender is not signed in."""
