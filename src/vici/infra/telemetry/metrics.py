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

MESSAGES_ACCEPTED = Counter("vici_messages_accepted_total", "Messages of shoppers, stored", ["channel", "repeated"])
TURNS = Counter("vici_turns_total", "Ends of claims: committed, restarted, fenced, failed, given_back", ["outcome"])
LEASES_LOST = Counter("vici_leases_lost_total", "Workers that did not come back in time", ["work"])
REPLY_SECONDS = Histogram(
    "vici_reply_seconds",
    "From the acceptance of the first message of a turn to its reply, the quiet window included",
    ["channel"],
    buckets=(0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2.5, 5, 10, 30, 60, 120),
)
THINK_SECONDS = Histogram(
    "vici_think_seconds",
    "Time the assistant took for one turn",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
DELIVERIES = Counter("vici_deliveries_total", "Attempts to carry an action out, by what it became", ["status"])
HANDED_OVER = Counter("vici_handed_over_total", "Conversations the assistant handed to a person")
INVARIANTS_BROKEN = Counter("vici_invariants_broken_total", "Things that must never happen, and did", ["invariant"])
STREAMS = Gauge("vici_chat_streams", "Open event streams of the web chat")
