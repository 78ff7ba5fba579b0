"""Whatever is sent to whatever is described, the shop answers; what it answers is what it describes."""

from collections.abc import Callable
from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from tests import servers

description = schemathesis.openapi.from_path(Path(__file__).parents[2] / "docs" / "reference" / "openapi.json")
finite = description.exclude(path_regex=r"/events$")  # a stream has no end


@finite.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_sent_makes_a_fault(case: schemathesis.Case, server_url: Callable[[str], str]) -> None:
    case.call_and_validate(
        # A shop of its own: what is sent here changes products, pages and stock at random.
        base_url=server_url("fuzzed"),
        headers={"Authorization": f"Bearer {servers.ADMIN_TOKEN}"},
        checks=[not_a_server_error, content_type_conformance, response_schema_conformance],
    )
