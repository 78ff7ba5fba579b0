"""What a shopper's words mean: the intent, the things named, what is pointed at."""
