"""What the running shop tells its operators: JSON logs without personal data, and Prometheus metrics."""
