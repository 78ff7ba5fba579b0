from bench.proofs import crash_writes


def test_a_killed_writer_loses_nothing_it_acknowledged() -> None:
    report = crash_writes.run(["--rounds", "5"])
    assert report.passed, report.figures
