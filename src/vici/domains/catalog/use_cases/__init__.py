"""What changes the catalogue: each function runs inside one transaction."""
