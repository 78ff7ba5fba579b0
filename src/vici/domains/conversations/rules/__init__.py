"""Pure rules: when to answer, how often to try, what an action must look like."""
