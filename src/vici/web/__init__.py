"""What people see: the storefront and the chat widget."""
