"""The shop's assistant: understands what a shopper says and answers from the shop's own data.

Promises: no price, stock level, product, link or policy in a reply that this turn's evidence does not show; the
language of the answer is the language of the question. Reads only; what a reply does is returned as actions, and
decided by others.
"""
