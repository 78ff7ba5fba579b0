"""Every metric of Vici, in one place, so that names and labels stay consistent."""

from prometheus_client import Counter, Gauge, Histogram

HTTP_REQUESTS = Counter("vici_http_requests_total", "Requests answered", ["method", "route", "status"])
HTTP_SECONDS = Histogram(
    "vici_http_request_seconds",
    "Time to the first byte of the answer",
    ["route"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
EVENTS_RELAYED = Counter("vici_events_relayed_total", "Events carried from an outbox to the bus", ["service"])
EVENTS_HANDLED = Counter(
    "vici_events_handled_total", "Events a consumer group has dealt with", ["group", "topic", "outcome"]
)
EVENTS_SECONDS = Histogram("vici_events_handle_seconds", "Time a handler took for one batch", ["group", "topic"])
EVENTS_LAG = Gauge("vici_events_lag", "Events published and not yet handled", ["group", "topic"])
